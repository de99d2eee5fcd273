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
import { isDeclared } from "./support/canned-declared.js";
import { everyCollector, propertiesOf } from "./support/every-collector.js";

// Nobody recorded these two: ownership controls, and the account's own block, which the endpoint takes for an object.
const unrecorded = new Set(["OwnershipControls"]);
const noAccountBlock = {
  service: "s3",
  operation: "GetObject",
  params: { Bucket: "v20180820" },
  error: { code: "NoSuchPublicAccessBlockConfiguration", status: 404 },
};

const noKeys = { service: "kms", operation: "ListKeys", response: { Keys: [] } };

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
  [collectors, aws] = await Promise.all([
    everyCollector(),
    startSimulatedAws({ answers: [noAccountBlock, noKeys] }),
  ]);
});
afterAll(() => aws.stop());

// The accounts were recorded before there were collectors that are data.
const recorded = (): readonly Need[] => everything((collector) => !isDeclared(collector));

const everything = (isWanted: (collector: Collector) => boolean = () => true): readonly Need[] => [
  ...[...collectors.values()]
    .filter((collector) => (collector.list ?? collector.single) !== undefined && isWanted(collector))
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
      }).read({ needs: recorded() });
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
    const needs = recorded();
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

  // As in AWS's Service Authorization Reference; several differ from the operation that they allow.
  it("need exactly these permissions", () => {
    const needs = [...everything(), { type: "AWS::S3::Bucket", properties: ["OwnershipControls"] }];
    const actions = plannedActions(plannedCalls(makePlan(needs, collectors)));
    return expect(`${actions.join("\n")}\n`).toMatchFileSnapshot("support/permissions.txt");
  });
});
