import type { ApiCall } from "../../../src/aws/transport.js";
import type { Answers } from "./read.js";

export const home = "111111111111";
const arn = (service: string, resource: string, region = "us-east-1"): string =>
  `arn:aws:${service}:${region}:${home}:${resource}`;
const keyArn = arn("kms", "key/1b2fdb78-ce86-4060-9c4c-de11a9ad9a61");

/** Stands wherever AWS answers something that must not be kept. */
export const secret = "S3CR3T";

const model = (properties: object): object => ({
  ResourceDescription: { Properties: JSON.stringify(properties) },
});
const identified = (...identifiers: readonly string[]): object => ({
  ResourceDescriptions: identifiers.map((Identifier) => ({ Identifier, Properties: "{}" })),
});
const group = arn("mediapackagev2", "channelGroup/g");
const channel = `${group}/channel/c`;
const listed: Readonly<Record<string, object>> = {
  "AWS::MediaPackage::PackagingGroup": identified("vod"),
  "AWS::MediaPackage::PackagingConfiguration": identified("hls"),
  "AWS::MediaPackageV2::ChannelGroup": identified(group),
  "AWS::MediaPackageV2::Channel": identified(channel),
  "AWS::MediaPackageV2::OriginEndpoint": identified(`${channel}/originEndpoint/e`),
};
const models: Readonly<Record<string, object>> = {
  "AWS::MediaPackage::PackagingGroup": {
    Id: "vod",
    Arn: arn("mediapackage-vod", "packaging-groups/1f"),
    EgressAccessLogs: { LogGroupName: "/aws/MediaPackage/Vod" },
    Authorization: { CdnIdentifierSecret: secret, SecretsRoleArn: "arn:aws:iam::111111111111:role/r" },
  },
  "AWS::MediaPackage::PackagingConfiguration": {
    Id: "hls",
    Arn: arn("mediapackage-vod", "packaging-configurations/2f"),
    PackagingGroupId: "vod",
    HlsPackage: {
      SegmentDurationSeconds: 6,
      Encryption: { ConstantInitializationVector: secret, SpekeKeyProvider: { Url: secret } },
      HlsManifests: [{ ManifestName: "m", AdMarkers: secret }],
    },
  },
  "AWS::MediaPackageV2::ChannelGroup": { ChannelGroupName: "g", EgressDomain: "d.example" },
  "AWS::MediaPackageV2::Channel": {
    ChannelGroupName: "g",
    ChannelName: "c",
    InputType: "HLS",
    IngestEndpoints: [{ Id: "1", Url: "https://in.example/1", Password: secret }],
  },
  "AWS::MediaPackageV2::OriginEndpoint": {
    ChannelGroupName: "g",
    ChannelName: "c",
    OriginEndpointName: "e",
    Segment: { SegmentDurationSeconds: 4, Encryption: { ConstantInitializationVector: secret } },
    HlsManifests: [{ ManifestName: "m", Url: "https://out.example/m.m3u8", FilterConfiguration: secret }],
  },
};

const typeOf = ({ input }: ApiCall): string => input["TypeName"] as string;
const cloudControl: Answers = {
  ListResources: (call) => listed[typeOf(call)],
  GetResource: (call) => model(models[typeOf(call)] ?? {}),
};
const alarms = (list: object): Answers => ({
  DescribeAlarms: () => ({ MetricAlarms: [], CompositeAlarms: [], LogAlarms: [], ...list }),
});
const bucketRegion = "eu-west-1";

