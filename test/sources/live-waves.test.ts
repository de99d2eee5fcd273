import { describe, expect, it } from "vitest";
import { defineCollector, readCall } from "../../src/core/collector.js";
import type { Resource } from "../../src/core/resource.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { liveSource } from "../../src/sources/live.js";
import { awsError, denied, fakeAws, inputText } from "./support/fake-aws.js";
import type { Respond } from "./support/fake-aws.js";
import { readFake, thing } from "./support/things.js";
import { virtualClock } from "./support/virtual-clock.js";

const things: Readonly<Record<string, Respond>> = {
  ListThings: ({ region }) => ({
    Things: [
      ...(region === "us-east-1" ? [{ Name: "a", Shelf: "oak", Colour: "red" }] : []),
      {
        Name: "b",
        Home: "eu-west-1",
        Shelf: "oak",
        ...(region === "eu-west-1" ? { Colour: "blue" } : { Colour: "stale" }),
      },
    ],
  }),
  GetThingStatus: () => ({ IsOn: true, Since: new Date("2026-01-02T03:04:05Z") }),
  GetThingParts: ({ input }) =>
    input["Marker"] === undefined ? { Parts: ["1"], NextMarker: "m" } : { Parts: ["2"] },
  GetThingBoxes: () => ({
    Boxes: [{ Arn: "arn:aws:test:eu-west-1:111111111111:box/1" }, { Arn: "not a box" }],
  }),
  GetThingDetail: () => ({ Detail: "fine" }),
  LocateShelf: () => ({ Region: "ap-south-1" }),
  GetShelf: () => ({ Width: 3 }),
  GetShelfPolicy: () => awsError("NoSuchPolicy"),
  GetBox: () => ({ Owner: "b" }),
  ListParts: (call) => ({ Parts: [`${inputText(call, "Thing").slice(-1)}-wheel`] }),
  ListBadges: () => ({ Badges: ["gold"] }),
};

const ofType = ({ resources }: Snapshot, type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);

