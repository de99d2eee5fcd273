import fc from "fast-check";
import { expect, it } from "vitest";
import { glob, matchesGlob as matchesShape } from "../../src/languages/glob.js";
import { matchesPattern } from "../../src/languages/iam-policy/patterns.js";
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

/** Tries every run of characters for each star. */
function isMatch(pattern: string, text: string, isSame: (wanted: string, given: string) => boolean): boolean {
  const [wanted, given] = [pattern[0], text[0]];
  if (wanted === undefined) return given === undefined;
  if (wanted === "*" && isMatch(pattern.slice(1), text, isSame)) return true;
  if (given === undefined) return false;
  return wanted === "*"
    ? isMatch(pattern, text.slice(1), isSame)
    : isSame(wanted, given) && isMatch(pattern.slice(1), text.slice(1), isSame);
}

const patternOf = (...units: readonly string[]): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });

it.each<
  [
    string,
    fc.Arbitrary<string>,
    fc.Arbitrary<string>,
    (pattern: string, text: string) => boolean,
    (wanted: string, given: string) => boolean,
  ]
>([
  ["names", patternOf("a", "b", "*"), patternOf("a", "b"), matchesGlob, (wanted, given) => wanted === given],
  [
    "policies, where ? is any character and only a star takes a star",
    patternOf("a", "b", "?", "*"),
    patternOf("a", "b", "*"),
    matchesPattern,
    (wanted, given) => wanted === given || (wanted === "?" && given !== "*"),
  ],
  [
    "shapes",
    patternOf("a", "b", "*"),
    patternOf("a", "b", "A"),
    (pattern, text) => matchesShape(glob(pattern.split("*")), text),
    (wanted, given) => wanted === given,
  ],
  [
    "shapes in any case",
    patternOf("a", "B", "*"),
    patternOf("a", "b", "A"),
    (pattern, text) => matchesShape(glob(pattern.split("*"), true), text),
    (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  ],
])("agrees with trying everything, for %s", (_title, ...[patterns, texts, matches, isSame]) => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(matches(pattern, text)).toBe(isMatch(pattern, text, isSame));
    }),
    { numRuns: 2000 },
  );
});

it("does not run away on many stars", () => {
  expect(matchesGlob("*a".repeat(2000) + "b", "a".repeat(4000))).toBe(false);
});
