import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Remediation, Verdict } from "../../../src/core/verdict.js";
import { cloudtrailCaptures } from "../../../src/evaluators/cloudtrail/captures.js";
import { cloudtrailManagement } from "../../../src/evaluators/cloudtrail/management.js";
import { account, store, trail } from "./account.js";

type Options = Parameters<typeof cloudtrailCaptures.evaluate>[1];

const glacier: Options = { events: { source: "glacier.amazonaws.com" } };
const objects: Options = { data: { type: "AWS::S3::Object" } };
const bucket = (name: string): Options => ({ data: { type: "AWS::S3::Object", buckets: [name] } });

const f = (Field: string, operators: JsonObject): JsonObject => ({ Field, ...operators });
const advanced = (...selectors: readonly (readonly JsonObject[])[]): JsonObject => ({
  AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })),
});
const management = f("eventCategory", { Equals: ["Management"] });
const s3 = [f("eventCategory", { Equals: ["Data"] }), f("resources.type", { Equals: ["AWS::S3::Object"] })];

const judge = (resources: readonly Resource[], options: Options): Verdict =>
  cloudtrailCaptures.evaluate(account({ resources }), options)[0]!.verdict;
const remedyOf = (verdict: Verdict): Remediation | undefined =>
  verdict.status === "fail" ? verdict.remediation : undefined;

type Command = {
  readonly arn: string;
  readonly start: boolean;
  readonly multi: boolean;
  readonly basic?: JsonValue;
  readonly advanced?: JsonValue;
};

/** What the AWS CLI would do: the test applies the very text that a person would paste. */
function parseCli(cli: string): readonly Command[] {
  return cli
    .trim()
    .split("\n")
    .map((line) => {
      const arn = /(?:--name|--trail-name|--event-data-store) '?([^ ']+)/u.exec(line)?.[1] ?? "";
      const list = (flag: string): JsonValue | undefined => {
        const text = new RegExp(` --${flag} '(.*)' --region`, "u").exec(line)?.[1];
        return text === undefined
          ? undefined
          : (JSON.parse(text.replaceAll(String.raw`'\''`, "'")) as JsonValue);
      };
      const lists = { basic: list("event-selectors"), advanced: list("advanced-event-selectors") };
      return {
        arn,
        start: /start-/u.test(line),
        multi: /multi-region/u.test(line),
        ...(lists.basic === undefined ? {} : { basic: lists.basic }),
        ...(lists.advanced === undefined ? {} : { advanced: lists.advanced }),
      };
    });
}

function apply(resources: readonly Resource[], cli: string): readonly Resource[] {
  return parseCli(cli).reduce<readonly Resource[]>((state, command) => {
    expect(state.filter(({ arn }) => arn === command.arn)).toHaveLength(1);
    return state.map((one) => (one.arn === command.arn ? changed(one, command) : one));
  }, resources);
}

// As AWS does it: setting one kind of selectors erases the other.
function changed(one: Resource, { start, multi, basic, advanced: fields }: Command): Resource {
  const isStore = one.type.endsWith("EventDataStore");
  const lists =
    basic !== undefined
      ? { EventSelectors: basic, AdvancedEventSelectors: null }
      : fields !== undefined
        ? { AdvancedEventSelectors: fields, ...(isStore ? {} : { EventSelectors: null }) }
        : {};
  const scope = multi ? (isStore ? { MultiRegionEnabled: true } : { IsMultiRegionTrail: true }) : {};
  const seen = multi && !isStore ? { SeenIn: ["eu-west-1", "us-east-1"] } : {};
  const running = start ? (isStore ? { Status: "ENABLED" } : { IsLogging: true }) : {};
  return {
    ...one,
    properties: { ...one.properties, ...lists, ...scope },
    observed: { ...one.observed, ...seen, ...running },
  };
}