describe("lists", () => {
  it("merge what several regions show of one resource; its home region's answer counts", async () => {
    const snapshot = await readFake(fakeAws({ answers: things }), [
      { type: "Test::Thing", properties: ["Colour"] },
    ]);
    expect(ofType(snapshot, "Test::Thing")).toMatchObject([
      {
        id: "b",
        region: "eu-west-1",
        properties: { Colour: "blue", Shelf: "oak" },
        observed: { SeenIn: ["eu-west-1", "us-east-1"] },
      },
      { id: "a", region: "us-east-1", observed: { SeenIn: ["us-east-1"] } },
    ]);
  });

  it("take another region's answer where the home region refuses, and say so in a gap", async () => {
    const answers = {
      ...things,
      ListThings: (call: Parameters<Respond>[0]) =>
        call.region === "eu-west-1" ? denied("cloudtrail:ListThings") : things["ListThings"]?.(call),
    };
    const snapshot = await readFake(fakeAws({ answers }), [{ type: "Test::Thing", properties: ["Colour"] }]);
    expect(ofType(snapshot, "Test::Thing")[0]).toMatchObject({
      id: "b",
      properties: { Colour: "stale" },
      observed: { SeenIn: ["us-east-1"] },
    });
    expect(snapshot.gaps).toEqual([
      expect.objectContaining({
        account: "111111111111",
        type: "Test::Thing",
        region: "eu-west-1",
        reason: "AccessDenied",
        action: "cloudtrail:ListThings",
      }),
    ]);
    expect(snapshot.collected["Test::Thing"]?.listed).toEqual(["eu-west-1", "us-east-1"]);
  });

  it("are read to the last page, and what came before a refused page stands", async () => {
    const answers = {
      ListThings: (call: Parameters<Respond>[0]) =>
        ({
          x: { Things: [{ Name: "one" }], NextToken: "y" },
          y: { Things: [{ Name: "two" }], NextToken: "z" },
          z: denied("cloudtrail:ListThings"),
        })[inputText(call, "NextToken") || "x"],
    };
    const snapshot = await readFake(fakeAws({ answers }), [{ type: "Test::Thing", properties: [] }], {
      regions: ["us-east-1"],
    });
    expect(snapshot.resources.map(({ id }) => id)).toEqual(["one", "two"]);
    expect(snapshot.gaps).toHaveLength(1);
  });

  it("end with a gap when AWS hands out the same token again and again", async () => {
    const aws = fakeAws({
      answers: { ListThings: () => ({ Things: [{ Name: "one" }], NextToken: "same" }) },
    });
    const snapshot = await readFake(aws, [{ type: "Test::Thing", properties: [] }], {
      regions: ["us-east-1"],
    });
    expect(aws.count("ListThings")).toBe(2);
    expect(snapshot.gaps).toMatchObject([{ reason: "Malformed" }]);
  });

  it("of children are asked once per parent, in the parent's region, and hidden where the parents are", async () => {
    const answers = {
      ...things,
      ListThings: (call: Parameters<Respond>[0]) =>
        call.region === "us-east-1" ? denied("cloudtrail:ListThings") : things["ListThings"]?.(call),
    };
    const aws = fakeAws({ answers });
    const snapshot = await readFake(aws, [{ type: "Test::Part", properties: ["Of"] }]);
    expect(aws.calls.filter(({ operation }) => operation === "ListParts")).toMatchObject([
      { region: "eu-west-1" },
    ]);
    expect(ofType(snapshot, "Test::Part")).toMatchObject([
      { id: "b-wheel", region: "eu-west-1", properties: { Of: "blue" } },
    ]);
    expect(snapshot.gaps.map(({ type, region }) => [type, region])).toEqual([
      ["Test::Part", "us-east-1"],
      ["Test::Thing", "us-east-1"],
    ]);
  });

  it("for all regions are asked once, in the leader region", async () => {
    const aws = fakeAws({ answers: things, configuredRegion: "eu-west-1" });
    const snapshot = await readFake(aws, [{ type: "Test::Badge", properties: ["Text"] }], {
      regions: ["eu-west-1"],
    });
    expect(aws.calls.map(({ operation, region }) => `${operation} ${region}`)).toEqual([
      "GetCallerIdentity eu-west-1",
      "ListBadges us-east-1",
    ]);
    expect(snapshot.collected["Test::Badge"]).toEqual({
      listed: "account",
      properties: { Text: "cloudtrail:ListBadges" },
    });
  });
});

