import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/change.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Remediation, Verdict } from "../../../src/core/verdict.js";
import { cloudtrailCaptures } from "../../../src/evaluators/cloudtrail/captures.js";
import { lay } from "../../../src/forecasts/lay.js";
import { joinAdvanced, joinBasic } from "../../../src/reasoning/capture/join-selectors.js";
import { joinedRemedy } from "../../../src/reasoning/capture/join-remedies.js";
import { stateOf, viewAccount } from "../../../src/shared/view-account.js";
import { account, trail } from "./account.js";

type Options = Parameters<typeof cloudtrailCaptures.evaluate>[1];

const f = (Field: string, operators: JsonObject): JsonObject => ({ Field, ...operators });
const advanced = (...fields: readonly JsonObject[]): JsonObject => ({ FieldSelectors: fields });
const management = f("eventCategory", { Equals: ["Management"] });
const data = (type: string): readonly JsonObject[] => [
  f("eventCategory", { Equals: ["Data"] }),
  f("resources.type", { Equals: [type] }),
];
const s3 = data("AWS::S3::Object");
const lambda = data("AWS::Lambda::Function");
const half = (isRead: boolean): JsonObject => f("readOnly", { Equals: [String(isRead)] });
const basic = (part: JsonObject): JsonObject => ({
  ReadWriteType: "All",
  IncludeManagementEvents: true,
  ExcludeManagementEventSources: [],
  DataResources: [],
  ...part,
});
const recording = (ReadWriteType: string, Type: string, ...Values: readonly string[]): JsonObject =>
  basic({ ReadWriteType, IncludeManagementEvents: false, DataResources: [{ Type, Values }] });

describe("advanced selectors that several rules want", () => {
  const before = [advanced(management, f("eventSource", { NotEquals: ["kms.amazonaws.com", "x"] }))];

  it.each<readonly [string, readonly (readonly JsonObject[])[], readonly JsonObject[]]>([
    [
      "stand side by side",
      [
        [...before, advanced(...s3)],
        [...before, advanced(...lambda)],
      ],
      [...before, advanced(...s3), advanced(...lambda)],
    ],
    [
      "become one where one takes more",
      [
        [...before, advanced(...s3, half(true))],
        [...before, advanced(...s3)],
        [...before, advanced(...s3, f("resources.ARN", { StartsWith: ["arn:aws:s3:::a/"] }))],
      ],
      [...before, advanced(...s3)],
    ],
    [
      "become one where two are halves",
      [
        [...before, { Name: "read data events of S3", ...advanced(...s3, half(true)) }],
        [...before, { Name: "write data events of S3", ...advanced(...s3, half(false)) }],
      ],
      [...before, { Name: "all data events of S3", ...advanced(...s3) }],
    ],
    [
      "lose an exclusion that one of them takes out, and no other",
      [[advanced(management, f("eventSource", { NotEquals: ["kms.amazonaws.com"] }))], before],
      [advanced(management, f("eventSource", { NotEquals: ["kms.amazonaws.com"] }))],
    ],
  ])("%s", (_, lists, expected) => {
    expect(joinAdvanced(before, lists)).toEqual(expected);
    expect(joinAdvanced(before, lists.toReversed())).toHaveLength(expected.length);
  });

  it("lose a condition that one of them does without, and gain the values of another", () => {
    const one = [advanced(...s3, f("resources.ARN", { StartsWith: ["a"] }), half(true))];
    const wider = [advanced(...s3, f("resources.ARN", { StartsWith: ["a", "b"] }), half(true))];
    const whole = [advanced(...s3, f("resources.ARN", { StartsWith: ["a"] }))];
    expect(joinAdvanced(one, [wider, whole])).toEqual([
      advanced(...s3, f("resources.ARN", { StartsWith: ["a", "b"] })),
    ]);
  });
});

