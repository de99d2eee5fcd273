import { describe, expect, it } from "vitest";
import type { CaseState } from "../../src/core/case.js";
import type { CaseTypes } from "../../src/core/case-type.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Resource } from "../../src/core/resource.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { buildSnapshot } from "../../src/cases/snapshot.js";
import { readProperty } from "../../src/shared/read-property.js";
import { viewAccount } from "../../src/shared/view-account.js";

const trail = "AWS::CloudTrail::Trail";
const bucket = "AWS::S3::Bucket";
const regions = ["eu-west-1", "us-east-1"];
const block = "AWS::S3::AccountPublicAccessBlock";
const recorder = "AWS::Config::ConfigurationRecorder";
const types: CaseTypes = (type) => {
  if (type === block)
    return {
      collected: {
        listed: "account",
        properties: { PublicAccessBlockConfiguration: "s3control:GetPublicAccessBlock" },
      },
      calls: [],
      observed: [],
      always: ({ id }) => [{ id, region: "us-east-1" }],
    };
  if (type === recorder)
    return {
      collected: { listed: regions, properties: { Recording: "config:X" } },
      calls: [],
      observed: [],
      always: (_, all) => all.map((region) => ({ id: "default", region })),
    };
  if (type !== trail) return { calls: [], observed: [] };
  const properties = {
    IsMultiRegionTrail: "cloudtrail:DescribeTrails",
    SeenIn: "cloudtrail:DescribeTrails",
    Name: "cloudtrail:DescribeTrails",
    IsLogging: "cloudtrail:GetTrailStatus",
    LatestDeliveryTime: "cloudtrail:GetTrailStatus",
  };
  return {
    collected: { listed: regions, properties },
    calls: [
      {
        properties: ["IsLogging", "LatestDeliveryTime", "StartLoggingTime"],
        action: "cloudtrail:GetTrailStatus",
      },
    ],
    listAction: "cloudtrail:DescribeTrails",
    observed: ["IsLogging", "LatestDeliveryTime"],
  };
};
const build = (state: CaseState): Snapshot => buildSnapshot({ regions, ...state }, types, [trail]);
const trailOf = (body: JsonObject, state: CaseState = {}): Resource =>
  build({ ...state, resources: [{ [trail]: body }] }).resources[0]!;
const kindOf = (resource: Resource, name: string): string => readProperty(resource, name).kind;

describe("an empty case", () => {
  it("is an account in which what the rule reads was listed and is empty", () => {
    const snapshot = build({});
    expect(snapshot).toMatchObject({
      account: { id: "111122223333", partition: "aws" },
      takenAt: "2026-01-01T00:00:00.000Z",
      regions,
      resources: [],
      gaps: [],
    });
    expect(viewAccount(snapshot).list(trail)).toEqual({ resources: [], blind: [] });
  });

  it("is in us-east-1", () => {
    expect(buildSnapshot({}, types, []).regions).toEqual(["us-east-1"]);
  });

  it("has the partition of its regions", () => {
    const snapshot = buildSnapshot(
      { regions: ["cn-north-1"], resources: [{ [trail]: { id: "a" } }] },
      types,
      [trail],
    );
    expect(snapshot.account.partition).toBe("aws-cn");
    expect(snapshot.resources[0]?.arn).toBe("arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/a");
  });
});

