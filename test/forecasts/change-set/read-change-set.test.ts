import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Declaration, Declared } from "../../../src/core/declared.js";
import { Hole } from "../../../src/core/declared.js";
import { readChangeSet } from "../../../src/forecasts/change-set/read-change-set.js";

const samples = join(import.meta.dirname, "../../support/iac/cloudformation");
const sample = join(samples, "change-set.json");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "change-set-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(file: string, template?: string): Promise<Declaration> {
  const loaded = await readChangeSet(file, template === undefined ? {} : { template });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("; "));
  return loaded.value;
}

async function recorded(data: unknown): Promise<Declaration> {
  const file = join(folder, "set.json");
  await writeFile(file, JSON.stringify(data));
  return read(file);
}

function find({ worlds }: Declaration, address: string): Declared {
  const found = worlds[0]?.resources.find((declared) => declared.address === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
}

const StackId = "arn:aws:cloudformation:eu-west-1:444455556666:stack/watch/1";
const set = (...changes: readonly object[]) => ({
  StackId,
  StackName: "watch",
  Changes: changes.map((ResourceChange) => ({ Type: "Resource", ResourceChange })),
});
const topic = {
  LogicalResourceId: "T",
  ResourceType: "AWS::SNS::Topic",
  PhysicalResourceId: "arn:aws:sns:eu-west-1:444455556666:t",
};

describe("the sample of a change set", () => {
  it("says what is updated, replaced and deleted, in the account and region of its stack", async () => {
    const declaration = await read(sample);
    expect(declaration.worlds[0]!.resources.map(({ address, action }) => [address, action])).toEqual([
      ["Trail", "update"],
      ["AlarmTopic", "replace"],
      ["ErrorsAlarm", "update"],
      ["Either", "update"],
      ["TrailBucket", "update"],
      ["ThrottlesAlarm", "delete"],
    ]);
    expect(find(declaration, "Trail")).toMatchObject({
      account: "111122223333",
      region: "us-east-1",
      complete: true,
      properties: { IsMultiRegionTrail: false, IsLogging: true },
      before: { properties: { IsMultiRegionTrail: true } },
    });
    expect(find(declaration, "TrailBucket")).toMatchObject({
      complete: false,
      properties: { VersioningConfiguration: null },
    });
    expect(find(declaration, "ThrottlesAlarm").before?.id).toBe("monitoring-ThrottlesAlarm-7GH2K5J9WQ1M");
  });
  it("works out what is known after apply where the set shows its cause", async () => {
    const declaration = await read(sample);
    expect(find(declaration, "ErrorsAlarm").properties["AlarmActions"]).toEqual([
      "arn:aws:sns:us-east-1:111122223333:pager-prod",
      "arn:aws:sns:us-east-1:111122223333:shared",
    ]);
    expect(find(declaration, "Either").properties["AlarmRule"]).toBeInstanceOf(Hole);
  });
  it("takes the rest from the template, and the places", async () => {
    const declaration = await read(sample, join(samples, "after/monitoring.yaml"));
    expect(find(declaration, "Either")).toMatchObject({
      complete: true,
      properties: {
        AlarmRule: 'ALARM("monitoring-ErrorsAlarm-1QX8C3T0ZB4R")',
        AlarmActions: ["arn:aws:sns:us-east-1:111122223333:pager-prod"],
      },
      place: { file: join(samples, "after/monitoring.yaml") },
    });
    expect(find(declaration, "AlarmTopic").after?.arn).toBe("arn:aws:sns:us-east-1:111122223333:pager-prod");
    expect(declaration.worlds[0]!.resources).toHaveLength(6);
  });
});

describe("change sets", () => {
  it.each([
    ["a removal that retains", { Action: "Remove", PolicyAction: "Retain" }, { action: "forget" }],
    ["a removal", { Action: "Remove" }, { action: "delete" }],
    [
      "a replacement that retains",
      { Action: "Modify", Replacement: "True", PolicyAction: "ReplaceAndRetain", AfterContext: "{}" },
      { action: "replace", keepsOld: true },
    ],
    [
      "a replacement that may be none",
      { Action: "Modify", Replacement: "Conditional", AfterContext: '{"Properties":{"DisplayName":"a"}}' },
      { action: "update", properties: { DisplayName: "a" } },
    ],
  ])("%s", async (_, change, expected) => {
    expect(find(await recorded(set({ ...topic, ...change })), "T")).toMatchObject(expected);
  });
  it("leave open what was recorded without values", async () => {
    const Details = [
      { Target: { Attribute: "Properties", Name: "KmsMasterKeyId", RequiresRecreation: "Never" } },
    ];
    const found = find(
      await recorded(set({ ...topic, Action: "Modify", Replacement: "False", Details })),
      "T",
    );
    expect(found.complete).toBe(false);
    expect(Object.keys(found.properties)).toEqual(["KmsMasterKeyId"]);
    expect(found.properties["KmsMasterKeyId"]).toBeInstanceOf(Hole);
  });
  it("leave as it is what is imported or synchronized, and open what is dynamic", async () => {
    expect((await recorded(set({ ...topic, Action: "Import" }))).worlds[0]!.resources).toEqual([]);
    expect((await recorded(set({ ...topic, Action: "SyncWithActual" }))).worlds[0]!.resources).toEqual([]);
    const { worlds } = await recorded(set({ ...topic, Action: "Dynamic" }));
    expect(worlds[0]!.open).toMatchObject([{ types: ["AWS::SNS::Topic"] }]);
  });
  it("hide what is hidden", async () => {
    const AfterContext =
      '{"Properties":{"DisplayName":"****","TopicName":"{{resolve:secretsmanager:hunter2}}"}}';
    const declaration = await recorded(
      set({ LogicalResourceId: "T", ResourceType: "AWS::SNS::Topic", Action: "Add", AfterContext }),
    );
    expect(JSON.stringify(declaration)).not.toContain("hunter2");
  });
  it("join pages and nested sets, and leave open a nested stack that is not recorded", async () => {
    const stack = {
      Action: "Modify",
      LogicalResourceId: "Inner",
      ResourceType: "AWS::CloudFormation::Stack",
      ChangeSetId: "inner",
    };
    const other = { ...stack, LogicalResourceId: "Other", ChangeSetId: "other" };
    const outer = { ...set(stack, other), ChangeSetId: "outer" };
    const page = { ...set({ ...topic, Action: "Remove" }), ChangeSetId: "outer" };
    const inner = {
      ...set({ ...topic, Action: "Remove" }),
      ChangeSetId: "inner",
      StackName: "watch-Inner-1",
    };
    const { worlds } = await recorded([outer, page, inner]);
    expect(worlds[0]!.resources.map(({ address }) => address)).toEqual(["T", "Inner/T"]);
    expect(worlds[0]!.open.map(({ cause }) => cause)).toEqual([
      "nested stack Other, whose change set is not recorded",
    ]);
  });
  it.each([
    ["another JSON", "{}", "not-a-change-set"],
    ["a stack without an ARN", '{ "StackId": "x", "Changes": [] }', "not-a-change-set"],
    ["cut off", '{ "StackId": ', "json-syntax"],
  ])("that are none: %s", async (_, text, code) => {
    const file = join(folder, "none.json");
    await writeFile(file, text);
    const loaded = await readChangeSet(file);
    expect(loaded.ok ? [] : loaded.diagnostics.map((found) => found.code)).toEqual([code]);
    expect(await readFile(file, "utf8")).toBe(text);
  });
});
