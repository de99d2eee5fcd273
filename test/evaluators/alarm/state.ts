import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Gap, Snapshot } from "../../../src/core/snapshot.js";
import { viewAccount } from "../../../src/shared/view-account.js";
import { openPolicy } from "../../reasoning/reach/account.js";

/** The account of these tests. */
export const home = "111111111111";
export const REGION = "us-east-1";
export const TOPIC = `arn:aws:sns:${REGION}:${home}:ops`;
const takenAt = "2026-11-20T12:00:00Z";

const types = [
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::LogAlarm",
  "AWS::CloudWatch::AlarmMuteRule",
  "AWS::Events::Rule",
  "AWS::Events::EventBus",
  "AWS::MediaPackage::Channel",
  "AWS::MediaPackage::OriginEndpoint",
  "AWS::MediaPackage::PackagingConfiguration",
  "AWS::MediaPackageV2::Channel",
  "AWS::MediaPackageV2::OriginEndpoint",
  "AWS::S3::Bucket",
  "AWS::S3::StorageMetric",
  "AWS::CloudTrail::Trail",
  "AWS::Glacier::Vault",
  "AWS::Lambda::Function",
];
const followed = ["AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::KMS::Key"];

/** Parts of a snapshot: every type that these rules read was listed in both regions unless `gaps` says otherwise. */
export type Parts = {
  readonly resources?: readonly Resource[];
  readonly gaps?: readonly Gap[];
  readonly notListed?: readonly string[];
};

/** An account that holds these resources. */
export function state({ resources = [], gaps = [], notListed = [] }: Parts): Account {
  const regions = ["eu-west-1", REGION];
  const listed = types
    .filter((type) => !notListed.includes(type))
    .map((type) => [type, { listed: regions, properties: {} }] as const);
  const snapshot: Snapshot = {
    format: "watchproof-snapshot/1",
    takenAt,
    account: { id: home, partition: "aws" },
    regions,
    resources,
    gaps,
    calls: {},
    collected: Object.fromEntries([
      ...listed,
      ...followed.map((type) => [type, { listed: [], properties: {} }] as const),
    ]),
  };
  return viewAccount(snapshot);
}

/** A resource with every property given as read. */
export function thing(
  type: string,
  id: string,
  properties: JsonObject,
  more: Partial<Resource> = {},
): Resource {
  return { type, id, account: home, region: REGION, properties, ...more };
}

const unset = {
  AlarmDescription: null,
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  OKActions: null,
  InsufficientDataActions: null,
  EvaluationState: null,
};

/** A metric alarm that notifies a topic that tells a person. */
export function alarm(id: string, properties: JsonObject, more: Partial<Resource> = {}): Resource {
  const region = more.region ?? REGION;
  return thing(
    "AWS::CloudWatch::Alarm",
    id,
    { ...unset, EvaluationCriteria: null, ...properties },
    { arn: `arn:aws:cloudwatch:${region}:${home}:alarm:${id}`, ...more },
  );
}

/** A composite alarm with an action of its own. */
export function composite(id: string, AlarmRule: string, properties: JsonObject = {}): Resource {
  return thing(
    "AWS::CloudWatch::CompositeAlarm",
    id,
    { ...unset, AlarmRule, ActionsSuppressor: null, ...properties },
    { arn: `arn:aws:cloudwatch:${REGION}:${home}:alarm:${id}` },
  );
}

/** A log alarm over some log groups. */
export function logAlarm(id: string, groups: readonly string[], properties: JsonObject = {}): Resource {
  return thing(
    "AWS::CloudWatch::LogAlarm",
    id,
    {
      ...unset,
      ScheduledQueryConfiguration: { QueryString: "stats count(*)", LogGroupIdentifiers: groups },
      ...properties,
    },
    { arn: `arn:aws:cloudwatch:${REGION}:${home}:alarm:${id}` },
  );
}

/** A mute rule for some alarms. */
export function mute(names: readonly string[], schedule: JsonObject, more: JsonObject = {}): Resource {
  return thing("AWS::CloudWatch::AlarmMuteRule", "quiet", {
    Status: "ACTIVE",
    Rule: { Schedule: schedule },
    MuteTargets: { AlarmNames: names },
    StartDate: null,
    ExpireDate: null,
    ...more,
  });
}

