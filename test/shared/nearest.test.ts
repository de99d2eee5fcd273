import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, nearest } from "../../src/shared/nearest.js";

test.each([
  ["", "", 0],
  ["abc", "", 3],
  ["abc", "abc", 0],
  ["abc", "abd", 1],
  ["abc", "acb", 1],
  ["abc", "ab", 1],
  ["abc", "xabc", 1],
  ["kitten", "sitting", 3],
  ["ca", "abc", 3],
])("from %j to %j it is %d edits", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test.each([
  ["a slip", "mediun", ["info", "low", "medium"], "medium"],
  ["two letters swapped", "tilte", ["title", "with"], "title"],
  ["case", "SEVERITY", ["severity"], "severity"],
  ["an underscore", "any_trail", ["any-trail"], "any-trail"],
  [
    "a missing service",
    "glacier-events",
    ["cloudtrail.service-events", "cloudtrail.glacier-events"],
    "cloudtrail.glacier-events",
  ],
  ["the nearer of two", "severty", ["several", "severity"], "severity"],
  ["nothing near", "colour", ["id", "title", "why"], undefined],
  ["a short word that shares nothing", "xy", ["id"], undefined],
  ["no candidates", "x", [], undefined],
  ["the word itself is no suggestion", "why", ["why"], undefined],
])("%s", (_, word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test("the distance is symmetric, zero only for equals, and never more than the longer word", () => {
  const word = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "c") });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
    { numRuns: 1000 },
  );
});
