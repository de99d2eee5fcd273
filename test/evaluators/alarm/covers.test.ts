import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import {
  dims,
  metricQuery,
  onErrors,
  onExpression,
  onFailures,
  onInput,
  onQuery,
} from "../../reasoning/firing/alarms.js";
import {
  FUNCTION,
  invocable,
  alarm,
  archive,
  channel,
  composite,
  endpoint,
  home,
  logAlarm,
  mute,
  people,
  refused,
  REGION,
  rule,
  state,
  thing,
  TOPIC,
  v2Channel,
} from "./state.js";
import type { Parts } from "./state.js";

type Options = Parameters<typeof alarmCovers.evaluate>[1];

const only = (...names: readonly string[]): Options => ({ "key-metrics": "mediapackage", only: names });
const X = only("egress-5xx");
const I = only("ingress-bytes");
const S: Options = { "key-metrics": "glacier", only: ["5xx-errors"] };

/** The one verdict about the only subject. */
function verdictOn(parts: Parts, options: Options): Verdict {
  const judgements = alarmCovers.evaluate(state(parts), options);
  expect(judgements).toHaveLength(1);
  return judgements[0]!.verdict;
}

const live = channel("live1");
const ask = (options: Options, ...resources: readonly Resource[]): string =>
  verdictOn({ resources: [live, ...people(), ...resources] }, options).status;
const bucket = (...resources: readonly Resource[]): string =>
  verdictOn({ resources: [archive("b"), ...people(), ...resources] }, S).status;
const a01 = (changes: JsonObject = {}): Resource =>
  alarm("A01", { ...onErrors, AlarmActions: [TOPIC], ...changes });
const a24 = (changes: JsonObject = {}): Resource =>
  alarm("A24", { ...onInput, AlarmActions: [TOPIC], ...changes });
const a30 = (changes: JsonObject = {}): Resource =>
  alarm("A30", { ...onFailures, AlarmActions: [TOPIC], ...changes });
const endpoints = [endpoint("hls1", "live1"), endpoint("dash1", "live1")];
const onEndpoint = (name: string): JsonObject => ({
  ...onErrors,
  AlarmActions: [TOPIC],
  Dimensions: dims({ Channel: "live1", OriginEndpoint: name, StatusCodeRange: "5xx" }),
});
const band: JsonObject = {
  ComparisonOperator: "GreaterThanUpperThreshold",
  ThresholdMetricId: "b1",
  EvaluationPeriods: 1,
  AlarmActions: [TOPIC],
  Metrics: [
    {
      ...metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
      ReturnData: true,
    },
    { Id: "b1", Expression: "ANOMALY_DETECTION_BAND(m1,2)", ReturnData: true },
  ],
};
const SCHEMA = 'SCHEMA("AWS/MediaPackage", Channel, StatusCodeRange)';
const pendingOnly = people({
  Subscriptions: [{ SubscriptionArn: "PendingConfirmation", Protocol: "email", Owner: home }],
});

