import { expect, test } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { loadRules } from "../../src/loaders/load-rules.js";
import { places, problemsOf, withFiles } from "./support/plugins.js";

/** What is wrong with a rule whose options, from line 6, are these lines. */
async function mistakesIn(...options: readonly string[]): Promise<ReturnType<typeof problemsOf>> {
  const text = [
    "id: own.rule",
    "title: T",
    "severity: low",
    "evaluator: assert",
    "with:",
    ...options.map((line) => `  ${line}`),
    "",
  ].join("\n");
  return withFiles({ "rule.yaml": text }, async (folder) =>
    problemsOf(await loadRules([`${folder}/rule.yaml`], { plugins: builtins })),
  );
}

const type = "for: AWS::CloudTrail::Trail";

test.each<[string, readonly string[], readonly string[], string?]>([
  ["a name that is no value", ["assert: resource.IsLogging == tru"], ["bad-expression 7:33"], "true"],
  ["one sign to compare", ["assert: resource.IsLogging = true"], ["bad-expression 7:30"], "=="],
  ["three signs to compare", ["assert: resource.IsLogging === true"], ["bad-expression 7:32"], "two signs"],
  ["and in letters", ["assert: resource.IsLogging and true"], ["bad-expression 7:30"], "&&"],
  ["a property without its resource", ["assert: IsLogging"], ["bad-expression 7:11"], "resource.IsLogging"],
  [
    "has() without its resource",
    ["assert: has(IsLogging)"],
    ["bad-expression 7:15"],
    "has(resource.IsLogging)",
  ],
  [
    "another language's name of the time",
    ["assert: time(resource.StartLoggingTime) < now"],
    ["bad-expression 7:45"],
    "takenAt",
  ],
  [
    "another language's loop",
    ["assert: resource.SeenIn.any(r, r == account.id)"],
    ["bad-expression 7:31"],
    "exists",
  ],
  [
    "a function in lower case",
    ["assert: resource.S3BucketName.startswith('a')"],
    ["bad-expression 7:11"],
    "startsWith",
  ],
  [
    "a whole number beside a time",
    ["assert: days(takenAt - time(resource.StartLoggingTime)) == 7"],
    ["bad-expression 7:11"],
    "7.0",
  ],
  [
    "a regular expression",
    ["assert: resource.S3BucketName.matches('^(a+)+$')"],
    ["bad-expression 7:11"],
    "like",
  ],
  [
    "a name bound to a growing list",
    ["assert: cel.bind(a, [1], size(a + a) > 1)"],
    ["bad-expression 7:11"],
    "write the value out",
  ],
  ["a member of every object", ["assert: resource.constructor == 1"], ["unknown-property 7:20"], "known are"],
  [
    "two misspelt properties in one expression",
    ["assert: resource.IsLoging && resource['SeenIm'] == []"],
    ["unknown-property 7:20", "unknown-property 7:42"],
    "IsLogging",
  ],
  [
    "a misspelt property in the message",
    ["assert: resource.IsLogging", "message: Trail {id} writes to {S3Bucket}."],
    ["unknown-property 8:34"],
    "S3BucketName",
  ],
  [
    "a resource's property in a message about the account",
    ["assert: resource.IsLogging", "quantifier: none", "message: '{id} logs'"],
    ["bad-value 9:14"],
    "quantifier",
  ],
  [
    "bounds that nothing lies within",
    ["assert: resource.IsLogging", "quantifier: count", "at-least: 3", "at-most: 2"],
    ["bad-value 10:12"],
    "3 or more",
  ],
  ["count without bounds", ["assert: resource.IsLogging", "quantifier: count"], ["missing-key 5:1"]],
  ["bounds without count", ["assert: resource.IsLogging", "at-least: 3"], ["not-allowed-here 8:13"]],
  ["a leaf that asks nothing", ["assert: { path: IsLogging }"], ["bad-value 7:11"], "add one of equals"],
  [
    "a leaf that asks twice",
    ["assert: { path: IsLogging, equals: true, exists: true }"],
    ["bad-value 7:11"],
    "remove one",
  ],
  ["a leaf without a path", ["assert: { equals: true }"], ["missing-key 7:3"], "path"],
  [
    "an item's path outside of a list",
    ["assert: { path: ., equals: true }"],
    ["bad-value 7:19"],
    "name a property",
  ],
  ["an age in words", ["assert: { path: StartLoggingTime, younger-than: 24 hours }"], ["bad-value 7:51"]],
  [
    "a question's name below a list's items",
    ["assert: { path: SeenIn, any-item: { path: ., equls: a } }"],
    ["unknown-key 7:48"],
    '"equals"',
  ],
  ["true in words", ["assert: { path: IsLogging, exists: yes }"], ["wrong-type 7:38"], "true"],
  [
    "a mapping where a list is due",
    ["assert: { all: { path: IsLogging, equals: true } }"],
    ["wrong-type 7:18"],
  ],
  [
    "a member of every object as an option",
    ["assert: resource.IsLogging", "__proto__: { a: 1 }"],
    ["unknown-key 8:3"],
  ],
])("%s", async (_, options, expected, hint) => {
  const found = await mistakesIn(type, ...options);
  expect(places(found)).toEqual(expected);
  if (hint !== undefined) expect(found[0]?.hint).toContain(hint);
});

test("a misspelt type hides no mistake in an expression", async () => {
  expect(
    places(
      await mistakesIn("for: AWS::CloudTrail::Trial", "where: resource.X =", "assert: resource.IsLogging ="),
    ),
  ).toEqual(["unknown-type 6:8", "bad-expression 7:21", "bad-expression 8:30"]);
});
