import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/core/json.js";
import { holds, milliseconds, pathsOf, valueAt } from "../../../src/reasoning/condition/tree.js";
import type { ConditionTree } from "../../../src/reasoning/condition/tree.js";
import { UndecidedError } from "../../../src/reasoning/condition/undecided.js";

const takenAt = Date.UTC(2026, 10, 20, 12);
const value: JsonValue = {
  Name: "prod-logs",
  Days: 365,
  On: true,
  Off: false,
  Empty: [],
  Tags: ["a", "b"],
  Nested: { Deep: { Flag: true } },
  Rules: [
    { Status: "Enabled", Days: 3 },
    { Status: "Disabled", Days: 9 },
  ],
  Old: "2026-11-13T11:59:59Z",
  Zoneless: "2026-11-01T00:00:00",
  New: "2026-11-20T11:30:00Z",
};
const ask = (tree: ConditionTree): boolean => holds(tree, { takenAt, read: (path) => valueAt(value, path) });

describe("a leaf", () => {
  it.each<[string, ConditionTree, boolean]>([
    ["equals a boolean", { path: "On", equals: true }, true],
    ["does not take false for true", { path: "Off", equals: true }, false],
    ["is false on what is not set", { path: "Missing", equals: true }, false],
    ["compares lists and objects by content", { path: "Nested", equals: { Deep: { Flag: true } } }, true],
    ["tells the order of a list", { path: "Tags", equals: ["b", "a"] }, false],
    ["says not-equals of what is not set", { path: "Missing", "not-equals": 1 }, true],
    ["finds a value in a list of choices", { path: "Days", in: [30, 365] }, true],
    ["says not-in", { path: "Name", "not-in": ["other"] }, true],
    ["finds an item that a list contains", { path: "Tags", contains: "b" }, true],
    ["matches text like a pattern", { path: "Name", like: "prod-*" }, true],
    ["matches the whole text", { path: "Name", like: "prod" }, false],
    ["finds a regular expression in a text", { path: "Name", matches: "^prod-[a-z]+$" }, true],
    ["finds no regular expression that is not there", { path: "Name", matches: "^logs" }, false],
    ["never finds one in what is no text", { path: "Days", matches: "3" }, false],
    ["counts at-least inclusively", { path: "Days", "at-least": 365 }, true],
    ["counts at-most inclusively", { path: "Days", "at-most": 364 }, false],
    ["never compares what is not set", { path: "Missing", "at-most": 5 }, false],
    ["sees that something exists", { path: "Nested.Deep.Flag", exists: true }, true],
    ["sees that something does not exist", { path: "Nested.Other.Flag", exists: false }, true],
    ["takes an empty list for empty", { path: "Empty", "is-empty": true }, true],
    ["takes what is not set for empty", { path: "Missing", "is-empty": true }, true],
    ["counts younger-than from the snapshot's time", { path: "New", "younger-than": "1h" }, true],
    ["counts older-than from the snapshot's time", { path: "Old", "older-than": "7d" }, true],
    ["never finds an age in what is not a time", { path: "Name", "younger-than": "7d" }, false],
    [
      "takes no time without a zone, which every machine would read by its own",
      { path: "Zoneless", "older-than": "1m" },
      false,
    ],
    ["looks for any item", { path: "Rules", "any-item": { path: "Days", "at-least": 9 } }, true],
    [
      "asks one item for several things at once",
      {
        path: "Rules",
        "any-item": {
          all: [
            { path: "Status", equals: "Enabled" },
            { path: "Days", equals: 9 },
          ],
        },
      },
      false,
    ],
    ["looks at every item", { path: "Rules", "every-item": { path: "Days", "at-least": 3 } }, true],
    ["looks at items that are plain values", { path: "Tags", "any-item": { path: ".", equals: "a" } }, true],
    [
      "finds no items in what is not set, and so not every one",
      { path: "Missing", "every-item": { path: "X", equals: 1 } },
      false,
    ],
    ["finds no items in text", { path: "Name", "every-item": { path: ".", like: "*" } }, false],
    ["finds nothing wrong with no items", { path: "Empty", "every-item": { path: "X", equals: 1 } }, true],
  ])("%s", (_, tree, expected) => {
    expect(ask(tree)).toBe(expected);
  });
});

describe("what cannot be read", () => {
  const secret: ConditionTree = { path: "Secret", equals: 1 };
  const readable = (path: string): JsonValue | undefined => {
    if (path === "Secret") throw new UndecidedError("unreadable", "Secret");
    return valueAt(value, path);
  };
  const open = { takenAt, read: readable };

  it.each<[string, ConditionTree, boolean]>([
    ["a false part decides an all", { all: [secret, { path: "On", equals: false }] }, false],
    ["a true part decides an any", { any: [secret, { path: "On", equals: true }] }, true],
    ["a negated any is decided too", { not: { any: [secret, { path: "On", equals: true }] } }, false],
  ])("%s, whatever stands first", (_, tree, expected) => {
    expect(holds(tree, open)).toBe(expected);
  });

  it.each<[string, ConditionTree]>([
    ["all", { all: [{ path: "On", equals: true }, secret] }],
    ["any", { any: [{ path: "On", equals: false }, secret] }],
    ["not", { not: secret }],
  ])("matters in %s where nothing else decides", (_, tree) => {
    expect(() => holds(tree, open)).toThrow(UndecidedError);
  });
});

it("names the paths that it reads", () => {
  expect(
    pathsOf({
      all: [
        { path: "A.b", equals: 1 },
        { any: [{ not: { path: "C", exists: true } }] },
        { path: "D", "any-item": { path: "e", equals: 1 } },
      ],
    }),
  ).toEqual(["A.b", "C", "D"]);
});

it.each([
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
])("reads %s as a duration", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

it("keeps De Morgan's laws", () => {
  const leaf = fc.record({
    path: fc.constantFrom("On", "Off", "Days", "Missing"),
    equals: fc.constantFrom<JsonValue>(true, false, 365),
  });
  const tree = fc.letrec<{ tree: ConditionTree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("tree") }),
    ),
  })).tree;
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      expect(ask({ not: { all: [a, b] } })).toBe(ask({ any: [{ not: a }, { not: b }] }));
      expect(ask({ not: { not: a } })).toBe(ask(a));
      expect(ask({ any: [a, b] })).toBe(ask(a) || ask(b));
    }),
    { numRuns: 500 },
  );
});