describe("worked cases, from the metric to the person", () => {
  it.each<[string, string, () => string]>([
    ["A01 exact", "pass", () => ask(X, a01())],
    [
      "A02 the order of dimensions is irrelevant",
      "pass",
      () => ask(X, a01({ Dimensions: dims({ StatusCodeRange: "5xx", Channel: "live1" }) })),
    ],
    ["A03 counts all requests", "fail", () => ask(X, a01({ Dimensions: dims({ Channel: "live1" }) }))],
    [
      "A04 case-sensitive value",
      "fail",
      () => ask(X, a01({ Dimensions: dims({ Channel: "Live1", StatusCodeRange: "5xx" }) })),
    ],
    [
      "A05 value is 5xx",
      "fail",
      () => ask(X, a01({ Dimensions: dims({ Channel: "live1", StatusCodeRange: "5XX" }) })),
    ],
    [
      "A06 StatusCode is the v2 name",
      "fail",
      () => ask(X, a01({ Dimensions: dims({ Channel: "live1", StatusCode: "5xx" }) })),
    ],
    [
      "A07 one series for all channels",
      "pass",
      () => ask(X, a01({ Dimensions: dims({ StatusCodeRange: "5xx" }) })),
    ],
    [
      "A07 the same, where each channel needs its own",
      "fail",
      () => ask({ ...X, aggregate: false }, a01({ Dimensions: dims({ StatusCodeRange: "5xx" }) })),
    ],
    [
      "A08 every endpoint needs its own",
      "fail",
      () => ask(X, alarm("A08", onEndpoint("hls1")), ...endpoints),
    ],
    [
      "A08 and has it",
      "pass",
      () => ask(X, alarm("A08", onEndpoint("hls1")), alarm("A08b", onEndpoint("guid-dash1")), ...endpoints),
    ],
    ["A09 average of a count", "fail", () => ask(X, a01({ Statistic: "Average" }))],
    ["A10 wrong direction", "fail", () => ask(X, a01({ ComparisonOperator: "LessThanThreshold" }))],
    ["A11 threshold above the limit", "fail", () => ask(X, a01({ Threshold: 1_000_000 }))],
    [
      "A12 rate in percent",
      "pass",
      () => ask(X, alarm("A12", { ...onExpression("100*FILL(m1,0)/m2"), AlarmActions: [TOPIC] })),
    ],
    [
      "A13 the result ignores the metric",
      "fail",
      () => ask(X, alarm("A13", { ...onExpression("m2"), AlarmActions: [TOPIC] })),
    ],
    [
      "A14 silent below 1000 requests",
      "fail",
      () => ask(X, alarm("A14", { ...onExpression("IF(m2>1000, 100*m1/m2, 0)"), AlarmActions: [TOPIC] })),
    ],
    [
      "A15 fires on traffic",
      "fail",
      () => ask(X, alarm("A15", { ...onExpression("SUM(METRICS())"), AlarmActions: [TOPIC] })),
    ],
    [
      "A16 one contributor for each channel",
      "pass",
      () =>
        ask(
          X,
          alarm(
            "A16",
            onQuery(
              `SELECT SUM(EgressRequestCount) FROM ${SCHEMA} WHERE StatusCodeRange = '5xx' GROUP BY Channel`,
            ),
          ),
        ),
    ],
    [
      "A17 schema without status",
      "fail",
      () =>
        ask(
          X,
          alarm(
            "A17",
            onQuery(
              'SELECT SUM(EgressRequestCount) FROM SCHEMA("AWS/MediaPackage", Channel) GROUP BY Channel',
            ),
          ),
        ),
    ],
    [
      "A18 several dimension sets added up",
      "pass",
      () =>
        ask(
          X,
          alarm(
            "A18",
            onQuery("SELECT SUM(EgressRequestCount) FROM \"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx'"),
          ),
        ),
    ],
    [
      "A19 the resource is left out",
      "fail",
      () =>
        ask(
          X,
          alarm(
            "A19",
            onQuery(
              `SELECT SUM(EgressRequestCount) FROM ${SCHEMA} WHERE StatusCodeRange = '5xx' AND Channel != 'live1' GROUP BY Channel`,
            ),
          ),
        ),
    ],
    ["A20 actions off", "fail", () => ask(X, a01({ ActionsEnabled: false }))],
    [
      "A21 a composite with actions speaks for it",
      "pass",
      () => ask(X, a01({ AlarmActions: [] }), composite("P", "ALARM(A01) OR ALARM(z)")),
    ],
    ["A22 only told when it is over", "fail", () => ask(X, a01({ AlarmActions: [], OKActions: [TOPIC] }))],
    ["A23 a band on the exact metric", "pass", () => ask(X, alarm("A23", band))],
    ["A24 no input breaches", "pass", () => ask(I, a24())],
    ["A25 silence is treated as fine", "fail", () => ask(I, a24({ TreatMissingData: "notBreaching" }))],
    [
      "A26 nobody is told of INSUFFICIENT_DATA",
      "fail",
      () => ask(I, a24({ TreatMissingData: "missing", InsufficientDataActions: [] })),
    ],
    [
      "A27 the insufficient-data action tells",
      "pass",
      () => ask(I, a24({ TreatMissingData: "missing", InsufficientDataActions: [TOPIC] })),
    ],
    [
      "A28 a sum is never negative",
      "fail",
      () => ask(I, a24({ ComparisonOperator: "LessThanThreshold", TreatMissingData: "ignore" })),
    ],
    ["A29 other channels hide the loss", "fail", () => ask(I, a24({ Dimensions: [] }))],
    ["A30 AWS's recommended values", "pass", () => bucket(a30())],
    ["A31 without FilterId", "fail", () => bucket(a30({ Dimensions: dims({ BucketName: "b" }) }))],
    ["A32 never above 1", "fail", () => bucket(a30({ Threshold: 5 }))],
    ["A33 number of requests", "fail", () => bucket(a30({ Statistic: "SampleCount" }))],
    [
      "A34 the metric is never published",
      "fail",
      () =>
        verdictOn({ resources: [archive("b", { MetricsConfigurations: null }), ...people(), a30()] }, S)
          .status,
    ],
    [
      "A34 nor for the whole bucket",
      "fail",
      () =>
        verdictOn(
          {
            resources: [
              archive("b", { MetricsConfigurations: [{ Id: "EntireBucket", Prefix: "logs/" }] }),
              ...people(),
              a30(),
            ],
          },
          S,
        ).status,
    ],
    ["A37 nobody confirmed", "fail", () => verdictOn({ resources: [live, ...pendingOnly, a01()] }, X).status],
    [
      "A38 muted for ever",
      "fail",
      () => ask(X, a01(), mute(["A01"], { Expression: "cron(0 0 * * *)", Duration: "P1D" })),
    ],
  ])("%s: %s", (_title, ...[status, decide]) => {
    expect(decide()).toBe(status);
  });

  const objects = {
    namespace: "AWS/S3",
    metric: "NumberOfObjects",
    dimensions: { BucketName: "b", StorageType: "AllStorageTypes" },
    values: "gauge",
  } as const;
  const size = {
    namespace: "AWS/S3",
    metric: "BucketSizeBytes",
    dimensions: { BucketName: "b", StorageType: "GlacierStorage" },
    values: "bytes",
  } as const;
  const daily = {
    ...onErrors,
    Namespace: "AWS/S3",
    MetricName: "NumberOfObjects",
    Dimensions: dims({ BucketName: "b", StorageType: "AllStorageTypes" }),
    Statistic: "Average",
    AlarmActions: [TOPIC],
  };
  it.each<[string, string, Options, JsonObject]>([
    [
      "A35 a daily metric with a period of five minutes",
      "fail",
      { metrics: [objects], "max-delay": 200_000 },
      daily,
    ],
    [
      "A35 with a period of a day",
      "pass",
      { metrics: [objects], "max-delay": 200_000 },
      { ...daily, Period: 86_400 },
    ],
    [
      "A36 queries see three hours",
      "fail",
      { metrics: [size], "max-delay": 200_000 },
      onQuery(
        'SELECT MAX(BucketSizeBytes) FROM SCHEMA("AWS/S3", BucketName, StorageType) GROUP BY BucketName',
      ),
    ],
  ])("%s: %s", (_title, ...[status, options, properties]) => {
    expect(verdictOn({ resources: [...people(), alarm("a", properties)] }, options).status).toBe(status);
  });
});

