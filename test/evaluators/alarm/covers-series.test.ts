import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { dims, onErrors, onInput, onQuery } from "../../reasoning/firing/alarms.js";
import { alarm, channel, home, people, REGION, refused, state, thing, TOPIC, v2Channel } from "./state.js";
import type { Parts } from "./state.js";

type Options = Parameters<typeof alarmCovers.evaluate>[1];

const only = (...names: readonly string[]): Options => ({ "key-metrics": "mediapackage", only: names });

function verdictOn(options: Options, resources: readonly Resource[], parts: Partial<Parts> = {}): Verdict {
  const [first] = alarmCovers.evaluate(state({ ...parts, resources: [...people(), ...resources] }), options);
  return first!.verdict;
}

const ask = (...parts: Parameters<typeof verdictOn>): string => verdictOn(...parts).status;
const watching = (
  [namespace, metric]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
  more: JsonObject = {},
): Resource => {
  const { observed, ...properties } = more;
  return alarm(
    "a",
    {
      ...onErrors,
      AlarmActions: [TOPIC],
      Namespace: namespace,
      MetricName: metric,
      Dimensions: dims(dimensions),
      Statistic: "Maximum",
      Threshold: 100,
      ...properties,
    },
    { observed: (observed ?? {}) as JsonObject },
  );
};

