import { describe, expect, test } from "vitest";
import { Hole } from "../../../src/core/declared.js";
import { declared, propertyOf, refs, resourceOf } from "./build.js";
import type { Row } from "./build.js";

type Values = Readonly<Record<string, unknown>> | null;

const topicArn = (name: string): string => `arn:aws:sns:us-east-1:111122223333:${name}`;

const topic = (name: string, more: Partial<Row> = {}): Row => ({
  type: "aws_sns_topic",
  name,
  after: { name, region: "us-east-1" },
  unknown: { arn: true, id: true, policy: true },
  ...more,
});

const alarm = (actions: readonly unknown[], more: Partial<Row> = {}): Row => ({
  type: "aws_cloudwatch_metric_alarm",
  after: { alarm_name: "errors", alarm_actions: actions },
  unknown: { arn: true, alarm_actions: actions.map((one) => one === null) },
  ...more,
});

const ALARM = "aws_cloudwatch_metric_alarm.this";

describe("a channel of the provider that knows no access logs", () => {
  test("has none", () => {
    const plan = declared({ rows: [{ type: "aws_media_package_channel", after: { channel_id: "live" } }] });
    expect(resourceOf(plan)).toMatchObject({
      type: "AWS::MediaPackage::Channel",
      properties: { Id: "live" },
    });
  });
});

describe("a recorder", () => {
  const recorder: Row = { type: "aws_config_configuration_recorder", after: { name: "default" } };
  test("does not record without a status, and its status says whether it does", () => {
    const status: Row = {
      type: "aws_config_configuration_recorder_status",
      after: { name: "default", is_enabled: true },
    };
    const plan = declared({ rows: [recorder, status] });
    expect(resourceOf(plan).properties).toMatchObject({ StartedOnCreate: false });
    expect(propertyOf(plan, "aws_config_configuration_recorder_status.this", "Recording")).toBe(true);
  });
  test("that is changed is not stopped by that", () => {
    const row = { ...recorder, actions: ["update"], before: { name: "default" } };
    expect(resourceOf(declared({ rows: [row] })).properties).not.toHaveProperty("StartedOnCreate");
  });
});

describe("notifications of a bucket", () => {
  test("replace the whole, and without eventbridge there is none", () => {
    const plan = declared({
      rows: [
        {
          type: "aws_s3_bucket_notification",
          after: {
            bucket: "b",
            eventbridge: false,
            lambda_function: [
              {
                lambda_function_arn: "arn:aws:lambda:us-east-1:111122223333:function:f",
                events: ["s3:ObjectCreated:*", "s3:ObjectRestore:*"],
                filter_prefix: "in/",
                filter_suffix: "",
              },
            ],
            queue: [],
            topic: [],
          },
        },
      ],
    });
    const Filter = { S3Key: { Rules: [{ Name: "prefix", Value: "in/" }] } };
    const Function = "arn:aws:lambda:us-east-1:111122223333:function:f";
    expect(resourceOf(plan).properties).toEqual({
      Bucket: "b",
      NotificationConfiguration: {
        LambdaConfigurations: [
          { Event: "s3:ObjectCreated:*", Function, Filter },
          { Event: "s3:ObjectRestore:*", Function, Filter },
        ],
      },
    });
  });
});

describe("a new bucket of the real provider", () => {
  const bucket: Row = {
    type: "aws_s3_bucket",
    after: { bucket: "logs" },
    unknown: { id: true, arn: true, logging: true, versioning: true, acl: true, grant: true, policy: true },
  };
  test("has S3's defaults where nothing is set, whatever is marked unknown", () => {
    expect(resourceOf(declared({ rows: [bucket] })).properties).toEqual({ BucketName: "logs" });
  });
  test("is open where an expression sets it", () => {
    const row = { ...bucket, written: { logging: [{ target_bucket: refs("local.x") }] } };
    expect(resourceOf(declared({ rows: [row] })).properties["LoggingConfiguration"]).toBeInstanceOf(Hole);
  });
  test("leaves a block to the resource that holds it", () => {
    const before = { bucket: "logs", arn: "arn:aws:s3:::logs", versioning: [{ enabled: true }] };
    const own = { ...bucket, actions: ["no-op"], before, after: before, unknown: {} };
    const part: Row = {
      type: "aws_s3_bucket_versioning",
      actions: ["update"],
      before: { bucket: "logs", versioning_configuration: [{ status: "Enabled" }] },
      after: { bucket: "logs", versioning_configuration: [{ status: "Suspended" }] },
    };
    expect(propertyOf(declared({ rows: [own] }), "aws_s3_bucket.this", "VersioningConfiguration")).toEqual({
      Status: "Enabled",
    });
    expect(resourceOf(declared({ rows: [own, part] })).properties).not.toHaveProperty(
      "VersioningConfiguration",
    );
  });
});

