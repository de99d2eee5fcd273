import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Collector } from "../../src/core/collector.js";
import type { Need } from "../../src/core/need.js";
import { sdkTransport } from "../../src/aws/sdk-transport.js";
import { liveSource } from "../../src/sources/live.js";
import { plannedActions, plannedCalls } from "../../src/sources/planned-calls.js";
import { makePlan } from "../../src/sources/plan.js";
import { accounts, environmentOf, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";
import { secret } from "./support/canned.js";
import { everyCollector, propertiesOf } from "./support/every-collector.js";

// Nobody recorded these two: ownership controls, and the account's own block, which the endpoint takes for an object.
const unrecorded = new Set(["OwnershipControls"]);
const noAccountBlock = {
  service: "s3",
  operation: "GetObject",
  params: { Bucket: "v20180820" },
  error: { code: "NoSuchPublicAccessBlockConfiguration", status: 404 },
};

const follow = (
  type: string,
  properties: readonly string[],
  from: Readonly<Record<string, string>>,
): readonly Need[] =>
  Object.entries(from).map(([referencedBy, path]) => ({ type, properties, only: { referencedBy, path } }));

const references: readonly Need[] = [
  ...follow("AWS::S3::Bucket", ["Exists", "OwnedByAccount", "Policy"], {
    "AWS::CloudTrail::Trail": "S3BucketName",
    "AWS::S3::Bucket": "LoggingConfiguration.DestinationBucketName",
    "AWS::Config::DeliveryChannel": "S3BucketName",
  }),
  ...follow("AWS::KMS::Key", ["Exists", "KeyState", "KeyPolicy", "EnableKeyRotation"], {
    "AWS::CloudTrail::Trail": "KMSKeyId",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::CloudTrail::EventDataStore": "KmsKeyId",
  }),
  ...follow("AWS::SNS::Topic", ["Exists", "Policy", "Subscriptions"], {
    "AWS::CloudTrail::Trail": "SnsTopicARN",
    "AWS::CloudWatch::Alarm": "AlarmActions[]",
    "AWS::CloudWatch::CompositeAlarm": "AlarmActions[]",
    "AWS::Events::Rule": "Targets[].Arn",
    "AWS::Glacier::Vault": "NotificationConfiguration.SNSTopic",
    "AWS::S3::Bucket": "NotificationConfiguration.TopicConfigurations[].Topic",
  }),
  ...follow("AWS::SQS::Queue", ["Exists", "Policy", "KmsMasterKeyId"], {
    "AWS::SNS::Topic": "Subscriptions[].Endpoint",
  }),
  ...follow("AWS::Lambda::Function", ["Exists", "State", "Policy"], {
    "AWS::CloudWatch::Alarm": "AlarmActions[]",
    "AWS::Events::Rule": "Targets[].Arn",
  }),
  ...follow("AWS::Events::ApiDestination", ["ApiDestinationState", "ConnectionArn"], {
    "AWS::Events::Rule": "Targets[].Arn",
  }),
  ...follow("AWS::Events::Connection", ["ConnectionState"], {
    "AWS::Events::ApiDestination": "ConnectionArn",
  }),
  ...follow("AWS::SNS::Subscription", ["FilterPolicy"], {
    "AWS::SNS::Topic": "Subscriptions[].SubscriptionArn",
  }),
  ...follow("AWS::Logs::LogGroup", ["Exists", "RetentionInDays"], {
    "AWS::CloudTrail::Trail": "CloudWatchLogsLogGroupArn",
    "AWS::MediaPackage::Channel": "EgressAccessLogs.LogGroupName",
    "AWS::MediaPackage::PackagingGroup": "EgressAccessLogs.LogGroupName",
    "AWS::Logs::DeliveryDestination": "DestinationResourceArn",
  }),
];

let collectors: ReadonlyMap<string, Collector> = new Map();
let aws: SimulatedAws;
beforeAll(async () => {
  [collectors, aws] = await Promise.all([everyCollector(), startSimulatedAws({ answers: [noAccountBlock] })]);
});
afterAll(() => aws.stop());

const everything = (): readonly Need[] => [
  ...[...collectors.values()]
    .filter(({ list, single }) => list !== undefined || single !== undefined)
    .map((collector) => ({
      type: collector.type,
      properties: propertiesOf(collector).filter((name) => !unrecorded.has(name)),
    })),
  ...references,
];

const as = (account: string): void => {
  for (const [name, value] of Object.entries({
    ...environmentOf(aws.url, account),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  }))
    vi.stubEnv(name, value);
};
afterAll(() => {
  vi.unstubAllEnvs();
});

// As in AWS's Service Authorization Reference; several differ from the operation that they allow.
const permissions: Readonly<Record<string, string>> = {
  account: "ListRegions",
  cloudformation: "GetResource ListResources",
  cloudtrail:
    "DescribeTrails GetChannel GetEventDataStore GetEventSelectors GetInsightSelectors GetServiceLinkedChannel GetTrailStatus ListChannels ListEventDataStores ListServiceLinkedChannels",
  cloudwatch: "DescribeAlarms GetAlarmMuteRule ListAlarmMuteRules ListMetrics",
  config:
    "DescribeConfigurationRecorderStatus DescribeConfigurationRecorders DescribeDeliveryChannelStatus DescribeDeliveryChannels",
  events:
    "DescribeApiDestination DescribeConnection DescribeEventBus ListEventBuses ListRules ListTargetsByRule",
  glacier: "GetVaultAccessPolicy GetVaultLock GetVaultNotifications ListVaults",
  kms: "DescribeKey GetKeyPolicy GetKeyRotationStatus",
  lambda: "GetFunctionConfiguration GetPolicy",
  logs: "DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources DescribeLogGroups DescribeMetricFilters DescribeResourcePolicies",
  "mediapackage-vod":
    "DescribePackagingConfiguration DescribePackagingGroup ListPackagingConfigurations ListPackagingGroups",
  mediapackage: "ListChannels ListOriginEndpoints",
  mediapackagev2:
    "GetChannel GetChannelGroup GetOriginEndpoint ListChannelGroups ListChannels ListOriginEndpoints",
  organizations: "DescribeOrganization",
  s3: "GetAccountPublicAccessBlock GetBucketAcl GetBucketLocation GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketVersioning GetEncryptionConfiguration GetIntelligentTieringConfiguration GetLifecycleConfiguration GetMetricsConfiguration ListAllMyBuckets",
  sns: "GetSubscriptionAttributes GetTopicAttributes ListSubscriptionsByTopic ListTopics",
  sqs: "GetQueueAttributes",
  support:
    "DescribeTrustedAdvisorCheckResult DescribeTrustedAdvisorCheckSummaries DescribeTrustedAdvisorChecks",
  trustedadvisor: "ListChecks ListRecommendationResources ListRecommendations",
};

describe("all collectors, on a recorded account", () => {
  it.each(Object.entries(accounts))(
    "%s: every call is answered, and none is made twice",
    async (_name, account) => {
      aws.reset();
      as(account);
      const snapshot = await liveSource({
        collectors: Object.fromEntries(
          [...collectors].map(([type, collector]) => [type, () => Promise.resolve(collector)]),
        ),
        transport: sdkTransport(),
      }).read({ needs: everything() });
      expect(aws.misses()).toEqual([]);
      expect(aws.stats()).toMatchObject({ repeated: 0, repeatedCalls: [] });
      expect(
        snapshot.gaps
          .map(({ reason }) => reason)
          .filter((reason) => reason !== "SubscriptionRequiredException" && reason !== "AccessDenied"),
      ).toEqual([]);
      expect(
        snapshot.resources.filter(({ unreadable = {} }) =>
          Object.values(unreadable).some(({ reason }) => reason === "Malformed" || reason === "NoRecording"),
        ),
      ).toEqual([]);
      expect(JSON.stringify(snapshot)).not.toMatch(new RegExp(`${secret}|"Password"|"Username"`, "u"));
    },
  );

  it("are planned: the plan names each operation that was asked", async () => {
    aws.reset();
    as(accounts.compliant);
    const needs = everything();
    const snapshot = await liveSource({
      collectors: Object.fromEntries(
        [...collectors].map(([type, collector]) => [type, () => Promise.resolve(collector)]),
      ),
      transport: sdkTransport(),
    }).read({ needs });
    const planned = plannedCalls(makePlan(needs, collectors));
    expect(
      Object.keys(snapshot.calls).filter((name) => !planned.some(({ operation }) => operation === name)),
    ).toEqual([]);
  });

  it("need exactly these permissions", () => {
    const needs = [...everything(), { type: "AWS::S3::Bucket", properties: ["OwnershipControls"] }];
    const expected = Object.entries(permissions).flatMap(([prefix, names]) =>
      names.split(" ").map((name) => `${prefix}:${name}`),
    );
    expect(plannedActions(plannedCalls(makePlan(needs, collectors)))).toEqual(expected.sort());
  });
});
