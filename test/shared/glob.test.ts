import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesGlob } from "../../src/shared/glob.js";

it.each([
  ["cloudtrail.*", "cloudtrail.kms", true],
  ["cloudtrail.*", "cloudtrail", false],
  ["*", "", true],
  ["*.kms", "cloudtrail.kms", true],
  ["a*b*c", "aXXbYYc", true],
  ["a*b*c", "aXXbYY", false],
  ["a.c", "abc", false],
  ["a", "A", false],
])("%s on %s is %s", (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

it("agrees with a regular expression", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  fc.assert(
    fc.property(piece, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (pattern, text) => {
      const regex = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
      expect(matchesGlob(pattern, text)).toBe(regex.test(text));
    }),
    { numRuns: 2000 },
  );
});

it("does not run away on many stars", () => {
  expect(matchesGlob("*a".repeat(2000) + "b", "a".repeat(4000))).toBe(false);
});