describe("configurations judged by hand", () => {
  const silent = { AlarmActions: [] };
  const changes = { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] };
  const asking = (Query: string): Resource =>
    alarm("prom", { AlarmActions: [TOPIC], EvaluationCriteria: { PromQLCriteria: { Query } } });
  const promql = asking("sum(EgressRequestCount)");
  it.each<[string, string, Options, readonly Resource[]]>([
    [
      "a composite that is always in ALARM never changes",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01) OR TRUE")],
    ],
    [
      "a composite that needs another alarm too",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01) AND ALARM(z)")],
    ],
    [
      "a composite above a composite speaks for the child",
      "pass",
      X,
      [a01(silent), composite("P", "ALARM(A01)", silent), composite("Q", "ALARM(P)")],
    ],
    [
      "of which the upper one asks for OK",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", silent), composite("Q", "OK(P)")],
    ],
    [
      "a composite whose suppressor is always in ALARM",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", { ActionsSuppressor: "S" }), composite("S", "TRUE")],
    ],
    [
      "a composite whose suppressor sleeps",
      "pass",
      X,
      [
        a01(silent),
        composite("P", "ALARM(A01)", { ActionsSuppressor: "S" }),
        composite("S", "ALARM(z)", { ...silent, StateValue: "OK" }),
      ],
    ],
    [
      "a composite with its actions off",
      "fail",
      X,
      [a01(silent), composite("P", "ALARM(A01)", { ActionsEnabled: false })],
    ],
    [
      "a muted composite",
      "fail",
      X,
      [
        a01(silent),
        composite("P", "ALARM(A01)"),
        mute(["P"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }),
      ],
    ],
    [
      "a composite for INSUFFICIENT_DATA of the child",
      "pass",
      I,
      [a24({ TreatMissingData: "missing", AlarmActions: [] }), composite("P", "NOT OK(A24)")],
    ],
    [
      "a composite for ALARM of a child that ends in INSUFFICIENT_DATA",
      "fail",
      I,
      [a24({ TreatMissingData: "missing", AlarmActions: [] }), composite("P", "ALARM(A24)")],
    ],
    [
      "mixed AND and OR, undecided by AWS",
      "unknown",
      X,
      [a01(silent), composite("P", "ALARM(A01) OR ALARM(y) AND ALARM(z)")],
    ],
    ["a rule on all alarms' changes", "pass", X, [a01({ ActionsEnabled: false }), rule("r", changes)]],
    [
      "a rule for this alarm going to ALARM",
      "pass",
      X,
      [a01(silent), rule("r", { ...changes, detail: { alarmName: ["A01"], state: { value: ["ALARM"] } } })],
    ],
    [
      "a rule for alarms of another name",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { alarmName: [{ prefix: "prod-" }] } })],
    ],
    [
      "a rule for going to OK",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { state: { value: ["OK"] } } })],
    ],
    [
      "a rule that wants a certain reason",
      "fail",
      X,
      [a01(silent), rule("r", { ...changes, detail: { state: { reason: [{ prefix: "Threshold" }] } } })],
    ],
    [
      "two rules that share the changes between them",
      "pass",
      X,
      [
        a01(silent),
        rule("r1", { ...changes, detail: { previousState: { value: ["OK"] } } }),
        rule("r2", { ...changes, detail: { previousState: { value: ["INSUFFICIENT_DATA"] } } }),
      ],
    ],
    [
      "one of the two alone",
      "fail",
      X,
      [a01(silent), rule("r1", { ...changes, detail: { previousState: { value: ["OK"] } } })],
    ],
    ["a disabled rule", "fail", X, [a01(silent), rule("r", changes, { State: "DISABLED" })]],
    ["a rule of another bus", "fail", X, [a01(silent), rule("r", changes, { EventBusName: "custom" })]],
    ["a rule without target", "fail", X, [a01(silent), rule("r", changes, { Targets: null })]],
    [
      "a rule to a function",
      "unknown",
      X,
      [
        a01(silent),
        rule("r", changes, { Targets: [{ Id: "1", Arn: `arn:aws:lambda:${REGION}:${home}:function:f` }] }),
      ],
    ],
    [
      "a rule in spite of a mute rule",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }), rule("r", changes)],
    ],
    [
      "muted at night only",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 22 * * *)", Duration: "PT8H" })],
    ],
    [
      "a mute rule that has expired",
      "pass",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 * * *)", Duration: "P1D" }, { Status: "EXPIRED" })],
    ],
    [
      "a mute rule for another alarm",
      "pass",
      X,
      [a01(), mute(["A02"], { Expression: "cron(0 0 * * *)", Duration: "P1D" })],
    ],
    [
      "a mute rule that nobody understands",
      "unknown",
      X,
      [a01(), mute(["A01"], { Expression: "cron(0 0 L * *)", Duration: "P1D" })],
    ],
    ["a function as action", "unknown", X, [a01({ AlarmActions: [FUNCTION] }), invocable()]],
    ["a function that is gone", "fail", X, [a01({ AlarmActions: [FUNCTION] }), invocable({ Exists: false })]],
    [
      "a function that counts",
      "pass",
      { ...X, indirect: "yes" },
      [a01({ AlarmActions: [FUNCTION] }), invocable()],
    ],
    [
      "a function that counts, and that keeps alarms out",
      "fail",
      { ...X, indirect: "yes" },
      [a01({ AlarmActions: [FUNCTION] }), invocable({ Policy: null })],
    ],
    ["an incident", "pass", X, [a01({ AlarmActions: [`arn:aws:ssm-incidents::${home}:responseplan/p`] })]],
    [
      "an OpsItem that does not count",
      "fail",
      { ...X, incidents: false },
      [a01({ AlarmActions: [`arn:aws:ssm:${REGION}:${home}:opsitem:1`] })],
    ],
    ["an EC2 action", "fail", X, [a01({ AlarmActions: [`arn:aws:automate:${REGION}:ec2:reboot`] })]],
    [
      "a topic in another region",
      "fail",
      X,
      [
        a01({ AlarmActions: [`arn:aws:sns:eu-west-1:${home}:ops`] }),
        ...people({}, { arn: `arn:aws:sns:eu-west-1:${home}:ops` }),
      ],
    ],
    [
      "a dangling topic beside a good one",
      "pass",
      X,
      [a01({ AlarmActions: [`arn:aws:sns:${REGION}:${home}:gone`, TOPIC] })],
    ],
    [
      "an alarm in another region",
      "fail",
      X,
      [alarm("A01", { ...onErrors, AlarmActions: [TOPIC] }, { region: "eu-west-1" })],
    ],
    [
      "the channel by the end of its ARN",
      "pass",
      X,
      [a01({ Dimensions: dims({ Channel: "3f0d", StatusCodeRange: "5xx" }) })],
    ],
    ["M of N that takes too long", "fail", X, [a01({ EvaluationPeriods: 6, DatapointsToAlarm: 5 })]],
    ["M of N in time", "pass", X, [a01({ EvaluationPeriods: 6, DatapointsToAlarm: 3 })]],
    ["a percentile of a count", "fail", X, [a01({ Statistic: null, ExtendedStatistic: "p99" })]],
    [
      "a percentile of latency",
      "pass",
      only("egress-response-time"),
      [
        alarm("lat", {
          ...onErrors,
          MetricName: "EgressResponseTime",
          Dimensions: dims({ Channel: "live1" }),
          Statistic: null,
          ExtendedStatistic: "p99",
          Threshold: 1000,
        }),
      ],
    ],
    [
      "the minimum of latency",
      "fail",
      only("egress-response-time"),
      [
        alarm("lat", {
          ...onErrors,
          MetricName: "EgressResponseTime",
          Dimensions: dims({ Channel: "live1" }),
          Statistic: "Minimum",
          Threshold: 1000,
        }),
      ],
    ],
    [
      "a log alarm on the channel's access logs",
      "unknown",
      X,
      [logAlarm("l", ["/aws/MediaPackage/EgressAccessLogs"])],
    ],
    ["a log alarm on functions' logs", "fail", X, [logAlarm("l", ["/aws/lambda/f"])]],
    [
      "a log alarm that tells nobody",
      "fail",
      X,
      [logAlarm("l", ["/aws/MediaPackage/EgressAccessLogs"], silent)],
    ],
    ["a PromQL alarm on a metric of this name", "unknown", X, [promql]],
    ["a PromQL alarm on a name in another spelling", "unknown", X, [asking('{"egress_request_count"}')]],
    ["a PromQL alarm that chooses names by a pattern", "unknown", X, [asking('{__name__=~"Egress.*"}')]],
    ["a PromQL alarm that chooses by labels alone", "unknown", X, [asking('sum({Channel="live1"})')]],
    ["a PromQL alarm on another metric", "fail", X, [asking('sum(rate(orders{shop="a"}[5m]))')]],
    ["a PromQL alarm beside a good one", "pass", X, [promql, a01()]],
    ["no alarm at all", "fail", X, []],
  ])("%s: %s", (_title, ...[status, options, resources]) => {
    expect(ask(options, ...resources)).toBe(status);
  });

  it.each<[string, string, Partial<Parts> & { readonly topic?: readonly Resource[] }]>([
    [
      "the AWS managed key keeps CloudWatch out",
      "fail",
      { topic: people({}, { properties: { KmsMasterKeyId: "alias/aws/sns" } }) },
    ],
    [
      "a filter on attributes drops every alarm",
      "fail",
      { topic: people({}, { filter: { FilterPolicy: '{"team":["x"]}' } }) },
    ],
    [
      "a filter on the body that names this alarm",
      "pass",
      {
        topic: people(
          {},
          { filter: { FilterPolicy: '{"AlarmName":["A01"]}', FilterPolicyScope: "MessageBody" } },
        ),
      },
    ],
    [
      "a filter on the body that names another",
      "fail",
      {
        topic: people(
          {},
          { filter: { FilterPolicy: '{"AlarmName":["z"]}', FilterPolicyScope: "MessageBody" } },
        ),
      },
    ],
    [
      "a topic that admits nobody",
      "fail",
      { topic: people({ Policy: '{"Version":"2012-10-17","Statement":[]}' }) },
    ],
    ["a topic that does not exist", "fail", { topic: people({ Exists: false }) }],
    [
      "subscriptions that could not be listed",
      "unknown",
      { topic: people({}, { unreadable: { Subscriptions: { reason: "AccessDenied" } } }) },
    ],
    [
      "only a queue",
      "unknown",
      { topic: people({ Subscriptions: [{ SubscriptionArn: `${TOPIC}:1`, Protocol: "sqs", Owner: home }] }) },
    ],
    ["mute rules that could not be listed", "unknown", { gaps: [refused("AWS::CloudWatch::AlarmMuteRule")] }],
    [
      "mute rules that could not be listed elsewhere",
      "pass",
      { gaps: [refused("AWS::CloudWatch::AlarmMuteRule", "eu-west-1")] },
    ],
    [
      "EventBridge rules that could not be listed do not matter to a good alarm",
      "pass",
      { gaps: [refused("AWS::Events::Rule")] },
    ],
    [
      "composites that could not be listed do not matter to a good alarm",
      "pass",
      { gaps: [refused("AWS::CloudWatch::CompositeAlarm")] },
    ],
  ])("%s: %s", (_title, ...[status, { topic = people(), gaps = [] }]) => {
    expect(verdictOn({ resources: [live, ...topic, a01()], gaps }, X).status).toBe(status);
  });

  it.each([
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::LogAlarm",
    "AWS::Events::Rule",
  ])("a silent alarm is unknown where %s could not be listed, and only there", (type) => {
    const resources = [live, ...people(), a01(silent)];
    expect(verdictOn({ resources, gaps: [refused(type)] }, X)).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
    expect(verdictOn({ resources, gaps: [refused(type, "eu-west-1")] }, X).status).toBe("fail");
  });
});

