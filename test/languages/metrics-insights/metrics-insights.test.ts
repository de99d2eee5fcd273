import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isInsightsQuery,
  parseInsightsQuery,
  type InsightsQuery,
} from "../../../src/languages/metrics-insights/metrics-insights.js";
import { matchInsightsQuery, type WantedSeries } from "../../../src/languages/metrics-insights/match.js";

function parsed(text: string): InsightsQuery {
  const result = parseInsightsQuery(text);
  if (result.kind === "malformed") throw new Error(`${text}: ${result.why} at ${result.at.toString()}`);
  return result.value;
}

describe("parsing Metrics Insights", () => {
  it("reads every clause", () => {
    const text = `select Avg("My.Metric") from schema("AWS/ApplicationELB", LoadBalancer, "Availability Zone") where LoadBalancer = 'app/lb-1'
      and tag."cost center" != 'it\\'s' and AWS.AccountId = '1' group by LoadBalancer, tag.team order by max() desc limit 5`;
    expect(parsed(text)).toEqual({
      function: "AVG",
      metric: "My.Metric",
      namespace: "AWS/ApplicationELB",
      schema: ["LoadBalancer", "Availability Zone"],
      where: [
        { key: "LoadBalancer", equals: true, value: "app/lb-1" },
        { key: "tag.cost center", equals: false, value: "it's" },
        { key: "AWS.AccountId", equals: true, value: "1" },
      ],
      groupBy: ["LoadBalancer", "tag.team"],
      orderBy: { function: "MAX", descending: true },
      limit: 5,
    });
  });

  it("a namespace alone leaves the dimensions open, a schema of it alone means none", () => {
    expect(parsed('SELECT SUM(m) FROM "AWS/S3"').schema).toBeUndefined();
    expect(parsed('SELECT SUM(m) FROM SCHEMA("AWS/S3")').schema).toEqual([]);
  });

  it.each([
    ["SELECT m FROM ns", 7],
    ["SELECT SUM(m)", 13],
    ["SELECT SUM(m) FROM ns WHERE a > '1'", 29],
    ["SELECT SUM(m) FROM ns WHERE a = 1", 32],
    ["SELECT SUM(m) FROM ns WHERE a = '1' OR b = '2'", 36],
    ["SELECT SUM(m) FROM ns LIMIT x", 29],
    ["SELECT SUM(m) FROM ns GROUP a", 22],
    ["SELECT SUM(m) FROM 'ns", 18],
  ])("refuses %j at %i", (text, at) => {
    expect(parseInsightsQuery(text)).toMatchObject({ kind: "malformed", at });
  });

  it("answers any text without throwing", () => {
    const pieces = fc.constantFrom(
      "SELECT ",
      "SUM",
      "(",
      ")",
      "m",
      " FROM ",
      "SCHEMA",
      '"',
      "'",
      " WHERE ",
      "=",
      "!=",
      " GROUP BY ",
      ",",
      " LIMIT ",
      "5",
      "\\",
      ";",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expect(["parsed", "malformed"]).toContain(parseInsightsQuery(parts.join("")).kind);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["SELECT SUM(m) FROM ns", true],
    ["\n select avg(m) from ns", true],
    ["SUM(METRICS())", false],
    ["SELECTED + 1", false],
  ])("%j is a query: %s", (text, expected) => {
    expect(isInsightsQuery(text)).toBe(expected);
  });
});

describe("whether a query contains the series Channel live1, StatusCodeRange 5xx", () => {
  const wanted: WantedSeries = {
    namespace: "AWS/MediaPackage",
    metric: "EgressRequestCount",
    dimensions: { Channel: ["live1", "0a1b"], StatusCodeRange: ["5xx"] },
    selectors: ["StatusCodeRange"],
    side: "high",
  };
  const from = (clauses: string) => `SELECT SUM(EgressRequestCount) FROM ${clauses}`;
  const schema = 'SCHEMA("AWS/MediaPackage", Channel, StatusCodeRange)';

  it.each([
    ["own", from(`${schema} WHERE StatusCodeRange = '5xx' GROUP BY Channel`)],
    ["own", from(`${schema} WHERE StatusCodeRange = '5xx' AND Channel = 'live1'`)],
    ["own", from(`${schema} WHERE StatusCodeRange = '5xx' AND Channel = '0a1b'`)],
    ["own", from(`${schema} GROUP BY StatusCodeRange, Channel`)],
    ["own", from(`${schema} WHERE StatusCodeRange != '4xx' GROUP BY Channel, StatusCodeRange`)],
    ["no", from(`SCHEMA("AWS/MediaPackage", Channel) GROUP BY Channel`)],
    ["no", from(`${schema} GROUP BY Channel`)],
    ["no", from(`${schema} WHERE StatusCodeRange != '4xx' GROUP BY Channel`)],
    ["no", from(`${schema} WHERE StatusCodeRange = '5xx' AND Channel != 'live1' GROUP BY Channel`)],
    ["no", from(`${schema} WHERE StatusCodeRange = '5XX' GROUP BY Channel`)],
    ["no", from(`SCHEMA("AWS/S3", Channel, StatusCodeRange) WHERE StatusCodeRange = '5xx' GROUP BY Channel`)],
    ["no", 'SELECT SUM(EgressBytes) FROM "AWS/MediaPackage"'],
    ["no", from("\"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx' AND OriginEndpoint = 'hls'")],
    ["aggregate", from(`${schema} WHERE StatusCodeRange = '5xx'`)],
    ["aggregate", from("SCHEMA(\"AWS/MediaPackage\", StatusCodeRange) WHERE StatusCodeRange = '5xx'")],
    ["aggregate-overcount", from("\"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx'")],
    ["aggregate-overcount", from("\"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx' GROUP BY Channel")],
    [
      "slice",
      from(
        "SCHEMA(\"AWS/MediaPackage\", Channel, OriginEndpoint, StatusCodeRange) WHERE StatusCodeRange = '5xx' GROUP BY Channel, OriginEndpoint",
      ),
    ],
    [
      "slice",
      from(
        "SCHEMA(\"AWS/MediaPackage\", Channel, OriginEndpoint, StatusCodeRange) WHERE StatusCodeRange = '5xx' AND OriginEndpoint = 'hls' GROUP BY Channel",
      ),
    ],
    ["conditional", from(`${schema} WHERE StatusCodeRange = '5xx' GROUP BY Channel LIMIT 5`)],
    [
      "conditional",
      from(`${schema} WHERE StatusCodeRange = '5xx' GROUP BY Channel ORDER BY MAX() DESC LIMIT 5`),
    ],
    ["unknown", from(`${schema} WHERE StatusCodeRange = '5xx' AND tag.team = 'video' GROUP BY Channel`)],
    ["unknown", from("\"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx' AND OriginEndpoint != 'hls'")],
  ])("%s: %s", (kind, text) => {
    expect(matchInsightsQuery(parsed(text), wanted).kind).toBe(kind);
  });

  it("where a service publishes one dimension set only, SCHEMA adds nothing", () => {
    const one = { ...wanted, published: [["StatusCodeRange", "Channel"]] };
    expect(
      matchInsightsQuery(
        parsed(from("\"AWS/MediaPackage\" WHERE StatusCodeRange = '5xx' GROUP BY Channel")),
        one,
      ).kind,
    ).toBe("own");
    expect(
      matchInsightsQuery(
        parsed(from("SCHEMA(\"AWS/MediaPackage\", StatusCodeRange) WHERE StatusCodeRange = '5xx'")),
        one,
      ).kind,
    ).toBe("no");
  });
});