describe("reads", () => {
  const all = ["IsOn", "Parts", "Detail"];

  it("happen in the home region, once for each resource, and only for properties that are needed", async () => {
    const aws = fakeAws({ answers: things });
    const snapshot = await readFake(aws, [{ type: "Test::Thing", properties: ["IsOn"] }]);
    expect(
      aws.calls
        .filter(({ operation }) => operation === "GetThingStatus")
        .map(({ region }) => region)
        .sort(),
    ).toEqual(["eu-west-1", "us-east-1"]);
    expect(aws.count("GetThingParts")).toBe(0);
    expect(ofType(snapshot, "Test::Thing")[0]?.observed).toMatchObject({
      IsOn: true,
      Since: "2026-01-02T03:04:05.000Z",
    });
    expect(snapshot.collected["Test::Thing"]?.properties).toEqual({
      Colour: "cloudtrail:ListThings",
      IsOn: "cloudtrail:GetThingStatus",
      SeenIn: "cloudtrail:ListThings",
      Shelf: "cloudtrail:ListThings",
      Since: "cloudtrail:GetThingStatus",
    });
  });

  it("join the lists of several pages, and wait for what they must know first", async () => {
    const aws = fakeAws({ answers: things });
    const snapshot = await readFake(aws, [{ type: "Test::Thing", properties: all }]);
    expect(ofType(snapshot, "Test::Thing")[0]).toMatchObject({
      properties: { Parts: ["1", "2"], Detail: "fine" },
    });
    expect(aws.count("GetThingStatus")).toBe(2);
  });

  it("that do not apply leave their properties not set, without a call", async () => {
    const aws = fakeAws({ answers: { ...things, GetThingStatus: () => ({ IsOn: false }) } });
    const snapshot = await readFake(aws, [{ type: "Test::Thing", properties: ["Detail"] }]);
    expect(aws.count("GetThingDetail")).toBe(0);
    expect(ofType(snapshot, "Test::Thing")[0]).toMatchObject({
      properties: { Detail: null },
      observed: { IsOn: false, Since: null },
    });
  });

  it("that are refused make their properties unreadable, and those that wait for them too", async () => {
    const snapshot = await readFake(
      fakeAws({ answers: { ...things, GetThingStatus: () => denied("cloudtrail:GetThingStatus") } }),
      [{ type: "Test::Thing", properties: ["Colour", "Detail"] }],
    );
    const refused = expect.objectContaining({
      reason: "AccessDenied",
      action: "cloudtrail:GetThingStatus",
      region: "us-east-1",
    }) as unknown;
    expect(ofType(snapshot, "Test::Thing")[1]).toMatchObject({
      properties: { Colour: "red" },
      unreadable: { IsOn: refused, Since: refused, Detail: refused },
    });
    expect(ofType(snapshot, "Test::Thing")[1]?.properties).not.toHaveProperty("Detail");
  });

  it.each([
    [
      "an error listed under notSet means not set",
      awsError("NoPartsException"),
      { properties: { Parts: null } },
    ],
    [
      "an HTML page is never 'not set'",
      Object.assign(new SyntaxError("Unexpected token '<'"), { $response: { statusCode: 404 } }),
      { unreadable: { Parts: { reason: "Malformed" } } },
    ],
    [
      "a missing recording is never 'not set'",
      awsError("NoRecording", { status: 501 }),
      { unreadable: { Parts: { reason: "NoRecording", action: "cloudtrail:GetThingParts" } } },
    ],
  ])("%s", async (_title, answer, expected) => {
    const snapshot = await readFake(fakeAws({ answers: { ...things, GetThingParts: () => answer } }), [
      { type: "Test::Thing", properties: ["Parts"] },
    ]);
    expect(ofType(snapshot, "Test::Thing")[0]).toMatchObject(expected);
  });
});

describe("a property that the list and a read both answer", () => {
  const both = defineCollector({
    ...thing,
    reads: [
      readCall<{ readonly Colour?: string; readonly Extra?: string }>({
        operation: { service: "cloudtrail", name: "GetThing", proof: { roots: ["Test"], source: "tests" } },
        input: () => ({}),
        properties: ["Colour", "Extra"],
        read: (output) => output,
      }),
    ],
  });
  const source = (GetThing: Respond): ReturnType<typeof liveSource> =>
    liveSource({
      collectors: { [both.type]: () => Promise.resolve(both) },
      clock: virtualClock(),
      transport: fakeAws({
        answers: { ListThings: () => ({ Things: [{ Name: "a", Colour: "listed" }] }), GetThing },
      }).transport,
    });
  const request = { needs: [{ type: both.type, properties: ["Colour", "Extra"] }], regions: ["us-east-1"] };

  it("is the read's, which comes from the home region", async () => {
    const { resources } = await source(() => ({ Colour: "read" })).read(request);
    expect(resources[0]?.properties).toMatchObject({ Colour: "read", Extra: null });
  });

  it("is the list's where the read is refused, and only the rest is unreadable", async () => {
    const { resources } = await source(() => denied("cloudtrail:GetThing")).read(request);
    expect(resources[0]?.properties).toMatchObject({ Colour: "listed" });
    expect(Object.keys(resources[0]?.unreadable ?? {})).toEqual(["Extra"]);
  });
});

