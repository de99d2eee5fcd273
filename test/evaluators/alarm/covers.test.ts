import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { dims, metricQuery, onErrors, onExpression, onQuery } from "../../reasoning/firing/alarms.js";
import {
  alarm,
  archive,
  composite,
  home,
  logAlarm,
  mute,
  people,
  refused,
  REGION,
  rule,
  state,
  TOPIC,
} from "./state.js";
import {
  X,
  I,
  S,
  verdictOn,
  live,
  ask,
  bucket,
  a01,
  a24,
  a30,
  endpoints,
  onEndpoint,
  band,
  SCHEMA,
  pendingOnly,
} from "./covers.support.js";
import type { Options } from "./covers.support.js";

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
