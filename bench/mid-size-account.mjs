// A snapshot of a mid-size account: 1,000 alarms, 1,000 log groups, 200 buckets, 6 trails in 17 regions. No randomness.

const ACCOUNT = "111122223333";
const REGIONS = [
  "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1",
  "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
];

const count = (length, make) => Array.from({ length }, (_, index) => make(index));
const regionOf = (index) => REGIONS[index % REGIONS.length];
const collected = (listed, operation, resources) => ({
  listed,
  properties: Object.fromEntries(resources.flatMap(({ properties, observed = {} }) => Object.keys({ ...properties, ...observed })).map((name) => [name, operation])),
});

function alarm(index) {
  const region = regionOf(index);
  const name = `service-${Math.floor(index / 4)}-${["errors", "latency", "saturation", "traffic"][index % 4]}`;
  return {
    type: "AWS::CloudWatch::Alarm", id: name, arn: `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${name}`, account: ACCOUNT, region,
    properties: {
      AlarmName: name, Namespace: "Shop", MetricName: "Errors", Statistic: "Sum", Period: 300, EvaluationPeriods: 1, DatapointsToAlarm: null, Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold", TreatMissingData: "notBreaching", ActionsEnabled: true, AlarmDescription: `What to do about ${name}`,
      AlarmActions: [`arn:aws:sns:${region}:${ACCOUNT}:on-call`], OKActions: [], InsufficientDataActions: [], Metrics: null, Dimensions: [{ Name: "Service", Value: `service-${index}` }],
    },
    observed: { StateValue: "OK", StateUpdatedTimestamp: "2026-11-01T12:00:00.000Z" },
  };
}

function logGroup(index) {
  const region = regionOf(index);
  const name = `/aws/lambda/function-${index}`;
  return {
    type: "AWS::Logs::LogGroup", id: name, arn: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}`, account: ACCOUNT, region,
    properties: { LogGroupName: name, RetentionInDays: index % 3 === 0 ? null : 365, KmsKeyId: null, LogGroupClass: "STANDARD" },
    observed: { StoredBytes: index * 1024 },
  };
}

function bucket(index) {
  const name = `shop-data-${index}-${ACCOUNT}`;
  return {
    type: "AWS::S3::Bucket", id: name, arn: `arn:aws:s3:::${name}`, account: ACCOUNT, region: regionOf(index),
    properties: {
      BucketName: name, LoggingConfiguration: index % 2 === 0 ? { DestinationBucketName: "shop-access-logs", LogFilePrefix: `${name}/` } : null,
      VersioningConfiguration: { Status: "Enabled" }, LifecycleConfiguration: { Rules: [{ Id: "archive", Status: "Enabled", Transitions: [{ StorageClass: "GLACIER", TransitionInDays: 90 }] }] },
    },
  };
}

function trail(index) {
  const isMultiRegion = index < 2;
  const region = regionOf(index + 13);
  const name = `trail-${index}`;
  return {
    type: "AWS::CloudTrail::Trail", id: name, arn: `arn:aws:cloudtrail:${region}:${ACCOUNT}:trail/${name}`, account: ACCOUNT, region,
    properties: {
      TrailName: name, S3BucketName: bucket(index).id, IsMultiRegionTrail: isMultiRegion, IncludeGlobalServiceEvents: true, IsOrganizationTrail: false, EnableLogFileValidation: true,
      KMSKeyId: null, CloudWatchLogsLogGroupArn: null, CloudWatchLogsRoleArn: null, IsLogging: true, AdvancedEventSelectors: null,
      EventSelectors: [{ ReadWriteType: index === 0 ? "ReadOnly" : "WriteOnly", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: ["kms.amazonaws.com"] }],
    },
    observed: {
      SeenIn: isMultiRegion ? REGIONS : [region], LatestDeliveryTime: "2026-11-20T09:55:00.000Z", LatestDeliveryError: null,
      LatestCloudWatchLogsDeliveryTime: null, LatestCloudWatchLogsDeliveryError: null, LatestDigestDeliveryTime: "2026-11-20T09:00:00.000Z", LatestDigestDeliveryError: null,
    },
  };
}

/** The snapshot, valid against schemas/snapshot.schema.json. */
export function midSizeAccount() {
  const byType = {
    "AWS::CloudTrail::Trail": count(6, trail),
    "AWS::CloudWatch::Alarm": count(1000, alarm),
    "AWS::Logs::LogGroup": count(1000, logGroup),
    "AWS::S3::Bucket": count(200, bucket),
  };
  const lists = Object.entries(byType).map(([type, resources]) => [type, collected(REGIONS, "bench:Generated", resources)]);
  const lake = ["AWS::CloudTrail::EventDataStore", "AWS::CloudTrail::Channel"].map((type) => [type, collected(REGIONS, "bench:Generated", [])]);
  const order = ({ region, id }) => `${region} ${id}`;
  return {
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T10:00:00.000Z",
    account: { id: ACCOUNT, partition: "aws", caller: `arn:aws:iam::${ACCOUNT}:user/bench` },
    regions: REGIONS,
    collected: Object.fromEntries([...lists, ...lake]),
    resources: Object.values(byType).flatMap((resources) => resources.sort((a, b) => (order(a) < order(b) ? -1 : 1))),
    gaps: [],
    calls: {},
  };
}
