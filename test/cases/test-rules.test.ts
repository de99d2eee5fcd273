import { join, relative } from "node:path";
import { expect, test } from "vitest";
import type { CaseFileResult, TestRun } from "../../src/core/case.js";
import { testRules } from "../../src/cases/test-rules.js";
import type { TestRequest } from "../../src/cases/test-rules.js";
import { withFiles } from "../loaders/support/plugins.js";
import type { Files } from "../loaders/support/plugins.js";

const rule = (id: string, condition: string): string =>
  `id: ${id}\ntitle: T\nseverity: low\nevaluator: assert\nwith:\n  for: AWS::CloudTrail::Trail\n  assert: ${condition}\n`;
const records = "{ path: IsLogging, equals: true }";
const yes = "- AWS::CloudTrail::Trail: { IsLogging: true }";
const no = "- AWS::CloudTrail::Trail: { IsLogging: false }";
const blind = "- AWS::CloudTrail::Trail: { unreadable: [IsLogging] }";
const cases = (...all: readonly (readonly [name: string, resource: string, expect: string])[]): string =>
  `cases:\n${all.map(([name, resource, verdict]) => `  - name: ${name}\n    state:\n      resources:\n        ${resource}\n    expect: ${verdict}\n`).join("")}`;
const whole = cases(["on", yes, "pass"], ["off", no, "fail"], ["hidden", blind, "unknown"]);

async function run(files: Files, request: TestRequest = { paths: ["."] }): Promise<TestRun> {
  return withFiles(files, async (folder) => {
    const at = (path: string): string => join(folder, path);
    const { config, paths = [], ...rest } = request;
    const result = await testRules({
      ...rest,
      paths: paths.map(at),
      ...(config === undefined ? {} : { config: at(config) }),
    });
    return {
      ...result,
      inputs: result.inputs.map((path) => relative(folder, path)).sort(),
      files: result.files.map((file) => ({ ...file, file: relative(folder, file.file) })),
    };
  });
}
const names = ({ files }: TestRun): readonly string[] =>
  files.flatMap(({ file, cases: all }) =>
    all.map(({ name, differences }) => `${file} ${name} ${differences.length === 0 ? "ok" : "failed"}`),
  );
async function fileOf(text: string, condition = records): Promise<CaseFileResult> {
  return (await run({ "a.yaml": rule("a", condition), "a.test.yaml": text })).files[0]!;
}

test("a folder's cases are run against the rules beside them", async () => {
  expect(
    names(
      await run({
        "a.yaml": rule("a", records),
        "a.test.yaml": whole,
        "deep/b.yml": rule("b", records),
        "deep/b.test.yml": cases(["on", yes, "fail"]),
        "c.yaml": rule("c", records),
      }),
    ),
  ).toEqual([
    "a.test.yaml on ok",
    "a.test.yaml off ok",
    "a.test.yaml hidden ok",
    "deep/b.test.yml on failed",
  ]);
});

test("a rule file stands for the cases beside it", async () => {
  expect(
    names(
      await run(
        {
          "a.yaml": rule("a", records),
          "a.test.yaml": whole,
          "b.yaml": rule("b", records),
          "b.test.yaml": whole,
        },
        { paths: ["b.yaml"] },
      ),
    ),
  ).toHaveLength(3);
});

test("by default the cases of the config's rules are run, and can name its rules by id", async () => {
  const files = {
    "watchproof.yaml":
      "rules: [mine]\nuse: [{ template: mine.made, id: mine.kept, with: { assert: { path: IsLogging, equals: true } } }]\n",
    "mine/a.yaml": rule("mine.a", records),
    "mine/t.yaml":
      "id: mine.made\ntitle: T\nseverity: low\nevaluator: assert\ntemplate: true\nwith: { for: AWS::CloudTrail::Trail }\n",
    "mine/other.test.yaml": `rule: mine.a\n${whole}`,
    "mine/made.test.yaml": `rule: mine.kept\n${whole}`,
    "elsewhere/x.test.yaml": "broken",
  };
  const result = await run(files, { config: "watchproof.yaml" });
  expect(result.diagnostics).toEqual([]);
  expect(result.files.map((file) => file.rule)).toEqual(["mine.kept", "mine.a"]);
});

test("a file with mistakes does not keep the others from running", async () => {
  const result = await run({
    "a.yaml": rule("a", records),
    "a.test.yaml": whole,
    "b.test.yaml": "cases: 7\n",
  });
  expect(result.diagnostics.map(({ code }) => code)).toEqual(["missing-key", "wrong-type"]);
  expect(names(result)).toHaveLength(3);
});

