import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Hole } from "../../../src/core/declared.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { evaluate } from "../../../src/languages/template/evaluate.js";
import { holesIn, REMOVED } from "../../../src/languages/template/values.js";
import { exploreWorlds } from "../../../src/languages/template/worlds.js";
import { open, valueOf, worldsOf } from "./open.js";

const document: JsonObject = {
  Parameters: {
    Name: { Type: "String", Default: "pager" },
    Names: { Type: "CommaDelimitedList", Default: "alpha, beta,,gamma" },
    Limit: { Type: "Number", Default: 5 },
    Open: { Type: "String" },
    Secret: { Type: "String", Default: "hunter2", NoEcho: true },
    Shared: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/shared/topic" },
  },
  Mappings: { Limits: { prod: { Errors: 1, Zones: ["a", "b"] } } },
  Conditions: {
    IsPager: { "Fn::Equals": [{ Ref: "Name" }, "pager"] },
    IsNot: { "Fn::Not": [{ Condition: "IsPager" }] },
    Both: { "Fn::And": [{ Condition: "IsPager" }, { Condition: "IsNot" }] },
    Either: { "Fn::Or": [{ Condition: "IsPager" }, { Condition: "IsNot" }] },
    HasSecret: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Secret" }, ""] }] },
    Five: { "Fn::Equals": [{ Ref: "Limit" }, 5] },
    Around: { "Fn::Not": [{ Condition: "Around" }] },
  },
  Resources: { Topic: { Type: "AWS::SNS::Topic" }, Queue: { Type: "AWS::SQS::Queue" } },
};

const known: readonly (readonly [string, JsonValue, unknown])[] = [
  ["Ref of a parameter", { Ref: "Name" }, "pager"],
  ["a list parameter, trimmed, with its empty texts", { Ref: "Names" }, ["alpha", "beta", "", "gamma"]],
  ["a number as it is written", { Ref: "Limit" }, "5"],
  ["a pseudo parameter", { Ref: "AWS::Region" }, "eu-west-1"],
  ["Ref of a resource", { Ref: "Topic" }, "Topic"],
  ["GetAtt by a list", { "Fn::GetAtt": ["Topic", "TopicName"] }, "Topic.TopicName"],
  ["GetAtt by a text, at the first dot", { "Fn::GetAtt": "Topic.Outputs.A" }, "Topic.Outputs.A"],
  [
    "Sub with names, spaces and a literal",
    { "Fn::Sub": "${ Name }-${Topic.Arn}-${!Name}" },
    "pager-Topic.Arn-${Name}",
  ],
  ["Sub with a map first", { "Fn::Sub": ["${Name}/${B}", { Name: "mine", B: { Ref: "Limit" } }] }, "mine/5"],
  ["Join", { "Fn::Join": ["-", ["a", 1, true, { Ref: "Name" }]] }, "a-1-true-pager"],
  ["Join of a list parameter", { "Fn::Join": ["|", { Ref: "Names" }] }, "alpha|beta||gamma"],
  ["Join drops what is taken away", { "Fn::Join": ["-", ["a", { Ref: "AWS::NoValue" }, "b"]] }, "a-b"],
  ["Split keeps empty texts", { "Fn::Split": [",", "a,,b"] }, ["a", "", "b"]],
  ["Select by a text", { "Fn::Select": ["1", { Ref: "Names" }] }, "beta"],
  ["FindInMap", { "Fn::FindInMap": ["Limits", "prod", "Errors"] }, 1],
  ["FindInMap of a list", { "Fn::FindInMap": ["Limits", "prod", "Zones"] }, ["a", "b"]],
  ["FindInMap's default", { "Fn::FindInMap": ["Limits", "test", "Errors", { DefaultValue: 9 }] }, 9],
  ["Length", { "Fn::Length": { Ref: "Names" } }, 4],
  ["ToJsonString", { "Fn::ToJsonString": { a: [{ Ref: "Name" }] } }, '{"a":["pager"]}'],
  ["Base64", { "Fn::Base64": "hi" }, "aGk="],
  ["If", { "Fn::If": ["IsPager", "yes", "no"] }, "yes"],
  ["If of a negation", { "Fn::If": ["IsNot", "yes", "no"] }, "no"],
  ["And", { "Fn::If": ["Both", 1, 2] }, 2],
  ["Or", { "Fn::If": ["Either", 1, 2] }, 1],
  ["Equals of a number and its text", { "Fn::If": ["Five", 1, 2] }, 1],
  ["a secret is compared and not shown", { "Fn::If": ["HasSecret", 1, 2] }, 1],
  [
    "a key and an element that are taken away",
    { a: { Ref: "AWS::NoValue" }, b: [{ Ref: "AWS::NoValue" }, 1] },
    { b: [1] },
  ],
  ["an object that only looks like a call", { Ref: "Name", Other: 1 }, { Ref: "Name", Other: 1 }],
  [
    "a loop among properties",
    { "Fn::ForEach::Tags": ["T", { Ref: "Names" }, { "Key${T}": { "Fn::Sub": "${T}-${Name}" } }] },
    { Keyalpha: "alpha-pager", Keybeta: "beta-pager", Key: "-pager", Keygamma: "gamma-pager" },
  ],
  [
    "loops in loops, with names without signs",
    {
      "Fn::ForEach::A": [
        "A",
        ["x", "y"],
        { "Fn::ForEach::B": ["B", ["1-1"], { "${A}&{B}": { "Fn::GetAtt": ["Topic", { Ref: "A" }] } }] },
      ],
    },
    { x11: "Topic.x", y11: "Topic.y" },
  ],
];

