// Alarms, the metric filters and event rules before them, the topics behind them, and log groups.
import { ACCOUNT, HOME, REGIONS, arn, count, policy, regionOf, resource } from "./place.mjs";

const SINCE = "2026-10-01T12:00:00.000Z";
const TRAIL_LOGS = "cloudtrail/audit";
const WATCHED = {
  CloudTrailChanges:
    "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }",
  UnauthorizedCalls: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  SignInWithoutMfa: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
  RootUse:
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  SignInFailures: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  KeyDisabled:
    "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }",
  BucketPolicyChanges:
    "{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)) }",
  ConfigChanges:
    "{ ($.eventSource = config.amazonaws.com) && (($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) || ($.eventName = PutDeliveryChannel) || ($.eventName = PutConfigurationRecorder)) }",
  GatewayChanges:
    "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }",
  VpcChanges:
    "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) }",
};
const EVENT_RULES = {
  "glacier-calls": {
    source: ["aws.glacier"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["glacier.amazonaws.com"] },
  },
  "mediapackage-events": { source: ["aws.mediapackage"] },
  health: { source: ["aws.health"] },
  restores: {
    source: ["aws.s3"],
    "detail-type": ["Object Restore Initiated", "Object Restore Completed", "Object Restore Expired"],
  },
};

export const topicArn = (region, name = "on-call") => arn("sns", region, name);

function metricAlarm({ name, region, ...settings }) {
  return resource("AWS::CloudWatch::Alarm", {
    id: name,
    arn: arn("cloudwatch", region, `alarm:${name}`),
    region,
    seenIn: [region],
    properties: {
      AlarmName: name,
      AlarmDescription: `What to do about ${name}`,
      ActionsEnabled: true,
      AlarmActions: [topicArn(region)],
      OKActions: [],
      InsufficientDataActions: [],
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
      EvaluateLowSampleCountPercentile: null,
      EvaluationCriteria: null,
      EvaluationInterval: null,
      EvaluationWindow: null,
      WarmUpConfiguration: null,
      Dimensions: [],
      ...settings,
    },
    observed: {
      StateValue: "OK",
      StateReason: "Threshold not crossed",
      StateUpdatedTimestamp: SINCE,
      StateTransitionedTimestamp: SINCE,
      EvaluationState: null,
      AlarmConfigurationUpdatedTimestamp: SINCE,
    },
  });
}

function serviceAlarm(index) {
  const MetricName = ["Errors", "Latency", "Saturation", "Traffic"][index % 4];
  const name = `service-${Math.floor(index / 4)}-${MetricName.toLowerCase()}`;
  return metricAlarm({
    name,
    region: regionOf(index),
    Namespace: "Shop",
    MetricName,
    Dimensions: [{ Name: "Service", Value: `service-${index}` }],
    ...(index % 10 === 0 ? ratio(index) : {}),
  });
}

// Every tenth alarm watches an expression.
function ratio(index) {
  const metric = (Id, MetricName) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: "Shop", MetricName, Dimensions: [{ Name: "Service", Value: `service-${index}` }] },
      Period: 300,
      Stat: "Sum",
    },
    ReturnData: false,
  });
  return {
    Namespace: null,
    MetricName: null,
    Statistic: null,
    Period: null,
    Dimensions: null,
    Metrics: [
      metric("bad", "Errors"),
      metric("all", "Requests"),
      { Id: "share", Expression: "100 * bad / all", ReturnData: true },
    ],
  };
}

export function alarms() {
  const watched = Object.keys(WATCHED).map((name) =>
    metricAlarm({ name, region: HOME, Namespace: "Audit", MetricName: name }),
  );
  return [...watched, ...count(1000 - watched.length, serviceAlarm)];
}

export function metricFilters() {
  const ofTrail = Object.entries(WATCHED).map(([name, pattern]) =>
    metricFilter({ name, pattern, group: TRAIL_LOGS, region: HOME, namespace: "Audit" }),
  );
  const ofServices = count(90, (index) =>
    metricFilter({
      name: "Errors",
      pattern: "?ERROR ?FATAL",
      group: `/aws/lambda/function-${index}`,
      region: regionOf(index),
      namespace: "Shop",
    }),
  );
  return [...ofTrail, ...ofServices];
}