describe("generations", () => {
  const onV2 = (dimensions: Readonly<Record<string, string>>): Resource =>
    a01({ Dimensions: dims(dimensions) });
  it.each<[string, string, Resource, Resource]>([
    [
      "v2 publishes StatusCode",
      "pass",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "g", Channel: "c", StatusCode: "5xx" }),
    ],
    [
      "StatusCodeRange is v1's name",
      "fail",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "g", Channel: "c", StatusCodeRange: "5xx" }),
    ],
    [
      "the same channel name in another group",
      "fail",
      v2Channel("g", "c"),
      onV2({ ChannelGroup: "h", Channel: "c", StatusCode: "5xx" }),
    ],
    [
      "VOD goes by packaging configuration",
      "pass",
      thing("AWS::MediaPackage::PackagingConfiguration", "hls", {}),
      onV2({ PackagingConfiguration: "hls", StatusCodeRange: "5xx" }),
    ],
    [
      "an old channel's alarm says nothing of a new one",
      "fail",
      channel("b-live"),
      onV2({ Channel: "b-old-channel", StatusCodeRange: "5xx" }),
    ],
  ])("%s: %s", (_title, ...[status, resource, watching]) => {
    expect(verdictOn({ resources: [resource, watching, ...people()] }, X).status).toBe(status);
  });

  it("VOD has no ingress", () => {
    expect(
      alarmCovers
        .evaluate(state({ resources: [thing("AWS::MediaPackage::PackagingConfiguration", "hls", {})] }), I)
        .map(({ verdict }) => verdict.status),
    ).toEqual(["not-applicable"]);
  });

  it("an account without MediaPackage has nothing to judge, and says so once", () => {
    expect(verdictOn({}, { "key-metrics": "mediapackage" })).toMatchObject({ status: "not-applicable" });
  });

  it("a channel whose endpoints could not be listed is unknown, if an endpoint is watched", () => {
    const parts = {
      resources: [live, ...people(), alarm("A08", onEndpoint("hls1"))],
      gaps: [refused("AWS::MediaPackage::OriginEndpoint")],
    };
    expect(verdictOn(parts, X)).toMatchObject({ status: "unknown", reason: "unreadable" });
  });

  it("with need some, one watched metric is enough", () => {
    const options: Options = { "key-metrics": "mediapackage", need: "some" };
    expect(ask(options, a01())).toBe("pass");
    expect(ask({ "key-metrics": "mediapackage" }, a01())).toBe("fail");
  });
});

