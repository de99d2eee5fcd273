import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "../../src/engine/canonical-json.js";

it("members stand in code-unit order, without space; what is undefined is left out", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "é\n" }], a: true, B: undefined, Z: -0 })).toBe(
    '{"Z":0,"a":true,"b":[1,{"c":"é\\n","d":null}]}',
  );
});

it("is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("is one text, in whatever order members were written", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, shuffled(member)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
    }),
  );
});
