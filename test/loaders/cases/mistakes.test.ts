import { join } from "node:path";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/diagnostic.js";
import { testRules } from "../../../src/cases/test-rules.js";
import { places, withFiles } from "../support/plugins.js";
import type { Files } from "../support/plugins.js";

const rule =
  "id: trail.records\ntitle: Records\nseverity: low\nevaluator: assert\nwith:\n  for: AWS::CloudTrail::Trail\n  assert: { path: IsLogging, equals: true }\n";
const template =
  "id: trail.template\ntitle: Template\nseverity: low\nevaluator: assert\ntemplate: true\nwith:\n  for: AWS::CloudTrail::Trail\n";

/** A case file with one case; its lines stand from line 2, the members of the case from line 3. */
const caseOf = (...lines: readonly string[]): string =>
  ["cases:", "  - name: it", ...lines.map((line) => `    ${line}`), ""].join("\n");
const resource = (body: string): string =>
  caseOf("expect: pass", "state:", "  resources:", `    - AWS::CloudTrail::Trail: ${body}`);

async function problemsOf(text: string, more: Files = {}): Promise<readonly Diagnostic[]> {
  return withFiles(
    { "records.yaml": rule, "template.yaml": template, "records.test.yaml": text, ...more },
    async (folder) => (await testRules({ paths: [join(folder, "records.test.yaml")] })).diagnostics,
  );
}

type Mistake = readonly [title: string, text: string, expected: readonly string[], hint?: string];