describe("slices of a channel", () => {
  const slice = (
    id: string,
    dimensions: Readonly<Record<string, string>>,
    changes: JsonObject = {},
  ): Resource => alarm(id, { ...onErrors, AlarmActions: [TOPIC], Dimensions: dims(dimensions), ...changes });
  const c = { ChannelGroup: "g", Channel: "c", StatusCode: "5xx" };
  const manifests = slice("m", { ...c, RequestType: "manifest" });
  const segments = slice("s", { ...c, RequestType: "segment" });
  const v2Endpoint = (id: string): Resource =>
    thing(
      "AWS::MediaPackageV2::OriginEndpoint",
      id,
      {},
      { arn: `arn:aws:mediapackagev2:${REGION}:${home}:channelGroup/g/channel/c/originEndpoint/${id}` },
    );
  const each =
    "SELECT SUM(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", ChannelGroup, Channel, RequestType, StatusCode) WHERE StatusCode = '5xx' GROUP BY ChannelGroup, Channel, RequestType";
  it.each<[string, string, readonly Resource[], Options?]>([
    ["both types of request", "pass", [manifests, segments]],
    ["manifests alone", "fail", [manifests]],
    [
      "both types of request of every endpoint, one of them whole",
      "pass",
      [
        v2Endpoint("a"),
        v2Endpoint("b"),
        slice("a", { ...c, OriginEndpoint: "a" }),
        slice("bm", { ...c, OriginEndpoint: "b", RequestType: "manifest" }),
        slice("bs", { ...c, OriginEndpoint: "b", RequestType: "segment" }),
      ],
    ],
    [
      "the segments of one endpoint unwatched",
      "fail",
      [
        v2Endpoint("a"),
        v2Endpoint("b"),
        slice("a", { ...c, OriginEndpoint: "a" }),
        slice("bm", { ...c, OriginEndpoint: "b", RequestType: "manifest" }),
      ],
    ],
    [
      "the segments without action",
      "fail",
      [manifests, slice("s", { ...c, RequestType: "segment" }, { AlarmActions: [] })],
    ],
    [
      "the segments to a function",
      "unknown",
      [
        manifests,
        slice(
          "s",
          { ...c, RequestType: "segment" },
          { AlarmActions: [`arn:aws:lambda:${REGION}:${home}:function:f`] },
        ),
      ],
    ],
    [
      "both types of request of all groups together",
      "pass",
      [
        slice("m", { RequestType: "manifest", StatusCode: "5xx" }),
        slice("s", { RequestType: "segment", StatusCode: "5xx" }),
      ],
    ],
    [
      "the same, where each channel needs its own",
      "fail",
      [
        slice("m", { RequestType: "manifest", StatusCode: "5xx" }),
        slice("s", { RequestType: "segment", StatusCode: "5xx" }),
      ],
      { ...X, aggregate: false },
    ],
    ["a query with a series for each type of request", "pass", [alarm("q", onQuery(each))]],
    ["of which only the first is looked at", "fail", [alarm("q", onQuery(`${each} LIMIT 1`))]],
    [
      "a query that keeps one type of request",
      "fail",
      [alarm("q", onQuery(each.replace(" GROUP", " AND RequestType = 'manifest' GROUP")))],
    ],
  ])("of version 2, by type of request: %s: %s", (_title, ...[status, alarms, options = X]) => {
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), ...alarms] }, options).status).toBe(
      status,
    );
  });

  it("the missing type of request is named", () => {
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests] }, X).message).toContain(
      "m: it sees only one RequestType, and none sees RequestType segment",
    );
  });

  it("the endpoints that could not be listed do not matter to types of request", () => {
    const gaps = [refused("AWS::MediaPackageV2::OriginEndpoint")];
    expect(
      verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests, segments], gaps }, X).status,
    ).toBe("pass");
    expect(verdictOn({ resources: [v2Channel("g", "c"), ...people(), manifests], gaps }, X).status).toBe(
      "fail",
    );
  });

  const onIngest = (
    id: string,
    place: Readonly<Record<string, string>>,
    changes: JsonObject = {},
  ): Resource =>
    alarm(`on-${id}`, {
      ...onInput,
      AlarmActions: [TOPIC],
      Dimensions: dims({ ...place, IngestEndpoint: id }),
      ...changes,
    });
  const old = {
    ...live,
    properties: {
      ...live.properties,
      HlsIngest: {
        IngestEndpoints: [
          { Id: "i1", Url: "https://a" },
          { Id: "i2", Url: "https://b" },
        ],
      },
    },
  };
  const fresh = { ...v2Channel("g", "c"), observed: { IngestEndpoints: [{ Id: "i1" }, { Id: "i2" }] } };
  const hidden = {
    ...v2Channel("g", "c"),
    unreadable: {
      IngestEndpoints: { reason: "AccessDenied", action: "mediapackagev2:GetChannel", region: REGION },
    },
  };
  const [v1, v2] = [{ Channel: "live1" }, { ChannelGroup: "g", Channel: "c" }];
  it.each<[string, object, Resource, readonly Resource[]]>([
    ["both, v1", { status: "pass" }, old, [onIngest("i1", v1), onIngest("i2", v1)]],
    ["both, v2", { status: "pass" }, fresh, [onIngest("i1", v2), onIngest("i2", v2)]],
    ["one of two, which may never have had input", { status: "fail" }, old, [onIngest("i1", v1)]],
    [
      "both, of which one counts silence as fine",
      { status: "fail" },
      fresh,
      [onIngest("i1", v2), onIngest("i2", v2, { TreatMissingData: "notBreaching" })],
    ],
    [
      "both, where they could not be read",
      { status: "unknown", reason: "unreadable" },
      hidden,
      [onIngest("i1", v2), onIngest("i2", v2)],
    ],
    [
      "both, where they were not collected",
      { status: "unknown", reason: "not-collected" },
      live,
      [onIngest("i1", v1), onIngest("i2", v1)],
    ],
    [
      "both, where the channel shows none",
      { status: "unknown", reason: "undecidable" },
      { ...live, properties: { ...live.properties, HlsIngest: null } },
      [onIngest("i1", v1)],
    ],
    ["none, where they could not be read", { status: "fail" }, hidden, []],
    [
      "the whole channel, where they could not be read",
      { status: "pass" },
      hidden,
      [alarm("whole", { ...onInput, AlarmActions: [TOPIC], Dimensions: dims(v2) })],
    ],
  ])("by ingest endpoint: %s", (_title, ...[expected, resource, alarms]) => {
    expect(verdictOn({ resources: [resource, ...people(), ...alarms] }, I)).toMatchObject(expected);
  });
});