test("a filter chooses cases by their name, or all of a rule by its id", async () => {
  const files = { "a.yaml": rule("trail.a", records), "a.test.yaml": whole };
  expect(names(await run(files, { paths: ["."], filter: "hid" }))).toEqual(["a.test.yaml hidden ok"]);
  expect(names(await run(files, { paths: ["."], filter: "trail" }))).toHaveLength(3);
  expect(names(await run(files, { paths: ["."], filter: "nothing" }))).toEqual([]);
});

test("a difference stands where the expectation does", async () => {
  const file = await fileOf(
    cases(["on", yes, "pass"], ["off", no, "{ verdict: fail, message: nothing like it }"]),
  );
  expect(file.cases[1]).toMatchObject({
    name: "off",
    position: { line: 7, column: 11 },
    differences: [
      {
        what: "message",
        expected: "nothing like it",
        got: expect.stringContaining("trail-1") as string,
        position: { line: 11, column: 39 },
      },
    ],
  });
});

test("options of a case go over the rule's", async () => {
  const file = await fileOf(
    "cases:\n  - name: none\n    with: { absence: fail }\n    expect: fail\n  - name: usual\n    expect: not-applicable\n",
  );
  expect(file.cases.flatMap(({ differences }) => differences)).toEqual([]);
});

test("only the regions that are judged are judged", async () => {
  const text =
    "cases:\n  - name: one\n    state: { regions: [us-east-1, eu-west-1], refused: [{ type: AWS::CloudTrail::Trail, region: eu-west-1 }] }\n    judge: [us-east-1]\n    expect: not-applicable\n";
  expect((await fileOf(text)).cases[0]?.differences).toEqual([]);
});

test("a snapshot stands for a state, and is an input", async () => {
  const snapshot = {
    format: "watchproof-snapshot/1",
    takenAt: "2026-01-01T00:00:00Z",
    account: { id: "111122223333", partition: "aws" },
    regions: ["us-east-1"],
    collected: { "AWS::CloudTrail::Trail": { listed: ["us-east-1"], properties: {} } },
    resources: [],
    gaps: [],
    calls: {},
  };
  const result = await run({
    "a.yaml": rule("a", records),
    "a.test.yaml": "cases:\n  - name: s\n    snapshot: data/s.json\n    expect: not-applicable\n",
    "data/s.json": JSON.stringify(snapshot),
  });
  expect(names(result)).toEqual(["a.test.yaml s ok"]);
  expect(result.inputs).toEqual(["", "a.test.yaml", "a.yaml", "data", "data/s.json"]);
});

test("coverage tells the verdicts that no case reached, but for impossible ones", async () => {
  expect((await fileOf(cases(["on", yes, "pass"]))).coverage).toMatchObject({
    unreached: ["fail", "unknown"],
    refuted: [],
  });
  expect(
    (await fileOf(`impossible: { unknown: because }\n${cases(["on", yes, "pass"], ["off", no, "fail"])}`))
      .coverage,
  ).toMatchObject({ unreached: [], refuted: [] });
  expect((await fileOf(`impossible: { unknown: because }\n${whole}`)).coverage).toMatchObject({
    unreached: [],
    refuted: ["unknown"],
  });
});

test("coverage counts what was found, not what was expected", async () => {
  expect((await fileOf(cases(["on", yes, "fail"]))).coverage.unreached).toEqual(["fail", "unknown"]);
});

test.each([
  [
    "a leaf of a tree",
    "{ any: [{ path: IsLogging, equals: true }, { path: IsMultiRegionTrail, equals: true }] }",
    [["assert.any[1]", "true", 7, 54]],
  ],
  [
    "a part of an expression",
    "has(resource.IsLogging) && resource.IsLogging || has(resource.IsMultiRegionTrail)",
    [
      ["assert", "false", 7, 11],
      ["assert", "true", 7, 60],
    ],
  ],
])("coverage shows where %s was not taken", async (_, condition, expected) => {
  const { coverage } = await fileOf(whole, condition);
  expect(
    coverage.untaken.map(({ at, when, position }) => [at, when, position?.line, position?.column]),
  ).toEqual(expected);
});

test("a case with conditions of its own shows nothing of the rule's", async () => {
  const other =
    "cases:\n  - name: other\n    with: { assert: { path: IsMultiRegionTrail, equals: true } }\n    state: { resources: [{ AWS::CloudTrail::Trail: { IsMultiRegionTrail: true } }] }\n    expect: pass\n";
  expect((await fileOf(other)).coverage.untaken).toHaveLength(2);
});

test("taking one case away takes its side away", async () => {
  const sides = async (text: string): Promise<readonly string[]> =>
    (await fileOf(text)).coverage.untaken.map(({ when }) => when);
  expect(await sides(whole)).toEqual([]);
  expect(await sides(cases(["off", no, "fail"], ["hidden", blind, "unknown"]))).toEqual(["true"]);
  expect(await sides(cases(["on", yes, "pass"], ["hidden", blind, "unknown"]))).toEqual(["false"]);
});
