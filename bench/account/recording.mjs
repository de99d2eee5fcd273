// Trails, AWS Config, keys, buckets with what they hold, vaults and live channels.
import { ACCOUNT, HOME, REGIONS, arn, count, policy, regionOf, resource } from "./place.mjs";
import { topicArn, trailLogGroup } from "./watching.mjs";

const TRAIL_BUCKET = `shop-trail-${ACCOUNT}`;
const LOG_BUCKET = `shop-access-logs-${ACCOUNT}`;
const KEY = arn("kms", HOME, "key/1b2fdb78-ce86-4060-9c4c-de11a9ad9a61");
const OWNER = {
  Grantee: { ID: "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a", Type: "CanonicalUser" },
  Permission: "FULL_CONTROL",
};
const BLOCKED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const LIFECYCLES = [
  {
    Rules: [
      {
        Id: "archive",
        Status: "Enabled",
        Prefix: "",
        Transitions: [{ StorageClass: "GLACIER", TransitionInDays: 90 }],
      },
    ],
  },
  {
    Rules: [
      {
        Id: "deep",
        Status: "Enabled",
        Prefix: "done/",
        Transitions: [{ StorageClass: "DEEP_ARCHIVE", TransitionInDays: 180 }],
      },
    ],
  },
  { Rules: [{ Id: "expire", Status: "Enabled", Prefix: "", ExpirationInDays: 400 }] },
  null,
];

export function trails() {
  return count(6, (index) =>
    trail({
      index,
      isMain: index === 0,
      isEverywhere: index < 2,
      region: index === 0 ? HOME : regionOf(index + 13),
    }),
  );
}

