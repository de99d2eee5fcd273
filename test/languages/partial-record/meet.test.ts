import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meet, meetRecords } from "../../../src/languages/partial-record/meet.js";
import {
  ABSENT,
  ANYTHING,
  anyText,
  exactly,
  oneOf,
  optional,
  partialList,
  partialRecord,
  smallest,
} from "../../../src/languages/partial-record/partial-record.js";
import type { PartialValue } from "../../../src/languages/partial-record/partial-record.js";

describe("what two values have in common", () => {
  it.each<readonly [string, PartialValue, PartialValue, PartialValue | undefined]>([
    ["anything leaves the other", ANYTHING, exactly(1), exactly(1)],
    ["a text of a shape", anyText({ prefix: "arn:" }), exactly("arn:x"), exactly("arn:x")],
    ["a text of another shape", anyText({ prefix: "arn:" }), exactly("x"), undefined],
    ["different values", exactly("a"), exactly("b"), undefined],
    ["one of some", oneOf("a", "b"), oneOf("b", "c"), exactly("b")],
    ["what may be absent and is", optional(exactly(1)), ABSENT, ABSENT],
    ["what may be absent and is not", optional(exactly(1)), exactly(1), exactly(1)],
    ["what is absent and must not be", ABSENT, exactly(1), undefined],
    ["lists item by item", partialList(ANYTHING), partialList(exactly(1)), partialList(exactly(1))],
    ["lists of other lengths", partialList(ANYTHING), partialList(), undefined],
    [
      "an object of a shape",
      exactly({ a: 1 }),
      partialRecord({ a: ANYTHING }),
      partialRecord({ a: exactly(1) }, "absent"),
    ],
    ["an object without a field", exactly({}), partialRecord({ a: exactly(1) }), undefined],
    [
      "the longer beginning",
      anyText({ prefix: "a" }),
      anyText({ prefix: "ab", examples: ["abc"] }),
      anyText({ prefix: "ab", examples: ["abc"] }),
    ],
    ["two beginnings", anyText({ prefix: "a" }), anyText({ prefix: "b" }), undefined],
  ])("%s", (_, one, other, both) => {
    expect(meet(one, other)).toEqual(both);
    if (both === undefined) expect(meet(other, one)).toBeUndefined();
  });

  const value: fc.Arbitrary<PartialValue> = fc.letrec<{ value: PartialValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        ABSENT,
        ANYTHING,
        exactly("ab"),
        exactly(1),
        oneOf("a", "ab", 2),
        anyText({ prefix: "a" }),
      ),
      fc
        .record({ a: tie("value"), b: tie("value") }, { requiredKeys: [] })
        .chain((fields) =>
          fc.constantFrom("absent", "anything").map((others) => partialRecord(fields, others as "absent")),
        ),
    ),
  })).value;

  it("an example of both belongs to each, whichever comes first", () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [both, turned] = [meet(one, other), meet(other, one)];
        expect(both === undefined).toBe(turned === undefined);
        if (both === undefined) return;
        const found = smallest(both);
        const fixed = found === undefined ? ABSENT : exactly(found);
        expect(meet(one, fixed)).toBeDefined();
        expect(meet(other, fixed)).toBeDefined();
      }),
    );
  });

  it("records keep what only one of them names", () => {
    expect(meetRecords(partialRecord({ a: exactly(1) }), partialRecord({ b: exactly(2) }))).toEqual(
      partialRecord({ a: exactly(1), b: exactly(2) }),
    );
  });
});
