import { beforeAll, describe, expect, test } from "vitest";
import { Hole } from "../../../src/core/declared.js";
import type { Declaration } from "../../../src/core/declared.js";
import { readPlan } from "../../../src/forecasts/plan/read-plan.js";
import { propertyOf, resourceOf, valueOf } from "./build.js";

const sample = (name: string): string => `test/forecasts/plan/sample/${name}`;
const topic = (name: string): string => `arn:aws:sns:us-east-1:111122223333:${name}`;

describe("a plan of OpenTofu that creates everything", () => {
  let plan: Declaration;
  beforeAll(async () => {
    plan = valueOf(await readPlan(sample("plan-create.json")));
  });

  test("every resource is new, and of one world in which nothing is open", () => {
    const [world] = plan.worlds;
    expect(plan.worlds).toHaveLength(1);
    expect(world?.resources).toHaveLength(26);
    expect(new Set(world?.resources.map(({ action }) => action))).toEqual(new Set(["create"]));
    expect(world?.open).toEqual([]);
  });

  test("ids and ARNs that the plan calls unknown follow from names", () => {
    expect(resourceOf(plan, "aws_cloudtrail.audit").properties).toMatchObject({
      TrailName: "audit",
      IsLogging: true,
      S3BucketName: "audit-111122223333",
      CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:/audit/prod/trail",
    });
  });

  test("a name that Terraform makes up is a placeholder with its prefix, wherever it is used", () => {
    const trailTopic = resourceOf(plan, "aws_sns_topic.trail");
    expect(trailTopic.after).toMatchObject({ placeholder: true, id: expect.stringMatching(/^trail-/u) });
    expect(propertyOf(plan, "aws_cloudtrail.audit", "SnsTopicName")).toBe(trailTopic.after?.id);
    const bucket = resourceOf(plan, "aws_s3_bucket.access_logs").after?.id;
    expect(bucket).toMatch(/^audit-access-[a-z0-9]+$/u);
    expect(propertyOf(plan, "aws_s3_bucket_logging.trail", "LoggingConfiguration")).toEqual({
      DestinationBucketName: bucket,
      LogFilePrefix: "trail/",
    });
  });

  test("an action through a module's variable is linked, one through a local is not", () => {
    const linked = 'module.cis["RootUsage"].aws_cloudwatch_metric_alarm.this';
    expect(propertyOf(plan, linked, "AlarmActions")).toEqual([topic("alarms-prod")]);
    expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.by_local", "AlarmActions")).toEqual([
      new Hole("local.pager"),
    ]);
    expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.by_local", "OKActions")).toEqual([
      topic("existing"),
      topic("alarms-prod"),
    ]);
  });

  test("a policy document that is read at the deployment is rendered", () => {
    const text = propertyOf(plan, "aws_sns_topic_policy.alarms", "PolicyDocument");
    expect(typeof text === "string" && JSON.parse(text)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Alarms",
          Effect: "Allow",
          Action: ["sns:Publish"],
          Resource: [topic("alarms-prod")],
          Principal: { Service: ["cloudwatch.amazonaws.com"] },
          Condition: { ArnLike: { "aws:SourceArn": ["arn:aws:cloudwatch:*:111122223333:alarm:*"] } },
        },
      ],
    });
  });

  test("a policy of jsonencode is open without the sources", () => {
    expect(propertyOf(plan, "aws_s3_bucket_policy.trail", "PolicyDocument")).toEqual(
      new Hole("aws_s3_bucket.trail.arn"),
    );
  });

  test("a new bucket says nothing of what nobody sets", () => {
    expect(resourceOf(plan, "aws_s3_bucket.trail").properties).toEqual({ BucketName: "audit-111122223333" });
  });

  test("a provider's alias is of another account and region", () => {
    expect(resourceOf(plan, "aws_sns_topic.ireland")).toMatchObject({
      account: "444455556666",
      region: "eu-west-1",
      after: { arn: "arn:aws:sns:eu-west-1:444455556666:alarms-prod" },
    });
  });

  test("a recorder that no status starts does not record", () => {
    expect(propertyOf(plan, "aws_config_configuration_recorder.this[0]", "StartedOnCreate")).toBe(false);
  });

  test("queries without return_data return none", () => {
    expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.maths", "Metrics")).toEqual([
      { Id: "share", Expression: "100 * bad / all", ReturnData: true },
      expect.objectContaining({ Id: "all", ReturnData: false }),
      {
        Id: "bad",
        ReturnData: false,
        MetricStat: {
          Metric: {
            Namespace: "AWS/MediaPackage",
            MetricName: "EgressRequestCount",
            Dimensions: [
              { Name: "Channel", Value: "live-1" },
              { Name: "StatusCodeRange", Value: "5xx" },
            ],
          },
          Period: 60,
          Stat: "Sum",
        },
      },
    ]);
  });
});

describe("a plan of OpenTofu that changes what is there", () => {
  let plan: Declaration;
  beforeAll(async () => {
    plan = valueOf(await readPlan(sample("plan-change.json")));
  });

  test.each([
    ["aws_cloudtrail.audit", "update"],
    ["aws_sns_topic.alarms", "replace"],
    ["aws_cloudwatch_composite_alarm.any", "forget"],
    ["aws_kms_key.trail", "delete"],
    ["aws_cloudwatch_event_rule.vault_changes", "update"],
    ["aws_config_configuration_recorder.this[0]", "delete"],
    ['module.cis["RootUsage"].aws_cloudwatch_log_metric_filter.this', "delete"],
  ])("what becomes of %s: %s", (address, action) => {
    expect(resourceOf(plan, address).action).toBe(action);
  });

  test("the trail is stopped, writes only what is written, and has no key", () => {
    const { before, after, properties, complete } = resourceOf(plan, "aws_cloudtrail.audit");
    expect(before).toMatchObject({ id: "audit", properties: { IsLogging: true } });
    expect(after).toEqual({
      id: "audit",
      ref: "audit",
      arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit",
    });
    expect(properties).toMatchObject({
      IsLogging: false,
      KMSKeyId: null,
      EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }],
    });
    expect(complete).toBe(false);
  });

  test("a replaced topic takes the alarms of the plan along", () => {
    expect(resourceOf(plan, "aws_sns_topic.alarms")).toMatchObject({
      before: { arn: topic("alarms-prod") },
      after: { arn: topic("pager-prod") },
    });
    expect(propertyOf(plan, "aws_cloudwatch_metric_alarm.maths", "AlarmActions")).toEqual([
      topic("pager-prod"),
    ]);
    expect(propertyOf(plan, "aws_cloudwatch_event_target.vaults", "Target")).toMatchObject({
      Arn: topic("pager-prod"),
    });
  });

  test("a block that is deleted says what it was, and of whom", () => {
    expect(resourceOf(plan, "aws_s3_bucket_public_access_block.trail")).toMatchObject({
      type: "Terraform::S3::BucketPublicAccessBlock",
      action: "delete",
      before: { properties: { Bucket: "audit-111122223333" } },
      properties: {},
    });
  });

  test("versioning is suspended, and the bucket itself says nothing of it", () => {
    expect(propertyOf(plan, "aws_s3_bucket_versioning.trail", "VersioningConfiguration")).toEqual({
      Status: "Suspended",
    });
    expect(resourceOf(plan, "aws_s3_bucket.trail").properties).not.toHaveProperty("VersioningConfiguration");
  });

  test("what a plan leaves as it is, is told as it is", () => {
    const { before, properties } = resourceOf(plan, "aws_cloudwatch_event_rule.vault_changes");
    expect(properties).toEqual(before?.properties);
  });
});