/** An EventBridge rule of the default bus that sends to the topic. */
export function rule(id: string, pattern: JsonObject, properties: JsonObject = {}): Resource {
  return thing(
    "AWS::Events::Rule",
    id,
    {
      EventPattern: JSON.stringify(pattern),
      State: "ENABLED",
      EventBusName: "default",
      Targets: [{ Id: "1", Arn: TOPIC }],
      ...properties,
    },
    { arn: `arn:aws:events:${REGION}:${home}:rule/${id}` },
  );
}

/** The topic `ops` with one confirmed e-mail subscription, unless said otherwise. */
export function people(
  observed: JsonObject = {},
  more: {
    readonly properties?: JsonObject;
    readonly filter?: JsonObject;
    readonly unreadable?: Resource["unreadable"];
    readonly arn?: string;
  } = {},
): readonly Resource[] {
  const arn = more.arn ?? TOPIC;
  const subscription = `${arn}:1`;
  const all = {
    Exists: true,
    Policy: openPolicy,
    Subscriptions: [
      { SubscriptionArn: subscription, Protocol: "email", Endpoint: "ops@example.com", Owner: home },
    ],
    ...observed,
  };
  const readable = Object.fromEntries(
    Object.entries(all).filter(([name]) => more.unreadable?.[name] === undefined),
  );
  return [
    thing(
      "AWS::SNS::Topic",
      arn.split(":").at(-1)!,
      { KmsMasterKeyId: null, ...more.properties },
      {
        arn,
        region: arn.split(":")[3]!,
        observed: readable,
        ...(more.unreadable && { unreadable: more.unreadable }),
      },
    ),
    thing(
      "AWS::SNS::Subscription",
      subscription,
      { FilterPolicy: null, FilterPolicyScope: null, ...more.filter },
      { arn: subscription, observed: { PendingConfirmation: false } },
    ),
  ];
}

/** A refused list. */
export function refused(type: string, region = REGION): Gap {
  return { account: home, type, region, reason: "AccessDenied", action: "x:List" };
}

/** A live channel of version 1, and one of its endpoints. */
export const channel = (id: string, guid = "3f0d"): Resource =>
  thing(
    "AWS::MediaPackage::Channel",
    id,
    { Id: id },
    { arn: `arn:aws:mediapackage:${REGION}:${home}:channels/${guid}` },
  );
export const endpoint = (id: string, ChannelId: string): Resource =>
  thing(
    "AWS::MediaPackage::OriginEndpoint",
    id,
    { ChannelId },
    { arn: `arn:aws:mediapackage:${REGION}:${home}:origin_endpoints/guid-${id}` },
  );
export const v2Channel = (group: string, id: string): Resource =>
  thing(
    "AWS::MediaPackageV2::Channel",
    id,
    {},
    { arn: `arn:aws:mediapackagev2:${REGION}:${home}:channelGroup/${group}/channel/${id}` },
  );

/** A bucket that moves objects to a Glacier class. */
export const archive = (id: string, properties: JsonObject = {}): Resource =>
  thing(
    "AWS::S3::Bucket",
    id,
    {
      LifecycleConfiguration: { Rules: [{ Status: "Enabled", Transitions: [{ StorageClass: "GLACIER" }] }] },
      IntelligentTieringConfigurations: null,
      MetricsConfigurations: [{ Id: "EntireBucket" }],
      ...properties,
    },
    { arn: `arn:aws:s3:::${id}` },
  );

export const FUNCTION = `arn:aws:lambda:${REGION}:${home}:function:f`;

/** A function that alarms of its account may invoke. */
export function invocable(properties: JsonObject = {}): Resource {
  const Policy = JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.alarms.cloudwatch.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: FUNCTION,
        Condition: { StringEquals: { "aws:SourceAccount": home } },
      },
    ],
  });
  return thing(
    "AWS::Lambda::Function",
    "f",
    {},
    { arn: FUNCTION, observed: { State: "Active", Policy, ...properties } },
  );
}