/** What AWS answers, by the type that is read from it: one resource each, with everything set. */
export const canned: Readonly<Record<string, Answers>> = {
  "AWS::CloudWatch::Alarm": alarms({
    MetricAlarms: [
      {
        AlarmName: "a",
        AlarmArn: arn("cloudwatch", "alarm:a"),
        MetricName: "m",
        Metrics: [],
        StateValue: "OK",
        StateUpdatedTimestamp: new Date("2026-11-01T00:00:00Z"),
      },
    ],
  }),
  "AWS::CloudWatch::CompositeAlarm": alarms({
    CompositeAlarms: [
      { AlarmName: "p", AlarmArn: arn("cloudwatch", "alarm:p"), AlarmRule: "ALARM(a)", StateValue: "OK" },
    ],
  }),
  "AWS::CloudWatch::LogAlarm": alarms({
    LogAlarms: [
      {
        AlarmName: "l",
        AlarmArn: arn("cloudwatch", "alarm:l"),
        ScheduledQueryConfiguration: { QueryString: "stats count()" },
      },
    ],
  }),
  "AWS::CloudWatch::AlarmMuteRule": {
    ListAlarmMuteRules: () => ({
      AlarmMuteRuleSummaries: [
        {
          AlarmMuteRuleArn: arn("cloudwatch", "alarm-mute-rule:quiet"),
          Status: "ACTIVE",
          MuteType: "RECURRING",
        },
      ],
    }),
    GetAlarmMuteRule: () => ({
      Name: "quiet",
      Rule: { Schedule: { Expression: "cron(0 0 * * *)", Duration: "P1D" } },
      MuteTargets: { AlarmNames: ["a"] },
    }),
  },
  "AWS::Config::ConfigurationRecorder": {
    DescribeConfigurationRecorders: () => ({
      ConfigurationRecorders: [
        {
          name: "default",
          roleARN: "r",
          recordingGroup: {
            allSupported: true,
            recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
          },
        },
      ],
    }),
    DescribeConfigurationRecorderStatus: () => ({
      ConfigurationRecordersStatus: [
        { name: "other", recording: false },
        { name: "default", recording: true, lastStatus: "SUCCESS" },
      ],
    }),
  },
  "AWS::Config::DeliveryChannel": {
    DescribeDeliveryChannels: () => ({
      DeliveryChannels: [
        {
          name: "default",
          s3BucketName: "b",
          configSnapshotDeliveryProperties: { deliveryFrequency: "One_Hour" },
        },
      ],
    }),
    DescribeDeliveryChannelStatus: () => ({
      DeliveryChannelsStatus: [
        {
          name: "default",
          configHistoryDeliveryInfo: { lastStatus: "FAILURE", lastErrorCode: "NoSuchBucket" },
        },
      ],
    }),
  },
  "AWS::Events::EventBus": {
    ListEventBuses: () => ({
      EventBuses: [{ Name: "default", Arn: arn("events", "event-bus/default"), Policy: "{}" }],
    }),
    DescribeEventBus: () => ({ Name: "default", KmsKeyIdentifier: keyArn }),
  },
  "AWS::Events::Rule": {
    ListEventBuses: () => ({ EventBuses: [{ Name: "default" }, { Name: "custom" }] }),
    ListRules: ({ input }) => ({
      Rules:
        input["EventBusName"] === "default"
          ? [
              {
                Name: "r",
                Arn: arn("events", "rule/r"),
                EventPattern: '{"source":["aws.s3"]}',
                State: "ENABLED",
                EventBusName: "default",
              },
            ]
          : [],
    }),
    ListTargetsByRule: () => ({
      Targets: [
        {
          Id: "1",
          Arn: arn("events", "api-destination/d/1"),
          HttpParameters: { HeaderParameters: { Authorization: secret } },
        },
      ],
    }),
  },
  "AWS::Glacier::Service": { ListVaults: () => ({ VaultList: [] }) },
  "AWS::Glacier::Vault": {
    ListVaults: () => ({
      VaultList: [{ VaultName: "v", VaultARN: arn("glacier", "vaults/v"), NumberOfArchives: 3 }],
    }),
    GetVaultNotifications: () => ({
      vaultNotificationConfig: { SNSTopic: arn("sns", "t"), Events: ["ArchiveRetrievalCompleted"] },
    }),
    GetVaultLock: () => ({ State: "Locked", Policy: "{}" }),
    GetVaultAccessPolicy: () => ({ policy: { Policy: "{}" } }),
  },
  "AWS::Logs::Delivery": {
    DescribeDeliveries: () => ({
      deliveries: [
        {
          id: "d1",
          arn: arn("logs", "delivery:d1"),
          deliverySourceName: "s",
          deliveryDestinationArn: arn("logs", "delivery-destination:d"),
          deliveryDestinationType: "CWL",
        },
      ],
    }),
  },
  "AWS::Logs::DeliveryDestination": {
    DescribeDeliveryDestinations: () => ({
      deliveryDestinations: [
        {
          name: "d",
          arn: arn("logs", "delivery-destination:d"),
          outputFormat: "json",
          deliveryDestinationConfiguration: { destinationResourceArn: arn("logs", "log-group:g:*") },
        },
      ],
    }),
  },
  "AWS::Logs::DeliverySource": {
    DescribeDeliverySources: () => ({
      deliverySources: [
        {
          name: "s",
          arn: arn("logs", "delivery-source:s"),
          resourceArns: [group],
          logType: "EGRESS_ACCESS_LOGS",
        },
      ],
    }),
  },
  "AWS::KMS::Key": {
    ListKeys: () => ({
      Keys: [{ KeyId: "1b2fdb78-ce86-4060-9c4c-de11a9ad9a61", KeyArn: keyArn }],
      Truncated: false,
    }),
    DescribeKey: () => ({
      KeyMetadata: {
        Arn: keyArn,
        KeyId: "1b2fdb78-ce86-4060-9c4c-de11a9ad9a61",
        KeyManager: "CUSTOMER",
        KeyState: "Enabled",
        Enabled: true,
      },
    }),
    GetKeyPolicy: () => ({ Policy: "{}" }),
    GetKeyRotationStatus: () => ({ KeyRotationEnabled: true, RotationPeriodInDays: 365 }),
  },
  "AWS::Logs::LogGroup": {
    DescribeLogGroups: () => ({
      logGroups: [
        { logGroupName: "g", arn: arn("logs", "log-group:g:*"), retentionInDays: 365 },
        { logGroupName: "g-more", arn: arn("logs", "log-group:g-more:*") },
      ],
    }),
    DescribeResourcePolicies: () => ({ resourcePolicies: [{ policyName: "p", policyDocument: "{}" }] }),
  },
  "AWS::Logs::MetricFilter": {
    DescribeMetricFilters: () => ({
      metricFilters: [
        {
          filterName: "f",
          logGroupName: "g",
          filterPattern: "{ $.a = 1 }",
          metricTransformations: [
            { metricName: "m", metricNamespace: "n", metricValue: "1", dimensions: { Who: "$.user" } },
          ],
        },
      ],
    }),
  },
  "AWS::Logs::ResourcePolicy": {
    DescribeResourcePolicies: () => ({ resourcePolicies: [{ policyName: "p", policyDocument: "{}" }] }),
  },
  "AWS::MediaPackage::Channel": {
    ListChannels: () => ({
      Channels: [
        {
          Id: "live",
          Arn: arn("mediapackage", "channels/3f"),
          EgressAccessLogs: {},
          HlsIngest: {
            IngestEndpoints: [{ Id: "1", Url: "https://in.example/1", Username: secret, Password: secret }],
          },
        },
      ],
    }),
  },
  "AWS::MediaPackage::Metric": {
    ListMetrics: () => ({
      Metrics: [
        {
          Namespace: "AWS/MediaPackage",
          MetricName: "EgressBytes",
          Dimensions: [{ Name: "Channel", Value: "live" }],
        },
      ],
    }),
  },
  "AWS::MediaPackage::OriginEndpoint": {
    ListOriginEndpoints: () => ({
      OriginEndpoints: [
        {
          Id: "e",
          Arn: arn("mediapackage", "origin_endpoints/4f"),
          ChannelId: "live",
          Whitelist: [],
          Authorization: {
            CdnIdentifierSecret: "arn:aws:secretsmanager:us-east-1:111111111111:secret:cdn",
            SecretsRoleArn: secret,
          },
          CmafPackage: {
            SegmentDurationSeconds: 6,
            Encryption: { ConstantInitializationVector: secret },
            HlsManifests: [{ Id: "m", Url: "https://out.example/m.m3u8" }],
          },
        },
      ],
    }),
  },
  "AWS::MediaPackage::PackagingConfiguration": cloudControl,
  "AWS::MediaPackage::PackagingGroup": cloudControl,
  "AWS::MediaPackageV2::Channel": cloudControl,
  "AWS::MediaPackageV2::ChannelGroup": cloudControl,
  "AWS::MediaPackageV2::OriginEndpoint": cloudControl,
  "AWS::Organizations::Organization": {
    DescribeOrganization: () => ({
      Organization: { Id: "o-1", FeatureSet: "ALL", MasterAccountId: "999999999999" },
    }),
  },
  "AWS::S3::AccountPublicAccessBlock": {
    GetPublicAccessBlock: () => ({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
  },
  "AWS::S3::Bucket": {
    ListBuckets: () => ({
      Buckets: [{ Name: "logs", BucketRegion: bucketRegion, CreationDate: new Date("2024-01-01T00:00:00Z") }],
    }),
    GetBucketVersioning: () => ({ Status: "Enabled", MFADelete: "Disabled" }),
    GetBucketLogging: () => ({ LoggingEnabled: { TargetBucket: "access", TargetPrefix: "" } }),
    GetBucketLifecycleConfiguration: () => ({
      Rules: [
        {
          ID: "cool",
          Status: "Enabled",
          Filter: { And: { Prefix: "p/", Tags: [{ Key: "k", Value: "v" }] } },
          Transitions: [{ Days: 90, StorageClass: "GLACIER" }],
          NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: "DEEP_ARCHIVE" }],
        },
      ],
    }),
    GetPublicAccessBlock: () => ({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    GetBucketPolicy: () => ({ Policy: '{"Statement":[]}' }),
    GetBucketAcl: () => ({
      Grants: [
        {
          Grantee: {
            Type: "Group",
            URI: "http://acs.amazonaws.com/groups/global/AllUsers",
            DisplayName: "x",
          },
          Permission: "READ",
        },
      ],
    }),
    GetBucketOwnershipControls: () => ({
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    }),
    GetObjectLockConfiguration: () => ({
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 365 } },
      },
    }),
    ListBucketMetricsConfigurations: () => ({
      IsTruncated: false,
      MetricsConfigurationList: [{ Id: "EntireBucket" }, { Id: "part", Filter: { Prefix: "p/" } }],
    }),
    ListBucketIntelligentTieringConfigurations: () => ({
      IsTruncated: false,
      IntelligentTieringConfigurationList: [
        { Id: "archive", Status: "Enabled", Tierings: [{ Days: 90, AccessTier: "ARCHIVE_ACCESS" }] },
      ],
    }),
    GetBucketNotificationConfiguration: () => ({
      TopicConfigurations: [
        {
          TopicArn: arn("sns", "t"),
          Events: ["s3:ObjectRestore:Post", "s3:ObjectRestore:Completed"],
          Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "p/" }] } },
        },
      ],
      EventBridgeConfiguration: {},
    }),
    GetBucketRequestPayment: () => ({ Payer: "Requester" }),
    GetBucketEncryption: () => ({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn } }],
      },
    }),
  },
  "AWS::S3::StorageMetric": {
    ListMetrics: () => ({
      Metrics: [
        {
          Namespace: "AWS/S3",
          MetricName: "BucketSizeBytes",
          Dimensions: [
            { Name: "StorageType", Value: "GlacierStorage" },
            { Name: "BucketName", Value: "logs" },
          ],
        },
      ],
    }),
  },
  "AWS::SNS::Topic": {
    ListTopics: () => ({ Topics: [{ TopicArn: arn("sns", "t") }] }),
    GetTopicAttributes: () => ({
      Attributes: {
        TopicArn: arn("sns", "t"),
        KmsMasterKeyId: "",
        DisplayName: "",
        FifoTopic: "true",
        Policy: "{}",
        Owner: home,
        SubscriptionsConfirmed: "1",
        SubscriptionsPending: "0",
      },
    }),
    ListSubscriptionsByTopic: () => ({
      Subscriptions: [
        {
          SubscriptionArn: arn("sns", "t:1"),
          Protocol: "https",
          Endpoint: `https://events.example.com/integration/${secret}/enqueue`,
          Owner: home,
          TopicArn: arn("sns", "t"),
        },
        {
          SubscriptionArn: "PendingConfirmation",
          Protocol: "email",
          Endpoint: "who@example.com",
          Owner: home,
        },
      ],
    }),
  },
  "AWS::TrustedAdvisor::Access": {
    DescribeTrustedAdvisorChecks: () => ({ checks: [{ id: "c1", category: "security" }] }),
    ListChecks: () => ({ checkSummaries: [{ id: "c1" }] }),
  },
  "AWS::TrustedAdvisor::Check": {
    DescribeTrustedAdvisorChecks: () => ({
      checks: [
        {
          id: "c1",
          name: "Buckets",
          category: "security",
          metadata: ["Status", "Region"],
          description: "<p>",
        },
      ],
    }),
    DescribeTrustedAdvisorCheckSummaries: () => ({
      summaries: [
        {
          checkId: "c1",
          timestamp: "2026-11-20T06:00:00Z",
          status: "warning",
          resourcesSummary: {
            resourcesProcessed: 3,
            resourcesFlagged: 1,
            resourcesIgnored: 0,
            resourcesSuppressed: 1,
          },
        },
      ],
    }),
    DescribeTrustedAdvisorCheckResult: () => ({
      result: {
        flaggedResources: [
          { status: "ok", resourceId: "1" },
          { status: "warning", resourceId: "2", metadata: ["Yellow", "us-east-1"] },
          { status: "ok", isSuppressed: true, resourceId: "3" },
        ],
      },
    }),
  },
  "AWS::TrustedAdvisor::Recommendation": {
    ListRecommendations: () => ({
      recommendationSummaries: [
        {
          id: "r1",
          arn: "arn:aws:trustedadvisor::111111111111:recommendation/r1",
          status: "ok",
          statusReason: "no_data_ok",
          resourcesAggregates: { okCount: 1 },
          checkArn: "arn:aws:trustedadvisor:::check/c1",
        },
      ],
    }),
    ListRecommendationResources: () => ({
      recommendationResourceSummaries: [
        {
          awsResourceId: "b",
          regionCode: "us-east-1",
          status: "warning",
          exclusionStatus: "included",
          metadata: { "0": "Yellow" },
        },
      ],
    }),
  },
};