// what is wrong | the file | codes and places | a word of the hint
const mistakes: readonly Mistake[] = [
  // The file.
  ["an empty file", "", ["empty-file"]],
  ["a list instead of a mapping", "- name: x\n", ["wrong-type 1:1"]],
  ["no cases", "rule: ./records.yaml\n", ["missing-key 1:1"], "cases"],
  ["an empty list of cases", "cases: []\n", ["empty-value 1:8"]],
  ["a misspelt key of the file", "case:\n  - name: x\n    expect: pass\n", ["unknown-key 1:1"], '"cases"'],
  ["a tab", "cases:\n\t- name: x\n", ["tab-indent 2:1"], "spaces"],
  ["an alias without an anchor", resource("*trail"), ["bad-alias 6:35"], "quotes"],
  // The state, below its properties.
  [
    "a member that AWS does not have",
    resource("{ EventSelectors: [{ ReadWriteTyp: All }] }"),
    ["unknown-property 6:56"],
    '"ReadWriteType"',
  ],
  [
    "a member of what is a list",
    resource("{ EventSelectors: { ReadWriteType: All } }"),
    ["unknown-property 6:55"],
    "list",
  ],
  ["a member of a value", resource("{ IsLogging: { Value: true } }"), ["unknown-property 6:50"], "alone"],
  // The rule.
  [
    "a misspelt rule id",
    `rule: cloudtrail.log-file-validaton\n${caseOf("expect: pass")}`,
    ["unknown-rule 1:7"],
    '"cloudtrail.log-file-validation"',
  ],
  [
    "a rule file that is not there",
    `rule: ./record.yaml\n${caseOf("expect: pass")}`,
    ["no-such-file 1:7"],
    "relative",
  ],
  [
    "a reason why nothing is impossible",
    `impossible: { pss: never }\n${caseOf("expect: pass")}`,
    ["unknown-key 1:15"],
    '"pass"',
  ],
  // The case.
  ["a case without a name", "cases:\n  - expect: pass\n", ["missing-key 2:5"], "name"],
  ["a case without an expectation", caseOf("state: {}"), ["missing-key 2:5"], "expect"],
  ["a misspelt key of a case", caseOf("expects: pass"), ["unknown-key 3:5"], '"expect"'],
  [
    "a name twice",
    `${caseOf("expect: pass")}  - name: it\n    expect: fail\n`,
    ["duplicate-item 4:11"],
    "cases[0].name",
  ],
  ["a misspelt verdict", caseOf("expect: fial"), ["bad-value 3:13"], '"fail"'],
  ["a verdict in capitals", caseOf("expect: PASS"), ["bad-value 3:13"], '"pass"'],
  [
    "a misspelt verdict in a list",
    caseOf("expect: [{ subject: a, verdict: pas }]"),
    ["bad-value 3:37"],
    '"pass"',
  ],
  [
    "a finding without a subject in a list",
    caseOf("expect: [{ verdict: pass }]"),
    ["missing-key 3:14"],
    "subject",
  ],
  [
    "a misspelt key of an expectation",
    caseOf("expect: { verdict: fail, mesage: x }"),
    ["unknown-key 3:30"],
    '"message"',
  ],
  [
    "a subject twice",
    caseOf("expect: [{ subject: a, verdict: pass }, { subject: a, verdict: fail }]"),
    ["duplicate-item 3:56"],
  ],
  [
    "a reason for a failure",
    caseOf("expect: { verdict: fail, reason: unreadable }"),
    ["not-allowed-here 3:30"],
  ],
  ["a witness of a pass", caseOf("expect: { verdict: pass, witness: { a: 1 } }"), ["not-allowed-here 3:30"]],
  [
    "a misspelt reason",
    caseOf("expect: { verdict: unknown, reason: unreadabel }"),
    ["bad-value 3:41"],
    '"unreadable"',
  ],
  [
    "a state and a snapshot",
    caseOf("expect: pass", "snapshot: a.json", "state: {}"),
    ["not-allowed-here 5:12"],
  ],
  ["a snapshot that is not there", caseOf("expect: pass", "snapshot: a.json"), ["not-a-snapshot 4:15"]],
  [
    "a misspelt option",
    caseOf("expect: pass", "with: { quantifer: some }"),
    ["unknown-key 4:13"],
    '"quantifier"',
  ],
  [
    "an option of the wrong value",
    caseOf("expect: pass", "with: { quantifier: sme }"),
    ["bad-value 4:25"],
    '"some"',
  ],
  [
    "an option that the evaluator refuses",
    caseOf("expect: pass", "with: { assert: { path: IsLoging, equals: true } }"),
    ["unknown-property 4:29"],
    '"IsLogging"',
  ],
  [
    "a template without the options that it needs",
    `rule: ./template.yaml\n${caseOf("expect: pass")}`,
    ["missing-key 3:5"],
  ],
  [
    "a misspelt region that is judged",
    caseOf("expect: pass", "judge: [us-est-1]"),
    ["unknown-region 4:13"],
    '"us-east-1"',
  ],
  // The state.
  [
    "a misspelt key of the state",
    caseOf("expect: pass", "state: { resorces: [] }"),
    ["unknown-key 4:14"],
    '"resources"',
  ],
  [
    "an account as a number",
    caseOf("expect: pass", "state: { account: 111122223333 }"),
    ["wrong-type 4:23"],
    '"111122223333"',
  ],
  ["a time that is none", caseOf("expect: pass", "state: { takenAt: yesterday }"), ["bad-value 4:23"]],
  [
    "a misspelt region",
    caseOf("expect: pass", "state: { regions: [us-east-1, eu-wst-1] }"),
    ["unknown-region 4:35"],
    '"eu-west-1"',
  ],
  [
    "a misspelt type",
    caseOf("expect: pass", "state: { resources: [{ AWS::CloudTrail::Trial: {} }] }"),
    ["unknown-type 4:28"],
    '"AWS::CloudTrail::Trail"',
  ],
  [
    "two types in one entry",
    caseOf(
      "expect: pass",
      "state: { resources: [{ AWS::CloudTrail::Trail: {}, AWS::CloudTrail::Channel: {} }] }",
    ),
    ["bad-value 4:26"],
  ],
  ["a type and nothing behind it", resource(""), ["wrong-type 6:11"]],
  ["a misspelt property", resource("{ IsLoging: true }"), ["unknown-property 6:37"], '"IsLogging"'],
  ["a property in lower case", resource("{ isLogging: true }"), ["unknown-property 6:37"], '"IsLogging"'],
  [
    "a misspelt member of a resource",
    resource("{ unredable: [IsLogging] }"),
    ["unknown-property 6:37"],
    '"unreadable"',
  ],
  [
    "a property that is unreadable and misspelt",
    resource("{ unreadable: [IsLoging] }"),
    ["unknown-property 6:50"],
    '"IsLogging"',
  ],
  [
    "a misspelt property with a reason",
    resource("{ unreadable: { IsLoging: Throttled } }"),
    ["unknown-property 6:51"],
    '"IsLogging"',
  ],
  [
    "a property that is unreadable and has a value",
    resource("{ IsLogging: true, unreadable: [IsLogging] }"),
    ["bad-value 6:67"],
    "remove",
  ],
  [
    "a property that is unreadable and that the rule does not read",
    resource("{ unreadable: [EventSelectors] }"),
    ["bad-value 6:50"],
    "IsLogging",
  ],
  [
    "a property that is not collected and misspelt",
    resource("{ notCollected: [IsLoging] }"),
    ["unknown-property 6:52"],
    '"IsLogging"',
  ],
  [
    "a resource in a region that there is not",
    resource("{ region: us-est-1 }"),
    ["unknown-region 6:45"],
    '"us-east-1"',
  ],
  [
    "a resource twice",
    `${resource("{ id: a }")}        - AWS::CloudTrail::Trail: { id: a }\n`,
    ["duplicate-item 7:41"],
  ],
  [
    "a refused list of a misspelt type",
    caseOf("expect: pass", "state: { refused: [{ type: AWS::CloudTrail::Trails }] }"),
    ["unknown-type 4:32"],
    '"AWS::CloudTrail::Trail"',
  ],
  [
    "a refused list of a region that is not looked at",
    caseOf("expect: pass", "state: { refused: [{ type: AWS::CloudTrail::Trail, region: eu-west-1 }] }"),
    ["bad-value 4:64"],
  ],
  [
    "a refused list without a type",
    caseOf("expect: pass", "state: { refused: [{ region: us-east-1 }] }"),
    ["missing-key 4:24"],
    "type",
  ],
];

