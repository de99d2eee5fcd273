import { describe, expect, it } from "vitest";
import { Hole } from "../../src/core/declared.js";
import type { Declared, GivenObject } from "../../src/core/declared.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { foresee } from "../../src/forecasts/foresee.js";
import { accountId, resource } from "../support/build.js";
import { declared } from "../support/declare.js";
import { emptyAccount, judgedBy } from "../support/empty-account.js";

const KEY = "11111111-2222-3333-4444-555555555555";
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/${KEY}`;
const topicArn = (name: string): string => `arn:aws:sns:us-east-1:${accountId}:${name}`;
const group = "/audit/prod/trail";
const groupArn = `arn:aws:logs:us-east-1:${accountId}:log-group:${group}:*`;
const auditBucket = `audit-${accountId}`;

const trail = (properties: GivenObject = {}): Declared =>
  declared("AWS::CloudTrail::Trail", "Trail", {
    properties: {
      TrailName: "audit",
      S3BucketName: auditBucket,
      IsLogging: true,
      IsMultiRegionTrail: true,
      ...properties,
    },
  });
const alarm = (name: string, properties: GivenObject = {}): Declared =>
  declared("AWS::CloudWatch::Alarm", name, { properties: { AlarmName: name, ...properties } });
const topic = (name: string, properties: GivenObject = {}): Declared =>
  declared("AWS::SNS::Topic", name, { properties: { TopicName: name, ...properties } });
const mail = (name: string): Declared =>
  declared("AWS::SNS::Subscription", `${name}Mail`, {
    properties: { TopicArn: topicArn(name), Protocol: "email", Endpoint: new Hole("parameter OncallEmail") },
  });
const policy = (name: string, ...services: readonly string[]): Declared =>
  declared("AWS::SNS::TopicPolicy", `${name}Policy`, {
    properties: {
      Topics: [topicArn(name)],
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: services.map((Service) => ({
          Effect: "Allow",
          Principal: { Service },
          Action: "sns:Publish",
          Resource: "*",
        })),
      },
    },
  });
const bucket = (name: string, properties: GivenObject = {}): Declared =>
  declared("AWS::S3::Bucket", `Bucket${name}`, { properties: { BucketName: name, ...properties } });
const bucketPolicy = (name: string, document: GivenObject | Hole): Declared =>
  declared("AWS::S3::BucketPolicy", `Policy${name}`, {
    properties: { Bucket: name, PolicyDocument: document },
  });
const key = (properties: GivenObject = {}): Declared =>
  declared("AWS::KMS::Key", "Key", { properties, after: { id: KEY, ref: KEY, arn: keyArn } });
const archive = {
  Rules: [{ Status: "Enabled", Transition: { StorageClass: "DEEP_ARCHIVE", TransitionInDays: 30 } }],
};
const inEurope = (type: string, address: string, properties: GivenObject): Declared =>
  declared(type, address, { region: "eu-west-1", properties });
const open = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const allowing = (Principal: GivenObject | string, Action: string): GivenObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal, Action, Resource: `arn:aws:s3:::${auditBucket}/*` }],
});

const chain = (name: string, pattern: string): readonly Declared[] => [
  trail({ CloudWatchLogsLogGroupArn: groupArn }),
  bucket(auditBucket),
  declared("AWS::Logs::LogGroup", "Group", { properties: { LogGroupName: group } }),
  declared("AWS::Logs::MetricFilter", `${name}Filter`, {
    properties: {
      FilterName: name,
      LogGroupName: group,
      FilterPattern: pattern,
      MetricTransformations: [
        { MetricName: name, MetricNamespace: "CIS", MetricValue: "1", DefaultValue: 0 },
      ],
    },
  }),
  alarm(`${name}Alarm`, {
    AlarmActions: [topicArn("alarms")],
    Namespace: "CIS",
    MetricName: name,
    Statistic: "Sum",
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
  }),
  topic("alarms"),
  mail("alarms"),
];
const trailChange = chain(
  "CloudTrailChange",
  "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }",
);

// Every account has it, set or not.
const accountBlock = resource({
  type: "AWS::S3::AccountPublicAccessBlock",
  id: accountId,
  properties: { PublicAccessBlockConfiguration: null },
});
const account = async (regions?: readonly string[]): Promise<Snapshot> => ({
  ...(await emptyAccount(regions)),
  resources: [accountBlock],
});

type Case = readonly [
  title: string,
  rule: string,
  expected: string | Readonly<Record<string, string>>,
  resources: readonly Declared[],
  regions?: readonly string[],
];

const cases: readonly Case[] = [
  [
    "W01 an alarm, its topic and who reads it",
    "alarm.reaches-someone",
    "pass",
    [alarm("a", { AlarmActions: [topicArn("t")] }), topic("t"), mail("t")],
  ],
  [
    "W01 the same with the subscription in the topic",
    "alarm.reaches-someone",
    "pass",
    [
      alarm("a", { AlarmActions: [topicArn("t")] }),
      topic("t", { Subscription: [{ Protocol: "email", Endpoint: "a@example.com" }] }),
    ],
  ],
  [
    "W02 a policy for others takes the default one's place",
    "alarm.action-target-live",
    "fail",
    [
      alarm("a", { AlarmActions: [topicArn("t")] }),
      topic("t"),
      policy("t", "events.amazonaws.com", "s3.amazonaws.com"),
    ],
  ],
  [
    "W03 the key keeps CloudWatch out",
    "alarm.action-target-live",
    "fail",
    [
      alarm("a", { AlarmActions: [topicArn("t")] }),
      topic("t", { KmsMasterKeyId: keyArn }),
      policy("t", "cloudwatch.amazonaws.com"),
      key({ KeyPolicy: allowing({ Service: "events.amazonaws.com" }, "kms:*") }),
    ],
  ],
  [
    "two policies of one topic",
    "alarm.action-target-live",
    "unknown",
    [
      alarm("a", { AlarmActions: [topicArn("t")] }),
      topic("t"),
      policy("t", "events.amazonaws.com"),
      { ...policy("t", "cloudwatch.amazonaws.com"), address: "Other" },
    ],
  ],
  [
    "W04 a trail of one region",
    "cloudtrail.trail-per-region",
    { "us-east-1": "pass", "eu-west-1": "fail" },
    [trail({ IsMultiRegionTrail: null })],
    ["eu-west-1", "us-east-1"],
  ],
  [
    "W05 selectors with members left out",
    "cloudtrail.s3-data-events-all",
    "pass",
    [
      trail({
        EventSelectors: [
          { IncludeManagementEvents: true, ReadWriteType: "All" },
          { DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::"] }] },
        ],
      }),
      bucket(auditBucket),
    ],
  ],
  [
    "W06 validation that a parameter decides",
    "cloudtrail.log-file-validation",
    "unknown",
    [trail({ EnableLogFileValidation: new Hole("parameter Environment") })],
  ],
  [
    "W08 retention of a year",
    "loggroup.retention",
    "pass",
    [
      trail({ CloudWatchLogsLogGroupArn: groupArn }),
      declared("AWS::Logs::LogGroup", "Group", { properties: { LogGroupName: group, RetentionInDays: 365 } }),
    ],
  ],
  [
    "W08b retention of a month",
    "loggroup.retention",
    "fail",
    [
      trail({ CloudWatchLogsLogGroupArn: groupArn }),
      declared("AWS::Logs::LogGroup", "Group", { properties: { LogGroupName: group, RetentionInDays: 30 } }),
    ],
  ],
  ["W11 no key", "cloudtrail.kms", "fail", [trail()]],
  [
    "W12 a name where an ARN belongs",
    "alarm.action-target-live",
    "unknown",
    [alarm("a", { AlarmActions: ["web-Topic-X"] })],
  ],
  ["W13 a chain", "alarmchain.cloudtrail-change", "pass", trailChange],
  [
    "W14 an action that is not known",
    "alarm.reaches-someone",
    { a: "unknown" },
    [
      alarm("a"),
      declared("AWS::CloudWatch::CompositeAlarm", "any", {
        properties: {
          AlarmName: "any",
          AlarmRule: 'ALARM("a")',
          AlarmActions: [new Hole("export ops-topic-arn")],
        },
      }),
    ],
  ],
  [
    "W16 notifications by CDK's own resource",
    "s3.restore-notifications",
    "pass",
    [
      bucket("archive", { LifecycleConfiguration: archive }),
      declared("Custom::S3BucketNotifications", "N", {
        properties: {
          BucketName: "archive",
          Managed: "true",
          NotificationConfiguration: {
            EventBridgeConfiguration: {},
            TopicConfigurations: [{ Events: ["s3:ObjectRestore:Completed"], TopicArn: topicArn("t") }],
          },
        },
      }),
      topic("t"),
      policy("t", "s3.amazonaws.com"),
      mail("t"),
    ],
  ],
  ["W17 a new bucket", "cloudtrail.bucket-not-public", "pass", [trail(), bucket(auditBucket)]],
  [
    "W18 a bucket that is open",
    "cloudtrail.bucket-not-public",
    "fail",
    [
      trail(),
      bucket(auditBucket, {
        AccessControl: "PublicRead",
        OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        PublicAccessBlockConfiguration: open,
      }),
    ],
  ],
  [
    "W37 a policy that is not known",
    "cloudtrail.bucket-not-public",
    "unknown",
    [
      trail(),
      bucket(auditBucket, { PublicAccessBlockConfiguration: open }),
      bucketPolicy(auditBucket, new Hole("local.policy")),
    ],
  ],
  [
    "W37b the same behind the blocks of a new bucket",
    "cloudtrail.bucket-not-public",
    "pass",
    [trail(), bucket(auditBucket), bucketPolicy(auditBucket, new Hole("local.policy"))],
  ],
  [
    "W32b a policy for everybody",
    "cloudtrail.bucket-not-public",
    "fail",
    [
      trail(),
      bucket(auditBucket, { PublicAccessBlockConfiguration: open }),
      bucketPolicy(auditBucket, allowing("*", "s3:GetObject")),
    ],
  ],
  [
    "W19 a bucket that logs into itself",
    "s3.access-logging-target",
    { archive: "fail" },
    [bucket("archive", { LifecycleConfiguration: archive, LoggingConfiguration: { LogFilePrefix: "l/" } })],
  ],
  ["W20 rotation left out", "kms.rotation", "fail", [trail({ KMSKeyId: keyArn }), key()]],
  [
    "W21 the default log group",
    "mediapackage.ingress-access-logs",
    "pass",
    [
      inEurope("AWS::MediaPackage::Channel", "live", { Id: "live", IngressAccessLogs: {} }),
      inEurope("AWS::Logs::LogGroup", "G", { LogGroupName: "/aws/MediaPackage/IngressAccessLogs" }),
    ],
    ["eu-west-1"],
  ],
  [
    "W22 a channel without logs",
    "mediapackage.ingress-access-logs",
    "fail",
    [inEurope("AWS::MediaPackage::Channel", "live", { Id: "live" })],
    ["eu-west-1"],
  ],
  [
    "W25 CloudFormation's recorder",
    "config.recorder",
    "pass",
    [
      declared("AWS::Config::ConfigurationRecorder", "R", {
        after: { id: "default", ref: "default" },
        properties: { RoleARN: "r" },
      }),
    ],
  ],
  [
    "W25b Terraform's without a status",
    "config.recorder",
    "fail",
    [
      declared("AWS::Config::ConfigurationRecorder", "R", {
        properties: { Name: "default", StartedOnCreate: false },
      }),
    ],
  ],
  [
    "W25c Terraform's with one",
    "config.recorder",
    "pass",
    [
      declared("AWS::Config::ConfigurationRecorder", "R", {
        properties: { Name: "default", StartedOnCreate: false },
      }),
      declared("Terraform::Config::ConfigurationRecorderStatus", "S", {
        properties: { Name: "default", Recording: true },
      }),
    ],
  ],
  ["W26 a trail that is stopped", "cloudtrail.any-trail-logging", "fail", [trail({ IsLogging: false })]],
  [
    "W27 writes only",
    "cloudtrail.multi-region-management-rw",
    "fail",
    [
      trail({ EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: "WriteOnly" }] }),
      bucket(auditBucket),
    ],
  ],
];

describe("what is declared comes to the worked states", () => {
  it.each(cases.map((one): [string, Case] => [one[0], one]))(
    "%s",
    async (_title, [, rule, expected, resources, regions]) => {
      const { snapshot } = foresee(await account(regions), { resources, open: [] });
      const found = await judgedBy(rule, snapshot);
      const statuses = Object.fromEntries(found.map(({ subject, status }) => [subject.id, status]));
      const said = typeof expected === "string" ? [...new Set(Object.values(statuses))] : statuses;
      expect(said).toMatchObject(typeof expected === "string" ? [expected] : expected);
    },
  );

  it("comes to the same in whatever order it is declared, and once laid changes nothing more", async () => {
    const empty = await account();
    for (const [, , , resources] of cases.filter(([, , , , regions]) => regions === undefined)) {
      const { snapshot } = foresee(empty, { resources, open: [] });
      expect(foresee(empty, { resources: [...resources].reverse(), open: [] }).snapshot).toEqual(snapshot);
      expect(foresee(snapshot, { resources, open: [] }).snapshot).toEqual(snapshot);
    }
  });
});

describe("what happens to a chain that stands", () => {
  const standing = async (): Promise<Snapshot> =>
    foresee(await account(), { resources: trailChange, open: [] }).snapshot;
  const leaving = (one: Declared | undefined, action: "delete" | "forget"): Declared => {
    if (one?.after === undefined) throw new Error("not declared");
    const { after, ...rest } = one;
    return { ...rest, action, before: after };
  };
  const find = (address: string): Declared | undefined => trailChange.find((one) => one.address === address);

  it.each([
    [
      "a stopped trail",
      "fail",
      [
        {
          ...trail({ IsLogging: false, CloudWatchLogsLogGroupArn: groupArn }),
          action: "update",
          before: find("Trail")?.after,
        },
      ],
    ],
    ["a log group that goes, and its filter with it", "fail", [leaving(find("Group"), "delete")]],
    ["a topic that goes", "fail", [leaving(find("alarms"), "delete")]],
    ["a filter that is only managed no more", "pass", [leaving(find("CloudTrailChangeFilter"), "forget")]],
    ["a subscription that goes", "fail", [leaving(find("alarmsMail"), "delete")]],
  ] as const)("%s: %s", async (_title, status, resources) => {
    const { snapshot } = foresee(await standing(), { resources: resources as readonly Declared[], open: [] });
    const [finding] = await judgedBy("alarmchain.cloudtrail-change", snapshot);
    expect(finding?.status).toBe(status);
  });
});