describe("a series exists only where somebody publishes it", () => {
  const demanding = (
    namespace: string,
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    more: Partial<NonNullable<Options["metrics"]>[number]> = {},
  ): Options => ({
    metrics: [{ namespace, metric, dimensions, values: "gauge", limit: 100, ...more }],
    regions: [REGION],
  });
  const age = ["AWS/SQS", "ApproximateAgeOfOldestMessage"] as const;
  const depth = ["Shop", "OpenOrders"] as const;
  const data =
    "Threshold Crossed: 1 datapoint [12.0 (30/11/26 10:00:00)] was not greater than the threshold (100.0).";
  const silence =
    "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].";
  const seen = (StateReason: string, changed = "2026-11-01T00:00:00Z"): JsonObject => ({
    observed: {
      StateReason,
      StateUpdatedTimestamp: "2026-11-19T00:00:00Z",
      AlarmConfigurationUpdatedTimestamp: changed,
    },
  });
  it.each<[string, string, Options, Resource]>([
    ["a queue's metric without the queue", "fail", demanding(...age, { QueueName: "q" }), watching(age, {})],
    ["the queue's own", "pass", demanding(...age, { QueueName: "q" }), watching(age, { QueueName: "q" })],
    [
      "a function's metric comes without dimensions, too",
      "pass",
      demanding("AWS/Lambda", "Throttles", { FunctionName: "f" }, { values: "count" }),
      watching(["AWS/Lambda", "Throttles"], {}, { Statistic: "Sum" }),
    ],
    [
      "a table's errors do not come without the operation",
      "fail",
      demanding(
        "AWS/DynamoDB",
        "SystemErrors",
        { TableName: "t", Operation: "GetItem" },
        { values: "count" },
      ),
      watching(["AWS/DynamoDB", "SystemErrors"], { TableName: "t" }, { Statistic: "Sum" }),
    ],
    [
      "a metric of one's own, of which nothing is known",
      "unknown",
      demanding(...depth, { Shop: "a" }),
      watching(depth, {}),
    ],
    [
      "its own series needs no proof",
      "pass",
      demanding(...depth, { Shop: "a" }),
      watching(depth, { Shop: "a" }),
    ],
    [
      "one dimension of two",
      "unknown",
      demanding(...depth, { Shop: "a", City: "b" }),
      watching(depth, { Shop: "a" }),
    ],
    [
      "a state with data proves it",
      "pass",
      demanding(...depth, { Shop: "a" }),
      watching(depth, {}, seen(data)),
    ],
    [
      "a state without data does not",
      "unknown",
      demanding(...depth, { Shop: "a" }),
      watching(depth, {}, seen(silence)),
    ],
    [
      "a state from before a change does not",
      "unknown",
      demanding(...depth, { Shop: "a" }),
      watching(depth, {}, seen(data, "2026-11-19T10:00:00Z")),
    ],
    [
      "a query whose schema nobody may publish",
      "unknown",
      demanding(...depth, { Shop: "a" }),
      alarm("a", {
        ...onQuery('SELECT MAX(OpenOrders) FROM SCHEMA("Shop")'),
        AlarmActions: [TOPIC],
        Threshold: 100,
      }),
    ],
    [
      "low values: the others would hide the loss, published or not",
      "fail",
      demanding(...depth, { Shop: "a" }, { side: "low" }),
      watching(depth, {}, { ComparisonOperator: "LessThanThreshold" }),
    ],
    [
      "an average: the others would dilute it, published or not",
      "fail",
      demanding(...depth, { Shop: "a" }),
      watching(depth, {}, { Statistic: "Average" }),
    ],
    [
      "where no shared series counts, it does not matter",
      "fail",
      { ...demanding(...depth, { Shop: "a" }), aggregate: false },
      watching(depth, {}),
    ],
  ])("%s: %s", (_title, status, options, one) => {
    expect(ask(options, [one])).toBe(status);
  });

  it("each resource: the function's account-wide series, not the queue's", () => {
    const each = (type: string, namespace: string, metric: string, dimension: string): Options => ({
      for: type,
      metrics: [{ namespace, metric, dimensions: { [dimension]: "{id}" }, limit: 100 }],
    });
    expect(
      ask(each("AWS::Lambda::Function", "AWS/Lambda", "Errors", "FunctionName"), [
        thing("AWS::Lambda::Function", "f", {}),
        watching(["AWS/Lambda", "Errors"], {}, { Statistic: "Sum" }),
      ]),
    ).toBe("pass");
    expect(
      ask(each("AWS::Lambda::Function", "Shop", "Errors", "FunctionName"), [
        thing("AWS::Lambda::Function", "f", {}),
        watching(["Shop", "Errors"], {}, { Statistic: "Sum" }),
      ]),
    ).toBe("unknown");
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["by channel alone", { Channel: "news", StatusCode: "5xx" }],
    ["by channel and endpoint", { Channel: "news", OriginEndpoint: "hls", StatusCode: "5xx" }],
    ["under version 1's name of the status", { Channel: "news", StatusCodeRange: "5xx" }],
  ])("a v2 channel has no series %s", (_title, dimensions) => {
    const verdict = verdictOn(only("egress-5xx"), [
      v2Channel("media", "news"),
      alarm("a", { ...onErrors, Dimensions: dims(dimensions), AlarmActions: [TOPIC] }),
    ]);
    expect(verdict.status).toBe("fail");
    expect(JSON.stringify(verdict)).not.toContain("every ChannelGroup together");
  });

  it("a v2 group has one series for its channels", () => {
    const one = alarm("a", {
      ...onErrors,
      Dimensions: dims({ ChannelGroup: "media", StatusCode: "5xx" }),
      AlarmActions: [TOPIC],
    });
    expect(ask(only("egress-5xx"), [v2Channel("media", "news"), one])).toBe("pass");
  });

  it("version 1 publishes response times by channel, never without", () => {
    const slow = (dimensions: Readonly<Record<string, string>>): Resource =>
      watching(["AWS/MediaPackage", "EgressResponseTime"], dimensions, { Threshold: 2000 });
    expect(ask(only("egress-response-time"), [channel("live1"), slow({})])).toBe("fail");
    expect(ask(only("egress-response-time"), [channel("live1"), slow({ Channel: "live1" })])).toBe("pass");
  });
});

