import { expect, test } from "vitest";
import { loadRules } from "../../src/loaders/load-rules.js";
import { places, plugins, problemsOf, withFiles } from "./support/plugins.js";

const valid = [
  "id: trail.kept",
  "title: Kept",
  "severity: high",
  "evaluator: watcher",
  "with:",
  "  events:",
  "    source: glacier.amazonaws.com",
  "why: So that it is known.",
];

/** The valid rule with one line replaced; lines count from 1. */
function line(number: number, text: string): string {
  return `${valid.map((was, at) => (at === number - 1 ? text : was)).join("\n")}\n`;
}
function added(text: string): string {
  return `${valid.join("\n")}\n${text}\n`;
}

type Mistake = readonly [title: string, text: string, expected: readonly string[], hint?: string];

// what is wrong | the file | codes and places | a word of the hint
const mistakes: readonly Mistake[] = [
  // Keys of the rule.
  ["a misspelt optional key", line(8, "whyy: x"), ["unknown-key 8:1"], '"why"'],
  [
    "a misspelt required key is not also called missing",
    line(4, "evalutor: watcher"),
    ["unknown-key 4:1"],
    '"evaluator"',
  ],
  ["a key that resembles nothing", added("colour: red"), ["unknown-key 9:1"]],
  ["a key in camel case", added("References: [https://example.org]"), ["unknown-key 9:1"], '"references"'],
  ["a key of the options at the top", added("events: {}"), ["unknown-key 9:1"]],
  [
    "a required key left out",
    valid.filter((was) => !was.startsWith("title")).join("\n"),
    ["missing-key 1:1"],
    "title",
  ],
  ["several required keys left out", "why: x\n", ["missing-key 1:1"], "severity: one of info"],
  ["an unknown key of the remediation", added("remediation:\n  test: x"), ["unknown-key 10:3"], '"text"'],
  ["an empty remediation", added("remediation: {}"), ["empty-value 9:14"]],
  ["a framework that is no name", added("controls:\n  NIST 800: [AU-2]"), ["bad-key 10:3"], "nist-800"],
  // Values of the rule.
  ["a misspelt severity", line(3, "severity: mediun"), ["bad-value 3:11"], '"medium"'],
  ["a severity in capitals", line(3, "severity: HIGH"), ["bad-value 3:11"], '"high"'],
  ["a severity that resembles nothing", line(3, "severity: terrible"), ["bad-value 3:11"]],
  ["an id with capitals and spaces", line(1, "id: Trail Kept"), ["bad-value 1:5"], '"trail-kept"'],
  ["an empty id", line(1, 'id: ""'), ["empty-value 1:5"]],
  ["a key without a value", line(2, "title:"), ["wrong-type 2:1"]],
  ["an empty title", line(2, "title: ''"), ["empty-value 2:8"]],
  ["a number as text", line(2, "title: 42"), ["wrong-type 2:8"], '"42"'],
  ["a list as text", line(2, "title: [a, b]"), ["wrong-type 2:8"]],
  ["text as a list", added("references: https://example.org"), ["wrong-type 9:13"], "[https://example.org]"],
  ["a reference that is no URL", added("references:\n  - example.org"), ["bad-value 10:5"]],
  [
    "a control number that YAML takes as a number",
    added("controls:\n  cis-aws-5.0.0: [3.10]"),
    ["wrong-type 10:19"],
    '"3.10"',
  ],
  ["a control twice", added("controls:\n  cis: [a, b, a]"), ["duplicate-item 10:15"]],
  ["a framework without controls", added("controls:\n  cis: []"), ["empty-value 10:8"]],
  ["yes as true", added("template: yes"), ["wrong-type 9:11"], "true"],
  ["a rule that is a list", "- id: x\n", ["wrong-type 1:1"]],
  ["a rule that is text", "rule\n", ["wrong-type 1:1"]],
  // Evaluators and their options.
  ["a misspelt evaluator", line(4, "evaluator: watchr"), ["unknown-evaluator 4:12"], '"watcher"'],
  [
    "an evaluator that resembles nothing",
    line(4, "evaluator: quantum-oracle"),
    ["unknown-evaluator 4:12"],
    "list evaluators",
  ],
  [
    "an evaluator named like a member of every object",
    line(4, "evaluator: constructor"),
    ["unknown-evaluator 4:12"],
  ],
  [
    "an evaluator whose schema is wrong",
    line(4, "evaluator: broken"),
    ["broken-evaluator 4:12"],
    "not of the rule",
  ],
  ["an evaluator that cannot be loaded", line(4, "evaluator: missing"), ["broken-evaluator 4:12"]],
  ["a misspelt option", added("").replace("  events:", "  event:"), ["unknown-key 6:3"], '"events"'],
  ["a misspelt nested option", line(7, "    sorce: x"), ["unknown-key 7:5"], '"source"'],
  ["a nested option left out", line(7, "    access: read"), ["missing-key 6:3"]],
  [
    "options without the required one",
    valid.slice(0, 4).concat("with: { world: open }").join("\n"),
    ["missing-key 5:1"],
    "events",
  ],
  ["no options where some are required", valid.slice(0, 4).join("\n"), ["missing-key 4:1"], "events"],
  ["options that are a list", valid.slice(0, 4).concat("with: []").join("\n"), ["wrong-type 5:7"]],
  ["with and nothing behind it", valid.slice(0, 4).concat("with:").join("\n"), ["wrong-type 5:1"]],
  [
    "a misspelt value of an option",
    line(7, "    source: x\n    access: wirte"),
    ["bad-value 8:13"],
    '"write"',
  ],
  ["a number in quotes", line(7, '    source: x\n  days: "30"'), ["wrong-type 8:9"], "without quotes: 30"],
  ["a number that is no whole number", line(7, "    source: x\n  days: 1.5"), ["wrong-type 8:9"]],
  ["a number below the least", line(7, "    source: x\n  days: 0"), ["bad-value 8:9"]],
  ["a number above the most", line(7, "    source: x\n  days: 4000"), ["bad-value 8:9"]],
  ["text longer than the most", line(7, "    source: x\n  name: too long"), ["bad-value 8:9"]],
  ["on as true in an option", line(7, "    source: x\n  strict: on"), ["wrong-type 8:11"], "true"],
  ["an empty list of names", line(7, "    source: x\n    names: []"), ["empty-value 8:12"]],
  ["a name twice", line(7, "    source: x\n    names:\n      - a\n      - a"), ["duplicate-item 10:9"]],
  ["an item of another type", line(7, "    source: x\n    names: [a, 7]"), ["wrong-type 8:16"], '"7"'],
  [
    "a word that is neither the constant nor a list",
    line(7, "    source: x\n  groups: al"),
    ["bad-value 8:11"],
  ],
  ["an item of the branch that fits", line(7, "    source: x\n  groups: [a, 1]"), ["wrong-type 8:15"], '"1"'],
  [
    "a misspelt key in the branch of a tree that resembles most",
    line(7, "    source: x\n  tree:\n    all:\n      - equals: a\n        pth: b"),
    ["unknown-key 11:9"],
    '"path"',
  ],
  ["a misspelt tag of a tree", line(7, "    source: x\n  tree: { kind: sett }"), ["bad-value 8:17"], '"set"'],
  [
    "a misspelt key three levels down a tree",
    line(7, "    source: x\n  condition:\n    all:\n      - all: [{ equals: a, pth: b }]"),
    ["unknown-key 10:28"],
    '"path"',
  ],
  [
    "a misspelt key at the top of a tree",
    line(7, "    source: x\n  condition:\n    al: []"),
    ["unknown-key 9:5"],
    '"all"',
  ],
  [
    "an item of a tree that is text",
    line(7, "    source: x\n  condition: { all: [a] }"),
    ["wrong-type 8:22"],
  ],
  [
    "a number where text or a tree is expected",
    line(7, "    source: x\n  condition: 5"),
    ["wrong-type 8:14"],
    '"5"',
  ],
  ["an empty text where a tree could be", line(7, "    source: x\n  condition: ''"), ["empty-value 8:14"]],
  [
    "a problem that only the evaluator sees",
    line(7, '    source: x\n  expression: "resource.Loging"'),
    ["unknown-property 8:25"],
    "IsLogging",
  ],
  [
    "a problem in the second line of a block",
    line(7, "    source: x\n  expression: |\n    resource.A &&\n    resource.Loging"),
    ["unknown-property 10:14"],
  ],
  [
    "a problem in a folded line",
    line(7, "    source: x\n  expression: >-\n    resource.A\n    && resource.Loging"),
    ["unknown-property 10:17"],
  ],
  // YAML.
  ["a key twice", added("severity: low"), ["duplicate-key 9:1"], "line 3"],
  ["an option twice", line(7, "    source: x\n    source: y"), ["duplicate-key 8:5"], "line 7"],
  ["a tab as indentation", line(6, "\tevents:"), ["tab-indent 6:1"], "spaces"],
  ["a colon within a value", line(2, "title: CloudTrail: kept"), ["yaml-syntax 2:8"], "quotes"],
  ["no space after a colon", line(2, "title:Kept"), ["yaml-syntax 2:1"], "space"],
  ["a quote that is never closed", line(2, 'title: "Kept'), ["yaml-syntax 2:8"]],
  ["a bracket that is never closed", line(7, "    source: x\n    names: [a, b"), ["yaml-syntax 8:12"]],
  ["an entry in the wrong column", line(7, "    source: x\n   names: [a]"), ["yaml-syntax 8:4"], "column"],
  ["a value that begins with @", line(2, "title: @kept"), ["yaml-syntax 2:8"], "quotes"],
  ["a value that begins with *", line(2, "title: *"), ["bad-alias 2:8"], "quotes"],
  ["an alias of nothing", line(2, "title: *kept"), ["bad-alias 2:8"], "quotes"],
  ["an alias within its own anchor", line(7, "    source: &a [*a]"), ["bad-alias 7:17", "wrong-type 7:16"]],
  ["a template language's braces", line(2, "title: {{ title }}"), ["yaml-syntax 2:9"], "quotes"],
  ["a tag", line(2, "title: !Sub kept"), ["unknown-tag 2:8"], "tag"],
  [
    "a merge key",
    line(6, "  <<: { events: { source: x } }").split("\n").slice(0, 6).join("\n"),
    ["merge-key 6:3", "missing-key 5:1"],
  ],
  ["a backslash in double quotes", line(2, 'title: "a\\d"'), ["yaml-syntax 2:10"], "single quotes"],
  [
    "a second document",
    `${valid.join("\n")}\n---\nid: other\n`,
    ["several-documents 9:1"],
    "file of its own",
  ],
  ["a directive", `%YAML 1.1\n---\n${valid.join("\n")}\n`, ["yaml-directive 1:1"], "remove"],
  ["a number without end", line(2, "title: .inf"), ["bad-value 2:8"]],
  ["nothing at all", "", ["empty-file"]],
  ["only a comment", "# to be written\n", ["empty-file"]],
];

