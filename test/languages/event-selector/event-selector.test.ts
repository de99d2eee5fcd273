import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/core/json.js";
import { parseSelectors } from "../../../src/languages/event-selector/parse.js";
import { matchSelectors } from "../../../src/languages/event-selector/event-selector.js";
import type { CloudTrailEvent } from "../../../src/languages/event-selector/event-selector.js";

const s3 = "AWS::S3::Object";
const data = { Field: "eventCategory", Equals: ["Data"] };
const management = { Field: "eventCategory", Equals: ["Management"] };
const objects = { Field: "resources.type", Equals: [s3] };
const advanced = (...FieldSelectors: readonly JsonValue[]): JsonValue => [{ FieldSelectors }];

function objectEvent(eventName: string, readOnly: boolean, arn: string): CloudTrailEvent {
  return {
    eventCategory: "Data",
    eventType: "AwsApiCall",
    eventSource: "s3.amazonaws.com",
    eventName,
    readOnly,
    resources: [
      { type: "AWS::S3::Bucket", arn: "arn:aws:s3:::any" },
      { type: s3, arn },
    ],
  };
}
function managementEvent(eventName: string, over: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return {
    eventCategory: "Management",
    eventType: "AwsApiCall",
    eventSource: "s3.amazonaws.com",
    eventName,
    readOnly: false,
    ...over,
  };
}