const writeOnly = {
  EventSelectors: [
    {
      ReadWriteType: "WriteOnly",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
};

describe("the smallest change that closes a capture gap", () => {
  it.each<readonly [string, readonly Resource[], Options, RegExp, RegExp]>([
    [
      "the missing half of a basic selector",
      [trail({ properties: writeOnly })],
      glacier,
      /set ReadWriteType to All/u,
      /put-event-selectors .*"ReadWriteType":"All"/u,
    ],
    [
      "a selector of its own, where the half would record more data events",
      [
        trail({
          properties: {
            EventSelectors: [
              {
                ReadWriteType: "WriteOnly",
                IncludeManagementEvents: true,
                DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
              },
            ],
          },
        }),
      ],
      glacier,
      /add one event selector/u,
      /"ReadWriteType":"WriteOnly".*"ReadWriteType":"ReadOnly"/u,
    ],
    [
      "an exclusion taken out, and no more",
      [
        trail({
          properties: advanced([
            ...s3,
            f("resources.ARN", { NotStartsWith: ["arn:aws:s3:::archive/", "arn:aws:s3:::tmp/"] }),
          ]),
        }),
      ],
      bucket("archive"),
      /take arn:aws:s3:::archive\/ out of the exclusions/u,
      /"NotStartsWith":\["arn:aws:s3:::tmp\/"\]/u,
    ],
    [
      "a bucket added to those that are selected",
      [
        trail({
          properties: advanced(
            [management],
            [...s3, f("resources.ARN", { StartsWith: ["arn:aws:s3:::prod/"] })],
          ),
        }),
      ],
      bucket("archive"),
      /add arn:aws:s3:::archive\/ to resources.ARN/u,
      /"arn:aws:s3:::prod\/","arn:aws:s3:::archive\/"/u,
    ],
    [
      "a trail made multi-region",
      [trail({ properties: { IsMultiRegionTrail: false } })],
      glacier,
      /make it multi-region/u,
      /^aws cloudtrail update-trail .*--is-multi-region-trail --include-global-service-events --region us-east-1\n$/u,
    ],
    [
      "a trail started",
      [trail({ observed: { IsLogging: false } })],
      glacier,
      /: start it\./u,
      /^aws cloudtrail start-logging --name \S+ --region us-east-1\n$/u,
    ],
    [
      "a trail started rather than two changes of another",
      [
        trail({ id: "single", properties: { IsMultiRegionTrail: false, ...writeOnly } }),
        trail({ id: "stopped", observed: { IsLogging: false } }),
      ],
      glacier,
      /On trail stopped: start it/u,
      /start-logging/u,
    ],
    [
      "a store started",
      [store({ observed: { Status: "STOPPED_INGESTION" } })],
      glacier,
      /start its ingestion/u,
      /start-event-data-store-ingestion/u,
    ],
    [
      "a source added to a store that lists some",
      [store({ properties: advanced([management, f("eventSource", { Equals: ["s3.amazonaws.com"] })]) })],
      glacier,
      /add glacier.amazonaws.com to eventSource/u,
      /update-event-data-store/u,
    ],
    [
      "the default kept, where a trail has never been told otherwise",
      [trail()],
      objects,
      /add the selector/u,
      /"Equals":\["Management"\].*"AWS::S3::Object"/u,
    ],
  ])("%s", (_, resources, options, text, cli) => {
    const remedy = remedyOf(judge(resources, options))!;
    expect(remedy.text).toMatch(text);
    expect(remedy.cli).toMatch(cli);
    expect(judge(apply(resources, remedy.cli ?? ""), options).status).toBe("pass");
  });

  it("names this account's own ARN, in four forms", () => {
    const {
      text = "",
      cli = "",
      cloudformation = "",
      terraform = "",
    } = remedyOf(judge([trail({ properties: writeOnly })], glacier))!;
    expect(text).toContain("trail main");
    for (const form of [cli, cloudformation, terraform])
      expect(form).toContain("arn:aws:cloudtrail:us-east-1:111122223333:trail/main");
    expect(cloudformation).toContain("    EventSelectors: [{");
    expect(terraform).toContain('read_write_type = "All"');
  });

  it.each<readonly [string, readonly Resource[], Options]>([
    ["no sink at all", [], glacier],
    [
      "a trail of another account",
      [trail({ id: "org", owner: "999999999999", properties: writeOnly })],
      glacier,
    ],
    [
      "a gap that is one of delivery",
      [trail({ observed: { LatestDeliveryError: "AccessDenied" } })],
      glacier,
    ],
    [
      "a trail that would deliver nothing",
      [trail({ observed: { IsLogging: false, LatestDeliveryTime: null } })],
      glacier,
    ],
    [
      "selectors that could not be read",
      [trail({ unreadable: ["EventSelectors"], observed: { IsLogging: false } })],
      glacier,
    ],
    ["a store that is being deleted", [store({ observed: { Status: "PENDING_DELETION" } })], glacier],
    [
      "a store of Insights",
      [store({ properties: advanced([f("eventCategory", { Equals: ["Insight"] })]) })],
      glacier,
    ],
    [
      "five basic selectors, none of which can be widened",
      [
        trail({
          properties: {
            EventSelectors: Array.from({ length: 5 }, () => ({
              ReadWriteType: "All",
              IncludeManagementEvents: true,
              DataResources: [],
            })),
          },
        }),
      ],
      objects,
    ],
    [
      "250 values, and no room for one more",
      [
        trail({
          properties: {
            EventSelectors: [
              {
                ReadWriteType: "All",
                IncludeManagementEvents: false,
                DataResources: [
                  {
                    Type: "AWS::S3::Object",
                    Values: Array.from({ length: 250 }, (_, at) => `arn:aws:s3:::b${at}/`),
                  },
                ],
              },
            ],
          },
        }),
      ],
      bucket("archive"),
    ],
  ])("is not offered for %s", (_, resources, options) => {
    expect(remedyOf(judge(resources, options))).toBeUndefined();
  });

  it("a quote in a selector's name does not break the command", () => {
    const resources = [
      trail({
        properties: {
          AdvancedEventSelectors: [
            { Name: "it's ours", FieldSelectors: [management, f("readOnly", { Equals: ["false"] })] },
          ],
        },
      }),
    ];
    const { cli = "" } = remedyOf(judge(resources, glacier))!;
    expect(cli).toContain(String.raw`it'\''s ours`);
    expect(judge(apply(resources, cli), glacier).status).toBe("pass");
  });

  it("a multi-region demand gets a remedy that it accepts", () => {
    const resources = [trail({ properties: { IsMultiRegionTrail: false, ...writeOnly } })];
    const state = (of: readonly Resource[]): Account => account({ resources: of });
    const { verdict } = cloudtrailManagement.evaluate(state(resources), {})[0]!;
    expect(
      cloudtrailManagement.evaluate(state(apply(resources, remedyOf(verdict)?.cli ?? "")), {})[0]!.verdict
        .status,
    ).toBe("pass");
  });
});

const some = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const arns = fc.subarray(
  ["arn:aws:s3:::prod/", "arn:aws:s3:::prod", "arn:aws:s3:::archive/", "arn:aws:s3:::archive/tmp/", ".tmp"],
  { minLength: 1 },
);
const arnField = fc
  .tuple(some(["StartsWith", "NotStartsWith", "NotEndsWith", "Equals", "NotEquals"]), arns)
  .map(([operator, values]) => f("resources.ARN", { [operator]: values }));
const half = some(["true", "false"]).map((value) => f("readOnly", { Equals: [value] }));
const optional = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.option(one, { nil: undefined }).map((value) => (value === undefined ? [] : [value]));
const advancedList = fc
  .array(
    fc.oneof(
      optional(half).map((more) => [management, ...more]),
      fc.tuple(optional(half), optional(arnField)).map(([a, b]) => [...s3, ...a, ...b]),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => advanced(...list));
const basicList = fc
  .array(
    fc.record({
      ReadWriteType: some(["All", "ReadOnly", "WriteOnly"]),
      IncludeManagementEvents: fc.boolean(),
      DataResources: optional(arns.map((Values) => ({ Type: "AWS::S3::Object", Values }))),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((EventSelectors): JsonObject => ({ EventSelectors }));
const lists = fc.oneof(advancedList, basicList, fc.constant<JsonObject>({}));
const trails = fc
  .array(fc.record({ selectors: lists, multi: fc.boolean(), logging: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((rows) =>
    rows.map(({ selectors, multi, logging }, at) =>
      trail({
        id: `t${at}`,
        properties: { ...selectors, IsMultiRegionTrail: multi },
        observed: { IsLogging: logging },
      }),
    ),
  );
const stores = optional(
  fc
    .record({
      selectors: fc.oneof(advancedList, fc.constant<JsonObject>({})),
      multi: fc.boolean(),
      status: some(["ENABLED", "STOPPED_INGESTION"]),
    })
    .map(({ selectors, multi, status }) =>
      store({ properties: { ...selectors, MultiRegionEnabled: multi }, observed: { Status: status } }),
    ),
);
const demands = some<Options>([
  glacier,
  objects,
  bucket("prod"),
  bucket("archive"),
  { data: { type: "AWS::S3::Object", access: "read" } },
  { ...bucket("archive"), ...glacier },
  { data: { type: "AWS::Lambda::Function" } },
]);

describe("every remedy that is offered", () => {
  it("makes the rule pass when its command is run, and touches one sink only", () => {
    let offered = 0;
    fc.assert(
      fc.property(trails, stores, demands, (some, more, options) => {
        const resources = [...some, ...more];
        const verdict = judge(resources, options);
        const remedy = remedyOf(verdict);
        if (remedy === undefined) return;
        offered += 1;
        expect(new Set(parseCli(remedy.cli ?? "").map(({ arn }) => arn)).size).toBe(1);
        expect(judge(apply(resources, remedy.cli ?? ""), options).status).toBe("pass");
      }),
      { numRuns: 250, seed: 20261121 },
    );
    expect(offered).toBeGreaterThan(150);
  });

  it("never takes away what was captured before", () => {
    fc.assert(
      fc.property(trails, demands, demands, (resources, options, other) => {
        const remedy = remedyOf(judge(resources, options));
        if (remedy === undefined || judge(resources, other).status !== "pass") return;
        expect(judge(apply(resources, remedy.cli ?? ""), other).status).toBe("pass");
      }),
      { numRuns: 150, seed: 20261121 },
    );
  });
});