test.each(mistakes.map(([title, ...mistake]) => [title, mistake] as const))(
  "%s",
  async (_, [text, expected, hint]) => {
    const problems = await problemsOf(text);
    expect(places(problems)).toEqual(expected);
    if (hint !== undefined)
      expect(problems.map((problem) => `${problem.message} ${problem.hint ?? ""}`).join()).toContain(hint);
  },
);

test("the file above is well without a mistake", async () => {
  expect(await problemsOf(resource("&trail { id: a, IsLogging: true, LatestDeliveryTime: -5m }"))).toEqual(
    [],
  );
});

test("without a rule key and without a rule file beside it, the rule is missing", async () => {
  const problems = await withFiles(
    { "alone.test.yaml": caseOf("expect: pass") },
    async (folder) => (await testRules({ paths: [folder] })).diagnostics,
  );
  expect(places(problems)).toEqual(["missing-key 1:1"]);
});

test("mistakes in the rule are told in the rule's file", async () => {
  const problems = await problemsOf(caseOf("expect: pass"), {
    "records.yaml": rule.replace("IsLogging", "IsLoging"),
  });
  expect(problems.map(({ file, code, position }) => [file.split("/").at(-1), code, position?.line])).toEqual([
    ["records.yaml", "unknown-property", 7],
  ]);
});

test("a path that leads to no cases is told", async () => {
  await withFiles({ "a.json": "{}", "empty/x.txt": "" }, async (folder) => {
    const { diagnostics, files } = await testRules({
      paths: [join(folder, "a.json"), join(folder, "gone"), join(folder, "empty")],
    });
    expect(places(diagnostics)).toEqual(["not-a-rule-file", "no-such-file"]);
    expect(files).toEqual([]);
  });
});
