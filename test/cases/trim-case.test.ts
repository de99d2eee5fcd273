import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { builtins } from "../../src/run/builtins.js";
import { projectFiles } from "../../src/cli/scaffold-project.js";
import { defineEvaluator } from "../../src/core/evaluator.js";
import { aboutResource } from "../../src/core/judgement.js";
import type { SelectedRule } from "../../src/core/rule.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { fail, pass } from "../../src/core/verdict.js";
import { renderDiagnostics } from "../../src/loaders/diagnostics/render-diagnostics.js";
import { testRules } from "../../src/cases/test-rules.js";
import { trimToCase } from "../../src/cases/trim-case.js";
import { resource, snapshot } from "../support/build.js";
import { hostileNames } from "../support/hostile-names.js";
import { obeyedCommands } from "../support/runner-log.js";
import { withFiles } from "../loaders/support/plugins.js";

const trail = "AWS::CloudTrail::Trail";
const example = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../examples/account/snapshot.json"), "utf8"),
) as Snapshot;
const rules = (await builtins.rules())
  .filter(({ template }) => template !== true)
  .map((rule): SelectedRule => ({ ...rule, with: rule.with ?? {} }));
const validation = rules.find(({ id }) => id === "cloudtrail.log-file-validation")!;

async function trim(state: Snapshot, rule = validation, subject?: string): Promise<string> {
  const made = await trimToCase({ snapshot: state, rule, ...(subject === undefined ? {} : { subject }) });
  if (!made.ok) throw new Error(renderDiagnostics(made.diagnostics, { color: false }));
  return made.value;
}

type Written = {
  readonly cases: readonly {
    readonly state: { readonly resources?: readonly Readonly<Record<string, object>>[] };
    readonly expect: readonly object[];
  }[];
};
const read = (text: string): Written["cases"][number] => (parse(text) as Written).cases[0]!;

/** What is wrong with a case as it is written; empty when it passes. */
async function faultsOf(text: string): Promise<readonly unknown[]> {
  const run = await withFiles({ "made.test.yaml": text }, (folder) => testRules({ paths: [folder] }));
  return [
    ...run.diagnostics,
    ...run.files.flatMap(({ cases }) => cases.flatMap(({ differences }) => differences)),
    ...(run.files.length === 1 ? [] : ["not run"]),
  ];
}

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "what %s reads of the example account becomes a case that passes as it is written",
  async (_, rule) => {
    expect(await faultsOf(await trim(example, rule))).toEqual([]);
  },
);

const properties = {
  EnableLogFileValidation: true,
  S3BucketName: "logs",
  IsMultiRegionTrail: true,
  Name: null,
};
const mixed = snapshot({
  account: { id: "999988887777", partition: "aws" },
  regions: ["eu-west-1", "us-east-1"],
  resources: [
    resource({
      type: trail,
      id: "on",
      arn: "arn:aws:cloudtrail:us-east-1:999988887777:trail/on",
      account: "999988887777",
      properties,
      observed: { SeenIn: ["eu-west-1", "us-east-1"] },
    }),
    resource({
      type: trail,
      id: "far",
      arn: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/far",
      account: "444455556666",
      region: "eu-west-1",
      properties: { ...properties, EnableLogFileValidation: false },
      observed: { SeenIn: ["us-east-1"] },
    }),
    resource({
      type: trail,
      id: "hidden",
      arn: "arn:aws:cloudtrail:us-east-1:999988887777:trail/hidden",
      account: "999988887777",
      properties: {},
      observed: { SeenIn: ["us-east-1"] },
      unreadable: { EnableLogFileValidation: { reason: "Throttled" } },
    }),
    resource({
      type: trail,
      id: "unasked",
      arn: "arn:aws:cloudtrail:us-east-1:999988887777:trail/unasked",
      account: "999988887777",
      properties: {},
      observed: { SeenIn: ["us-east-1"] },
    }),
    resource({ type: "AWS::S3::Bucket", id: "logs", properties: { Secret: "s" } }),
  ],
  gaps: [
    {
      account: "999988887777",
      type: trail,
      region: "eu-west-1",
      reason: "AccessDenied",
      action: "cloudtrail:DescribeTrails",
    },
    { account: "999988887777", type: "AWS::S3::Bucket", region: "eu-west-1", reason: "TimedOut" },
  ],
});

