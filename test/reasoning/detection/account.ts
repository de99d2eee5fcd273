import type { Account } from "../../../src/core/account.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Gap, Snapshot } from "../../../src/core/snapshot.js";
import { viewAccount } from "../../../src/shared/view-account.js";

/** The account of these tests, and its regions. */
export const home = "111122223333";
export const [ireland, virginia] = ["eu-west-1", "us-east-1"] as const;

export const topicArn = (name = "soc", region: string = virginia): string =>
  `arn:aws:sns:${region}:${home}:${name}`;
export const groupArn = (name = "ct", region: string = virginia, owner = home): string =>
  `arn:aws:logs:${region}:${owner}:log-group:${name}:*`;

type More = Partial<Resource>;

const resource = (
  type: string,
  id: string,
  more: More & { readonly facts?: JsonObject; readonly refused?: readonly string[] },
): Resource => {
  const { facts = {}, refused = [], ...rest } = more;
  const properties = Object.fromEntries(Object.entries(facts).filter(([name]) => !refused.includes(name)));
  const unreadable = Object.fromEntries(
    refused.map((name) => [name, { reason: "AccessDenied", action: "x:Get" }]),
  );
  return {
    type,
    id,
    account: home,
    region: virginia,
    properties,
    ...(refused.length === 0 ? {} : { unreadable }),
    ...rest,
  };
};

type Facts = More & { readonly facts?: JsonObject; readonly refused?: readonly string[] };

/** A multi-region trail that records every management event and feeds the log group ct, in health. */
export function trail(id = "main", { facts = {}, ...more }: Facts = {}): Resource {
  const region = more.region ?? virginia;
  return resource("AWS::CloudTrail::Trail", id, {
    arn: `arn:aws:cloudtrail:${region}:${home}:trail/${id}`,
    ...more,
    facts: {
      SeenIn: facts["IsMultiRegionTrail"] === false ? [region] : [ireland, virginia],
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      IsLogging: true,
      EventSelectors: null,
      AdvancedEventSelectors: null,
      S3BucketName: "logs",
      KMSKeyId: null,
      LatestDeliveryTime: "2026-11-20T11:55:00Z",
      LatestDeliveryError: null,
      CloudWatchLogsLogGroupArn: groupArn("ct", region),
      LatestCloudWatchLogsDeliveryTime: "2026-11-20T11:55:00Z",
      LatestCloudWatchLogsDeliveryError: null,
      ...facts,
    },
  });
}

/** A log group that exists. */
export function group(name = "ct", { facts = {}, ...more }: Facts = {}): Resource {
  return resource("AWS::Logs::LogGroup", name, {
    arn: `arn:aws:logs:${more.region ?? virginia}:${home}:log-group:${name}`,
    ...more,
    facts: { LogGroupName: name, RetentionInDays: 400, KmsKeyId: null, ...facts },
  });
}

/** A filter on ct that counts its matches as Audit/Changes. */
export function filter(
  pattern: string,
  {
    facts = {},
    metric = {},
    name = "changes",
    ...more
  }: Facts & { readonly metric?: JsonObject; readonly name?: string } = {},
): Resource {
  const groupName = (facts["LogGroupName"] as string | undefined) ?? "ct";
  return resource("AWS::Logs::MetricFilter", `${groupName}:${name}`, {
    ...more,
    facts: {
      FilterName: name,
      LogGroupName: groupName,
      FilterPattern: pattern,
      MetricTransformations: [
        {
          MetricNamespace: "Audit",
          MetricName: "Changes",
          MetricValue: "1",
          DefaultValue: null,
          Unit: null,
          ...metric,
        },
      ],
      ApplyOnTransformedLogs: null,
      FieldSelectionCriteria: null,
      EmitSystemFieldDimensions: null,
      ...facts,
    },
  });
}

/** An alarm on one Audit/Changes in five minutes that tells the topic soc. */
export function alarm(id = "changes", { facts = {}, ...more }: Facts = {}): Resource {
  const region = more.region ?? virginia;
  return resource("AWS::CloudWatch::Alarm", id, {
    arn: `arn:aws:cloudwatch:${region}:${home}:alarm:${id}`,
    ...more,
    facts: {
      AlarmName: id,
      AlarmDescription: null,
      ActionsEnabled: true,
      EvaluationState: null,
      AlarmActions: [topicArn("soc", region)],
      OKActions: [],
      InsufficientDataActions: [],
      Namespace: "Audit",
      MetricName: "Changes",
      Dimensions: null,
      Statistic: "Sum",
      ExtendedStatistic: null,
      Period: 300,
      Unit: null,
      Metrics: null,
      ThresholdMetricId: null,
      EvaluationPeriods: 1,
      DatapointsToAlarm: null,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      EvaluationCriteria: null,
      ...facts,
    },
  });
}

