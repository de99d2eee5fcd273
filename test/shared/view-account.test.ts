import { describe, expect, it } from "vitest";
import { REGIONS_TYPE } from "../../src/core/snapshot.js";
import { viewAccount } from "../../src/shared/view-account.js";
import { account, accountId, resource, snapshot } from "../support/build.js";

const type = "AWS::CloudTrail::Trail";
const shadowed = resource({
  type,
  id: "multi",
  arn: "arn:multi",
  region: "us-east-1",
  observed: { SeenIn: ["eu-west-1", "us-east-1"] },
});
const local = resource({
  type,
  id: "local",
  arn: "arn:local",
  region: "us-east-1",
  observed: { SeenIn: ["us-east-1"] },
});

describe("a view of an account", () => {
  it("lists what is seen in the judged regions, wherever it lives", () => {
    const view = account({ resources: [shadowed, local] }, ["eu-west-1"]);
    expect(view.list(type).resources.map(({ id }) => id)).toEqual(["multi"]);
  });

  it("lists account-wide types whatever region is judged", () => {
    const bucket = resource({ type: "AWS::S3::Bucket", id: "b", region: "ap-south-1" });
    const view = account(
      { resources: [bucket], collected: { "AWS::S3::Bucket": { listed: "account", properties: {} } } },
      ["eu-west-1"],
    );
    expect(view.list("AWS::S3::Bucket")).toEqual({ resources: [bucket], blind: [] });
  });

  it.each([
    [
      "another account's bucket",
      resource({ type: "AWS::S3::Bucket", id: "theirs", account: "999999999999" }),
      "account" as const,
    ],
    [
      "a bucket that the account does not own",
      resource({ type: "AWS::S3::Bucket", id: "theirs", observed: { OwnedByAccount: false } }),
      "account" as const,
    ],
    [
      "a topic that does not exist",
      resource({ type: "AWS::SNS::Topic", id: "gone", observed: { Exists: false } }),
      ["eu-west-1", "us-east-1"],
    ],
    [
      "another account's topic",
      resource({ type: "AWS::SNS::Topic", id: "theirs", account: "999999999999" }),
      ["eu-west-1", "us-east-1"],
    ],
  ])("does not list %s that is only referred to, but finds it", (_, referred, listed) => {
    const view = account({
      resources: [referred],
      collected: { [referred.type]: { listed, properties: {} } },
    });
    expect(view.list(referred.type)).toEqual({ resources: [], blind: [] });
    expect(view.find(referred.type, referred.id)).toEqual(referred);
  });

  it("lists another account's trail where a list showed it", () => {
    const organization = resource({
      type,
      id: "org",
      account: "999999999999",
      observed: { SeenIn: ["us-east-1"] },
    });
    expect(account({ resources: [organization] }).list(type).resources).toEqual([organization]);
  });

  it("finds by ARN or id, in regions that are not judged too", () => {
    const view = account({ resources: [shadowed, local] }, ["eu-west-1"]);
    expect(view.find(type, "arn:local")?.id).toBe("local");
    expect(view.find(type, "local")?.arn).toBe("arn:local");
    expect(view.find(type, "gone")).toBeUndefined();
  });

  it("tells a refused list from one that was never asked for", () => {
    const refused = {
      account: accountId,
      type,
      region: "eu-west-1",
      reason: "AccessDenied",
      action: "cloudtrail:DescribeTrails",
    };
    const view = account({
      regions: ["ap-south-1", "eu-west-1"],
      gaps: [refused],
      collected: { [type]: { listed: ["eu-west-1"], properties: {} } },
    });
    expect(view.list(type).blind.map(({ kind, region }) => `${kind} ${region}`)).toEqual([
      "unreadable eu-west-1",
      "not-collected ap-south-1",
    ]);
    expect(view.list("AWS::SNS::Topic").blind).toHaveLength(2);
  });

  it("overlooks a gap in a region that is not judged", () => {
    const refused = { account: accountId, type, region: "eu-west-1", reason: "AccessDenied" };
    const parts = {
      gaps: [refused],
      collected: { [type]: { listed: ["eu-west-1", "us-east-1"], properties: {} } },
    };
    expect(account(parts, ["us-east-1"]).list(type).blind).toEqual([]);
  });

  it("knows that there may be regions nobody looked at, unless the regions were named", () => {
    const gaps = [
      {
        account: accountId,
        type: REGIONS_TYPE,
        region: "global",
        reason: "AccessDenied",
        action: "account:ListRegions",
      },
    ];
    expect(account({ gaps }).blindRegions?.action).toBe("account:ListRegions");
    expect(account({ gaps }, ["us-east-1"]).blindRegions).toBeUndefined();
    expect(viewAccount(snapshot({ gaps }), { exclude: ["us-east-1"] })).toMatchObject({
      regions: ["eu-west-1"],
      blindRegions: { reason: "AccessDenied" },
    });
  });

  it("says which operation answers a property", () => {
    const view = account({
      collected: { [type]: { listed: [], properties: { IsLogging: "cloudtrail:GetTrailStatus" } } },
    });
    expect(view.origin(type, "IsLogging")).toBe("cloudtrail:GetTrailStatus");
    expect(view.origin(type, "Other")).toBeUndefined();
  });
});