function metricFilter({ name, pattern, group, region, namespace }) {
  return resource("AWS::Logs::MetricFilter", {
    id: `${group}:${name}`,
    region,
    seenIn: [region],
    properties: {
      FilterName: name,
      FilterPattern: pattern,
      LogGroupName: group,
      ApplyOnTransformedLogs: false,
      EmitSystemFieldDimensions: null,
      FieldSelectionCriteria: null,
      MetricTransformations: [
        { MetricName: name, MetricNamespace: namespace, MetricValue: "1", DefaultValue: 0 },
      ],
    },
  });
}

export function logGroups() {
  const named = [TRAIL_LOGS, "/aws/MediaPackage/EgressAccessLogs", "/aws/MediaPackage/IngressAccessLogs"].map(
    (name) => logGroup(name, HOME, 365),
  );
  return [
    ...named,
    ...count(1000 - named.length, (index) =>
      logGroup(`/aws/lambda/function-${index}`, regionOf(index), index % 3 === 0 ? null : 365),
    ),
  ];
}

function logGroup(name, region, days) {
  return resource("AWS::Logs::LogGroup", {
    id: name,
    arn: arn("logs", region, `log-group:${name}`),
    region,
    seenIn: [region],
    properties: { LogGroupName: name, RetentionInDays: days, KmsKeyId: null, LogGroupClass: "STANDARD" },
    observed: { Exists: true },
  });
}

export const trailLogGroup = arn("logs", HOME, `log-group:${TRAIL_LOGS}:*`);

export function topics() {
  return REGIONS.map((region) => {
    const Resource = topicArn(region);
    const services = [
      "cloudwatch.amazonaws.com",
      "events.amazonaws.com",
      "s3.amazonaws.com",
      "glacier.amazonaws.com",
    ];
    return resource("AWS::SNS::Topic", {
      id: "on-call",
      arn: Resource,
      region,
      seenIn: [region],
      properties: { TopicName: "on-call", DisplayName: null, FifoTopic: null, KmsMasterKeyId: null },
      observed: {
        Exists: true,
        Owner: ACCOUNT,
        SubscriptionsConfirmed: 1,
        SubscriptionsPending: 0,
        Policy: policy({
          Sid: "services",
          Effect: "Allow",
          Principal: { Service: services },
          Action: "sns:Publish",
          Resource,
        }),
        Subscriptions: [
          {
            Endpoint: "on-call@example.com",
            Owner: ACCOUNT,
            Protocol: "email",
            SubscriptionArn: subscriptionArn(region),
          },
        ],
      },
    });
  });
}

const subscriptionArn = (region) => `${topicArn(region)}:8c8de7c8-99db-4c93-80eb-c6cca28bd3de`;

export function subscriptions() {
  return REGIONS.map((region) =>
    resource("AWS::SNS::Subscription", {
      id: subscriptionArn(region),
      arn: subscriptionArn(region),
      region,
      properties: {
        Endpoint: "on-call@example.com",
        FilterPolicy: null,
        FilterPolicyScope: null,
        Protocol: "email",
        RawMessageDelivery: false,
        RedrivePolicy: null,
        TopicArn: topicArn(region),
      },
      observed: { Owner: ACCOUNT, PendingConfirmation: false },
    }),
  );
}

export function eventBuses() {
  return REGIONS.map((region) =>
    resource("AWS::Events::EventBus", {
      id: "default",
      arn: arn("events", region, "event-bus/default"),
      region,
      seenIn: [region],
      properties: { Name: "default", Policy: null },
    }),
  );
}

export function eventRules() {
  return REGIONS.flatMap((region) =>
    Object.entries(EVENT_RULES).map(([name, pattern]) =>
      resource("AWS::Events::Rule", {
        id: name,
        arn: arn("events", region, `rule/${name}`),
        region,
        properties: {
          Name: name,
          Description: null,
          EventBusName: "default",
          EventPattern: JSON.stringify(pattern),
          RoleArn: null,
          ScheduleExpression: null,
          State: "ENABLED",
          Targets: [{ Id: "1", Arn: topicArn(region) }],
        },
        observed: { ManagedBy: null },
      }),
    ),
  );
}
