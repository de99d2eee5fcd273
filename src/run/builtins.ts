// Generated from src/evaluators, src/collectors and src/reporters by `npm run generate`. Do not edit.
import type { Plugins } from "../core/plugins.js";

/** Everything that ships, each piece loaded when it is first asked for. */
export const builtins: Plugins = {
  evaluators: {
    "access-logging": async () => (await import("../evaluators/log/access-logging.js")).accessLogging,
    "alarm-covers": async () => (await import("../evaluators/alarm/covers.js")).alarmCovers,
    "alarm-reaches": async () => (await import("../evaluators/alarm/reaches.js")).alarmReaches,
    "alarm-settings": async () => (await import("../evaluators/alarm/settings.js")).alarmSettings,
    "alarm-stuck": async () => (await import("../evaluators/alarm/stuck.js")).alarmStuck,
    "alarm-targets": async () => (await import("../evaluators/alarm/targets.js")).alarmTargets,
    assert: async () => (await import("../evaluators/resource/assert.js")).assert,
    "bucket-logging": async () => (await import("../evaluators/bucket/logging.js")).bucketLogging,
    "bucket-notifications": async () =>
      (await import("../evaluators/bucket/notifications.js")).bucketNotifications,
    "bucket-request-metrics": async () =>
      (await import("../evaluators/bucket/request-metrics.js")).bucketRequestMetrics,
    "cloudtrail-bucket": async () => (await import("../evaluators/cloudtrail/bucket.js")).cloudtrailBucket,
    "cloudtrail-bucket-owner": async () =>
      (await import("../evaluators/cloudtrail/bucket-owner.js")).cloudtrailBucketOwner,
    "cloudtrail-bucket-privacy": async () =>
      (await import("../evaluators/cloudtrail/bucket-privacy.js")).cloudtrailBucketPrivacy,
    "cloudtrail-captures": async () =>
      (await import("../evaluators/cloudtrail/captures.js")).cloudtrailCaptures,
    "cloudtrail-delivery": async () =>
      (await import("../evaluators/cloudtrail/delivery.js")).cloudtrailDelivery,
    "cloudtrail-glacier-objects": async () =>
      (await import("../evaluators/cloudtrail/glacier-objects.js")).cloudtrailGlacierObjects,
    "cloudtrail-global-events": async () =>
      (await import("../evaluators/cloudtrail/global-events.js")).cloudtrailGlobalEvents,
    "cloudtrail-key": async () => (await import("../evaluators/cloudtrail/key.js")).cloudtrailKey,
    "cloudtrail-logging": async () => (await import("../evaluators/cloudtrail/logging.js")).cloudtrailLogging,
    "cloudtrail-management": async () =>
      (await import("../evaluators/cloudtrail/management.js")).cloudtrailManagement,
    "cloudtrail-organization": async () =>
      (await import("../evaluators/cloudtrail/organization.js")).cloudtrailOrganization,
    "cloudtrail-security-trail": async () =>
      (await import("../evaluators/cloudtrail/security-trail.js")).cloudtrailSecurityTrail,
    "cloudtrail-topic": async () => (await import("../evaluators/cloudtrail/topic.js")).cloudtrailTopic,
    "config-recorded-types": async () =>
      (await import("../evaluators/config/recorded-types.js")).configRecordedTypes,
    "config-recording": async () => (await import("../evaluators/config/recording.js")).configRecording,
    detects: async () => (await import("../evaluators/detection/detects.js")).detects,
    "event-rule-live": async () => (await import("../evaluators/event-rule/live.js")).eventRuleLive,
    "event-rule-routes": async () => (await import("../evaluators/event-rule/routes.js")).eventRuleRoutes,
    "glacier-vaults": async () => (await import("../evaluators/glacier/vaults.js")).glacierVaults,
    "key-rotation": async () => (await import("../evaluators/kms/key-rotation.js")).keyRotation,
    "log-group-settings": async () =>
      (await import("../evaluators/log/log-group-settings.js")).logGroupSettings,
    "manifest-updates": async () =>
      (await import("../evaluators/mediapackage/manifest-updates.js")).manifestUpdates,
    "notified-topics": async () => (await import("../evaluators/sns/notified-topics.js")).notifiedTopicDemand,
    "security-hub": async () => (await import("../evaluators/security-hub/security-hub.js")).securityHub,
    "trusted-advisor": async () =>
      (await import("../evaluators/trusted-advisor/trusted-advisor.js")).trustedAdvisor,
  },
  collectors: {
    "AWS::AccessAnalyzer::Analyzer": async () =>
      (await import("../collectors/accessanalyzer/analyzer.js")).accessanalyzerAnalyzer,
    "AWS::Account::SecurityContact": async () =>
      (await import("../collectors/account/security-contact.js")).accountSecurityContact,
    "AWS::ApiGateway::Account": async () =>
      (await import("../collectors/apigateway/account.js")).apigatewayAccount,
    "AWS::ApiGateway::RestApi": async () =>
      (await import("../collectors/apigateway/rest-api.js")).apigatewayRestApi,
    "AWS::ApiGateway::Stage": async () => (await import("../collectors/apigateway/stage.js")).apigatewayStage,
    "AWS::ApiGatewayV2::Api": async () =>
      (await import("../collectors/apigateway/api-v2.js")).apigatewayApiV2,
    "AWS::ApiGatewayV2::Stage": async () =>
      (await import("../collectors/apigateway/stage-v2.js")).apigatewayStageV2,
    "AWS::Bedrock::ModelInvocationLogging": async () =>
      (await import("../collectors/bedrock/model-invocation-logging.js")).bedrockModelInvocationLogging,
    "AWS::CloudFront::Distribution": async () =>
      (await import("../collectors/cloudfront/distribution.js")).cloudfrontDistribution,
    "AWS::CloudFront::RealtimeLogConfig": async () =>
      (await import("../collectors/cloudfront/realtime-log-config.js")).cloudfrontRealtimeLogConfig,
    "AWS::CloudTrail::Channel": async () =>
      (await import("../collectors/cloudtrail/channel.js")).cloudtrailChannel,
    "AWS::CloudTrail::EventDataStore": async () =>
      (await import("../collectors/cloudtrail/event-data-store.js")).cloudtrailEventDataStore,
    "AWS::CloudTrail::Trail": async () => (await import("../collectors/cloudtrail/trail.js")).cloudtrailTrail,
    "AWS::CloudWatch::Alarm": async () => (await import("../collectors/cloudwatch/alarm.js")).cloudwatchAlarm,
    "AWS::CloudWatch::AlarmMuteRule": async () =>
      (await import("../collectors/cloudwatch/alarm-mute-rule.js")).cloudwatchAlarmMuteRule,
    "AWS::CloudWatch::CompositeAlarm": async () =>
      (await import("../collectors/cloudwatch/composite-alarm.js")).cloudwatchCompositeAlarm,
    "AWS::CloudWatch::LogAlarm": async () =>
      (await import("../collectors/cloudwatch/log-alarm.js")).cloudwatchLogAlarm,
    "AWS::Config::ConfigurationRecorder": async () =>
      (await import("../collectors/config/configuration-recorder.js")).configConfigurationRecorder,
    "AWS::Config::DeliveryChannel": async () =>
      (await import("../collectors/config/delivery-channel.js")).configDeliveryChannel,
    "AWS::DocDB::DBCluster": async () => (await import("../collectors/docdb/db-cluster.js")).docdbDbCluster,
    "AWS::EC2::FlowLog": async () => (await import("../collectors/ec2/flow-log.js")).ec2FlowLog,
    "AWS::EC2::NetworkInterface": async () =>
      (await import("../collectors/ec2/network-interface.js")).ec2NetworkInterface,
    "AWS::EC2::Subnet": async () => (await import("../collectors/ec2/subnet.js")).ec2Subnet,
    "AWS::EC2::TransitGateway": async () =>
      (await import("../collectors/ec2/transit-gateway.js")).ec2TransitGateway,
    "AWS::EC2::TransitGatewayAttachment": async () =>
      (await import("../collectors/ec2/transit-gateway-attachment.js")).ec2TransitGatewayAttachment,
    "AWS::EC2::VPC": async () => (await import("../collectors/ec2/vpc.js")).ec2Vpc,
    "AWS::ECS::Cluster": async () => (await import("../collectors/ecs/cluster.js")).ecsCluster,
    "AWS::ECS::Service": async () => (await import("../collectors/ecs/service.js")).ecsService,
    "AWS::ECS::TaskDefinition": async () =>
      (await import("../collectors/ecs/task-definition.js")).ecsTaskDefinition,
    "AWS::EKS::Cluster": async () => (await import("../collectors/eks/cluster.js")).eksCluster,
    "AWS::ElasticLoadBalancing::LoadBalancer": async () =>
      (await import("../collectors/elasticloadbalancing/load-balancer.js")).elasticloadbalancingLoadBalancer,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": async () =>
      (await import("../collectors/elasticloadbalancing/load-balancer-v2.js"))
        .elasticloadbalancingLoadBalancerV2,
    "AWS::Elasticsearch::Domain": async () =>
      (await import("../collectors/elasticsearch/domain.js")).elasticsearchDomain,
    "AWS::Events::ApiDestination": async () =>
      (await import("../collectors/events/api-destination.js")).eventsApiDestination,
    "AWS::Events::Connection": async () =>
      (await import("../collectors/events/connection.js")).eventsConnection,
    "AWS::Events::EventBus": async () => (await import("../collectors/events/event-bus.js")).eventsEventBus,
    "AWS::Events::Rule": async () => (await import("../collectors/events/rule.js")).eventsRule,
    "AWS::Glacier::Service": async () => (await import("../collectors/glacier/service.js")).glacierService,
    "AWS::Glacier::Vault": async () => (await import("../collectors/glacier/vault.js")).glacierVault,
    "AWS::GuardDuty::Detector": async () =>
      (await import("../collectors/guardduty/detector.js")).guarddutyDetector,
    "AWS::GuardDuty::Filter": async () => (await import("../collectors/guardduty/filter.js")).guarddutyFilter,
    "AWS::GuardDuty::PublishingDestination": async () =>
      (await import("../collectors/guardduty/publishing-destination.js")).guarddutyPublishingDestination,
    "AWS::IAM::ManagedPolicy": async () =>
      (await import("../collectors/iam/managed-policy.js")).iamManagedPolicy,
    "AWS::IAM::Role": async () => (await import("../collectors/iam/role.js")).iamRole,
    "AWS::InspectorV2::AccountStatus": async () =>
      (await import("../collectors/inspector/account-status.js")).inspectorAccountStatus,
    "AWS::KMS::Key": async () => (await import("../collectors/kms/key.js")).kmsKey,
    "AWS::KinesisFirehose::DeliveryStream": async () =>
      (await import("../collectors/firehose/delivery-stream.js")).firehoseDeliveryStream,
    "AWS::Lambda::Function": async () => (await import("../collectors/lambda/function.js")).lambdaFunction,
    "AWS::Logs::Delivery": async () => (await import("../collectors/logs/delivery.js")).logsDelivery,
    "AWS::Logs::DeliveryDestination": async () =>
      (await import("../collectors/logs/delivery-destination.js")).logsDeliveryDestination,
    "AWS::Logs::DeliverySource": async () =>
      (await import("../collectors/logs/delivery-source.js")).logsDeliverySource,
    "AWS::Logs::LogGroup": async () => (await import("../collectors/logs/log-group.js")).logsLogGroup,
    "AWS::Logs::MetricFilter": async () =>
      (await import("../collectors/logs/metric-filter.js")).logsMetricFilter,
    "AWS::Logs::ResourcePolicy": async () =>
      (await import("../collectors/logs/resource-policy.js")).logsResourcePolicy,
    "AWS::Macie::Session": async () => (await import("../collectors/macie/session.js")).macieSession,
    "AWS::MediaPackage::Channel": async () =>
      (await import("../collectors/mediapackage/channel.js")).mediapackageChannel,
    "AWS::MediaPackage::Metric": async () =>
      (await import("../collectors/mediapackage/metric.js")).mediapackageMetric,
    "AWS::MediaPackage::OriginEndpoint": async () =>
      (await import("../collectors/mediapackage/origin-endpoint.js")).mediapackageOriginEndpoint,
    "AWS::MediaPackage::PackagingConfiguration": async () =>
      (await import("../collectors/mediapackage/packaging-configuration.js"))
        .mediapackagePackagingConfiguration,
    "AWS::MediaPackage::PackagingGroup": async () =>
      (await import("../collectors/mediapackage/packaging-group.js")).mediapackagePackagingGroup,
    "AWS::MediaPackageV2::Channel": async () =>
      (await import("../collectors/mediapackagev2/channel.js")).mediapackagev2Channel,
    "AWS::MediaPackageV2::ChannelGroup": async () =>
      (await import("../collectors/mediapackagev2/channel-group.js")).mediapackagev2ChannelGroup,
    "AWS::MediaPackageV2::OriginEndpoint": async () =>
      (await import("../collectors/mediapackagev2/origin-endpoint.js")).mediapackagev2OriginEndpoint,
    "AWS::Neptune::DBCluster": async () =>
      (await import("../collectors/neptune/db-cluster.js")).neptuneDbCluster,
    "AWS::NetworkFirewall::Firewall": async () =>
      (await import("../collectors/networkfirewall/firewall.js")).networkfirewallFirewall,
    "AWS::NetworkFirewall::FirewallPolicy": async () =>
      (await import("../collectors/networkfirewall/firewall-policy.js")).networkfirewallFirewallPolicy,
    "AWS::OpenSearchService::Domain": async () =>
      (await import("../collectors/opensearch/domain.js")).opensearchDomain,
    "AWS::Organizations::Organization": async () =>
      (await import("../collectors/organizations/organization.js")).organizationsOrganization,
    "AWS::RDS::DBCluster": async () => (await import("../collectors/rds/db-cluster.js")).rdsDbCluster,
    "AWS::RDS::DBClusterParameterGroup": async () =>
      (await import("../collectors/rds/db-cluster-parameter-group.js")).rdsDbClusterParameterGroup,
    "AWS::RDS::DBInstance": async () => (await import("../collectors/rds/db-instance.js")).rdsDbInstance,
    "AWS::RDS::DBParameterGroup": async () =>
      (await import("../collectors/rds/db-parameter-group.js")).rdsDbParameterGroup,
    "AWS::RDS::OptionGroup": async () => (await import("../collectors/rds/option-group.js")).rdsOptionGroup,
    "AWS::Redshift::Cluster": async () => (await import("../collectors/redshift/cluster.js")).redshiftCluster,
    "AWS::Redshift::ClusterParameterGroup": async () =>
      (await import("../collectors/redshift/cluster-parameter-group.js")).redshiftClusterParameterGroup,
    "AWS::RedshiftServerless::Namespace": async () =>
      (await import("../collectors/redshift/namespace.js")).redshiftNamespace,
    "AWS::Route53::HostedZone": async () =>
      (await import("../collectors/route53/hosted-zone.js")).route53HostedZone,
    "AWS::Route53::QueryLoggingConfig": async () =>
      (await import("../collectors/route53/query-logging-config.js")).route53QueryLoggingConfig,
    "AWS::S3::AccountPublicAccessBlock": async () =>
      (await import("../collectors/s3/account-public-access-block.js")).s3AccountPublicAccessBlock,
    "AWS::S3::Bucket": async () => (await import("../collectors/s3/bucket.js")).s3Bucket,
    "AWS::S3::StorageMetric": async () =>
      (await import("../collectors/s3/storage-metric.js")).s3StorageMetric,
    "AWS::SNS::Subscription": async () => (await import("../collectors/sns/subscription.js")).snsSubscription,
    "AWS::SNS::Topic": async () => (await import("../collectors/sns/topic.js")).snsTopic,
    "AWS::SQS::Queue": async () => (await import("../collectors/sqs/queue.js")).sqsQueue,
    "AWS::SSM::AutomationLogging": async () =>
      (await import("../collectors/ssm/automation-logging.js")).ssmAutomationLogging,
    "AWS::SSM::SessionPreferences": async () =>
      (await import("../collectors/ssm/session-preferences.js")).ssmSessionPreferences,
    "AWS::SecurityHub::FindingAggregator": async () =>
      (await import("../collectors/securityhub/finding-aggregator.js")).securityhubFindingAggregator,
    "AWS::SecurityHub::Hub": async () => (await import("../collectors/securityhub/hub.js")).securityhubHub,
    "AWS::SecurityHub::HubV2": async () =>
      (await import("../collectors/securityhub/hub-v2.js")).securityhubHubV2,
    "AWS::SecurityHub::Standard": async () =>
      (await import("../collectors/securityhub/standard.js")).securityhubStandard,
    "AWS::StepFunctions::StateMachine": async () =>
      (await import("../collectors/stepfunctions/state-machine.js")).stepfunctionsStateMachine,
    "AWS::TrustedAdvisor::Access": async () =>
      (await import("../collectors/trustedadvisor/access.js")).trustedadvisorAccess,
    "AWS::TrustedAdvisor::Check": async () =>
      (await import("../collectors/trustedadvisor/check.js")).trustedadvisorCheck,
    "AWS::TrustedAdvisor::Recommendation": async () =>
      (await import("../collectors/trustedadvisor/recommendation.js")).trustedadvisorRecommendation,
    "AWS::WAFv2::LoggingConfiguration": async () =>
      (await import("../collectors/wafv2/logging-configuration.js")).wafv2LoggingConfiguration,
    "AWS::WAFv2::WebACL": async () => (await import("../collectors/wafv2/web-acl.js")).wafv2WebAcl,
  },
  reporters: {
    asff: async () => (await import("../reporters/asff.js")).asff,
    csv: async () => (await import("../reporters/csv.js")).csv,
    github: async () => (await import("../reporters/github.js")).github,
    gitlab: async () => (await import("../reporters/gitlab.js")).gitlab,
    html: async () => (await import("../reporters/html.js")).html,
    json: async () => (await import("../reporters/json.js")).json,
    junit: async () => (await import("../reporters/junit.js")).junit,
    markdown: async () => (await import("../reporters/markdown.js")).markdown,
    ocsf: async () => (await import("../reporters/ocsf.js")).ocsf,
    sarif: async () => (await import("../reporters/sarif.js")).sarif,
    text: async () => (await import("../reporters/text.js")).text,
  },
  rules: async () => (await import("../generated/rules.js")).readRules(),
  packs: async () => (await import("../generated/rules.js")).readPacks(),
};