describe("what a finding says", () => {
  it("a pass shows the whole chain", () => {
    const { evidence = [], candidates } = verdictOn({ resources: [live, ...people(), a01()] }, X);
    const paths = evidence.map(({ path }) => path);
    for (const property of [
      "Dimensions",
      "Threshold",
      "ActionsEnabled",
      "AlarmActions",
      "Policy",
      "KmsMasterKeyId",
      "Subscriptions",
    ])
      expect(
        paths.some((path) => path.endsWith(`/${property}`)),
        property,
      ).toBe(true);
    expect(candidates).toEqual([
      { ref: `arn:aws:cloudwatch:${REGION}:${home}:alarm:A01`, status: "pass" },
      { ref: TOPIC, status: "pass" },
    ]);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["actions-enabled", { ActionsEnabled: false }, {}],
    ["action", { AlarmActions: [] }, {}],
    ["subscription", {}, { Subscriptions: [] }],
    ["policy", {}, { Policy: null }],
  ])("a failure names the first broken link: %s", (link, changes, topic) => {
    expect(verdictOn({ resources: [live, ...people(topic), a01(changes)] }, X)).toMatchObject({
      status: "fail",
      witness: {
        link,
        metric: "EgressRequestCount",
        alarm: `arn:aws:cloudwatch:${REGION}:${home}:alarm:A01`,
      },
    });
  });

  it("a condition is the witness of conditional cover", () => {
    const verdict = verdictOn(
      {
        resources: [
          live,
          ...people(),
          alarm("A14", { ...onExpression("IF(m2>1000, 100*m1/m2, 0)"), AlarmActions: [TOPIC] }),
        ],
      },
      X,
    );
    expect(verdict).toMatchObject({
      status: "fail",
      witness: { needs: expect.stringContaining("m2") as string },
    });
  });

  it("demanded settings are compared, a query's too", () => {
    const options: Options = {
      metrics: [
        {
          namespace: "AWS/MediaPackage",
          metric: "EgressRequestCount",
          dimensions: { Channel: "live1", StatusCodeRange: "5xx" },
        },
      ],
      settings: { Period: 300, Statistic: "Sum", TreatMissingData: ["missing", "notBreaching"] },
    };
    const oneQuery = {
      Metrics: [metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" })].map(
        (query) => ({ ...query, ReturnData: true }),
      ),
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 10,
      EvaluationPeriods: 1,
      TreatMissingData: "notBreaching",
    };
    const judge = (one: Resource): string => verdictOn({ resources: [...people(), one] }, options).status;
    expect([judge(a01()), judge(alarm("q", oneQuery)), judge(a01({ Period: 60 }))]).toEqual([
      "pass",
      "pass",
      "fail",
    ]);
  });

  it("regions that are named each need the alarm; else one is enough", () => {
    const metrics = [
      { namespace: "AWS/MediaPackage", metric: "EgressRequestCount", dimensions: { StatusCodeRange: "5xx" } },
    ];
    const resources = [...people(), a01({ Dimensions: dims({ StatusCodeRange: "5xx" }) })];
    expect(verdictOn({ resources }, { metrics }).status).toBe("pass");
    expect(verdictOn({ resources }, { metrics, regions: ["us-east-1", "eu-west-1"] }).status).toBe("fail");
  });

  it("placeholders are filled in for each resource", () => {
    const metrics = [
      {
        namespace: "AWS/S3",
        metric: "5xxErrors",
        dimensions: { BucketName: "{id}", FilterId: "EntireBucket" },
        values: "rate01" as const,
      },
    ];
    const judged = alarmCovers.evaluate(
      state({ resources: [archive("b"), archive("c"), ...people(), a30()] }),
      { metrics, for: "AWS::S3::Bucket" },
    );
    expect(judged.map(({ subject, verdict }) => [subject.id, verdict.status])).toEqual([
      ["b", "pass"],
      ["c", "fail"],
    ]);
  });
});

