import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
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

const clientErrors = metricQuery("m3", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "4xx" });
const successes = metricQuery("m3", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "2xx" });
const level = metricQuery("m3", "SomethingElse", {}, { Stat: "Average" });
const own: MetricDemand = {
  namespace: "App",
  metric: "Errors",
  dimensions: {},
  side: "high",
  values: "count",
};
const latency: MetricDemand = {
  namespace: "AWS/MediaPackage",
  metric: "EgressResponseTime",
  dimensions: { Channel: "live1" },
  side: "high",
  values: "latency",
  limit: 1000,
};
const onLatency: JsonObject = {
  ...onErrors,
  MetricName: "EgressResponseTime",
  Dimensions: dims({ Channel: "live1" }),
  Statistic: "Average",
  Threshold: 1000,
};
const onOwn: JsonObject = {
  ...onErrors,
  Namespace: "App",
  MetricName: "Errors",
  Dimensions: [],
  Threshold: 0,
};

describe("metric maths on too many 5xx answers (m1 5xx, m2 all requests, m3 as said)", () => {
  it.each<[string, string, JsonObject, string]>([
    ["no", "m1*0", {}, "a product with 0"],
    ["no", "m1-m1", {}, "a difference with itself"],
    ["no", "m1-m1+m2*0", {}, "nothing is left of either"],
    ["no", "MIN([m1, 5])", { Threshold: 10 }, "never above 5"],
    ["own", "MIN([m1, 50])", { Threshold: 10 }, "capped above the threshold"],
    ["own", "MAX([m1, 5])", { Threshold: 10 }, "a floor below the threshold"],
    ["no", "MAX([m1, 50])", { Threshold: 10 }, "always breaching"],
    ["own", "100*(m1/m2)", {}, "a rate"],
    ["own", "100*(m1/m2)", { Threshold: 99 }, "everything may fail"],
    ["no", "100*(m1/m2)", { Threshold: 100 }, "no rate exceeds 100 %"],
    [
      "own",
      "100*(m1/m2)",
      { Threshold: 100, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
      "all requests fail",
    ],
    ["no", "m1/m2", { Threshold: 5 }, "a share is never 5"],
    ["own", "IF(m1>5,1,0)", { Threshold: 0 }, "1 is above 0"],
    ["no", "IF(m1>5,1,0)", { Threshold: 1 }, "never above 1"],
    ["no", "IF(m1>5,1,0)", { Threshold: 2 }, "never above 1"],
    [
      "own",
      "IF(m1>5,1,0)",
      { Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
      "1 is at least 1",
    ],
    ["no", "IF(m1>5,0,1)", { Threshold: 0 }, "turned around: always breaching while fine"],
    ["own", "IF(m1>5,0,1)", { Threshold: 1, ComparisonOperator: "LessThanThreshold" }, "turned around twice"],
    ["own", "IF(m1>5, m1)", { Threshold: 10 }, "no else gives no point while fine"],
    ["no", "IF(m1>500, m1, 0)", { Threshold: 10 }, "only far beyond the limit"],
    ["own", "FILL(m1,0)", { Threshold: 10 }, "the metric"],
    ["own", "CEIL(m1/100)", { Threshold: 0 }, "1 as soon as there is one"],
    ["no", "CEIL(m1/100)", { Threshold: 1 }, "needs more than 100"],
    ["own", "m1/PERIOD(m1)*300", { Threshold: 10 }, "per period"],
    ["own", "SUM([m1,m3])", { Threshold: 10, more: [clientErrors] }, "errors of both kinds"],
    ["own", "m1+m3", { Threshold: 10, more: [clientErrors] }, "a missing sibling counts as 0"],
    ["conditional", "m1*m3", { Threshold: 10, more: [clientErrors] }, "needs both"],
    ["conditional", "IF(m1>5 AND m3>5,1,0)", { Threshold: 0, more: [clientErrors] }, "needs both"],
    ["own", "IF(m1>5 OR m3>5,1,0)", { Threshold: 0, more: [clientErrors] }, "either"],
    ["unknown", "m1+m3", { Threshold: 10, more: [level] }, "an input of unknown level"],
    ["no", "0*m1+m3", { Threshold: 10, more: [level] }, "whatever that level is, the metric does not count"],
    ["own", "100*m1/(m1+m3)", { Threshold: 1, more: [successes] }, "a rate over good and bad"],
    ["no", "m2-m1", { Threshold: 10 }, "good requests"],
    [
      "own",
      "100-100*FILL(m1,0)/m2",
      { Threshold: 99, ComparisonOperator: "LessThanThreshold" },
      "a falling success rate",
    ],
    ["no", "100-100*FILL(m1,0)/m2", { Threshold: 99 }, "a success rate that may not rise"],
    ["conditional", "IF(HOUR(m1)>8 AND HOUR(m1)<18, m1, 0)", { Threshold: 10 }, "office hours"],
    ["own", "m1 + 0*HOUR(m1)", { Threshold: 10 }, "at any hour"],
    ["conditional", "DIFF(m1)", { Threshold: 10 }, "steady errors do not change"],
    ["conditional", "RATE(m1)", { Threshold: 0.1 }, "so much more each second"],
    ["conditional", "IF(DIFF(m1)>10, 1, 0)", { Threshold: 0 }, "a rise, as a signal"],
    ["no", "DIFF(m2)", { Threshold: 10 }, "the change of something else"],
    ["no", "-DIFF(m1)", { Threshold: 10 }, "a fall is no trouble"],
    ["unknown", "SERVICE_QUOTA(m1)", {}, "not modelled"],
    ["unknown", "MEDIAN(m1)", {}, "no such function"],
    ["unknown", "m1 + m9", {}, "no such query"],
    ["unknown", "SUM(m1)", {}, "a number is no series"],
    ["no", "METRIC_COUNT(METRICS())*FILL(m1*0,1)", { Threshold: 1 }, "counts metrics, not errors"],
    ["no", "-m1", { Threshold: 10 }, "never positive"],
    ["own", "-m1", { Threshold: -10, ComparisonOperator: "LessThanThreshold" }, "negative and low"],
    ["own", "ABS(-m1)", { Threshold: 10 }, "the metric"],
    ["own", "LOG10(m1)", { Threshold: 1 }, "11 has a logarithm above 1"],
    ["no", "m1 + m2/100", { Threshold: 50 }, "ordinary traffic alone is enough"],
    ["unknown", "m1 + m2/100000", { Threshold: 9.5 }, "very much traffic alone is enough"],
  ])("%s: %s with %j (%s)", (kind, ...[expression, settings]) => {
    expect(judgeFiring(onExpression(expression, settings), errors)).toMatchObject({ kind });
  });
});

describe("settings of single alarms", () => {
  it.each<[string, string, MetricDemand, JsonObject]>([
    ["own", "any error, no limit", own, onOwn],
    ["no", "at least 0 always holds", own, { ...onOwn, ComparisonOperator: "GreaterThanOrEqualToThreshold" }],
    [
      "no",
      "the sum of a count is not below 0",
      { ...own, side: "low" },
      { ...onOwn, ComparisonOperator: "LessThanThreshold" },
    ],
    ["no", "another namespace", own, { ...onOwn, Namespace: "app" }],
    ["slice", "one host of many", own, { ...onOwn, Dimensions: dims({ Host: "h1" }) }],
    ["own", "a lower threshold than asked", errors, { ...onErrors, Threshold: 0 }],
    [
      "own",
      "at least 11 is more than 10",
      errors,
      { ...onErrors, Threshold: 11, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
    ],
    [
      "no",
      "at least 12 misses 11",
      errors,
      { ...onErrors, Threshold: 12, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
    ],
    ["no", "the minimum of an error count", errors, { ...onErrors, Statistic: "Minimum" }],
    ["no", "too slow", { ...errors, maxDelay: 600 }, { ...onErrors, EvaluationPeriods: 3 }],
    [
      "own",
      "one of three is quick enough",
      { ...errors, maxDelay: 300 },
      { ...onErrors, EvaluationPeriods: 3, DatapointsToAlarm: 1 },
    ],
    ["no", "a unit that is not published", { ...errors, unit: "Count" }, { ...onErrors, Unit: "Percent" }],
    ["own", "the published unit", { ...errors, unit: "Count" }, { ...onErrors, Unit: "Count" }],
    [
      "own",
      "the channel's other name",
      { ...errors, dimensions: { Channel: ["guid", "live1"], StatusCodeRange: "5xx" } },
      onErrors,
    ],
    [
      "unknown",
      "another account",
      errors,
      {
        ...onExpression("m1"),
        Metrics: [
          {
            ...metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
            ReturnData: true,
            AccountId: "222222222222",
          },
        ],
      },
    ],
    [
      "no",
      "surely another account",
      { ...errors, account: "111111111111" },
      {
        ...onExpression("m1"),
        Metrics: [
          {
            ...metricQuery("m1", "EgressRequestCount", { Channel: "live1", StatusCodeRange: "5xx" }),
            ReturnData: true,
            AccountId: "222222222222",
          },
        ],
      },
    ],
    ["own", "average latency", latency, onLatency],
    ["own", "p99 latency", latency, { ...onLatency, Statistic: null, ExtendedStatistic: "p99" }],
    ["no", "the sum of latencies", latency, { ...onLatency, Statistic: "Sum" }],
    [
      "no",
      "percentile rank is not a percentile",
      latency,
      { ...onLatency, Statistic: null, ExtendedStatistic: "PR(100:)" },
    ],
    [
      "no",
      "the average latency of all channels",
      latency,
      { ...onLatency, Dimensions: dims({ ChannelGroup: "g" }) },
    ],
    ["own", "one failed request", failures, { ...onFailures, Statistic: "Sum", Threshold: 0 }],
    ["conditional", "six failed requests", failures, { ...onFailures, Statistic: "Sum", Threshold: 5 }],
    ["own", "the maximum of zeros and ones", failures, { ...onFailures, Statistic: "Maximum", Threshold: 0 }],
    ["no", "a rate of 1 % asked, 5 % set", { ...failures, limit: 0.01 }, onFailures],
    ["no", "100 % is not above 100 %", failures, { ...onFailures, Threshold: 1 }],
    [
      "own",
      "FILL makes silence a zero",
      input,
      onExpression("FILL(i1,0)", {
        more: [metricQuery("i1", "IngressBytes", { Channel: "live1" })],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "conditional",
      "an input that falls silent with the metric takes the result with it",
      input,
      onExpression("i1+0*m2", {
        more: [
          metricQuery("i1", "IngressBytes", { Channel: "live1" }),
          metricQuery("i2", "EgressBytes", { Channel: "live1" }),
        ],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "conditional",
      "and with all requests and egress",
      input,
      onExpression("i1+0*m2+0*i2", {
        more: [
          metricQuery("i1", "IngressBytes", { Channel: "live1" }),
          metricQuery("i2", "EgressBytes", { Channel: "live1" }),
        ],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "conditional",
      "the larger of two that fall silent together",
      input,
      onExpression("MAX([i1,0*i2])", {
        more: [
          metricQuery("i1", "IngressBytes", { Channel: "live1" }),
          metricQuery("i2", "EgressBytes", { Channel: "live1" }),
        ],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "own",
      "every input has a value in silence",
      input,
      onExpression("FILL(i1,0)+0*FILL(m2,0)+0*FILL(i2,0)", {
        more: [
          metricQuery("i1", "IngressBytes", { Channel: "live1" }),
          metricQuery("i2", "EgressBytes", { Channel: "live1" }),
        ],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "own",
      "a missing result breaches",
      input,
      onExpression("i1+0*m2", {
        more: [
          metricQuery("i1", "IngressBytes", { Channel: "live1" }),
          metricQuery("i2", "EgressBytes", { Channel: "live1" }),
        ],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
        TreatMissingData: "breaching",
      }),
    ],
    [
      "no",
      "FILL with REPEAT goes on as before",
      input,
      onExpression("FILL(i1,REPEAT)", {
        more: [metricQuery("i1", "IngressBytes", { Channel: "live1" })],
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
      }),
    ],
    [
      "own",
      "silence breaches even if the threshold cannot",
      input,
      { ...onInput, ComparisonOperator: "LessThanThreshold" },
    ],
    ["no", "it breaches whatever comes in", input, { ...onInput, Threshold: 1e30 }],
    [
      "no",
      "a query forgets a silent channel",
      input,
      onQuery('SELECT SUM(IngressBytes) FROM SCHEMA("AWS/MediaPackage", Channel) GROUP BY Channel', {
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
        TreatMissingData: "breaching",
      }),
    ],
    [
      "no",
      "a grouped query forgets a silent channel, whatever its actions for INSUFFICIENT_DATA",
      input,
      onQuery('SELECT SUM(IngressBytes) FROM SCHEMA("AWS/MediaPackage", Channel) GROUP BY Channel', {
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
        InsufficientDataActions: [TOPIC],
      }),
    ],
    [
      "own",
      "a query on one channel ends in INSUFFICIENT_DATA",
      input,
      onQuery("SELECT SUM(IngressBytes) FROM SCHEMA(\"AWS/MediaPackage\", Channel) WHERE Channel = 'live1'", {
        ComparisonOperator: "LessThanOrEqualToThreshold",
        Threshold: 0,
        InsufficientDataActions: [TOPIC],
      }),
    ],
    [
      "conditional",
      "the first five only",
      errors,
      onQuery(
        "SELECT SUM(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", Channel, StatusCodeRange) WHERE StatusCodeRange = '5xx' GROUP BY Channel ORDER BY SUM() DESC LIMIT 5",
      ),
    ],
    [
      "no",
      "a definite reason outweighs a condition",
      errors,
      onQuery(
        "SELECT SUM(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", Channel, StatusCodeRange) WHERE StatusCodeRange = '5xx' GROUP BY Channel LIMIT 5",
        { Threshold: 1e6 },
      ),
    ],
    [
      "no",
      "the average of a count in a query",
      errors,
      onQuery(
        "SELECT AVG(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", Channel, StatusCodeRange) WHERE StatusCodeRange = '5xx' GROUP BY Channel",
      ),
    ],
    [
      "own",
      "maths over a query",
      errors,
      {
        ...onErrors,
        MetricName: null,
        Metrics: [
          {
            Id: "q1",
            Expression:
              "SELECT SUM(EgressRequestCount) FROM SCHEMA(\"AWS/MediaPackage\", Channel, StatusCodeRange) WHERE StatusCodeRange = '5xx' AND Channel = 'live1'",
            Period: 300,
            ReturnData: false,
          },
          { Id: "e1", Expression: "FILL(q1, 0)" },
        ],
      },
    ],
    [
      "no",
      "the rate of all channels",
      errors,
      {
        ...onExpression("100*m1/m2"),
        Metrics: [
          metricQuery("m1", "EgressRequestCount", { StatusCodeRange: "5xx" }),
          metricQuery("m2", "EgressRequestCount", {}),
          { Id: "e1", Expression: "100*m1/m2" },
        ],
      },
    ],
    ["unknown", "a PromQL alarm", errors, { EvaluationCriteria: { PromQLCriteria: { Query: "up == 0" } } }],
    ["unknown", "a log alarm", errors, { ScheduledQueryConfiguration: { QueryString: "stats count()" } }],
    ["unknown", "a composite alarm", errors, { AlarmRule: "ALARM(a)" }],
    ["unknown", "an unresolved reference", errors, { ...onErrors, Threshold: { Ref: "Limit" } }],
    ["unknown", "nothing at all", errors, {}],
  ])("%s: %s", (kind, ...[, demand, alarm]) => {
    expect(judgeFiring(alarm, demand)).toMatchObject({ kind });
  });

  it("says what a noisy alarm does", () => {
    expect(judgeFiring({ ...onErrors, TreatMissingData: "breaching" }, errors)).toMatchObject({
      kind: "own",
      notes: ["a period without data counts as breaching, so it is in ALARM whenever nothing happens"],
    });
  });

  it("names the dimensions of a slice", () => {
    expect(
      judgeFiring(
        {
          ...onErrors,
          Dimensions: dims({ Channel: "live1", OriginEndpoint: "hls1", StatusCodeRange: "5xx" }),
        },
        errors,
      ),
    ).toMatchObject({ slice: { OriginEndpoint: "hls1" } });
  });
});

describe("the rate of failed requests of a bucket, more than 5 % of them bad", () => {
  const s3 = (Id: string, MetricName: string, Stat: string): JsonObject => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/S3",
        MetricName,
        Dimensions: dims({ BucketName: "b", FilterId: "EntireBucket" }),
      },
      Period: 300,
      Stat,
    },
    ReturnData: false,
  });
  const rate = (Expression: string, Threshold: number): JsonObject => ({
    Metrics: [
      s3("f", "5xxErrors", "Sum"),
      s3("n", "AllRequests", "Sum"),
      s3("k", "5xxErrors", "SampleCount"),
      { Id: "e", Expression },
    ],
    ComparisonOperator: "GreaterThanThreshold",
    Threshold,
    EvaluationPeriods: 1,
  });

  it.each([
    ["own", "f/n", 0.05],
    ["own", "100*f/n", 5],
    ["own", "f/n", 0.01],
    ["own", "f/k", 0.05],
    ["own", "IF(n>0, f/n, 0)", 0.05],
    ["no", "f/n", 0.5],
    ["no", "f/n", 5],
    ["no", "100*f/n", 6],
    ["conditional", "IF(n>100, f/n, 0)", 0.05],
    ["no", "n", 0.05],
    ["no", "1-f/n", 0.05],
  ])("%s: %s > %d", (kind, expression, threshold) => {
    expect(judgeFiring(rate(expression, threshold), failures).kind).toBe(kind);
  });
});

describe("against a naive oracle", () => {
  const limits = fc.record({
    threshold: fc.integer({ min: -5, max: 30 }),
    limit: fc.integer({ min: 0, max: 25 }),
    operator: fc.constantFrom("GreaterThanThreshold", "GreaterThanOrEqualToThreshold"),
  });

  it("an alarm on a count is its own cover exactly if it is quiet at 0 and fires at the first count beyond the limit", () => {
    fc.assert(
      fc.property(limits, ({ threshold, limit, operator }) => {
        const fires = (value: number): boolean =>
          operator === "GreaterThanThreshold" ? value > threshold : value >= threshold;
        const expected = !fires(0) && fires(limit + 1) ? "own" : "no";
        expect(
          judgeFiring(
            { ...onErrors, Threshold: threshold, ComparisonOperator: operator },
            { ...errors, limit },
          ).kind,
        ).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("scaling metric and threshold alike changes nothing", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 9 }), ({ threshold, limit, operator }, factor) => {
        const plain = judgeFiring(
          { ...onErrors, Threshold: threshold, ComparisonOperator: operator },
          { ...errors, limit },
        ).kind;
        expect(
          judgeFiring(
            onExpression(`${factor.toString()} * m1`, {
              Threshold: threshold * factor,
              ComparisonOperator: operator,
            }),
            { ...errors, limit },
          ).kind,
        ).toBe(plain);
      }),
      { numRuns: 200 },
    );
  });

  it("whatever the expression, there is an answer", () => {
    const pieces = fc.constantFrom(
      "m1",
      "m2",
      "+",
      "-",
      "*",
      "/",
      "(",
      ")",
      "1",
      "SUM(",
      "IF(",
      ",",
      ">",
      "FILL(",
      "HOUR(m1)",
      "METRICS()",
      "[",
      "]",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        expect(["own", "no", "conditional", "unknown"]).toContain(
          judgeFiring(onExpression(parts.join("")), errors).kind,
        );
      }),
      { numRuns: 500 },
    );
  });
});