describe("an alarm that cannot concern a metric leaves its verdict alone", () => {
  const live = channel("live1");
  const expression = (Expression: string, more: JsonObject = {}): Resource =>
    alarm("other", {
      ...onErrors,
      AlarmActions: [TOPIC],
      Namespace: null,
      MetricName: null,
      Dimensions: null,
      Period: null,
      Metrics: [{ Id: "e1", Expression, ReturnData: true, ...more }],
    });
  it.each([
    ["TIME_SERIES(5)", { Period: 300 }],
    ["TIME_SERIES(5)", {}],
    ["DB_PERF_INSIGHTS('RDS', 'db-ABC', 'os.cpuUtilization.user.avg')", { Period: 60 }],
    ["INSIGHT_RULE_METRIC('callers', 'UniqueContributors')", { Period: 60 }],
    ["LAMBDA('source', 'EgressRequestCount')", { Period: 60 }],
    ["NO_SUCH((", {}],
    ["SELECT SUM(Orders) FROM", {}],
  ])("%s %j", (text, more) => {
    expect(ask(only("egress-5xx"), [live, expression(text, more)])).toBe("fail");
  });

  it("a query that names the metric and cannot be read may be on it", () => {
    expect(ask(only("egress-5xx"), [live, expression("SELECT SUM(EgressRequestCount) FROM")])).toBe(
      "unknown",
    );
  });

  it("beside the metric, an expression without a period of its own takes the metric's", () => {
    const with5xx = alarm("a", {
      ...onErrors,
      AlarmActions: [TOPIC],
      MetricName: null,
      Metrics: [
        {
          Id: "m1",
          ReturnData: false,
          MetricStat: {
            Metric: {
              Namespace: "AWS/MediaPackage",
              MetricName: "EgressRequestCount",
              Dimensions: dims({ Channel: "live1", StatusCodeRange: "5xx" }),
            },
            Period: 300,
            Stat: "Sum",
          },
        },
        { Id: "e1", Expression: "m1 + TIME_SERIES(0)", ReturnData: true },
      ],
    });
    expect(["pass", "unknown"]).toContain(ask(only("egress-5xx"), [live, with5xx]));
  });
});

describe("statistics of ranges, and silence", () => {
  const slow = (stat: string, comparison: string, Threshold: number): Resource =>
    watching(
      ["AWS/MediaPackage", "EgressResponseTime"],
      { Channel: "live1" },
      {
        Statistic: null,
        ExtendedStatistic: stat,
        ComparisonOperator: `${comparison}Threshold`,
        Threshold,
      },
    );
  it.each([
    ["PR(1000:)", "GreaterThan", 5, "pass"],
    ["PR(:1000)", "LessThan", 95, "pass"],
    ["TC(2000:)", "GreaterThanOrEqualTo", 1, "pass"],
    ["pr(1500: 90000000000000)", "GreaterThan", 0, "pass"],
    ["PR(1000:)", "LessThan", 95, "fail"],
    ["PR(:1000)", "GreaterThan", 5, "fail"],
    ["PR(5000:)", "GreaterThan", 5, "fail"],
    ["PR(1000:)", "GreaterThan", 100, "fail"],
    ["TC(2000:)", "GreaterThanOrEqualTo", 10, "fail"],
    ["TM(:1000)", "GreaterThan", 900, "fail"],
    ["TM(10%:90%)", "GreaterThan", 2000, "pass"],
    ["TC(:90%)", "GreaterThan", 1, "fail"],
  ])("%s %s %d: %s", (stat, comparison, threshold, status) => {
    expect(ask(only("egress-response-time"), [channel("live1"), slow(stat, comparison, threshold)])).toBe(
      status,
    );
  });

  const silent = (more: JsonObject): Resource =>
    alarm("a", { ...onInput, AlarmActions: [TOPIC], InsufficientDataActions: [], ...more });
  it.each<[string, string, JsonObject]>([
    [
      "fewer than one sample",
      "pass",
      { Statistic: "SampleCount", ComparisonOperator: "LessThanThreshold", Threshold: 1 },
    ],
    ["a minimum of nothing", "pass", { Statistic: "Minimum" }],
    ["a percentile of nothing", "pass", { Statistic: null, ExtendedStatistic: "p10" }],
    [
      "samples, and silence is fine",
      "fail",
      { Statistic: "SampleCount", Threshold: 1, TreatMissingData: "notBreaching" },
    ],
    [
      "samples on the wrong side",
      "fail",
      { Statistic: "SampleCount", ComparisonOperator: "GreaterThanThreshold" },
    ],
  ])("%s: %s", (_title, status, more) => {
    expect(ask(only("ingress-bytes"), [channel("live1"), silent(more)])).toBe(status);
  });

  it("a count of errors is not seen in the number of samples", () => {
    const one = alarm("a", { ...onErrors, AlarmActions: [TOPIC], Statistic: "SampleCount" });
    expect(ask(only("egress-5xx"), [channel("live1"), one])).toBe("fail");
  });

  it("what sees changes only says so", () => {
    const rise = (Expression: string): Verdict =>
      verdictOn(only("egress-5xx"), [
        channel("live1"),
        alarm("a", {
          ...onErrors,
          AlarmActions: [TOPIC],
          MetricName: null,
          Metrics: [
            {
              Id: "m1",
              ReturnData: false,
              MetricStat: {
                Metric: {
                  Namespace: "AWS/MediaPackage",
                  MetricName: "EgressRequestCount",
                  Dimensions: dims({ Channel: "live1", StatusCodeRange: "5xx" }),
                },
                Period: 300,
                Stat: "Sum",
              },
            },
            { Id: "e1", Expression, ReturnData: true },
          ],
        }),
      ]);
    expect(rise("DIFF(m1)")).toMatchObject({
      status: "fail",
      message: expect.stringContaining("fires on a sudden rise only") as string,
    });
    expect(rise("RATE(m1) * 300")).toMatchObject({
      message: expect.stringContaining("fires on a sudden rise only") as string,
    });
  });
});