describe("laws", () => {
  const pool: readonly Resource[] = [
    a01({ AlarmActions: [] }),
    alarm("off", { ...onErrors, ActionsEnabled: false }),
    alarm("far", { ...onErrors, Threshold: 1e6 }),
    alarm("other", { ...onErrors, Dimensions: dims({ Channel: "x", StatusCodeRange: "5xx" }) }),
    composite("P", "ALARM(A01)"),
    composite("T", "TRUE"),
    logAlarm("l", ["/app"]),
    rule("r", { source: ["aws.cloudwatch"], detail: { alarmName: ["far"] } }),
    ...endpoints,
    alarm("A08", onEndpoint("hls1")),
    alarm("maths", { ...onExpression("m1+m9") }),
    alarm("sums", { ...onErrors, Dimensions: dims({ StatusCodeRange: "5xx" }) }),
  ];

  it("a good alarm always covers, whatever else there is", () => {
    fc.assert(
      fc.property(
        fc.subarray([...pool]),
        (others) => ask(X, ...others, alarm("good", { ...onErrors, AlarmActions: [TOPIC] })) === "pass",
      ),
      { numRuns: 150 },
    );
  });

  it("the order of the state changes nothing", () => {
    const shuffled = fc
      .subarray([...pool])
      .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));
    fc.assert(
      fc.property(shuffled, ([some, mixed]) => {
        expect(verdictOn({ resources: [live, ...people(), ...mixed] }, X)).toEqual(
          verdictOn({ resources: [live, ...people(), ...some] }, X),
        );
      }),
      { numRuns: 80 },
    );
  });

  it("a gap never turns a verdict around", () => {
    const types = [
      "AWS::CloudWatch::Alarm",
      "AWS::CloudWatch::CompositeAlarm",
      "AWS::Events::Rule",
      "AWS::CloudWatch::AlarmMuteRule",
    ];
    fc.assert(
      fc.property(fc.subarray([...pool]), fc.constantFrom(...types), (some, type) => {
        const resources = [live, ...people(), ...some];
        const [whole, partial] = [
          verdictOn({ resources }, X).status,
          verdictOn({ resources, gaps: [refused(type)] }, X).status,
        ];
        expect([whole, "unknown"]).toContain(partial);
      }),
      { numRuns: 150 },
    );
  });
});