export function composite(id: string, rule: string, { facts = {}, ...more }: Facts = {}): Resource {
  return resource("AWS::CloudWatch::CompositeAlarm", id, {
    arn: `arn:aws:cloudwatch:${virginia}:${home}:alarm:${id}`,
    ...more,
    facts: {
      AlarmName: id,
      AlarmRule: rule,
      ActionsEnabled: true,
      AlarmActions: [topicArn()],
      OKActions: [],
      InsufficientDataActions: [],
      AlarmDescription: null,
      ActionsSuppressor: null,
      StateValue: "OK",
      ...facts,
    },
  });
}

const grant = (conditions: JsonObject = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: "*",
        ...conditions,
      },
    ],
  });

/** A topic that takes messages of services, and that a person has subscribed to and confirmed. */
export function topic(
  name = "soc",
  {
    facts = {},
    protocol = "email",
    confirmed = true,
    ...more
  }: Facts & { readonly protocol?: string; readonly confirmed?: boolean } = {},
): readonly Resource[] {
  const arn = topicArn(name, more.region ?? virginia);
  const SubscriptionArn = confirmed ? `${arn}:s1` : "PendingConfirmation";
  const policy = facts["Policy"] ?? grant();
  return [
    resource("AWS::SNS::Topic", name, {
      arn,
      ...more,
      facts: {
        TopicName: name,
        KmsMasterKeyId: null,
        Subscriptions: [{ SubscriptionArn, Protocol: protocol, Endpoint: "soc@example.com", Owner: home }],
        SubscriptionsConfirmed: confirmed ? 1 : 0,
        ...facts,
        Policy: policy,
      },
    }),
    resource("AWS::SNS::Subscription", `${arn}:s1`, {
      arn: `${arn}:s1`,
      ...more,
      facts: { FilterPolicy: null, FilterPolicyScope: null, PendingConfirmation: false },
    }),
  ];
}

/** An enabled rule on the default bus that tells the topic soc. */
export function rule(id: string, pattern: JsonObject | null, { facts = {}, ...more }: Facts = {}): Resource {
  const region = more.region ?? virginia;
  return resource("AWS::Events::Rule", id, {
    arn: `arn:aws:events:${region}:${home}:rule/${id}`,
    ...more,
    facts: {
      Name: id,
      EventPattern: pattern === null ? null : JSON.stringify(pattern),
      State: "ENABLED",
      ScheduleExpression: null,
      EventBusName: "default",
      ManagedBy: null,
      RoleArn: null,
      Targets: [{ Id: "1", Arn: topicArn("soc", region) }],
      ...facts,
    },
  });
}

/** Anything else. */
export const thing = resource;

const listedTypes = [
  "AWS::CloudTrail::Trail",
  "AWS::CloudTrail::EventDataStore",
  "AWS::CloudTrail::Channel",
  "AWS::Logs::MetricFilter",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::LogAlarm",
  "AWS::CloudWatch::AlarmMuteRule",
  "AWS::Events::Rule",
  "AWS::Events::EventBus",
  "AWS::Glacier::Vault",
  "AWS::Logs::LogGroup",
  "AWS::MediaPackage::Channel",
  "AWS::MediaPackage::OriginEndpoint",
  "AWS::MediaPackage::PackagingConfiguration",
  "AWS::MediaPackage::PackagingGroup",
  "AWS::MediaPackageV2::ChannelGroup",
  "AWS::MediaPackageV2::Channel",
  "AWS::MediaPackageV2::OriginEndpoint",
  "AWS::S3::Bucket",
  "AWS::S3::StorageMetric",
  "AWS::Logs::Delivery",
  "AWS::Logs::DeliverySource",
  "AWS::Logs::DeliveryDestination",
];

/** An account that was read wholly, but for `denied`: types whose list was refused. */
export function accountOf(
  resources: readonly Resource[],
  {
    denied = [],
    regions = [virginia],
    ...more
  }: { readonly denied?: readonly string[]; readonly regions?: readonly string[] } & Partial<Snapshot> = {},
): Account {
  const gaps: readonly Gap[] = denied.flatMap((type) =>
    regions.map((region) => ({ account: home, type, region, reason: "AccessDenied", action: "x:List" })),
  );
  return viewAccount({
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T12:00:00.000Z",
    account: { id: home, partition: "aws" },
    regions,
    resources,
    gaps,
    calls: {},
    collected: Object.fromEntries([
      ...listedTypes.map((type) => [type, { listed: regions, properties: {} }] as const),
      ...["AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::KMS::Key"].map(
        (type) => [type, { listed: [], properties: {} }] as const,
      ),
    ]),
    ...more,
  });
}