describe("references", () => {
  const shelves = {
    type: "Test::Shelf",
    properties: ["Width"],
    only: { referencedBy: "Test::Thing", path: "Shelf" },
  };

  it("lead to each named resource once, wherever it is, and to no other", async () => {
    const aws = fakeAws({ answers: things });
    const snapshot = await readFake(aws, [shelves]);
    expect([aws.count("LocateShelf"), aws.count("GetShelf"), aws.count("GetShelfPolicy")]).toEqual([1, 1, 0]);
    expect(ofType(snapshot, "Test::Shelf")).toEqual([
      {
        type: "Test::Shelf",
        id: "oak",
        arn: "arn:aws:shelf:::oak",
        account: "111111111111",
        region: "ap-south-1",
        properties: { Key: null, Width: 3 },
      },
    ]);
    expect(snapshot.collected["Test::Shelf"]).toEqual({
      listed: [],
      properties: { Key: "cloudtrail:GetShelf", Width: "cloudtrail:GetShelf" },
    });
    expect(ofType(snapshot, "Test::Thing")).toHaveLength(2);
  });

  it("read the property that they stand in, also when no rule named it, and go on until nothing is new", async () => {
    const aws = fakeAws({ answers: things });
    const snapshot = await readFake(aws, [
      {
        type: "Test::Box",
        properties: ["Owner"],
        only: { referencedBy: "Test::Thing", path: "Boxes[].Arn" },
      },
      { type: "Test::Thing", properties: ["IsOn"], only: { referencedBy: "Test::Box", path: "Owner" } },
    ]);
    // Thing is named by a need of its own, so it is not listed for the sake of the boxes: nothing leads anywhere.
    expect(aws.calls.map(({ operation }) => operation).sort()).toEqual(["GetCallerIdentity", "ListRegions"]);
    expect(snapshot.resources).toEqual([]);
    const listed = await readFake(aws, [
      { type: "Test::Thing", properties: ["Colour"] },
      {
        type: "Test::Box",
        properties: ["Owner"],
        only: { referencedBy: "Test::Thing", path: "Boxes[].Arn" },
      },
      { type: "Test::Thing", properties: ["IsOn"], only: { referencedBy: "Test::Box", path: "Owner" } },
    ]);
    expect([aws.count("GetThingBoxes"), aws.count("GetBox"), aws.count("GetThingStatus")]).toEqual([2, 1, 1]);
    expect(ofType(listed, "Test::Box")).toMatchObject([{ id: "box/1", properties: { Owner: "b" } }]);
    expect(ofType(listed, "Test::Thing").map(({ id, observed }) => [id, observed?.["IsOn"]])).toEqual([
      ["b", true],
      ["a", undefined],
    ]);
  });

  it.each([
    ["that locating does not find", { LocateShelf: () => awsError("NoSuchShelf") }, { region: "unknown" }],
    ["that reading does not find", { GetShelf: () => awsError("NoSuchShelf") }, { region: "ap-south-1" }],
  ])("to a resource %s give one that does not exist", async (_title, answers, expected) => {
    const snapshot = await readFake(fakeAws({ answers: { ...things, ...answers } }), [shelves]);
    expect(ofType(snapshot, "Test::Shelf")).toMatchObject([
      { ...expected, id: "oak", properties: { Width: null }, observed: { Exists: false } },
    ]);
    expect(ofType(snapshot, "Test::Shelf")[0]).not.toHaveProperty("unreadable");
  });

  it("to a resource that nobody may locate make what was asked of it unreadable", async () => {
    const snapshot = await readFake(
      fakeAws({ answers: { ...things, LocateShelf: () => denied("cloudtrail:LocateShelf") } }),
      [{ ...shelves, properties: ["Width", "Exists"] }],
    );
    const [found] = ofType(snapshot, "Test::Shelf");
    expect(found).toMatchObject({
      unreadable: {
        Width: { reason: "AccessDenied", action: "cloudtrail:LocateShelf" },
        Exists: { reason: "AccessDenied" },
      },
    });
    expect(found).not.toHaveProperty("observed");
  });

  it("say that a resource exists when that was asked", async () => {
    const snapshot = await readFake(fakeAws({ answers: things }), [{ ...shelves, properties: ["Exists"] }]);
    expect(ofType(snapshot, "Test::Shelf")[0]?.observed).toEqual({ Exists: true });
    expect(snapshot.collected["Test::Shelf"]?.properties["Exists"]).toBe("cloudtrail:GetShelf");
  });

  it("to a type that only a list shows have it listed, and what the list lacks does not exist", async () => {
    const only = { referencedBy: "Test::Thing", path: "Colour" };
    const snapshot = await readFake(
      fakeAws({ answers: { ...things, ListBadges: () => ({ Badges: ["red"] }) } }),
      [{ type: "Test::Badge", properties: ["Text"], only }],
    );
    expect(ofType(snapshot, "Test::Badge")).toMatchObject([
      { id: "blue", properties: { Text: null }, observed: { Exists: false } },
      { id: "red", properties: { Text: "red" } },
    ]);
    const refused = await readFake(
      fakeAws({ answers: { ...things, ListBadges: () => denied("cloudtrail:ListBadges") } }),
      [{ type: "Test::Badge", properties: ["Text"], only }],
    );
    expect(ofType(refused, "Test::Badge")[0]).toMatchObject({
      id: "blue",
      unreadable: { Text: { reason: "AccessDenied" } },
    });
  });
});

