import { describe, expect, test } from "vitest";
import { parseEventPattern } from "../../../src/languages/event-pattern/event-pattern.js";
import { decideEventPatterns } from "../../../src/languages/event-pattern/match.js";
import { parseFilterPattern } from "../../../src/languages/filter-pattern/filter-pattern.js";
import { decideFilterPatterns } from "../../../src/languages/filter-pattern/match.js";
import { ANYTHING, partialRecord } from "../../../src/languages/partial-record/partial-record.js";

const records = partialRecord({ a: ANYTHING, eventName: ANYTHING });
const filter = (text: string): ReturnType<typeof decideFilterPatterns> => {
  const parsed = parseFilterPattern(text);
  if (!parsed.ok) throw new Error(text);
  return decideFilterPatterns([parsed.value], records);
};
const deep = (steps: number): string => `$.${Array.from({ length: steps }, () => "a").join(".")}`;
const pattern = (fields: number): ReturnType<typeof decideEventPatterns> => {
  const members = Array.from({ length: fields }, (_, at) => [`k${String(at)}`, [{ "anything-but": "x" }]]);
  const parsed = parseEventPattern(JSON.stringify({ detail: Object.fromEntries(members) as object }));
  if (!parsed.ok) throw new Error(parsed.message);
  return decideEventPatterns([parsed.pattern], partialRecord({ detail: records }));
};

describe("what is larger than a search goes through", () => {
  test.each([101, 480])("a filter's selector of %i steps is too complex", (steps) => {
    expect(filter(`{ ${deep(steps)} = 1 }`)).toMatchObject({ kind: "unknown", tooComplex: true });
    expect(filter(`{ ($.eventName = x) && (${deep(steps)} NOT EXISTS) }`)).toMatchObject({
      tooComplex: true,
    });
  });

  test("an event pattern of 101 fields is too complex", () => {
    expect(pattern(101)).toMatchObject({ kind: "unknown", tooComplex: true });
  });

  test("what just stays below is decided", () => {
    expect(filter(`{ ${deep(100)} = 1 }`).kind).toBe("sometimes");
    expect(pattern(100).kind).toBe("sometimes");
  });
});