describe("basic selectors that several rules want", () => {
  const before = [
    basic({ ReadWriteType: "WriteOnly", ExcludeManagementEventSources: ["kms.amazonaws.com"] }),
  ];

  it.each<readonly [string, readonly (readonly JsonObject[])[], readonly JsonObject[]]>([
    [
      "are one with several resources",
      [
        [...before, recording("All", "AWS::S3::Object", "arn:aws:s3")],
        [...before, recording("All", "AWS::Lambda::Function", "arn:aws:lambda")],
      ],
      [
        ...before,
        basic({
          IncludeManagementEvents: false,
          DataResources: [
            { Type: "AWS::S3::Object", Values: ["arn:aws:s3"] },
            { Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda"] },
          ],
        }),
      ],
    ],
    [
      "are whole where they are halves of one, a bucket of it needing no mention",
      [
        [...before, recording("ReadOnly", "AWS::S3::Object", "arn:aws:s3")],
        [...before, recording("WriteOnly", "AWS::S3::Object", "arn:aws:s3")],
        [...before, recording("All", "AWS::S3::Object", "arn:aws:s3:::a/")],
      ],
      [...before, recording("All", "AWS::S3::Object", "arn:aws:s3")],
    ],
    [
      "stay halves where they are of different things, one function's name beginning another's",
      [
        [...before, recording("ReadOnly", "AWS::Lambda::Function", "arn:aws:lambda:x:1:function:a")],
        [...before, recording("WriteOnly", "AWS::Lambda::Function", "arn:aws:lambda:x:1:function:ab")],
      ],
      [
        ...before,
        recording("ReadOnly", "AWS::Lambda::Function", "arn:aws:lambda:x:1:function:a"),
        recording("WriteOnly", "AWS::Lambda::Function", "arn:aws:lambda:x:1:function:ab"),
      ],
    ],
    [
      "keep an exclusion that none of them takes out",
      [[basic({ ExcludeManagementEventSources: ["kms.amazonaws.com"] })], before],
      [basic({ ExcludeManagementEventSources: ["kms.amazonaws.com"] })],
    ],
  ])("%s", (_, lists, expected) => {
    expect(joinBasic(before, lists)).toEqual(expected);
  });
});

const judge = (resources: readonly Resource[], options: Options): Verdict =>
  cloudtrailCaptures.evaluate(account({ resources }), options)[0]!.verdict;
const remedyOf = (verdict: Verdict): Remediation | undefined =>
  verdict.status === "fail" ? verdict.remediation : undefined;
const changesOf = (verdict: Verdict): readonly Change[] => remedyOf(verdict)?.changes ?? [];

describe("one remedy for several rules", () => {
  const demand: fc.Arbitrary<Options> = fc.oneof(
    fc.record({
      data: fc.record({
        type: fc.constantFrom("AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"),
      }),
      access: fc.constantFrom("read", "write", "all"),
    }),
    fc.record({
      data: fc.record({
        type: fc.constant("AWS::S3::Object"),
        buckets: fc.subarray(["a", "b"], { minLength: 1 }),
      }),
      access: fc.constantFrom("read", "write", "all"),
    }),
    fc.record({
      events: fc.record({ source: fc.constantFrom("glacier.amazonaws.com", "kms.amazonaws.com") }),
    }),
  );
  const selectors: fc.Arbitrary<JsonObject> = fc.constantFrom<JsonObject>(
    {},
    { EventSelectors: [basic({ ReadWriteType: "WriteOnly" })] },
    { EventSelectors: [basic({ ExcludeManagementEventSources: ["kms.amazonaws.com"] })] },
    { EventSelectors: [recording("ReadOnly", "AWS::S3::Object", "arn:aws:s3:::a/")] },
    { AdvancedEventSelectors: [advanced(management, half(false))] },
    { AdvancedEventSelectors: [advanced(management), advanced(...s3, half(false))] },
    {
      AdvancedEventSelectors: [
        advanced(management, f("eventSource", { NotEquals: ["kms.amazonaws.com"] })),
        advanced(...s3, f("resources.ARN", { NotStartsWith: ["arn:aws:s3:::a/"] })),
      ],
    },
  );

  it("serves each of them, whatever they demand", () => {
    fc.assert(
      fc.property(selectors, fc.array(demand, { minLength: 2, maxLength: 4 }), (properties, demands) => {
        const resources = [trail({ properties })];
        const changes = demands.flatMap((options) => changesOf(judge(resources, options)));
        if (changes.length < 2) return;
        const state = account({ resources });
        const remedy = joinedRemedy(state, { rules: ["a", "b"], changes });
        const after = viewAccount(lay(stateOf(state)!.snapshot, remedy?.changes ?? []));
        for (const options of demands)
          if (changesOf(judge(resources, options)).length > 0)
            expect(cloudtrailCaptures.evaluate(after, options)[0]!.verdict.status).toBe("pass");
      }),
      { numRuns: 100 },
    );
  });
});

describe("what a trail leaves out on purpose", () => {
  const kms = f("eventSource", { NotEquals: ["kms.amazonaws.com"] });

  it.each<readonly [string, JsonObject]>([
    ["advanced", { AdvancedEventSelectors: [advanced(management, kms, half(false))] }],
    [
      "advanced, and split",
      { AdvancedEventSelectors: [advanced(management, kms, f("eventName", { StartsWith: ["Delete"] }))] },
    ],
    [
      "basic",
      {
        EventSelectors: [
          basic({ ReadWriteType: "WriteOnly", ExcludeManagementEventSources: ["kms.amazonaws.com"] }),
        ],
      },
    ],
    [
      "basic, with data events that must not become more",
      {
        EventSelectors: [
          basic({
            ReadWriteType: "WriteOnly",
            ExcludeManagementEventSources: ["kms.amazonaws.com"],
            DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
          }),
        ],
      },
    ],
  ])("stays out where it is not demanded: %s", (_, properties) => {
    const [change] = changesOf(
      judge([trail({ properties })], { events: { source: "glacier.amazonaws.com" } }),
    );
    const lists = Object.values(change?.properties ?? {}).flat() as readonly JsonObject[];
    const managing = lists.filter((selector) => !JSON.stringify(selector).includes('"Data"'));
    for (const selector of managing) expect(JSON.stringify(selector)).toContain("kms.amazonaws.com");
    expect(managing.length).toBeGreaterThan(0);
  });

  it("is recorded where it is demanded", () => {
    const properties = { AdvancedEventSelectors: [advanced(management, kms)] };
    const verdict = judge([trail({ properties })], { events: { source: "kms.amazonaws.com" } });
    expect(JSON.stringify(changesOf(verdict))).not.toContain("kms");
  });
});

describe("a trail that leaves out its own bucket", () => {
  const sparing = (bucket: string): JsonObject => ({
    AdvancedEventSelectors: [
      advanced(management),
      advanced(
        ...s3,
        f("resources.ARN", { NotStartsWith: [`arn:aws:s3:::${bucket}/`, "arn:aws:s3:::tmp/"] }),
      ),
    ],
  });
  const objects: Options = { data: { type: "AWS::S3::Object" } };

  it("is not made to feed itself: the remedy says what else to do", () => {
    const verdict = judge([trail({ properties: sparing("logs") })], objects);
    expect(remedyOf(verdict)).toEqual({
      text: expect.stringMatching(/^Keep the exclusion: trail main .*logs/u),
    });
  });

  it("may record what else it leaves out", () => {
    const bucket: Options = { data: { type: "AWS::S3::Object", buckets: ["tmp"] } };
    const [change] = changesOf(judge([trail({ properties: sparing("logs") })], bucket));
    expect(JSON.stringify(change)).toContain(`"NotStartsWith":["arn:aws:s3:::logs/"]`);
  });

  it("stands back where another trail can do it", () => {
    const other = trail({ id: "other", properties: { S3BucketName: "elsewhere" } });
    const [change] = changesOf(judge([trail({ properties: sparing("logs") }), other], objects));
    expect(change?.id).toBe("other");
  });

  it("is widened as ever where the bucket that it leaves out is another", () => {
    const [change] = changesOf(judge([trail({ properties: sparing("other-logs") })], objects));
    expect(change?.id).toBe("main");
  });
});