function trail({ index, isMain, isEverywhere, region }) {
  const name = isMain ? "audit" : `trail-${index}`;
  const everyObject = [
    { Name: "Management", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
    {
      Name: "Objects",
      FieldSelectors: [
        { Field: "eventCategory", Equals: ["Data"] },
        { Field: "resources.type", Equals: ["AWS::S3::Object"] },
        { Field: "resources.ARN", NotStartsWith: [`arn:aws:s3:::${TRAIL_BUCKET}/`] },
      ],
    },
  ];
  return resource("AWS::CloudTrail::Trail", {
    id: name,
    arn: arn("cloudtrail", region, `trail/${name}`),
    region,
    seenIn: isEverywhere ? REGIONS : [region],
    properties: {
      S3BucketName: TRAIL_BUCKET,
      S3KeyPrefix: isMain ? null : name,
      IsMultiRegionTrail: isEverywhere,
      IncludeGlobalServiceEvents: isEverywhere,
      IsOrganizationTrail: false,
      EnableLogFileValidation: true,
      KMSKeyId: isMain ? KEY : null,
      CloudWatchLogsLogGroupArn: isMain ? trailLogGroup : null,
      CloudWatchLogsRoleArn: isMain ? `arn:aws:iam::${ACCOUNT}:role/CloudTrailToLogs` : null,
      InsightSelectors: null,
      AdvancedEventSelectors: isMain ? everyObject : null,
      EventSelectors: isMain
        ? null
        : [
            {
              ReadWriteType: "WriteOnly",
              IncludeManagementEvents: true,
              DataResources: [],
              ExcludeManagementEventSources: ["kms.amazonaws.com"],
            },
          ],
    },
    observed: {
      IsLogging: true,
      HasCustomEventSelectors: true,
      SnsTopicARN: null,
      StartLoggingTime: "2025-03-04T08:12:44.000Z",
      StopLoggingTime: null,
      LatestDeliveryTime: "2026-11-20T09:55:00.000Z",
      LatestDeliveryError: null,
      LatestDigestDeliveryTime: "2026-11-20T09:20:00.000Z",
      LatestDigestDeliveryError: null,
      LatestNotificationTime: null,
      LatestNotificationError: null,
      LatestCloudWatchLogsDeliveryTime: isMain ? "2026-11-20T09:55:00.000Z" : null,
      LatestCloudWatchLogsDeliveryError: null,
    },
  });
}

export function buckets() {
  const forTrail = policy(
    {
      Sid: "Check",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${TRAIL_BUCKET}`,
    },
    {
      Sid: "Write",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${TRAIL_BUCKET}/*`,
    },
  );
  const forLogs = policy({
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${LOG_BUCKET}/*`,
  });
  return [
    bucket({ name: TRAIL_BUCKET, region: HOME, text: forTrail }),
    bucket({ name: LOG_BUCKET, region: HOME, text: forLogs }),
    ...count(198, dataBucket),
  ];
}

function dataBucket(index) {
  const region = regionOf(index);
  const name = `shop-data-${index}-${ACCOUNT}`;
  return bucket({
    name,
    region,
    text:
      index % 3 === 0
        ? policy({
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          })
        : null,
    LoggingConfiguration:
      region === HOME ? { DestinationBucketName: LOG_BUCKET, LogFilePrefix: `${name}/` } : null,
    LifecycleConfiguration: LIFECYCLES[index % LIFECYCLES.length],
    MetricsConfigurations: index % 2 === 0 ? [{ Id: "EntireBucket" }] : null,
    NotificationConfiguration:
      index % 5 === 0
        ? { EventBridgeConfiguration: { EventBridgeEnabled: true } }
        : { TopicConfigurations: [{ Event: "s3:ObjectRestore:*", Topic: topicArn(region) }] },
  });
}

function bucket({ name, region, text, ...settings }) {
  return resource("AWS::S3::Bucket", {
    id: name,
    arn: `arn:aws:s3:::${name}`,
    region,
    properties: {
      BucketName: name,
      IntelligentTieringConfigurations: null,
      LifecycleConfiguration: null,
      LoggingConfiguration: null,
      MetricsConfigurations: null,
      NotificationConfiguration: null,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      PublicAccessBlockConfiguration: BLOCKED,
      VersioningConfiguration: { Status: "Enabled" },
      ObjectLockEnabled: null,
      ObjectLockConfiguration: null,
      ...settings,
    },
    observed: {
      Exists: true,
      OwnedByAccount: true,
      CreationDate: "2024-02-01T08:00:00.000Z",
      Grants: [OWNER],
      MFADelete: null,
      Policy: text,
    },
  });
}

export function storageMetrics() {
  return count(200, (index) => {
    const StorageType = ["StandardStorage", "GlacierStorage"][index % 2];
    const name = `shop-data-${index % 198}-${ACCOUNT}`;
    const region = regionOf(index % 198);
    return resource("AWS::S3::StorageMetric", {
      id: `BucketSizeBytes BucketName=${name} StorageType=${StorageType}`,
      region,
      seenIn: [region],
      observed: {
        Namespace: "AWS/S3",
        MetricName: "BucketSizeBytes",
        Dimensions: [
          { Name: "BucketName", Value: name },
          { Name: "StorageType", Value: StorageType },
        ],
      },
    });
  });
}

export function vaults() {
  return count(10, (index) => {
    const region = regionOf(index);
    const name = `records-${index}`;
    return resource("AWS::Glacier::Vault", {
      id: name,
      arn: arn("glacier", region, `vaults/${name}`),
      region,
      seenIn: [region],
      properties: {
        VaultName: name,
        NotificationConfiguration: {
          Events: ["ArchiveRetrievalCompleted", "InventoryRetrievalCompleted"],
          SNSTopic: topicArn(region),
        },
      },
      observed: {
        CreationDate: "2019-05-01T00:00:00.000Z",
        LastInventoryDate: "2026-11-19T00:00:00.000Z",
        NumberOfArchives: 12,
        SizeInBytes: 4096,
        VaultLock: null,
      },
    });
  });
}

export function vaultServices() {
  return REGIONS.map((region) =>
    resource("AWS::Glacier::Service", { id: "glacier", region, observed: { IsClosed: false } }),
  );
}

export function channels() {
  return count(4, (index) => {
    const id = `live-${index}`;
    return resource("AWS::MediaPackage::Channel", {
      id,
      arn: arn("mediapackage", HOME, `channels/${id}`),
      region: HOME,
      seenIn: [HOME],
      properties: {
        Id: id,
        Description: id,
        EgressAccessLogs: { LogGroupName: "/aws/MediaPackage/EgressAccessLogs" },
        IngressAccessLogs: index % 2 === 0 ? {} : null,
        HlsIngest: {
          IngestEndpoints: [
            { Id: "ingest1", Url: `https://${id}.mediapackage.us-east-1.amazonaws.com/in/v2/1/channel` },
          ],
        },
      },
      observed: { CreatedAt: "2025-06-01T10:00:00Z" },
    });
  });
}

export function keys() {
  return [
    resource("AWS::KMS::Key", {
      id: KEY.split("/")[1],
      arn: KEY,
      region: HOME,
      properties: {
        EnableKeyRotation: true,
        Enabled: true,
        KeySpec: "SYMMETRIC_DEFAULT",
        KeyUsage: "ENCRYPT_DECRYPT",
        MultiRegion: false,
        RotationPeriodInDays: 365,
      },
      observed: { Exists: true, KeyArn: KEY, KeyManager: "CUSTOMER", KeyState: "Enabled", Origin: "AWS_KMS" },
    }),
  ];
}

export function recorders() {
  return REGIONS.map((region) =>
    resource("AWS::Config::ConfigurationRecorder", {
      id: "default",
      region,
      seenIn: [region],
      properties: {
        Name: "default",
        RecordingGroup: {
          AllSupported: true,
          IncludeGlobalResourceTypes: region === HOME,
          RecordingStrategy: { UseOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
          ResourceTypes: [],
        },
        RecordingMode: null,
        RoleARN: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      },
      observed: {
        Recording: true,
        LastStatus: "SUCCESS",
        LastErrorCode: null,
        LastErrorMessage: null,
        LastStartTime: "2025-01-01T00:00:00.000Z",
        LastStatusChangeTime: "2026-11-20T09:00:00.000Z",
        LastStopTime: null,
      },
    }),
  );
}

export function deliveryChannels() {
  return REGIONS.map((region) =>
    resource("AWS::Config::DeliveryChannel", {
      id: "default",
      region,
      seenIn: [region],
      properties: {
        Name: "default",
        S3BucketName: TRAIL_BUCKET,
        S3KeyPrefix: "config",
        S3KmsKeyArn: null,
        SnsTopicARN: null,
        ConfigSnapshotDeliveryProperties: null,
      },
      observed: {
        ConfigHistoryDeliveryInfo: { LastStatus: "SUCCESS" },
        ConfigSnapshotDeliveryInfo: null,
        ConfigStreamDeliveryInfo: { LastStatus: "SUCCESS" },
      },
    }),
  );
}

export function accountWide() {
  const whole = (type, observed, properties = {}) =>
    resource(type, { id: ACCOUNT, region: HOME, observed, properties });
  return {
    "AWS::Organizations::Organization": [
      whole(
        "AWS::Organizations::Organization",
        { InOrganization: false, ManagementAccountId: null, OrganizationArn: null, OrganizationId: null },
        { FeatureSet: null },
      ),
    ],
    "AWS::S3::AccountPublicAccessBlock": [
      whole("AWS::S3::AccountPublicAccessBlock", {}, { PublicAccessBlockConfiguration: BLOCKED }),
    ],
    "AWS::TrustedAdvisor::Access": [
      whole("AWS::TrustedAdvisor::Access", {
        SupportApiCategories: null,
        SupportApiEntitled: false,
        TrustedAdvisorApiEntitled: false,
      }),
    ],
  };
}