test("a state of every kind of gap passes as it is written, and holds nothing that the rule does not read", async () => {
  const text = await trim(mixed);
  expect(await faultsOf(text)).toEqual([]);
  expect(text).not.toContain("Secret");
  expect(text).not.toContain("S3BucketName");
  expect(text).toContain("999988887777");
  expect(read(text).expect).toEqual([
    { subject: "eu-west-1", verdict: "unknown", reason: "unreadable" },
    { subject: "far", verdict: "fail" },
    { subject: "hidden", verdict: "unknown", reason: "unreadable" },
    { subject: "on", verdict: "pass" },
    { subject: "unasked", verdict: "unknown", reason: "not-collected" },
  ]);
});

test("a snapshot that does not hold the rule's state says so in the case", async () => {
  const text = await trim(snapshot({ collected: {} }));
  expect(await faultsOf(text)).toEqual([]);
  expect(text).toContain("notCollected");
});

test("enabled regions that could not be listed stay unknown", async () => {
  const text = await trim(
    snapshot({
      collected: { [trail]: { listed: ["eu-west-1", "us-east-1"], properties: {} } },
      gaps: [
        {
          account: "111122223333",
          type: "Watchproof::Account::Regions",
          region: "us-east-1",
          reason: "AccessDenied",
          action: "account:ListRegions",
        },
      ],
    }),
  );
  expect(await faultsOf(text)).toEqual([]);
  expect(text).toContain("Watchproof::Account::Regions");
});

test.each(["far", "arn:aws:cloudtrail:eu-west-1:444455556666:trail/far"])(
  "of a subject's type only %s is taken over",
  async (subject) => {
    const text = await trim(mixed, validation, subject);
    expect(read(text).state.resources?.map((entry) => Object.values(entry)[0])).toMatchObject([
      { id: "far", account: "444455556666", region: "eu-west-1", EnableLogFileValidation: false },
    ]);
    expect(await faultsOf(text)).toEqual([]);
  },
);

test("what is filled in alike is not written", async () => {
  const text = await trim(mixed, validation, "on");
  expect(read(text).state.resources).toEqual([
    {
      [trail]: expect.not.objectContaining({
        arn: expect.anything() as string,
        account: expect.anything() as string,
        region: expect.anything() as string,
        SeenIn: expect.anything() as object,
      }) as object,
    },
  ]);
});

test("a subject that no finding is about is told, with the nearest", async () => {
  const made = await trimToCase({ snapshot: mixed, rule: validation, subject: "fra" });
  expect(made).toMatchObject({
    ok: false,
    diagnostics: [{ code: "bad-value", file: "--subject fra", hint: 'did you mean "far"?' }],
  });
});

test("others of the subject's type stay where they decide about it", async () => {
  const crowd = defineEvaluator({
    id: "crowd",
    summary: "s",
    options: { type: "object" },
    needs: () => [{ type: trail, properties: [] }],
    evaluate: (account) =>
      account
        .list(trail)
        .resources.map((one) =>
          aboutResource(one, account.list(trail).resources.length > 1 ? fail("not alone") : pass("alone")),
        ),
  });
  const made = await trimToCase({
    snapshot: mixed,
    rule: { ...validation, evaluator: "crowd", with: {} },
    subject: "on",
    plugins: { ...builtins, evaluators: { crowd: () => Promise.resolve(crowd) } },
  });
  expect(made.ok && read(made.value).state.resources).toHaveLength(4);
});

test("names the schema as scaffolded cases do, in the folder where cases stand", async () => {
  const [first] = (await trim(example)).split("\n");
  const scaffolded = projectFiles().find(({ path }) => path.endsWith(".test.yaml"));
  expect(first).toBe(scaffolded?.text.split("\n")[0]);
});

test("names that are commands to a runner stand in a case as the same names, and as no command", async () => {
  for (const name of hostileNames) {
    const state = snapshot({
      resources: [
        resource({
          type: trail,
          id: name,
          properties: { EnableLogFileValidation: false, S3BucketName: name },
        }),
      ],
    });
    const text = await trim(state);
    expect(obeyedCommands(text)).toEqual([]);
    expect(JSON.stringify(read(text).state.resources)).toContain(JSON.stringify(name));
  }
});
