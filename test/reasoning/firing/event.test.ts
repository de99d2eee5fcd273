import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { firesOnOneEvent, type Publication } from "../../../src/reasoning/firing/event.js";
import { dims } from "./alarms.js";

const root: Publication = { namespace: "CISBenchmark", metric: "RootUse", value: 1 };
const withZeros: Publication = { ...root, defaultValue: 0 };
const byRegion: Publication = { ...root, dimensionNames: ["Region"] };

const alarm: JsonObject = {
  Namespace: "CISBenchmark",
  MetricName: "RootUse",
  Statistic: "Sum",
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  Threshold: 1,
  Period: 300,
  EvaluationPeriods: 1,
};
const maths = (Expression: string, more: JsonObject = {}): JsonObject => ({
  Metrics: [
    {
      Id: "m1",
      MetricStat: { Metric: { Namespace: "CISBenchmark", MetricName: "RootUse" }, Period: 300, Stat: "Sum" },
      ReturnData: false,
    },
    {
      Id: "m2",
      MetricStat: { Metric: { Namespace: "CISBenchmark", MetricName: "Other" }, Period: 300, Stat: "Sum" },
      ReturnData: false,
    },
    { Id: "e1", Expression },
  ],
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  Threshold: 1,
  EvaluationPeriods: 1,
  ...more,
});
const inAccount = (AccountId: string): JsonObject => ({
  ...maths(""),
  Metrics: [
    {
      Id: "m1",
      AccountId,
      MetricStat: { Metric: { Namespace: "CISBenchmark", MetricName: "RootUse" }, Period: 300, Stat: "Sum" },
    },
  ],
});
const query = (Expression: string): JsonObject => ({
  Metrics: [{ Id: "q", Expression, Period: 300 }],
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: 0,
  EvaluationPeriods: 1,
});

