import { describe, expect, it, test, vi } from "vitest";
import { numbering, rememberByObject, rememberByText } from "../../src/shared/remember.js";

describe("rememberByObject", () => {
  it("asks once for each object, and not for one that only looks the same", () => {
    const make = vi.fn(({ name }: { readonly name: string }) => name.length);
    const remembered = rememberByObject(make);
    const one = { name: "one" };
    expect([remembered(one), remembered(one), remembered({ name: "one" })]).toEqual([3, 3, 3]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it("remembers that the answer is undefined", () => {
    const make = vi.fn((): number | undefined => undefined);
    const remembered = rememberByObject(make);
    const key = {};
    expect([remembered(key), remembered(key)]).toEqual([undefined, undefined]);
    expect(make).toHaveBeenCalledTimes(1);
  });
});

describe("rememberByText", () => {
  it("asks once for each text, also where the answer is undefined", () => {
    const make = vi.fn((text: string) => (text === "" ? undefined : text.length));
    const remembered = rememberByText(make);
    expect([remembered("ab"), remembered("ab"), remembered(""), remembered("")]).toEqual([
      2,
      2,
      undefined,
      undefined,
    ]);
    expect(make).toHaveBeenCalledTimes(2);
  });
});

test("numbering gives each object a number of its own, and always the same", () => {
  const numberOf = numbering();
  const [one, other] = [{}, {}];
  expect(numberOf(one)).not.toBe(numberOf(other));
  expect(numberOf(one)).toBe(numberOf(one));
});