const open_: readonly (readonly [string, JsonValue, string, string?])[] = [
  ["a parameter without a value", { "Fn::Sub": "a-${Open}" }, "parameter Open"],
  ["an SSM parameter, whose default is its path", { Ref: "Shared" }, "parameter Shared"],
  [
    "a secret, in whatever it stands",
    { "Fn::Join": ["", ["a", { Ref: "Secret" }]] },
    "parameter Secret",
    "sensitive",
  ],
  ["an export of no stack", { "Fn::ImportValue": { "Fn::Sub": "ops-${Name}" } }, "export ops-pager"],
  [
    "an output of no stack",
    { "Fn::GetStackOutput": { StackName: "a", OutputName: "B" } },
    "output B of stack a",
  ],
  ["a dynamic reference", "{{resolve:ssm:/a/b:3}}", "the SSM parameter /a/b"],
  [
    "a secret of Secrets Manager",
    { "Fn::Sub": "x{{resolve:secretsmanager:id:SecretString:p}}" },
    "a secret of Secrets Manager",
    "sensitive",
  ],
  ["a secure SSM parameter", "{{resolve:ssm-secure:/p}}", "a secret of Systems Manager", "sensitive"],
  ["a join of a list with a hole", { "Fn::Join": [",", ["a", { Ref: "Open" }]] }, "parameter Open"],
  ["a selection of a hole", { "Fn::Select": [0, [{ Ref: "Open" }]] }, "parameter Open"],
  [
    "what a macro makes",
    { "Fn::Transform": { Name: "AWS::Include", Parameters: {} }, a: 1 },
    "the transform AWS::Include",
  ],
  ["availability zones", { "Fn::GetAZs": "" }, "the availability zones of the region"],
  [
    "a loop over a hole",
    { "Fn::ForEach::X": ["I", { Ref: "Open" }, { "${I}": 1 }] },
    "Fn::ForEach::X over parameter Open",
  ],
];

const wrong: readonly (readonly [string, JsonValue, string])[] = [
  ["a name that there is not", { Ref: "Nobody" }, "unknown-name"],
  ["a name in a text", { "Fn::Sub": "${Nobody.Arn}" }, "unknown-name"],
  ["an index beyond the list", { "Fn::Select": [9, ["a"]] }, "bad-function"],
  ["a key that the mapping has not", { "Fn::FindInMap": ["Limits", "test", "Errors"] }, "bad-function"],
  ["a condition of itself", { "Fn::If": ["Around", 1, 2] }, "cyclic-reference"],
  ["a condition that there is not", { "Fn::If": ["Nowhere", 1, 2] }, "unknown-name"],
];

describe("the template language", () => {
  it.each(known)("knows %s", (_, node, value) => {
    expect(valueOf(node, document)).toEqual({ value, faults: [] });
  });
  it.each(open_.map(([title, ...row]) => ({ title, row })))("leaves open $title", ({ row }) => {
    const [node, cause, reason = "undecided"] = row;
    const { value, faults } = valueOf(node, document);
    expect([holesIn(value as never), faults]).toEqual([[new Hole(cause, reason as "sensitive")], []]);
  });
  it.each(wrong)("refuses %s", (_, node, code) => {
    expect(valueOf(node, document).faults).toContain(code);
  });
  it("takes away a value as a whole", () => {
    expect(valueOf({ "Fn::If": ["IsPager", { Ref: "AWS::NoValue" }, 1] }, document).value).toBe(REMOVED);
  });
  it("takes a value that is handed in before the default", () => {
    expect(valueOf({ Ref: "Name" }, document, { Name: "other" }).value).toBe("other");
  });
});