describe("links", () => {
  test.each<readonly [string, readonly unknown[], readonly string[], unknown]>([
    ["one reference for one open action", [null], ["aws_sns_topic.a.arn"], [topicArn("a")]],
    [
      "a known value beside it",
      ["arn:x:y:z:1:k", null],
      ["aws_sns_topic.a.arn", "var.k"],
      ["arn:x:y:z:1:k", topicArn("a")],
    ],
    [
      "two for two",
      [null, null],
      ["aws_sns_topic.a.arn", "aws_sns_topic.b.arn"],
      [topicArn("a"), topicArn("b")],
    ],
    [
      "two for one prove nothing",
      [null],
      ["aws_sns_topic.a.arn", "aws_sns_topic.b.arn"],
      [new Hole("aws_sns_topic.a.arn")],
    ],
    ["a name is no ARN", [null], ["aws_sns_topic.a.name_prefix"], [new Hole("aws_sns_topic.a.name_prefix")]],
    ["a local value is opaque", [null], ["local.pager"], [new Hole("local.pager")]],
    ["a value of each is opaque", [null], ["each.value"], [new Hole("each.value")]],
    [
      "what is not in the plan is opaque",
      [null],
      ["aws_sns_topic.gone.arn"],
      [new Hole("aws_sns_topic.gone.arn")],
    ],
  ])("%s", (_what, actions, references, expected) => {
    const rows = [
      topic("a"),
      topic("b"),
      alarm(actions, { written: { alarm_actions: refs(...references) } }),
    ];
    expect(propertyOf(declared({ rows }), ALARM, "AlarmActions")).toEqual(expected);
  });

  test("a list whose length is open stays open", () => {
    const row = alarm([], {
      after: { alarm_name: "x" },
      unknown: { alarm_actions: true },
      written: { alarm_actions: refs("aws_sns_topic.a.arn") },
    });
    expect(propertyOf(declared({ rows: [topic("a"), row] }), ALARM, "AlarmActions")).toEqual(
      new Hole("aws_sns_topic.a.arn"),
    );
  });

  test("an instance is linked by its index, and by the asker's own", () => {
    const a = topic("t", { index: "a", after: { name: "ta" } });
    const b = topic("t", { index: "b", after: { name: "tb" } });
    const written = (reference: string): Record<string, unknown> => ({
      alarm_actions: { references: [`${reference}.arn`, reference] },
    });
    const exact = declared({ rows: [a, b, alarm([null], { written: written('aws_sns_topic.t["b"]') })] });
    expect(propertyOf(exact, ALARM, "AlarmActions")).toEqual([topicArn("tb")]);
    const unclear = declared({ rows: [a, b, alarm([null], { written: written("aws_sns_topic.t") })] });
    expect(propertyOf(unclear, ALARM, "AlarmActions")).toEqual([new Hole("aws_sns_topic.t.arn")]);
  });

  test("an instance is linked by the key of what asks, of which a plan keeps no more", () => {
    const a = topic("t", { index: "a", after: { name: "ta" } });
    const b = topic("t", { index: "b", after: { name: "tb" } });
    const row = (...references: readonly string[]): Row =>
      alarm([null], { index: "b", written: { alarm_actions: { references } } });
    const keyed = declared({ rows: [a, b, row("aws_sns_topic.t", "each.key")] });
    expect(resourceOf(keyed, `${ALARM}["b"]`).properties["AlarmActions"]).toEqual([topicArn("tb")]);
    const unkeyed = declared({ rows: [a, b, row("aws_sns_topic.t")] });
    expect(resourceOf(unkeyed, `${ALARM}["b"]`).properties["AlarmActions"]).toEqual([
      new Hole("aws_sns_topic.t"),
    ]);
  });

  test("a circle ends", () => {
    const row: Row = {
      type: "aws_sns_topic",
      unknown: { name: true, arn: true },
      written: { name: refs("aws_sns_topic.this.name") },
    };
    expect(resourceOf(declared({ rows: [row] })).after).toMatchObject({ placeholder: true });
  });
});

