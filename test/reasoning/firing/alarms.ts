import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { MetricDemand } from "../../../src/reasoning/firing/demand.js";

/** A topic that tells someone. */
export const TOPIC = "arn:aws:sns:us-east-1:111111111111:ops";

/** Dimensions as CloudFormation writes them. */
export function dims(values: Readonly<Record<string, string>>): JsonValue {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** Demand X: too many 5xx answers of one channel, more than 10 in five minutes. */
export const errors: MetricDemand = {
  namespace: "AWS/MediaPackage",
  metric: "EgressRequestCount",
  dimensions: { Channel: "live1", StatusCodeRange: "5xx" },
  side: "high",
  values: "count",
  limit: 10,
  sparse: true,
};

/** Demand I: a channel without input for five minutes. */
export const input: MetricDemand = {
  namespace: "AWS/MediaPackage",
  metric: "IngressBytes",
  dimensions: { Channel: "live1" },
  side: "low",
  values: "bytes",
  sparse: true,
  maxDelay: 300,
};

/** Demand S: more than 5 % of a bucket's requests fail. */
export const failures: MetricDemand = {
  namespace: "AWS/S3",
  metric: "5xxErrors",
  dimensions: { BucketName: "b", FilterId: "EntireBucket" },
  side: "high",
  values: "rate01",
  limit: 0.05,
  sparse: true,
};

/** A01: exactly what demand X asks for. */
export const onErrors: JsonObject = {
  Namespace: "AWS/MediaPackage",
  MetricName: "EgressRequestCount",
  Dimensions: dims({ Channel: "live1", StatusCodeRange: "5xx" }),
  Statistic: "Sum",
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: 10,
  Period: 300,
  EvaluationPeriods: 1,
  TreatMissingData: "notBreaching",
  AlarmActions: [TOPIC],
};

/** A24: exactly what demand I asks for. */
export const onInput: JsonObject = {
  Namespace: "AWS/MediaPackage",
  MetricName: "IngressBytes",
  Dimensions: dims({ Channel: "live1" }),
  Statistic: "Sum",
  ComparisonOperator: "LessThanOrEqualToThreshold",
  Threshold: 0,
  Period: 300,
  EvaluationPeriods: 1,
  TreatMissingData: "breaching",
  AlarmActions: [TOPIC],
};

/** A30: what AWS recommends for demand S. */
export const onFailures: JsonObject = {
  Namespace: "AWS/S3",
  MetricName: "5xxErrors",
  Dimensions: dims({ BucketName: "b", FilterId: "EntireBucket" }),
  Statistic: "Average",
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: 0.05,
  Period: 60,
  EvaluationPeriods: 15,
  DatapointsToAlarm: 15,
  TreatMissingData: "missing",
  AlarmActions: [TOPIC],
};

/** One metric of a maths alarm. */
export function metricQuery(
  Id: string,
  MetricName: string,
  ...[dimensions, more = {}]: [Readonly<Record<string, string>>, JsonObject?]
): JsonObject {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: "AWS/MediaPackage", MetricName, Dimensions: dims(dimensions) },
      Period: 300,
      Stat: "Sum",
      ...more,
    },
    ReturnData: false,
  };
}

/** An alarm on an expression over m1 (5xx), m2 (all requests) and whatever else is given. */
export function onExpression(
  Expression: string,
  settings: JsonObject & { readonly more?: readonly JsonObject[] } = {},
): JsonObject {
  const { more = [], ...rest } = settings;
  const metrics = [
    metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
    metricQuery("m2", "EgressRequestCount", { Channel: "live1" }),
    ...more,
    { Id: "e1", Expression, ReturnData: true },
  ];
  return {
    Metrics: metrics,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 1,
    EvaluationPeriods: 1,
    TreatMissingData: "notBreaching",
    AlarmActions: [TOPIC],
    ...rest,
  };
}

/** An alarm on a Metrics Insights query. */
export function onQuery(Expression: string, settings: JsonObject = {}): JsonObject {
  return {
    Metrics: [{ Id: "q1", Expression, Period: 300 }],
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 10,
    EvaluationPeriods: 1,
    AlarmActions: [TOPIC],
    ...settings,
  };
}
