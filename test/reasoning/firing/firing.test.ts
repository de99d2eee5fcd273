import { describe, expect, it } from "vitest";
import type { JsonArray, JsonObject } from "../../../src/core/json.js";
import type { MetricDemand } from "../../../src/reasoning/firing/demand.js";
import { judgeFiring } from "../../../src/reasoning/firing/firing.js";
import {
  dims,
  errors,
  failures,
  input,
  metricQuery,
  onErrors,
  onExpression,
  onFailures,
  onInput,
  onQuery,
  TOPIC,
} from "./alarms.js";

const SCHEMA = 'SCHEMA("AWS/MediaPackage", Channel, StatusCodeRange)';
const size: MetricDemand = {
  namespace: "AWS/S3",
  metric: "BucketSizeBytes",
  dimensions: { BucketName: "b", StorageType: "GlacierStorage" },
  side: "high",
  values: "bytes",
};
const objects: MetricDemand = {
  namespace: "AWS/S3",
  metric: "NumberOfObjects",
  dimensions: { BucketName: "b", StorageType: "AllStorageTypes" },
  side: "high",
  values: "gauge",
};
const onObjects: JsonObject = {
  ...onErrors,
  Namespace: "AWS/S3",
  MetricName: "NumberOfObjects",
  Dimensions: dims({ BucketName: "b", StorageType: "AllStorageTypes" }),
  Statistic: "Average",
};

// Cases that are about actions, topics, mute rules or metrics configurations are judged elsewhere: A20-A22, A34, A37, A38.
describe("worked cases", () => {
  it.each<[string, MetricDemand, JsonObject, string]>([
    ["A01 exact", errors, onErrors, "own"],
    [
      "A02 the order of dimensions is irrelevant",
      errors,
      { ...onErrors, Dimensions: dims({ StatusCodeRange: "5xx", Channel: "live1" }) },
      "own",
    ],
    [
      "A03 counts all requests, not 5xx",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "live1" }) },
      "no",
    ],
    [
      "A04 values are case-sensitive",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "Live1", StatusCodeRange: "5xx" }) },
      "no",
    ],
    [
      "A05 the value is 5xx",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "live1", StatusCodeRange: "5XX" }) },
      "no",
    ],
    [
      "A06 StatusCode is v2's name",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "live1", StatusCode: "5xx" }) },
      "no",
    ],
    [
      "A07 one series for all channels",
      errors,
      { ...onErrors, Dimensions: dims({ StatusCodeRange: "5xx" }) },
      "aggregate",
    ],
    [
      "A08 every endpoint needs its own",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "live1", OriginEndpoint: "hls1", StatusCodeRange: "5xx" }) },
      "slice",
    ],
    ["A09 the average of ones never exceeds 10", errors, { ...onErrors, Statistic: "Average" }, "no"],
    ["A10 wrong direction", errors, { ...onErrors, ComparisonOperator: "LessThanThreshold" }, "no"],
    ["A11 the threshold is above the limit", errors, { ...onErrors, Threshold: 1_000_000 }, "no"],
    ["A12 a rate in percent follows the metric", errors, onExpression("100*FILL(m1,0)/m2"), "own"],
    ["A13 the result does not use the metric", errors, onExpression("m2"), "no"],
    ["A14 silent below 1000 requests", errors, onExpression("IF(m2>1000, 100*m1/m2, 0)"), "conditional"],
    ["A15 fires on traffic, not on errors", errors, onExpression("SUM(METRICS())"), "no"],
    [
      "A16 one contributor for each channel",
      errors,
      onQuery(`SELECT SUM(EgressRequestCount) FROM ${SCHEMA} WHERE StatusCodeRange = '5xx' GROUP BY Channel`),
      "own",
    ],
    [
      "A17 the schema without status is all requests",
      errors,
      onQuery('SELECT SUM(EgressRequestCount) FROM SCHEMA("AWS/MediaPackage", Channel) GROUP BY Channel'),
      "no",
    ],
    [
      "A18 several dimension sets are added up",
      errors,
      onQuery("SELECT SUM(EgressRequestCount) FROM \"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx'"),
      "aggregate-overcount",
    ],
    [
      "A19 the resource is left out",
      errors,
      onQuery(
        `SELECT SUM(EgressRequestCount) FROM ${SCHEMA} WHERE StatusCodeRange = '5xx' AND Channel != 'live1' GROUP BY Channel`,
      ),
      "no",
    ],
    [
      "A23 a band on the exact metric",
      errors,
      {
        Metrics: [
          {
            ...metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
            ReturnData: true,
          },
          { Id: "b1", Expression: "ANOMALY_DETECTION_BAND(m1,2)", ReturnData: true },
        ],
        ThresholdMetricId: "b1",
        ComparisonOperator: "GreaterThanUpperThreshold",
        EvaluationPeriods: 1,
      },
      "own",
    ],
    ["A24 no input means no datapoint, which breaches", input, onInput, "own"],
    ["A25 silence is treated as fine", input, { ...onInput, TreatMissingData: "notBreaching" }, "no"],
    [
      "A26 nobody is told of INSUFFICIENT_DATA",
      input,
      { ...onInput, TreatMissingData: "missing", InsufficientDataActions: [] },
      "no",
    ],
    [
      "A27 the insufficient-data action tells",
      input,
      { ...onInput, TreatMissingData: "missing", InsufficientDataActions: [TOPIC] },
      "own",
    ],
    [
      "A28 a sum is never negative and gaps are ignored",
      input,
      { ...onInput, ComparisonOperator: "LessThanThreshold", TreatMissingData: "ignore" },
      "no",
    ],
    ["A29 other channels hide the loss", input, { ...onInput, Dimensions: [] }, "no"],
    ["A30 AWS's recommended values", failures, onFailures, "own"],
    [
      "A31 request metrics have a FilterId",
      failures,
      { ...onFailures, Dimensions: dims({ BucketName: "b" }) },
      "no",
    ],
    ["A32 the average of 0/1 values never exceeds 1", failures, { ...onFailures, Threshold: 5 }, "no"],
    ["A33 the number of requests", failures, { ...onFailures, Statistic: "SampleCount" }, "no"],
    ["A35 a daily metric needs a daily period", objects, onObjects, "no"],
    [
      "A36 queries see three hours only",
      size,
      onQuery(
        'SELECT MAX(BucketSizeBytes) FROM SCHEMA("AWS/S3", BucketName, StorageType) GROUP BY BucketName',
      ),
      "no",
    ],
  ])("%s", (_title, ...[demand, alarm, kind]) => {
    expect(judgeFiring(alarm, demand)).toMatchObject({ kind });
  });

  it.each<[string, MetricDemand, JsonObject, string]>([
    [
      "A03",
      errors,
      { ...onErrors, Dimensions: dims({ Channel: "live1" }) },
      "without StatusCodeRange it counts all of them together",
    ],
    [
      "A11",
      errors,
      { ...onErrors, Threshold: 1_000_000 },
      "its threshold 1000000 is above what the limit 10 asks for",
    ],
    ["A13", errors, onExpression("m2"), "its result does not use m1"],
    ["A14", errors, onExpression("IF(m2>1000, 100*m1/m2, 0)"), "it is silent while m2 is below 1001"],
    ["A15", errors, onExpression("SUM(METRICS())"), "it breaches whatever the metric is, because of m2"],
    [
      "A25",
      input,
      { ...onInput, TreatMissingData: "notBreaching" },
      "silence is treated as fine (TreatMissingData notBreaching)",
    ],
    [
      "A26",
      input,
      { ...onInput, TreatMissingData: "missing" },
      "silence ends in INSUFFICIENT_DATA, and there is no action for that",
    ],
    [
      "A29",
      input,
      { ...onInput, Dimensions: [] },
      "it sees every Channel together: the others hide the loss",
    ],
    [
      "A31",
      failures,
      { ...onFailures, Dimensions: dims({ BucketName: "b" }) },
      "the metric is not published with exactly the dimensions BucketName, and CloudWatch adds no series up",
    ],
    [
      "A32",
      failures,
      { ...onFailures, Threshold: 5 },
      "the Average of 0/1 values is never above 1, so > 5 cannot hold",
    ],
  ])("%s says why", (_title, ...[demand, alarm, why]) => {
    expect(judgeFiring(alarm, demand)).toMatchObject({ why });
  });

  it("A27 says through which actions, A01 how fast", () => {
    expect(
      judgeFiring({ ...onInput, TreatMissingData: "missing", InsufficientDataActions: [TOPIC] }, input),
    ).toMatchObject({ through: "INSUFFICIENT_DATA" });
    expect(judgeFiring(onErrors, errors)).toMatchObject({ through: "ALARM", delay: 300 });
    expect(judgeFiring(onFailures, failures)).toMatchObject({ delay: 900 });
  });
});

