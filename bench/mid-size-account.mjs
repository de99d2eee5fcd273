// A snapshot of a mid-size account: 1,000 alarms, 1,000 log groups, 200 buckets, 6 trails and what goes with them, in 17 regions. No randomness.
import { ACCOUNT, REGIONS } from "./account/place.mjs";
import {
  accountWide,
  buckets,
  channels,
  deliveryChannels,
  keys,
  recorders,
  storageMetrics,
  trails,
  vaults,
  vaultServices,
} from "./account/recording.mjs";
import {
  alarms,
  eventBuses,
  eventRules,
  logGroups,
  metricFilters,
  subscriptions,
  topics,
} from "./account/watching.mjs";

const NONE = [
  "AWS::CloudTrail::Channel",
  "AWS::CloudTrail::EventDataStore",
  "AWS::CloudWatch::AlarmMuteRule",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::LogAlarm",
  "AWS::Logs::Delivery",
  "AWS::Logs::DeliveryDestination",
  "AWS::Logs::DeliverySource",
  "AWS::Logs::ResourcePolicy",
  "AWS::MediaPackage::OriginEndpoint",
  "AWS::MediaPackage::PackagingConfiguration",
  "AWS::MediaPackage::PackagingGroup",
  "AWS::MediaPackageV2::Channel",
  "AWS::MediaPackageV2::ChannelGroup",
  "AWS::MediaPackageV2::OriginEndpoint",
  "AWS::TrustedAdvisor::Check",
  "AWS::TrustedAdvisor::Recommendation",
];
// What is read only where something names it.
const REFERRED = new Set(["AWS::KMS::Key", "AWS::SNS::Subscription"]);
const ONE_LIST = new Set(["AWS::S3::Bucket", ...Object.keys(accountWide())]);

/** The snapshot, valid against schemas/snapshot.schema.json. */
export function midSizeAccount() {
  const byType = {
    ...Object.fromEntries(NONE.map((type) => [type, []])),
    "AWS::CloudTrail::Trail": trails(),
    "AWS::CloudWatch::Alarm": alarms(),
    "AWS::Config::ConfigurationRecorder": recorders(),
    "AWS::Config::DeliveryChannel": deliveryChannels(),
    "AWS::Events::EventBus": eventBuses(),
    "AWS::Events::Rule": eventRules(),
    "AWS::Glacier::Service": vaultServices(),
    "AWS::Glacier::Vault": vaults(),
    "AWS::KMS::Key": keys(),
    "AWS::Logs::LogGroup": logGroups(),
    "AWS::Logs::MetricFilter": metricFilters(),
    "AWS::MediaPackage::Channel": channels(),
    "AWS::S3::Bucket": buckets(),
    "AWS::S3::StorageMetric": storageMetrics(),
    "AWS::SNS::Subscription": subscriptions(),
    "AWS::SNS::Topic": topics(),
    ...accountWide(),
  };
  const order = ({ region, id }) => `${region} ${id}`;
  return {
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T10:00:00.000Z",
    account: { id: ACCOUNT, partition: "aws", caller: `arn:aws:iam::${ACCOUNT}:user/bench` },
    regions: REGIONS,
    collected: Object.fromEntries(
      Object.entries(byType).map(([type, resources]) => [type, collected(type, resources)]),
    ),
    resources: Object.keys(byType)
      .sort()
      .flatMap((type) => byType[type].sort((a, b) => (order(a) < order(b) ? -1 : 1))),
    gaps: [],
    calls: {},
  };
}

function collected(type, resources) {
  const names = new Set(
    resources.flatMap(({ properties, observed }) => Object.keys({ ...properties, ...observed })),
  );
  const listed = REFERRED.has(type) ? [] : ONE_LIST.has(type) ? "account" : REGIONS;
  return {
    listed,
    properties: Object.fromEntries([...names].sort().map((name) => [name, "bench:Generated"])),
  };
}