describe("whether one event makes an alarm change to ALARM", () => {
  it.each<[string, string, Publication, JsonObject]>([
    ["yes", "Sum >= 1", root, alarm],
    ["yes", "Sum >= 1 among zeros", withZeros, alarm],
    ["yes", "Sum > 0", root, { ...alarm, ComparisonOperator: "GreaterThanThreshold", Threshold: 0 }],
    ["no", "Sum > 1", root, { ...alarm, ComparisonOperator: "GreaterThanThreshold" }],
    ["no", "threshold 2", root, { ...alarm, Threshold: 2 }],
    ["yes", "threshold 2 on a filter that publishes 5", { ...root, value: 5 }, { ...alarm, Threshold: 2 }],
    ["no", "a filter that publishes 0", { ...root, value: 0 }, alarm],
    [
      "no",
      "Average > 1",
      root,
      { ...alarm, Statistic: "Average", ComparisonOperator: "GreaterThanThreshold" },
    ],
    ["yes", "Average >= 1 without zeros", root, { ...alarm, Statistic: "Average" }],
    ["conditional", "Average >= 1 is diluted by zeros", withZeros, { ...alarm, Statistic: "Average" }],
    [
      "yes",
      "Average >= 1 in one minute is not diluted",
      withZeros,
      { ...alarm, Statistic: "Average", Period: 60 },
    ],
    ["yes", "Maximum >= 1", withZeros, { ...alarm, Statistic: "Maximum" }],
    ["conditional", "Minimum >= 1 among zeros", withZeros, { ...alarm, Statistic: "Minimum" }],
    ["conditional", "SampleCount counts the zeros too", withZeros, { ...alarm, Statistic: "SampleCount" }],
    ["no", "the wrong direction", root, { ...alarm, ComparisonOperator: "LessThanThreshold" }],
    ["no", "another metric", root, { ...alarm, MetricName: "RootUsage" }],
    ["no", "another namespace", root, { ...alarm, Namespace: "LogMetrics" }],
    [
      "no",
      "a dimension that the filter does not publish",
      root,
      { ...alarm, Dimensions: dims({ Region: "eu-west-1" }) },
    ],
    ["no", "no dimension where the filter publishes one", byRegion, alarm],
    [
      "conditional",
      "one value of the filter's dimension",
      byRegion,
      { ...alarm, Dimensions: dims({ Region: "eu-west-1" }) },
    ],
    ["no", "a unit that the filter does not publish", root, { ...alarm, Unit: "Count" }],
    ["yes", "the unit that the filter publishes", { ...root, unit: "Count" }, { ...alarm, Unit: "Count" }],
    ["yes", "1 of 3", root, { ...alarm, EvaluationPeriods: 3, DatapointsToAlarm: 1 }],
    [
      "no",
      "2 of 3, gaps are fine",
      root,
      { ...alarm, EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "notBreaching" },
    ],
    [
      "no",
      "2 of 3, gaps are ignored",
      root,
      { ...alarm, EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "ignore" },
    ],
    [
      "yes",
      "2 of 3 followed by nothing: CloudWatch does not wait",
      root,
      { ...alarm, EvaluationPeriods: 3, DatapointsToAlarm: 2 },
    ],
    [
      "conditional",
      "2 of 3 followed by zeros",
      withZeros,
      { ...alarm, EvaluationPeriods: 3, DatapointsToAlarm: 2 },
    ],
    ["no", "gaps breach, so it is in ALARM already", root, { ...alarm, TreatMissingData: "breaching" }],
    [
      "no",
      "at least 0 always holds among zeros, and silence breaches",
      withZeros,
      { ...alarm, Threshold: 0, TreatMissingData: "breaching" },
    ],
    ["yes", "maths on the metric", root, maths("FILL(m1,0)")],
    ["yes", "a sum of metrics: any of them alone fires", root, maths("m1+m2")],
    ["yes", "a sum of filled metrics: any of them alone fires", root, maths("FILL(m1,0)+FILL(m2,0)")],
    ["yes", "the largest of filled metrics", root, maths("MAX([FILL(m1,0),FILL(m2,0)])")],
    ["no", "a sum that takes nothing of the metric", root, maths("0*FILL(m1,0)+FILL(m2,0)")],
    ["conditional", "a difference that another metric can swallow", root, maths("FILL(m1,0)-FILL(m2,0)")],
    ["no", "maths that needs more", root, maths("m1", { Threshold: 5 })],
    ["no", "maths that ignores the metric", root, maths("m1*0")],
    ["conditional", "maths that needs another metric", root, maths("IF(m2>0, m1, 0)")],
    ["no", "an expression without the metric", root, maths("m2")],
    [
      "yes",
      "maths on the metric of this very account",
      { ...root, account: "111122223333" },
      inAccount("111122223333"),
    ],
    [
      "unknown",
      "the metric of another account",
      { ...root, account: "111122223333" },
      inAccount("222222222222"),
    ],
    ["unknown", "the metric of some account, published nobody knows where", root, inAccount("111122223333")],
    [
      "no",
      "another metric of another account",
      { ...root, metric: "Logins", account: "111122223333" },
      inAccount("222222222222"),
    ],
    [
      "yes",
      "a query in this very account",
      { ...root, account: "111122223333" },
      {
        ...query('SELECT SUM(RootUse) FROM "CISBenchmark"'),
        Metrics: [
          {
            Id: "q",
            AccountId: "111122223333",
            Expression: 'SELECT SUM(RootUse) FROM "CISBenchmark"',
            Period: 300,
          },
        ],
      },
    ],
    [
      "unknown",
      "a query in another account",
      { ...root, account: "111122223333" },
      {
        ...query(""),
        Metrics: [
          {
            Id: "q",
            AccountId: "222222222222",
            Expression: 'SELECT SUM(RootUse) FROM "CISBenchmark"',
            Period: 300,
          },
        ],
      },
    ],
    ["unknown", "a function that is not modelled", root, maths("SERVICE_QUOTA(m1)")],
    ["yes", "a query over the namespace", root, query('SELECT SUM(RootUse) FROM "CISBenchmark"')],
    ["yes", "a query over all regions", byRegion, query("SELECT SUM(RootUse) FROM CISBenchmark")],
    [
      "yes",
      "a query by region",
      byRegion,
      query("SELECT SUM(RootUse) FROM SCHEMA(CISBenchmark, Region) GROUP BY Region"),
    ],
    [
      "conditional",
      "a query for one region",
      byRegion,
      query("SELECT SUM(RootUse) FROM SCHEMA(CISBenchmark, Region) WHERE Region = 'eu-west-1'"),
    ],
    [
      "no",
      "a query for a dimensionless series that is not there",
      byRegion,
      query("SELECT SUM(RootUse) FROM SCHEMA(CISBenchmark)"),
    ],
    ["no", "a query for another metric", root, query("SELECT SUM(Other) FROM CISBenchmark")],
    ["unknown", "a band", root, { ...alarm, ComparisonOperator: "GreaterThanUpperThreshold" }],
    ["unknown", "no metric alarm", root, { AlarmRule: "ALARM(a)" }],
    [
      "no",
      "a day of minutes, all of them needed",
      root,
      { ...alarm, Period: 60, EvaluationPeriods: 1440, TreatMissingData: "notBreaching" },
    ],
  ])("%s: %s", (kind, ...[, publication, properties]) => {
    expect(firesOnOneEvent(properties, publication).kind).toBe(kind);
  });

  it("says why not", () => {
    expect(firesOnOneEvent({ ...alarm, Threshold: 2 }, root)).toEqual({
      kind: "no",
      why: "one event makes 1, which is not >= 2",
    });
    expect(
      firesOnOneEvent({ ...alarm, EvaluationPeriods: 2, TreatMissingData: "notBreaching" }, root),
    ).toEqual({
      kind: "no",
      why: "one breaching datapoint is not enough: it needs 2 (TreatMissingData notBreaching)",
    });
    expect(firesOnOneEvent({ ...alarm, TreatMissingData: "breaching" }, root)).toEqual({
      kind: "no",
      why: "it is in ALARM while nothing happens, so one event does not change it",
    });
  });
});
