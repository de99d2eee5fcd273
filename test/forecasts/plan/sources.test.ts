import { beforeAll, describe, expect, test } from "vitest";
import { Hole } from "../../../src/core/declared.js";
import type { Declaration } from "../../../src/core/declared.js";
import { readPlan } from "../../../src/forecasts/plan/read-plan.js";
import { propertyOf, resourceOf, valueOf } from "./build.js";

const sample = (name: string): string => `test/forecasts/plan/sample/${name}`;
const topic = (name: string): string => `arn:aws:sns:us-east-1:111122223333:${name}`;

describe("a plan with its sources", () => {
  let plan: Declaration;
  beforeAll(async () => {
    plan = valueOf(await readPlan(sample("plan-create.json"), { source: sample("before") }));
  });

  test("a local value is followed", () => {
    expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.by_local", "AlarmActions")).toEqual([
      topic("alarms-prod"),
    ]);
  });

  test("what stands around a reference is kept", () => {
    expect(propertyOf(plan, "aws_cloudtrail.audit", "CloudWatchLogsLogGroupArn")).toBe(
      "arn:aws:logs:us-east-1:111122223333:log-group:/audit/prod/trail:*",
    );
  });

  test("a policy of jsonencode is known", () => {
    const text = propertyOf(plan, "aws_s3_bucket_policy.trail", "PolicyDocument");
    expect(typeof text === "string" && JSON.parse(text)).toMatchObject({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Acl", Resource: "arn:aws:s3:::audit-111122223333" },
        { Sid: "Write", Resource: "arn:aws:s3:::audit-111122223333/AWSLogs/*" },
      ],
    });
  });

  test("nothing is left to the plan's references, and nothing is open but what is sensitive", () => {
    expect(plan.notes.join()).not.toMatch(/references/u);
    const holes = JSON.stringify(plan.worlds).match(/"reason":"undecided"/gu);
    expect(holes).toBeNull();
  });

  test("resources and their properties have places", () => {
    const { place, places } = resourceOf(plan, "aws_cloudtrail.audit");
    expect(place).toEqual({ file: sample("before/main.tf"), line: 124, column: 1 });
    expect(places).toMatchObject({
      KMSKeyId: { file: sample("before/main.tf"), line: 127, column: 3 },
      EventSelectors: { line: 134, column: 3 },
    });
  });

  test("a resource of a module has its place in the module's file", () => {
    const { place } = resourceOf(plan, 'module.cis["RootUsage"].aws_cloudwatch_metric_alarm.this');
    expect(place).toEqual({ file: sample("before/modules/alarms/main.tf"), line: 21, column: 1 });
  });

  test("the files read are named", () => {
    expect(plan.files).toEqual([
      sample("plan-create.json"),
      sample("before/main.tf"),
      sample("before/modules/alarms/main.tf"),
    ]);
  });
});

test("a plan of changes is answered from the sources after them, and what is gone from them has the plan as its place", async () => {
  const plan = valueOf(await readPlan(sample("plan-change.json"), { source: sample("after") }));
  expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.by_local", "AlarmActions")).toEqual([
    topic("pager-prod"),
  ]);
  expect(resourceOf(plan, "aws_kms_key.trail").place).toEqual({
    file: sample("plan-change.json"),
    line: 1,
  });
});

test("a folder without sources is said to be one", async () => {
  const plan = valueOf(await readPlan(sample("plan-create.json"), { source: "test/forecasts/plan" }));
  expect(plan.notes.join()).toMatch(/holds no sources/u);
  expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.by_local", "AlarmActions")).toEqual([
    new Hole("local.pager"),
  ]);
});
