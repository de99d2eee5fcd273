import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { Declaration } from "../../../src/core/declared.js";
import { Hole } from "../../../src/core/declared.js";
import { readAssembly } from "../../../src/forecasts/assembly/read-assembly.js";

const folder = relative(process.cwd(), join(import.meta.dirname, "../../support/iac/cdk/cdk.out"));
const target = { account: { id: "999988887777", partition: "aws" }, region: "eu-north-1" };

async function read(parameters: readonly string[] = []): Promise<Declaration> {
  const loaded = await readAssembly(folder, { parameters, target });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("; "));
  return loaded.value;
}

describe("the sample of an assembly", async () => {
  const declaration = await read();
  const resources = declaration.worlds[0]!.resources;
  const find = (start: string) => resources.find(({ address }) => address.startsWith(start))!;

  it("is one world, in which each stack goes to its own account and region", () => {
    expect(declaration.worlds).toHaveLength(1);
    const homes = new Set(
      resources.map(
        ({ address, account, region }) =>
          `${address.split("/").slice(0, -1)[0] ?? ""} ${JSON.stringify([account, region])}`,
      ),
    );
    expect([...homes].sort()).toEqual([
      'Config ["999988887777","eu-north-1"]',
      'Events ["111122223333","us-east-1"]',
      'Media ["111122223333","eu-west-1"]',
      'Prod ["111122223333","us-east-1"]',
      'Staging ["444455556666","eu-west-1"]',
    ]);
    expect(declaration.notes.join()).toContain("leaves open where Config goes");
    expect(new Set(resources.map(({ address }) => address)).size).toBe(resources.length);
  });
  it("W13: imports the group that the other stack of its stage exports", () => {
    for (const stage of ["Prod", "Staging"]) {
      const group = find(`${stage}/Trail/TrailLogGroup`).after?.id;
      expect(group).toMatch(new RegExp(`^${stage}-Trail-`, "u"));
      expect(find(`${stage}/CisAlarms/CloudTrailChange`).properties["LogGroupName"]).toBe(group);
    }
  });
  it("W05: keeps the selectors of the CDK's trail as they are", () => {
    const trail = resources.find(
      ({ type, address }) => type === "AWS::CloudTrail::Trail" && address.startsWith("Prod/"),
    );
    expect(trail?.properties["EventSelectors"]).toMatchObject([
      { IncludeManagementEvents: true },
      { DataResources: [{ Type: "AWS::S3::Object" }] },
    ]);
  });
  it("W14: leaves open what no stack exports", () => {
    expect(find("Media/AnyEgressError").properties["AlarmActions"]).toEqual([
      new Hole("export ops-topic-arn"),
    ]);
  });
  it("W02, W15: feeds the nested stack, and places its alarm in the app", () => {
    const alarm = find("Events/NestedAlarms");
    expect(alarm.properties["AlarmActions"]).toEqual([find("Events/Pager33").after?.arn]);
    expect(alarm.properties["Dimensions"]).toContainEqual({
      Name: "BucketName",
      Value: find("Events/Archive").after?.id,
    });
    expect(alarm.place).toMatchObject({ file: join(folder, "../app.cjs"), line: 80 });
  });
  it("W16: keeps the shape of the CDK's bucket notifications", () => {
    const custom = resources.find(({ type }) => type === "Custom::S3BucketNotifications");
    expect(custom?.properties).toMatchObject({ NotificationConfiguration: { EventBridgeConfiguration: {} } });
  });
  it("W24: names alarms without names by ARNs that its composite's rule holds", () => {
    const child = find("Media/Egress4xx").after?.arn ?? "";
    expect(child).toBe(
      "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Media-Egress4xxD673A6DB-XXXXXXXXXXXX",
    );
    expect(find("Media/AnyEgressError").properties["AlarmRule"]).toContain(`ALARM("${child}")`);
  });
  it("takes parameters, which conditions of every stack see", async () => {
    const given = await read(["AlarmEmail=a@b.c"]);
    const mails = given.worlds[0]!.resources.filter(({ address }) => address.endsWith("/AlarmSubscription"));
    expect(mails.map(({ properties }) => properties["Endpoint"])).toEqual(["a@b.c", "a@b.c"]);
    expect(resources.some(({ address }) => address.endsWith("/AlarmSubscription"))).toBe(false);
  });
});

describe("folders that are no assembly", () => {
  it.each([
    ["without a manifest", undefined, "no-such-file"],
    ["with another manifest", "{}", "not-an-assembly"],
    ["without stacks", '{ "version": "55.0.0", "artifacts": {} }', "not-an-assembly"],
    [
      "whose template is missing",
      '{ "version": "1", "artifacts": { "A": { "type": "aws:cloudformation:stack", "properties": { "templateFile": "a.json" } } } }',
      "no-such-file",
    ],
    ["whose manifest is cut off", '{ "version": "1", ', "json-syntax"],
  ])("%s", async (_, manifest, code) => {
    const own = await mkdtemp(join(tmpdir(), "assembly-"));
    if (manifest !== undefined) await writeFile(join(own, "manifest.json"), manifest);
    const loaded = await readAssembly(own, { parameters: [], target });
    expect(loaded.ok ? [] : loaded.diagnostics.map((found) => found.code)).toEqual([code]);
    await rm(own, { recursive: true });
  });
});