/** Answers about what is only followed from references. */
export const cannedReferences: Readonly<
  Record<string, { readonly reference: string; readonly answers: Answers }>
> = {
  "AWS::Events::ApiDestination": {
    reference: arn("events", "api-destination/d/1"),
    answers: {
      DescribeApiDestination: () => ({
        ApiDestinationArn: arn("events", "api-destination/d/1"),
        Name: "d",
        ApiDestinationState: "ACTIVE",
        ConnectionArn: arn("events", "connection/c/2"),
        HttpMethod: "POST",
        InvocationEndpoint: `https://chat.example.com/hook/${secret}`,
      }),
    },
  },
  "AWS::Events::Connection": {
    reference: arn("events", "connection/c/2"),
    answers: {
      DescribeConnection: () => ({
        ConnectionArn: arn("events", "connection/c/2"),
        Name: "c",
        ConnectionState: "AUTHORIZED",
        AuthorizationType: "API_KEY",
        SecretArn: secret,
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: secret } },
      }),
    },
  },
  "AWS::Lambda::Function": {
    reference: arn("lambda", "function:f:live"),
    answers: {
      GetFunctionConfiguration: () => ({
        FunctionName: "f",
        FunctionArn: arn("lambda", "function:f:live"),
        State: "Inactive",
        StateReasonCode: "Idle",
        LastUpdateStatus: "Successful",
        Environment: { Variables: { KEY: secret } },
        Description: secret,
      }),
      GetPolicy: () => ({ Policy: "{}", RevisionId: "1" }),
    },
  },
  "AWS::SQS::Queue": {
    reference: arn("sqs", "q.fifo"),
    answers: {
      GetQueueAttributes: () => ({
        Attributes: {
          QueueArn: arn("sqs", "q.fifo"),
          KmsMasterKeyId: keyArn,
          SqsManagedSseEnabled: "false",
          FifoQueue: "true",
          ContentBasedDeduplication: "true",
          RedrivePolicy: '{"maxReceiveCount":3}',
          Policy: "{}",
        },
      }),
    },
  },
  "AWS::SNS::Subscription": {
    reference: arn("sns", "t:1"),
    answers: {
      GetSubscriptionAttributes: () => ({
        Attributes: {
          TopicArn: arn("sns", "t"),
          Protocol: "https",
          Endpoint: `https://chat.example.com/hook/${secret}`,
          FilterPolicy: '{"a":["b"]}',
          FilterPolicyScope: "MessageBody",
          PendingConfirmation: "false",
          RawMessageDelivery: "true",
        },
      }),
    },
  },
};