test.each(mistakes.map(([title, ...row]) => [title, row] as const))(
  "%s",
  async (_, [text, expected, hint]) => {
    const found = await withFiles({ "rule.yaml": text }, async (folder) =>
      problemsOf(await loadRules([`${folder}/rule.yaml`], { plugins })),
    );
    expect([...places(found)].sort()).toEqual([...expected].sort());
    if (hint !== undefined) expect(found[0]?.hint ?? "").toContain(hint);
  },
);

test("an evaluator that cannot be loaded says why", async () => {
  const found = await withFiles({ "rule.yaml": line(4, "evaluator: missing") }, async (folder) =>
    problemsOf(await loadRules([`${folder}/rule.yaml`], { plugins })),
  );
  expect(found[0]?.message).toContain("cannot find module");
});

test("several mistakes in one file are all told, in reading order", async () => {
  const text = line(3, "severity: hihg")
    .replace("why", "wyh")
    .replace("source: glacier.amazonaws.com", "source: []");
  const found = await withFiles({ "rule.yaml": text }, async (folder) =>
    problemsOf(await loadRules([`${folder}/rule.yaml`], { plugins })),
  );
  expect(places(found)).toEqual(["bad-value 3:11", "wrong-type 7:13", "unknown-key 8:1"]);
});
