import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glob, globPieces, matchesGlob } from "../../../src/languages/glob.js";
import {
  anyText,
  exactly,
  oneOf,
  optional,
  partialList,
  partialRecord,
  replaceAt,
  smallestObject,
} from "../../../src/languages/partial-record/partial-record.js";
import { compileText, runsThrough, type Automaton } from "../../../src/languages/text-automaton.js";
import { textClasses } from "../../../src/languages/text-classes.js";

const parts = fc.array(fc.string({ maxLength: 3, unit: fc.constantFrom("a", "b", "A") }), {
  minLength: 1,
  maxLength: 4,
});
const text = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "A", "c") });

function compiled(shape: readonly string[], ignoreCase = false): Automaton {
  const automaton = compileText([globPieces(glob(shape, ignoreCase))]);
  if (automaton === undefined) throw new Error("too large");
  return automaton;
}

describe("text shapes", () => {
  it("matching by two pointers, by automaton and by regular expression agree", () => {
    fc.assert(
      fc.property(parts, text, fc.boolean(), (shape, word, ignoreCase) => {
        const expected = new RegExp(`^${shape.join(".*")}$`, ignoreCase ? "i" : "").test(word);
        expect(matchesGlob(glob(shape, ignoreCase), word)).toBe(expected);
        expect(runsThrough(compiled(shape, ignoreCase), word)).toBe(expected);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it("every way to answer a set of shapes is found, each with a text", () => {
    const everyText = ["", ...words(1), ...words(2), ...words(3), ...words(4)];
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 3 }), (shapes) => {
        const answers = (word: string) => shapes.map((shape) => matchesGlob(glob(shape), word)).join();
        const classes = textClasses(
          compiled(["", ""]),
          shapes.map((shape) => compiled(shape)),
        );
        expect(classes.complete).toBe(true);
        const found = classes.texts.map(answers);
        expect(new Set(found).size).toBe(found.length);
        for (const word of everyText) expect(found).toContain(answers(word));
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it("a shape that is too large is not looked at", () => {
    expect(
      compileText([[{ set: { named: "a", has: (char) => char === "a" }, min: 5000, max: 5000 }]]),
    ).toBeUndefined();
  });

  function words(length: number): readonly string[] {
    return length === 0
      ? [""]
      : words(length - 1).flatMap((word) => ["a", "b", "c"].map((char) => word + char));
  }
});

describe("sets of records", () => {
  it("the smallest record leaves out what may be absent and prefers examples", () => {
    const record = partialRecord({
      a: optional(exactly(1)),
      b: anyText({ examples: ["e"] }),
      c: oneOf("x", "y"),
      d: partialList(anyText({ prefix: "p", suffix: "s" })),
      e: partialRecord({}),
    });
    expect(smallestObject(record)).toEqual({ b: "e", c: "x", d: ["pxs"], e: {} });
  });

  it("a part is put in where it belongs, and the rest stays", () => {
    const record = partialRecord({ a: partialList(exactly(1), anyText()) }, "absent");
    const replaced = replaceAt(replaceAt(record, ["a", 1], exactly("t")), ["b", "c"], exactly(2));
    expect(replaced).toMatchObject({
      fields: { a: { items: [exactly(1), exactly("t")] } },
      others: "absent",
    });
  });
});