describe("an alarm whose queries nobody could try out in time", () => {
  const metric = {
    Id: "m",
    MetricStat: {
      Metric: {
        Namespace: "AWS/MediaPackage",
        MetricName: "EgressRequestCount",
        Dimensions: dims({ Channel: "live1", StatusCodeRange: "5xx" }),
      },
      Period: 300,
      Stat: "Sum",
    },
    ReturnData: false,
  };
  const many = (count: number, text: (at: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, at) => text(at));
  const expressions = (texts: readonly string[]): JsonArray =>
    texts.map((Expression, at) => ({
      Id: `e${at.toString()}`,
      Expression,
      ReturnData: at === texts.length - 1,
    }));

  it.each<[string, readonly string[]]>([
    [
      "arrays that double",
      ["[m,m]", ...many(17, (at) => `[e${at.toString()},e${at.toString()}]`), "SUM(e17)"],
    ],
    ["a sum of 5,000 terms", [many(5_000, () => "m").join("+")]],
    ["a row of 5,000 queries", ["m", ...many(5_000, (at) => `e${at.toString()}+1`)]],
    [
      "a product of METRICS()",
      [
        "[m,m,m,m,m,m,m,m]",
        ...many(9, (at) => `[${many(8, () => `e${at.toString()}`).join(",")}]`),
        "MAX(e9)",
      ],
    ],
  ])("is too complex: %s", (_, texts) => {
    const alarm = { ...onErrors, Metrics: [metric, ...expressions(texts)] };
    expect(judgeFiring(alarm, errors)).toMatchObject({ kind: "unknown", tooComplex: true });
  });

  it("is none with as much as AWS accepts", () => {
    const alarm = { ...onErrors, Metrics: [metric, ...expressions([many(1_000, () => "m").join("+")])] };
    expect(judgeFiring(alarm, errors)).not.toMatchObject({ kind: "unknown" });
  });
});