const m02: JsonValue = [
  {
    ReadWriteType: "WriteOnly",
    IncludeManagementEvents: false,
    DataResources: [{ Type: s3, Values: ["arn:aws:s3:::arch/"] }],
  },
];
const m03 = advanced(data, objects, { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::arch"] });
const m05 = advanced(data, objects, {
  Field: "resources.ARN",
  Equals: ["arn:aws:s3:::b/o1"],
  StartsWith: ["arn:aws:s3:::b/"],
  EndsWith: ["o3"],
  NotStartsWith: ["arn:aws:s3:::b/deselect"],
  NotEndsWith: ["o5"],
  NotEquals: ["arn:aws:s3:::b/o6"],
});

describe("one selector list and single events", () => {
  const rows: readonly (readonly [
    string,
    { readonly basic?: JsonValue; readonly advanced?: JsonValue },
    CloudTrailEvent,
    "yes" | "no",
  ])[] = [
    [
      "M01 the default takes no object event",
      {},
      objectEvent("RestoreObject", false, "arn:aws:s3:::arch/a"),
      "no",
    ],
    ["M01 the default takes a bucket's management event", {}, managementEvent("PutBucketLifecycle"), "yes"],
    [
      "M02 a write-only bucket selector takes a restore",
      { basic: m02 },
      objectEvent("RestoreObject", false, "arn:aws:s3:::arch/a"),
      "yes",
    ],
    ["M02 but no read", { basic: m02 }, objectEvent("GetObject", true, "arn:aws:s3:::arch/a"), "no"],
    [
      "M02 and not the sibling bucket",
      { basic: m02 },
      objectEvent("PutObject", false, "arn:aws:s3:::arch2/a"),
      "no",
    ],
    ["M02 and no management event", { basic: m02 }, managementEvent("PutBucketLifecycle"), "no"],
    [
      "M03 without the slash the bucket is taken",
      { advanced: m03 },
      objectEvent("RestoreObject", false, "arn:aws:s3:::arch/a"),
      "yes",
    ],
    [
      "M03 and its sibling too",
      { advanced: m03 },
      objectEvent("RestoreObject", false, "arn:aws:s3:::arch2/a"),
      "yes",
    ],
    [
      "M04 NotEquals a bucket ARN excludes nothing",
      { advanced: advanced(data, objects, { Field: "resources.ARN", NotEquals: ["arn:aws:s3:::arch/"] }) },
      objectEvent("RestoreObject", false, "arn:aws:s3:::arch/a"),
      "yes",
    ],
    ["M05 Equals selects", { advanced: m05 }, objectEvent("GetObject", true, "arn:aws:s3:::b/o1"), "yes"],
    ["M05 StartsWith selects", { advanced: m05 }, objectEvent("GetObject", true, "arn:aws:s3:::b/o2"), "yes"],
    ["M05 EndsWith selects", { advanced: m05 }, objectEvent("GetObject", true, "arn:aws:s3:::b1/o3"), "yes"],
    [
      "M05 NotStartsWith cuts",
      { advanced: m05 },
      objectEvent("GetObject", true, "arn:aws:s3:::b/deselect4"),
      "no",
    ],
    ["M05 NotEndsWith cuts", { advanced: m05 }, objectEvent("GetObject", true, "arn:aws:s3:::b/o5"), "no"],
    ["M05 NotEquals cuts", { advanced: m05 }, objectEvent("GetObject", true, "arn:aws:s3:::b/o6"), "no"],
    [
      "M05 what nothing selects is out",
      { advanced: m05 },
      objectEvent("GetObject", true, "arn:aws:s3:::c/x"),
      "no",
    ],
  ];
  it.each(rows)("%s", (_, lists, event, expected) => {
    expect(matchSelectors(parseSelectors(lists), event)).toBe(expected);
  });
});

describe("basic data resources", () => {
  const event = (type: string, arn: string): CloudTrailEvent => ({
    ...objectEvent("X", false, arn),
    resources: [{ type, arn }],
  });
  const basic = (Type: string, value: string): JsonValue => [
    { IncludeManagementEvents: false, DataResources: [{ Type, Values: [value] }] },
  ];
  const lambda = "AWS::Lambda::Function";
  const table = "AWS::DynamoDB::Table";
  const fn = "arn:aws:lambda:us-east-1:111122223333:function:pay";
  const orders = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
  it.each([
    ["arn:aws:s3 is every object", s3, "arn:aws:s3", "arn:aws:s3:::any/key", "yes"],
    ["the same in China has its own partition", s3, "arn:aws-cn:s3", "arn:aws-cn:s3:::any/key", "yes"],
    ["and takes none of another partition", s3, "arn:aws-cn:s3", "arn:aws:s3:::any/key", "no"],
    ["arn:aws:s3::: is every object", s3, "arn:aws:s3:::", "arn:aws:s3:::any/key", "yes"],
    ["a key prefix is not the bucket", s3, "arn:aws:s3:::b/logs/", "arn:aws:s3:::b/data/1", "no"],
    ["arn:aws:lambda is every function", lambda, "arn:aws:lambda", fn, "yes"],
    ["a function ARN is exact", lambda, fn, `${fn}ment`, "no"],
    ["a function ARN takes the function", lambda, fn, fn, "yes"],
    ["half a function ARN is undecidable", lambda, "arn:aws:lambda:us-east-1", fn, "unknown"],
    ["arn:aws:dynamodb is every table", table, "arn:aws:dynamodb", orders, "yes"],
    ["a table ARN takes the table", table, orders, orders, "yes"],
    ["whether a table ARN is a prefix is undecidable", table, orders, `${orders}2`, "unknown"],
    [
      "a table ARN takes no unrelated table",
      table,
      orders,
      "arn:aws:dynamodb:us-east-1:111122223333:table/users",
      "no",
    ],
    [
      "a type that basic selectors do not know is undecidable",
      "AWS::SNS::Topic",
      "arn:aws:sns",
      "arn:aws:sns:us-east-1:111122223333:t",
      "unknown",
    ],
  ] as const)("%s", (_, type, value, arn, expected) => {
    expect(matchSelectors(parseSelectors({ basic: basic(type, value) }), event(type, arn))).toBe(expected);
  });
});

describe("parts that are not understood", () => {
  const event = managementEvent("PutBucketLifecycle");
  it.each<readonly [string, JsonValue, "yes" | "no" | "unknown"]>([
    ["an unknown field", advanced(management, { Field: "someNewField", NotEquals: ["x"] }), "unknown"],
    ["an unknown operator", advanced(management, { Field: "eventName", Contains: ["Put"] }), "unknown"],
    [
      "an unknown operator without values",
      advanced(management, { Field: "eventName", StartsWith: ["Put"], Contains: [] }),
      "yes",
    ],
    [
      "a value that is no list",
      advanced(management, { Field: "eventName", Equals: "PutBucketLifecycle" }),
      "unknown",
    ],
    ["a value that is no text", advanced(management, { Field: "readOnly", Equals: [false] }), "unknown"],
    ["a field without operator", advanced(management, { Field: "eventName" }), "unknown"],
    [
      "a field with empty operators",
      advanced(management, { Field: "eventName", Equals: [], NotEquals: [] }),
      "unknown",
    ],
    ["no eventCategory", advanced({ Field: "readOnly", Equals: ["false"] }), "unknown"],
    [
      "an unknown field beside one that rejects",
      advanced(data, objects, { Field: "someNewField", Equals: ["x"] }),
      "no",
    ],
    ["an unknown member of the selector", [{ FieldSelectors: [management], Mode: "strict" }], "unknown"],
    ["a selector without fields", [{ Name: "x" }], "unknown"],
    ["text instead of a selector", ["Management"], "unknown"],
    ["text instead of a list", "Management", "unknown"],
    [
      "two selectors, one understood",
      [{ FieldSelectors: [management] }, { FieldSelectors: [{ Field: "new", Equals: ["x"] }] }],
      "yes",
    ],
    [
      "empty operators beside a real one",
      advanced(management, { Field: "eventName", Equals: [], StartsWith: ["Put"], NotEquals: [] }),
      "yes",
    ],
    [
      "the same field twice, which is AND",
      advanced(
        management,
        { Field: "eventName", StartsWith: ["Put"] },
        { Field: "eventName", EndsWith: ["Policy"] },
      ),
      "no",
    ],
    ["a selector name, which means nothing", [{ Name: "Data events", FieldSelectors: [management] }], "yes"],
  ])("advanced: %s", (_, list, expected) => {
    expect(matchSelectors(parseSelectors({ advanced: list }), event)).toBe(expected);
  });

  it.each<readonly [string, JsonValue, "yes" | "no" | "unknown"]>([
    ["an unknown ReadWriteType", [{ ReadWriteType: "Some" }], "unknown"],
    ["an unknown member", [{ ReadWriteType: "All", OnlyOnSundays: true }], "unknown"],
    ["IncludeManagementEvents as text", [{ IncludeManagementEvents: "true" }], "unknown"],
    ["an empty selector, which takes all management events", [{}], "yes"],
    ["a malformed data resource beside management events", [{ DataResources: [{ Type: 7 }] }], "yes"],
    ["an excluded source", [{ ExcludeManagementEventSources: ["s3.amazonaws.com"] }], "no"],
  ])("basic: %s", (_, list, expected) => {
    expect(matchSelectors(parseSelectors({ basic: list }), event)).toBe(expected);
  });

  it("a record without readOnly is undecidable where a selector asks for it", () => {
    const { readOnly, ...old } = event;
    expect(readOnly).toBe(false);
    expect(matchSelectors(parseSelectors({ basic: [{ ReadWriteType: "ReadOnly" }] }), old)).toBe("unknown");
    expect(matchSelectors(parseSelectors({}), old)).toBe("yes");
  });

  it("both lists empty or missing are the default", () => {
    for (const empty of [undefined, null, []])
      expect(matchSelectors(parseSelectors({ basic: empty, advanced: empty }), event)).toBe("yes");
  });

  it("both lists filled, which AWS does not allow, decide nothing but what both reject", () => {
    const both = parseSelectors({ basic: [{ ReadWriteType: "All" }], advanced: advanced(management) });
    expect(matchSelectors(both, event)).toBe("unknown");
    expect(matchSelectors(both, objectEvent("GetObject", true, "arn:aws:s3:::b/k"))).toBe("no");
  });

  it("a field that the event lacks fails every positive operator and passes the negative ones", () => {
    const with_ = (operators: {
      readonly [name: string]: JsonValue;
    }): readonly ["yes" | "no" | "unknown"] => [
      matchSelectors(
        parseSelectors({ advanced: advanced(management, { Field: "userIdentity.arn", ...operators }) }),
        event,
      ),
    ];
    expect(with_({ StartsWith: ["arn:"] })).toEqual(["no"]);
    expect(with_({ NotStartsWith: ["arn:"] })).toEqual(["yes"]);
    expect(with_({ StartsWith: ["arn:"], NotEquals: ["x"] })).toEqual(["no"]);
  });
});

describe("properties of the language", () => {
  const text = fc.stringMatching(/^[ab]{0,3}$/u);
  const values = fc.array(text, { maxLength: 3 });
  const operators = fc.record({
    Equals: values,
    StartsWith: values,
    EndsWith: values,
    NotEquals: values,
    NotStartsWith: values,
    NotEndsWith: values,
  });

  it("select operators are alternatives, deselect operators all cut", () => {
    fc.assert(
      fc.property(operators, text, (lists, name) => {
        const selects = [
          ...lists.Equals.map((v) => name === v),
          ...lists.StartsWith.map((v) => name.indexOf(v) === 0),
          ...lists.EndsWith.map((v) => name.slice(name.length - v.length) === v && v.length <= name.length),
        ];
        const cuts = [
          ...lists.NotEquals.map((v) => name === v),
          ...lists.NotStartsWith.map((v) => name.indexOf(v) === 0),
          ...lists.NotEndsWith.map(
            (v) => name.slice(name.length - v.length) === v && v.length <= name.length,
          ),
        ];
        const expected =
          (selects.length === 0 || selects.includes(true)) && !cuts.includes(true) ? "yes" : "no";
        const found = matchSelectors(
          parseSelectors({ advanced: advanced(management, { Field: "eventName", ...lists }) }),
          managementEvent(name),
        );
        expect(found).toBe(selects.length + cuts.length === 0 ? "unknown" : expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("total: any JSON is parsed and matched, and never taken for the default unless it is empty", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (basic, list) => {
        const lists = { basic: basic as JsonValue, advanced: list as JsonValue };
        expect(["yes", "no", "unknown"]).toContain(
          matchSelectors(parseSelectors(lists), managementEvent("X")),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("a basic selector is the union of its read half and its write half", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom("arn:aws:s3", "arn:aws:s3:::b/", "arn:aws:s3:::b/p"),
        fc.constantFrom("arn:aws:s3:::b/p1", "arn:aws:s3:::b/q", "arn:aws:s3:::bb/p"),
        (management_, readOnly, value, arn) => {
          const rest = {
            IncludeManagementEvents: management_,
            DataResources: [{ Type: s3, Values: [value] }],
          };
          const whole = parseSelectors({ basic: [{ ReadWriteType: "All", ...rest }] });
          const halves = parseSelectors({
            basic: [
              { ReadWriteType: "ReadOnly", ...rest },
              { ReadWriteType: "WriteOnly", ...rest },
            ],
          });
          for (const event of [objectEvent("X", readOnly, arn), managementEvent("X", { readOnly })])
            expect(matchSelectors(halves, event)).toBe(matchSelectors(whole, event));
        },
      ),
      { numRuns: 200 },
    );
  });
});

it("type and ARN are asked of one resource of an event together", () => {
  const bucket = { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::any"] };
  const selector = parseSelectors({ advanced: advanced(data, objects, bucket) });
  expect(matchSelectors(selector, objectEvent("PutObject", false, "arn:aws:s3:::other/x"))).toBe("no");
  expect(matchSelectors(selector, objectEvent("PutObject", false, "arn:aws:s3:::any/x"))).toBe("yes");
});