describe("queries over several series", () => {
  const schema = 'SCHEMA("AWS/MediaPackage", Channel, StatusCodeRange)';
  const worst = (more: string, where = ""): Resource =>
    alarm("q", {
      ...onQuery(
        `SELECT SUM(EgressRequestCount) FROM ${schema} WHERE StatusCodeRange = '5xx'${where} GROUP BY Channel ${more}`,
      ),
      AlarmActions: [TOPIC],
    });
  const channels = (count: number): readonly Resource[] =>
    Array.from({ length: count }, (_, at) => channel(`live${(at + 1).toString()}`));
  it.each([
    ["ten of one", 1, "ORDER BY SUM() DESC LIMIT 10", "pass"],
    ["two of two", 2, "ORDER BY SUM() DESC LIMIT 2", "pass"],
    ["one of two", 2, "ORDER BY SUM() DESC LIMIT 1", "fail"],
    ["no order", 3, "LIMIT 3", "pass"],
    ["more than a query returns", 501, "", "fail"],
    ["as many as a query returns", 500, "", "pass"],
  ])("%s: %d channels, %s, %s", (_title, count, more, status) => {
    expect(ask(only("egress-5xx"), [...channels(count), worst(more)])).toBe(status);
  });

  it("channels that could not be listed may be more than the limit", () => {
    const gaps = [refused("AWS::MediaPackage::Channel")];
    expect(ask(only("egress-5xx"), [channel("live1"), worst("LIMIT 10")], { gaps })).toBe("unknown");
  });

  it.each([
    [" AND AWS.AccountId = '" + home + "'", "pass"],
    [" AND AWS.AccountId != '" + home + "'", "fail"],
    [" AND AWS.AccountId = '999999999999'", "fail"],
    [" AND AWS.AccountId != '999999999999'", "pass"],
    [" AND tag.team = 'a'", "unknown"],
  ])("WHERE …%s: %s", (where, status) => {
    expect(ask(only("egress-5xx"), [channel("live1"), worst("", where)])).toBe(status);
  });
});