describe("worlds", () => {
  const undecided: JsonObject = {
    Parameters: {
      Environment: { Type: "String" },
      Retention: { Type: "Number", AllowedValues: [365, 400] },
      Unused: { Type: "String", AllowedValues: ["a", "b"] },
      Many: { Type: "String", AllowedValues: Array.from({ length: 17 }, (_, at) => `v${at.toString()}`) },
    },
    Conditions: {
      IsProd: { "Fn::Equals": [{ Ref: "Environment" }, "prod"] },
      IsTest: { "Fn::Equals": ["test", { Ref: "Environment" }] },
      Compared: { "Fn::Equals": [{ "Fn::Join": ["", [{ Ref: "Environment" }, "x"]] }, "prodx"] },
      IsFirst: { "Fn::Equals": [{ Ref: "Many" }, "v0"] },
    },
    Resources: { Topic: { Type: "AWS::SNS::Topic" } },
  };
  it("splits by the values that are allowed", () => {
    expect(worldsOf({ Ref: "Retention" }, undecided)).toEqual([
      { given: ["parameter Retention is 365"], value: "365" },
      { given: ["parameter Retention is 400"], value: "400" },
    ]);
  });
  it("splits by the texts that conditions tell apart, and no two at once", () => {
    const node = { "Fn::If": ["IsProd", 1, { "Fn::If": ["IsTest", 2, 3] }] };
    expect(worldsOf(node, undecided)).toEqual([
      { given: ["parameter Environment is prod"], value: 1 },
      { given: ["parameter Environment is test"], value: 2 },
      { given: ["parameter Environment is not prod or test"], value: 3 },
    ]);
  });
  it("splits by a condition that no single parameter decides", () => {
    expect(
      worldsOf(
        { "Fn::If": ["Compared", 1, 2] },
        {
          ...undecided,
          Conditions: {
            Compared: { "Fn::Equals": [{ "Fn::Join": ["", [{ Ref: "Environment" }, "x"]] }, "prodx"] },
          },
        },
      ),
    ).toEqual([
      { given: ["condition Compared is true"], value: 1 },
      { given: ["condition Compared is false"], value: 2 },
    ]);
  });
  it("leaves open what would make more than sixteen", () => {
    expect(worldsOf({ Ref: "Many" }, { ...undecided, Conditions: {} })).toEqual([
      { given: [], value: new Hole("parameter Many") },
    ]);
    expect(worldsOf({ "Fn::If": ["IsFirst", 1, 2] }, undecided).map(({ value }) => value)).toEqual([1, 2]);
  });
  it("stays at sixteen worlds, whatever is undecided, and covers each way to decide", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }), (counts) => {
        const Parameters = Object.fromEntries(
          counts.map((count, at) => [
            `P${at.toString()}`,
            {
              Type: "String",
              AllowedValues: Array.from({ length: count }, (_, value) => `v${value.toString()}`),
            },
          ]),
        );
        const node = counts.map((_, at) => ({ Ref: `P${at.toString()}` }));
        const worlds = worldsOf(node, { Parameters });
        expect(worlds.length).toBeLessThanOrEqual(16);
        const ways = counts.map((count) =>
          Array.from({ length: count }, (_, value) => `v${value.toString()}`),
        );
        const all = ways.reduce<string[][]>(
          (list, way) => list.flatMap((one) => way.map((v) => [...one, v])),
          [[]],
        );
        for (const one of all) {
          const covering = worlds.filter(({ value }) =>
            (value as readonly (string | Hole)[]).every((v, at) => v instanceof Hole || v === one[at]),
          );
          expect(covering).toHaveLength(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const names = fc.constantFrom(
  "Name",
  "Names",
  "Open",
  "Secret",
  "Topic",
  "Nobody",
  "IsPager",
  "Around",
  "AWS::NoValue",
  "AWS::Region",
);
const expression = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null), names),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 4 }), fc.constant("__proto__")), tie("node"), {
      maxKeys: 3,
    }),
    fc
      .tuple(
        fc.constantFrom(
          ..."Ref Fn::GetAtt Fn::Sub Fn::Join Fn::Split Fn::Select Fn::FindInMap Fn::If Fn::ImportValue".split(
            " ",
          ),
          ..."Fn::Base64 Fn::Length Fn::ToJsonString Fn::Transform Fn::ForEach::L Fn::GetStackOutput Fn::Nobody".split(
            " ",
          ),
        ),
        tie("node"),
      )
      .map(([key, arg]) => ({ [key]: arg })),
  ),
})).node;

describe("any expression", () => {
  it("has a value, says its mistakes, and shows no secret", () => {
    fc.assert(
      fc.property(expression, (node) => {
        const { scope } = open(document);
        expect(JSON.stringify([evaluate(node, [], scope)])).not.toContain("hunter2");
      }),
      { numRuns: 400 },
    );
  });
  it("is cut short where there is too much to do", () => {
    const big: JsonObject = {
      Resources: {},
      Parameters: {
        N: { Type: "CommaDelimitedList", Default: Array.from({ length: 300 }, (_, at) => at).join(",") },
      },
    };
    const loop = (inner: JsonValue, name: string): JsonValue => ({
      [`Fn::ForEach::${name}`]: [name, { Ref: "N" }, inner],
    });
    const node = loop(loop(loop({ "K${A}${B}${C}": 1 }, "C"), "B"), "A");
    const [world] = exploreWorlds((session) => {
      const value = evaluate(node, [], open(big, { session }).scope);
      return { isExhausted: session.isExhausted, isHole: value instanceof Hole };
    });
    expect(world?.result).toEqual({ isExhausted: true, isHole: true });
  });
});
