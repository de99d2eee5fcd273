import { expect, test } from "vitest";
import type { Collector } from "../../src/core/collector.js";
import type { Need } from "../../src/core/need.js";
import type { Plugin } from "../../src/core/plugin.js";
import type { Plugins } from "../../src/core/plugins.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { planRun } from "../../src/run/check.js";
import { liveSource } from "../../src/sources/live.js";
import { fakeAws, inputText } from "../sources/support/fake-aws.js";
import { virtualClock } from "../sources/support/virtual-clock.js";
import { rule } from "../support/build.js";
import { evaluatorText, withPlugins } from "./support.js";

// A shelf of topics, each with a lid that it names and that has to be located.
const functions: Readonly<Record<string, string>> = {
  listInput: "() => ({ Wanted: 'all' })",
  found:
    "({ Topics }, { region }) => Topics.map(({ TopicArn }) => ({ id: TopicArn.split(':')[5], arn: TopicArn, region, properties: { Since: undefined } }))",
  input: "({ arn }, known, listed) => ({ TopicArn: arn, Listed: String(listed.length) })",
  read: "({ Attributes, Since }, { id }) => ({ DisplayName: Attributes.DisplayName, Since, Lid: id + '-lid' })",
  refer: "(reference, { account }) => ({ id: reference, account, region: '' })",
  locateInput: "(id) => ({ Lid: id })",
  region: "({ Region }) => Region",
  lidInput: "({ id }) => ({ Lid: id })",
  lidRead: "({ Colour }) => ({ Colour })",
};

function moduleText(changed: Readonly<Record<string, string>> = {}): string {
  const all = { ...functions, ...changed };
  const members: Readonly<Record<string, string>> = {
    ListTopics: "Topics",
    GetTopicAttributes: "Attributes",
    LocateLid: "Region",
    GetLid: "Colour",
  };
  const operation = (name: string): string =>
    `operation: { service: "sns", name: "${name}", proof: { members: ["${members[name] ?? ""}"] } }`;
  return `
const topic = { contract: 1, type: "AWS::Own::Topic", summary: "s", observed: ["Since"],
  list: { ${operation("ListTopics")}, at: "each-region", properties: ["Since"], input: ${all["listInput"] ?? ""}, found: ${all["found"] ?? ""} },
  reads: [{ ${operation("GetTopicAttributes")}, properties: ["DisplayName", "Since", "Lid"], input: ${all["input"] ?? ""}, read: ${all["read"] ?? ""} }] };
const lid = { contract: 1, type: "AWS::Own::Lid", summary: "s", observed: [], refer: ${all["refer"] ?? ""},
  locate: { ${operation("LocateLid")}, input: ${all["locateInput"] ?? ""}, region: ${all["region"] ?? ""} },
  reads: [{ ${operation("GetLid")}, properties: ["Colour"], input: ${all["lidInput"] ?? ""}, read: ${all["lidRead"] ?? ""} }] };
const site = { contract: 1, type: "AWS::Own::Site", summary: "s", observed: [], single: { at: "each-region", found: ${all["single"] ?? "({ region }) => ({ id: region })"} }, reads: [] };
export const watchproof = { contract: 1, collectors: [topic, lid, site],
  evaluators: [${evaluatorText("reads-topics", { needs: `() => ${JSON.stringify([{ type: "AWS::Own::Topic", properties: ["DisplayName"] }])}` })}] };`;
}

const needs: readonly Need[] = [
  { type: "AWS::Own::Topic", properties: ["DisplayName", "Since", "Lid"] },
  { type: "AWS::Own::Lid", properties: ["Colour"], only: { referencedBy: "AWS::Own::Topic", path: "Lid" } },
  { type: "AWS::Own::Site", properties: [] },
];

function aws(): ReturnType<typeof fakeAws> {
  return fakeAws({
    answers: {
      ListTopics: ({ region }) => ({
        Topics:
          region === "us-east-1"
            ? ["a", "b"].map((name) => ({ TopicArn: `arn:aws:sns:us-east-1:111111111111:${name}` }))
            : [],
      }),
      GetTopicAttributes: (call) => ({
        Attributes: { DisplayName: inputText(call, "TopicArn") },
        Since: new Date("2026-01-02T03:04:05Z"),
        $metadata: { httpStatusCode: 200 },
      }),
      LocateLid: () => ({ Region: "eu-west-1" }),
      GetLid: (call) => ({ Colour: `of ${inputText(call, "Lid")}` }),
    },
  });
}

function read(plugins: Pick<Plugins, "collectors">, fake = aws()): Promise<Snapshot> {
  return liveSource({
    collectors: plugins.collectors,
    transport: fake.transport,
    clock: virtualClock(),
    now: () => new Date("2026-11-20T12:00:00Z"),
  }).read({ needs });
}

const files = (changed?: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  "watchproof.yaml": "plugins: [./own.mjs]\n",
  "own.mjs": moduleText(changed),
});

