import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { snapshotText } from "../../src/sources/canonical-snapshot.js";
import { makePlan } from "../../src/sources/plan.js";
import { plannedActions, plannedCalls } from "../../src/sources/planned-calls.js";
import { awsError, denied, fakeAws, inputText } from "./support/fake-aws.js";
import type { Respond } from "./support/fake-aws.js";
import { collectors, readFake } from "./support/things.js";
import { virtualClock } from "./support/virtual-clock.js";

const regions = ["ap-south-1", "eu-west-1", "us-east-1"];

const needs = [
  { type: "Test::Thing", properties: ["Detail", "Parts"] },
  { type: "Test::Part", properties: ["Of"] },
  { type: "Test::Badge", properties: ["Text"], only: { referencedBy: "Test::Thing", path: "Colour" } },
  {
    type: "Test::Shelf",
    properties: ["Policy", "Exists"],
    only: { referencedBy: "Test::Thing", path: "Shelf" },
  },
  { type: "Test::Box", properties: ["Owner"], only: { referencedBy: "Test::Thing", path: "Boxes[].Arn" } },
  { type: "Test::Thing", properties: ["Since"], only: { referencedBy: "Test::Box", path: "Owner" } },
];

// Each order of a list that AWS may choose; and some calls that it refuses.
function world(shuffle: <T>(list: readonly T[]) => readonly T[]): Readonly<Record<string, Respond>> {
  const shown = [
    { Name: "a", Home: "us-east-1", Shelf: "oak", Colour: "red" },
    { Name: "b", Home: "eu-west-1", Shelf: "ash", Colour: "blue" },
    { Name: "c", Home: "ap-south-1", Shelf: "oak", Colour: "red" },
  ];
  return {
    ListRegions: () => ({ Regions: shuffle(regions).map((RegionName) => ({ RegionName })) }),
    ListThings: ({ region }) =>
      region === "ap-south-1"
        ? denied("cloudtrail:ListThings")
        : {
            Things: shuffle(
              shown.map((one) => ({
                ...one,
                Colour: one.Home === region || one.Name === "c" ? one.Colour : `${one.Colour} from ${region}`,
              })),
            ),
          },
    GetThingStatus: (call) =>
      inputText(call, "Name").endsWith("b") ? denied("cloudtrail:GetThingStatus") : { IsOn: true },
    GetThingParts: (call) =>
      inputText(call, "Name").endsWith("a") ? awsError("NoPartsException") : { Parts: ["1"] },
    GetThingDetail: () => ({ Detail: "fine" }),
    GetThingBoxes: () => ({ Boxes: [{ Arn: "arn:aws:test:eu-west-1:111111111111:box/1" }] }),
    LocateShelf: ({ input }) =>
      input["Shelf"] === "oak" ? { Region: "us-east-1" } : awsError("NoSuchShelf"),
    GetShelf: () => ({ Width: 1 }),
    GetShelfPolicy: () => awsError("NoSuchPolicy"),
    GetBox: () => ({ Owner: "a" }),
    ListParts: (call) => ({
      Parts: shuffle(["x", "y"]).map((name) => `${name} of ${inputText(call, "Thing")}`),
    }),
    ListBadges: () => ({ Badges: shuffle(["red", "green"]) }),
  };
}

async function read(seed: readonly number[]): Promise<string> {
  let at = 0;
  const next = (): number => seed[at++ % seed.length] ?? 0;
  const clock = virtualClock();
  const shuffle = <T>(list: readonly T[]): readonly T[] =>
    list
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return snapshotText(
    await readFake(fakeAws({ answers: world(shuffle), delay: () => clock.sleep(next()) }), needs, { clock }),
  );
}

describe("the order in which answers come", () => {
  it("never changes a byte of the snapshot", async () => {
    const expected = await read([0]);
    expect(expected).toContain("AccessDenied");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 7, maxLength: 60 }),
        async (seed) => (await read(seed)) === expected,
      ),
      { numRuns: 60 },
    );
  });
});

describe("the plan", () => {
  const plan = makePlan(needs, collectors);

  it("names exactly the operations that a run makes", async () => {
    const snapshot = await readFake(fakeAws({ answers: world((list) => list) }), needs);
    expect([...new Set(plannedCalls(plan).map(({ operation }) => operation))].sort()).toEqual(
      Object.keys(snapshot.calls),
    );
  });

  it("counts a list once per region, or once", async () => {
    const aws = fakeAws({ answers: world((list) => list) });
    await readFake(aws, needs, { regions });
    const often = new Map(plannedCalls(plan, regions).map((call) => [call.operation, call.often]));
    expect(often.get("cloudtrail:ListThings")).toEqual({ kind: "each-region", regions });
    expect(aws.count("ListThings")).toBe(3);
    expect(often.get("cloudtrail:ListBadges")).toEqual({ kind: "once", region: "us-east-1" });
    expect(often.has("account:ListRegions")).toBe(false);
  });

  it("says which calls are for all resources, and which only for those referred to", () => {
    const often = new Map(plannedCalls(plan).map((call) => [call.operation, call.often]));
    expect(often.get("cloudtrail:GetThingStatus")).toEqual({ kind: "each-resource", of: "Test::Thing" });
    expect(often.get("cloudtrail:GetShelf")).toEqual({
      kind: "each-resource",
      of: "Test::Shelf",
      only: [{ referencedBy: "Test::Thing", path: "Shelf" }],
    });
    expect(often.get("cloudtrail:ListParts")).toEqual({ kind: "each-resource", of: "Test::Thing" });
  });

  it("tells the IAM actions, sorted; GetCallerIdentity takes none", () => {
    expect(
      plannedActions(plannedCalls(makePlan([{ type: "Test::Thing", properties: ["IsOn"] }], collectors))),
    ).toEqual(["account:ListRegions", "cloudtrail:GetThingStatus", "cloudtrail:ListThings"]);
  });

  it("does not depend on the order of the needs", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(needs, { minLength: needs.length }), (shuffled) => {
        expect(plannedCalls(makePlan(shuffled, collectors))).toEqual(plannedCalls(plan));
      }),
      { numRuns: 100 },
    );
  });

  it("knows types without a collector", () => {
    expect(makePlan([{ type: "Test::Nothing", properties: [] }], collectors).uncollected).toEqual([
      "Test::Nothing",
    ]);
  });
});