describe("a resource", () => {
  it.each<[string, JsonObject, Partial<Resource>]>([
    [
      "without an id is named after its type and place",
      {},
      { id: "trail-1", arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/trail-1" },
    ],
    [
      "is at home in the leader region",
      { id: "a" },
      { id: "a", region: "us-east-1", account: "111122223333" },
    ],
    [
      "can be elsewhere and another account's",
      { id: "a", region: "eu-west-1", account: "999988887777" },
      { region: "eu-west-1", arn: "arn:aws:cloudtrail:eu-west-1:999988887777:trail/a" },
    ],
    [
      "keeps the ARN that it is given",
      { id: "a", arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/b" },
      { arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/b" },
    ],
  ])("%s", (_, body, expected) => {
    expect(trailOf(body)).toMatchObject(expected);
  });

  it("is at home in the first region where the leader region is not looked at", () => {
    expect(
      buildSnapshot({ regions: ["eu-west-1", "ap-south-1"], resources: [{ [trail]: {} }] }, types, [trail])
        .resources[0]?.region,
    ).toBe("ap-south-1");
  });

  it("is counted within its type", () => {
    expect(
      build({ resources: [{ [trail]: {} }, { [bucket]: {} }, { [trail]: {} }] }).resources.map(
        ({ id }) => id,
      ),
    ).toEqual(["trail-1", "bucket-1", "trail-2"]);
  });

  it.each<[string, JsonObject, string, string]>([
    ["what the case does not mention is not set", {}, "IsLogging", "absent"],
    ["what it mentions is set", { IsLogging: false }, "IsLogging", "set"],
    ["null is not set", { IsLogging: null }, "IsLogging", "absent"],
    ["unreadable cannot be read", { unreadable: ["IsLogging"] }, "IsLogging", "unreadable"],
    [
      "a refused call takes what it would have answered",
      { unreadable: ["IsLogging"] },
      "LatestDeliveryTime",
      "unreadable",
    ],
    [
      "but not what the case mentions",
      { unreadable: ["IsLogging"], LatestDeliveryTime: "-5m" },
      "LatestDeliveryTime",
      "set",
    ],
    ["nor what another call answers", { unreadable: ["IsLogging"] }, "IsMultiRegionTrail", "absent"],
    ["not collected is not in the snapshot", { notCollected: ["IsLogging"] }, "IsLogging", "not-collected"],
    ["what the rule does not ask for is not read", { S3BucketName: "logs" }, "S3BucketName", "not-collected"],
    [
      "what the refused call answers and the rule does not ask for neither",
      { unreadable: ["IsLogging"] },
      "StartLoggingTime",
      "not-collected",
    ],
  ])("%s", (_, body, property, kind) => {
    expect(kindOf(trailOf(body), property)).toBe(kind);
  });

  it("says what to grant for what is unreadable", () => {
    expect(trailOf({ region: "eu-west-1", unreadable: ["IsLogging"] }).unreadable?.["IsLogging"]).toEqual({
      reason: "AccessDenied",
      action: "cloudtrail:GetTrailStatus",
      region: "eu-west-1",
    });
    expect(trailOf({ unreadable: { IsLogging: "Throttled" } }).unreadable?.["IsLogging"]).toMatchObject({
      reason: "Throttled",
    });
    expect(trailOf({ unreadable: ["IsMultiRegionTrail"] }).unreadable).toEqual({
      IsMultiRegionTrail: {
        reason: "AccessDenied",
        action: "cloudtrail:DescribeTrails",
        region: "us-east-1",
      },
    });
  });

  it("is named by its id where it has a name", () => {
    expect(readProperty(trailOf({ id: "audit" }), "Name")).toEqual({ kind: "set", value: "audit" });
  });

  it.each<[JsonObject, readonly string[]]>([
    [{}, ["us-east-1"]],
    [{ region: "eu-west-1" }, ["eu-west-1"]],
    [{ IsMultiRegionTrail: true }, regions],
    [{ IsMultiRegionTrail: true, SeenIn: ["eu-west-1"] }, ["eu-west-1"]],
  ])("%j is seen in %j", (body, expected) => {
    expect(readProperty(trailOf(body), "SeenIn")).toEqual({ kind: "set", value: expected });
  });

  it("of a type that the rule does not read has just what the case gives it", () => {
    const [made] = build({ resources: [{ [bucket]: { id: "logs", Exists: false } }] }).resources;
    expect(made).toEqual({
      type: bucket,
      id: "logs",
      arn: "arn:aws:s3:::logs",
      account: "111122223333",
      region: "us-east-1",
      properties: {},
      observed: { Exists: false },
    });
  });

  it("keeps apart what only a running account has", () => {
    const made = trailOf({ IsLogging: true, IsMultiRegionTrail: true });
    expect(made.properties).toMatchObject({ IsMultiRegionTrail: true });
    expect(made.observed).toMatchObject({ IsLogging: true, SeenIn: regions });
  });
});

describe("times", () => {
  it.each<[string, string]>([
    ["-5m", "2025-12-31T23:55:00.000Z"],
    ["-90s", "2025-12-31T23:58:30.000Z"],
    ["-2h", "2025-12-31T22:00:00.000Z"],
    ["+1d", "2026-01-02T00:00:00.000Z"],
    ["5m", "5m"],
    ["-5 minutes", "-5 minutes"],
    ["2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"],
  ])("%s is %s", (written, expected) => {
    expect(trailOf({ LatestDeliveryTime: written }).observed?.["LatestDeliveryTime"]).toBe(expected);
  });

  it("count from takenAt, however deep they stand", () => {
    const state = { takenAt: "2026-06-01T12:00:00Z" };
    expect(trailOf({ LatestDeliveryTime: [{ At: "-1d" }] }, state).observed?.["LatestDeliveryTime"]).toEqual([
      { At: "2026-05-31T12:00:00.000Z" },
    ]);
  });
});

describe("lists", () => {
  const blind = (state: CaseState): readonly (readonly [string, string, string?])[] =>
    viewAccount(build(state))
      .list(trail)
      .blind.map(({ kind, region, action }) =>
        action === undefined ? [kind, region] : [kind, region, action],
      );

  it("are refused in every region, with the action to grant", () => {
    expect(blind({ refused: [{ type: trail }] })).toEqual([
      ["unreadable", "eu-west-1", "cloudtrail:DescribeTrails"],
      ["unreadable", "us-east-1", "cloudtrail:DescribeTrails"],
    ]);
  });

  it("are refused in one region, for another reason, with another action", () => {
    expect(
      blind({ refused: [{ type: trail, region: "eu-west-1", reason: "TimedOut", action: "x:Y" }] }),
    ).toEqual([["unreadable", "eu-west-1", "x:Y"]]);
  });

  it("are not collected in one region or in all", () => {
    expect(blind({ notCollected: [{ type: trail, region: "eu-west-1" }] })).toEqual([
      ["not-collected", "eu-west-1"],
    ]);
    expect(blind({ notCollected: [{ type: trail }] })).toEqual([
      ["not-collected", "eu-west-1"],
      ["not-collected", "us-east-1"],
    ]);
  });

  it("can leave open which regions there are", () => {
    expect(
      viewAccount(build({ refused: [{ type: "Watchproof::Account::Regions" }] })).blindRegions,
    ).toMatchObject({ kind: "unreadable", action: "account:ListRegions" });
  });
});

describe("what is always there", () => {
  const idsOf = (state: CaseState, type: string): readonly string[] =>
    buildSnapshot({ regions, ...state }, types, [type]).resources.map(({ id, region }) => `${id} ${region}`);

  it("is there, once in the account or in each region, with nothing set", () => {
    expect(idsOf({ account: "999988887777" }, block)).toEqual(["999988887777 us-east-1"]);
    expect(idsOf({}, recorder)).toEqual(["default eu-west-1", "default us-east-1"]);
    expect(
      readProperty(buildSnapshot({}, types, [block]).resources[0]!, "PublicAccessBlockConfiguration").kind,
    ).toBe("absent");
  });

  it("is the one that the case mentions, under its own id, and there in the other regions", () => {
    expect(idsOf({ resources: [{ [block]: { PublicAccessBlockConfiguration: {} } }] }, block)).toEqual([
      "111122223333 us-east-1",
    ]);
    expect(idsOf({ resources: [{ [recorder]: { region: "eu-west-1" } }] }, recorder)).toEqual([
      "default eu-west-1",
      "default us-east-1",
    ]);
  });

  it("is not there where it could not be looked for", () => {
    expect(idsOf({ refused: [{ type: block }] }, block)).toEqual([]);
    expect(idsOf({ notCollected: [{ type: recorder }] }, recorder)).toEqual([]);
  });
});