test("a plugin's collector reads what the same collector reads in line", async () => {
  const { watchproof } = (await import(`data:text/javascript,${encodeURIComponent(moduleText())}`)) as {
    watchproof: Plugin;
  };
  const inLine = Object.fromEntries(
    (watchproof.collectors ?? []).map((collector: Collector) => [
      collector.type,
      () => Promise.resolve(collector),
    ]),
  );
  const expected = await read({ collectors: inLine });
  const found = await withPlugins(files(), (plugins) => read(plugins));
  expect(found).toEqual(expected);
  expect(found.gaps).toEqual([]);
  expect(found.resources.map(({ type, id, region }) => `${type} ${id} ${region}`)).toEqual([
    "AWS::Own::Lid a-lid eu-west-1",
    "AWS::Own::Lid b-lid eu-west-1",
    "AWS::Own::Site eu-west-1 eu-west-1",
    "AWS::Own::Site us-east-1 us-east-1",
    "AWS::Own::Topic a us-east-1",
    "AWS::Own::Topic b us-east-1",
  ]);
  expect(found.resources.find(({ id }) => id === "a")).toMatchObject({
    properties: { DisplayName: "arn:aws:sns:us-east-1:111111111111:a", Lid: "a-lid" },
    observed: { Since: "2026-01-02T03:04:05.000Z" },
  });
});

test("the plan of a run with a plugin is made of its data alone", async () => {
  await withPlugins(files({ found: "() => { throw 1; }" }), async (plugins) => {
    const plan = await planRun({
      rules: [rule({ id: "r", evaluator: "reads-topics" })],
      plugins,
      regions: ["us-east-1"],
    });
    expect(plan.actions).toEqual(["sns:GetTopicAttributes", "sns:ListTopics"]);
  });
});

const bug = `() => { throw new Error("bug"); }`;
const said = (type: string, message: string): string =>
  `PluginFailed: plugin ./own.mjs: collector AWS::Own::${type}: ${message}`;

// the function | what it does | what cannot be read | why
const failures: readonly (readonly [string, string, string, string])[] = [
  ["listInput", bug, "AWS::Own::Topic us-east-1", said("Topic", "Error: bug")],
  ["found", bug, "AWS::Own::Topic us-east-1", said("Topic", "Error: bug")],
  [
    "found",
    "() => [{ name: 'a' }]",
    "AWS::Own::Topic us-east-1",
    said("Topic", `list.found answered nonsense: [0]: "id", "properties" are missing`),
  ],
  [
    "found",
    "() => [{ id: 'a', properties: JSON.parse('{\"__proto__\": {}}') }]",
    "AWS::Own::Topic us-east-1",
    said("Topic", `list.found answered a member named "__proto__"`),
  ],
  [
    "found",
    "() => new Promise(() => undefined)",
    "AWS::Own::Topic us-east-1",
    said("Topic", "it did not answer within 0.5 s"),
  ],
  ["input", bug, "a DisplayName", said("Topic", "Error: bug")],
  ["input", "() => 'all'", "a DisplayName", said("Topic", "reads[0].input answered nonsense")],
  ["read", bug, "a DisplayName", said("Topic", "Error: bug")],
  ["read", "() => { for (;;); }", "b DisplayName", said("Topic", "it did not answer within 0.5 s")],
  ["read", "() => process.exit(1)", "a DisplayName", said("Topic", "it ended its process (exit code 1)")],
  ["read", "() => [new Set()]", "a DisplayName", said("Topic", "reads[0].read answered a Set")],
  ["refer", bug, "a-lid Colour", said("Lid", "Error: bug")],
  ["locateInput", bug, "a-lid Colour", said("Lid", "Error: bug")],
  ["region", "() => 7", "a-lid Colour", said("Lid", "locate.region answered nonsense")],
  ["lidInput", bug, "a-lid Colour", said("Lid", "Error: bug")],
  ["single", bug, "AWS::Own::Site us-east-1", said("Site", "Error: bug")],
];

test.each(failures)(
  "a collector whose %s is %s leaves %s unread, and the rest stands",
  async (name, source, place, why) => {
    const found = await withPlugins(files({ [name]: source }), (plugins) => read(plugins));
    const lists = found.gaps.map(
      ({ type, region, reason, message = "" }) =>
        [`${type} ${region}`, `${reason}: ${message}`] as [string, string],
    );
    const properties = found.resources.flatMap(({ id, unreadable = {} }) =>
      Object.entries(unreadable).map(
        ([property, { reason, message = "" }]) =>
          [`${id} ${property}`, `${reason}: ${message}`] as [string, string],
      ),
    );
    const unread = new Map([...lists, ...properties]);
    expect(unread.get(place)).toContain(why);
    expect([...unread.values()].every((text) => text.startsWith("PluginFailed: "))).toBe(true);
    if (name !== "single")
      expect(found.resources.filter(({ type }) => type === "AWS::Own::Site")).toHaveLength(2);
  },
);

test("a function that hung twice is not waited for again", async () => {
  const found = await withPlugins(
    files({
      lidRead: "() => { for (;;); }",
      found: `() => Array.from({ length: 20 }, (_, n) => ({ id: 't' + n, properties: {} }))`,
    }),
    (plugins) => read(plugins),
  );
  const reasons = found.resources
    .filter(({ type }) => type === "AWS::Own::Lid")
    .map(({ unreadable }) => unreadable?.["Colour"]?.message);
  expect(reasons).toHaveLength(20);
  expect(reasons.filter((message) => message?.includes("it was given up") === true)).toHaveLength(18);
});