describe("what becomes of a resource", () => {
  const group = { name: "g", skip_destroy: false };
  const row = (actions: readonly string[], before: Values, after: Values): Row => ({
    type: "aws_cloudwatch_log_group",
    actions,
    before,
    after,
  });
  test.each<readonly [Row, string, true | undefined]>([
    [row(["create"], null, group), "create", undefined],
    [row(["no-op"], group, group), "update", undefined],
    [row(["update"], group, group), "update", undefined],
    [row(["delete", "create"], group, group), "replace", undefined],
    [row(["create", "delete"], group, group), "replace", undefined],
    [row(["create", "forget"], group, group), "replace", true],
    [row(["forget"], group, null), "forget", undefined],
    [row(["delete"], group, null), "delete", undefined],
    [row(["delete"], { ...group, skip_destroy: true }, null), "forget", undefined],
    [row(["delete", "create"], { ...group, skip_destroy: true }, group), "replace", true],
  ])("%# is %s", (one, action, keepsOld) => {
    const { action: got, keepsOld: kept } = resourceOf(declared({ rows: [one] }));
    expect([got, kept]).toEqual([action, keepsOld]);
  });

  test("actions that nobody knows leave the type open", () => {
    const [world] = declared({ rows: [row(["dance"], group, group)] }).worlds;
    expect(world).toMatchObject({ resources: [], open: [{ types: ["AWS::Logs::LogGroup"] }] });
  });

  test("an old object that a replacement left is still to go", () => {
    const plan = declared({ rows: [{ ...row(["delete"], group, null), deposed: "0a1b" }] });
    expect(resourceOf(plan).address).toBe("aws_cloudwatch_log_group.this (deposed 0a1b)");
  });

  test("0 days of retention are none", () => {
    const plan = declared({ rows: [row(["update"], group, { ...group, retention_in_days: 0 })] });
    expect(resourceOf(plan).properties["RetentionInDays"]).toBeNull();
  });
});

describe("a plan that does not show everything", () => {
  const rows = [topic("a")];
  test.each([
    ["errored", { errored: true }],
    ["not complete", { complete: false }],
  ])("%s leaves all open, and says so", (_what, rest) => {
    const plan = declared({ rows, rest });
    expect(plan.worlds[0]?.open).toMatchObject([{ types: "*" }]);
    expect(plan.notes.join()).toMatch(/may change, too/u);
  });

  test("a deferred change leaves its type open", () => {
    const change = {
      address: "aws_sns_topic.x",
      type: "aws_sns_topic",
      name: "x",
      change: { actions: ["create"] },
    };
    const rest = { deferred_changes: [{ reason: "instance_count_unknown", resource_change: change }] };
    expect(declared({ rows, rest }).worlds[0]?.open).toMatchObject([{ types: ["AWS::SNS::Topic"] }]);
  });
});

describe("where resources live", () => {
  const config = (expressions: Record<string, unknown>): Record<string, unknown> => ({
    provider_config: { aws: { name: "aws", expressions } },
    root_module: {
      resources: [{ address: "aws_sns_topic.a", provider_config_key: "aws", expressions: {} }],
      variables: { region: {} },
    },
  });
  const bare = topic("a", { after: { name: "a" } });
  test.each([
    ["a constant of the provider", { region: { constant_value: "eu-west-1" } }, "eu-west-1"],
    ["a variable of the root", { region: { references: ["var.region"] } }, "eu-north-1"],
    ["an expression that the plan does not show", { region: { references: ["local.region"] } }, "us-east-1"],
  ])("the region is %s", (_what, expressions, region) => {
    const rest = { variables: { region: { value: "eu-north-1" } } };
    expect(resourceOf(declared({ rows: [bare], configuration: config(expressions), rest })).region).toBe(
      region,
    );
  });

  test("without anything that says it, account and region are open", () => {
    const plan = declared({ rows: [bare] }, { target: undefined });
    expect(resourceOf(plan)).toMatchObject({ account: expect.any(Hole), region: expect.any(Hole) });
  });
});