describe("needs", () => {
  it("of one type cost exactly their union: all resources with one property, referenced ones with another", async () => {
    const aws = fakeAws({ answers: things });
    const needs = [
      { type: "Test::Thing", properties: ["IsOn"] },
      { type: "Test::Thing", properties: ["IsOn", "Since"] },
      {
        type: "Test::Box",
        properties: ["Owner"],
        only: { referencedBy: "Test::Thing", path: "Boxes[].Arn" },
      },
      {
        type: "Test::Thing",
        properties: ["Parts", "IsOn"],
        only: { referencedBy: "Test::Box", path: "Owner" },
      },
    ];
    const snapshot = await readFake(aws, needs);
    expect(snapshot.calls).toEqual({
      "account:ListRegions": 1,
      "cloudtrail:GetBox": 1,
      "cloudtrail:GetThingBoxes": 2,
      "cloudtrail:GetThingParts": 2,
      "cloudtrail:GetThingStatus": 2,
      "cloudtrail:ListThings": 2,
      "sts:GetCallerIdentity": 1,
    });
    expect(new Set(aws.calls.map((call) => JSON.stringify(call))).size).toBe(aws.calls.length);
  });

  it("with regions of their own are listed there, whatever else is looked at", async () => {
    const aws = fakeAws({ answers: things });
    const snapshot = await readFake(
      aws,
      [{ type: "Test::Thing", properties: ["Colour"], regions: ["us-east-1"] }],
      { regions: ["eu-west-1"] },
    );
    expect(
      aws.calls.filter(({ operation }) => operation === "ListThings").map(({ region }) => region),
    ).toEqual(["us-east-1"]);
    expect(snapshot.regions).toEqual(["eu-west-1"]);
    expect(snapshot.collected["Test::Thing"]?.listed).toEqual(["us-east-1"]);
  });

  it("of a type that no collector reads are a gap", async () => {
    const snapshot = await readFake(fakeAws({ answers: {} }), [{ type: "Test::Nothing", properties: ["X"] }]);
    expect(snapshot.gaps).toMatchObject([{ type: "Test::Nothing", region: "global", reason: "NoCollector" }]);
  });
});
