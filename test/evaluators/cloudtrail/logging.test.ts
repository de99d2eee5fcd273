import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/account.js";
import { cloudtrailLogging } from "../../../src/evaluators/cloudtrail/logging.js";
import { account, channel, store, trail } from "../../reasoning/capture/account.js";

const off = { observed: { IsLogging: false } };
const single = { properties: { IsMultiRegionTrail: false } };

describe("cloudtrail-logging per account", () => {
  const judge = (state: Account): object => cloudtrailLogging.evaluate(state, { per: "account" })[0]!.verdict;
  it.each([
    [
      "a trail that records passes",
      account({ resources: [trail()] }),
      { status: "pass", message: "API activity is recorded, by main" },
    ],
    ["an enabled event data store passes", account({ resources: [store()] }), { status: "pass" }],
    [
      "what it selects does not matter",
      account({
        resources: [
          trail({
            properties: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "new", Equals: ["x"] }] }] },
          }),
        ],
      }),
      { status: "pass" },
    ],
    ["no trail fails", account(), { status: "fail", candidates: [] }],
    [
      "stopped trails fail, each with its reason",
      account({ resources: [trail(off), store({ observed: { Status: "PENDING_DELETION" } })] }),
      {
        status: "fail",
        candidates: [
          { status: "fail", brokenLink: "is not logging" },
          { status: "fail", brokenLink: "is PENDING_DELETION" },
        ],
      },
    ],
    [
      "an unreadable status is unknown",
      account({ resources: [trail(off), trail({ id: "other", unreadable: ["IsLogging"] })] }),
      { status: "unknown", reason: "unreadable" },
    ],
    [
      "a status that was not collected is unknown",
      account({ resources: [trail({ without: ["IsLogging"] })] }),
      { status: "unknown", reason: "not-collected" },
    ],
    [
      "a refused list is unknown",
      account({ resources: [trail(off)], denied: [["Trail", "eu-west-1"]] }),
      { status: "unknown", reason: "unreadable" },
    ],
    [
      "a refused list does not matter beside a trail that records",
      account({
        resources: [trail()],
        denied: [
          ["Trail", "eu-west-1"],
          ["EventDataStore", "eu-west-1"],
        ],
        blindRegions: true,
      }),
      { status: "pass" },
    ],
    [
      "channels are neither asked nor counted",
      account({ resources: [channel({ ApplyToAllRegions: true })], denied: [["Channel", "us-east-1"]] }),
      { status: "fail" },
    ],
    [
      "an organization trail counts",
      account({
        resources: [
          trail({ owner: "999999999999", unreadable: ["EventSelectors", "AdvancedEventSelectors"] }),
        ],
      }),
      { status: "pass" },
    ],
  ])("%s", (_, state, expected) => {
    expect(judge(state)).toMatchObject(expected);
  });

  it("shows where the status was read", () => {
    expect(judge(account({ resources: [trail()] }))).toMatchObject({
      evidence: expect.arrayContaining([
        { path: "main.IsLogging", value: true, from: "cloudtrail:GetTrailStatus us-east-1" },
      ]) as unknown,
    });
  });
});

describe("cloudtrail-logging per region", () => {
  const judge = (state: Account): readonly string[] =>
    cloudtrailLogging
      .evaluate(state, { per: "region" })
      .map(({ subject, verdict }) => `${subject.id} ${verdict.status}`);
  it.each([
    [
      "a multi-region trail covers every region that shows it",
      account({ resources: [trail()] }),
      ["eu-west-1 pass", "us-east-1 pass"],
    ],
    [
      "a trail of one region covers its home",
      account({ resources: [trail(single)] }),
      ["eu-west-1 fail", "us-east-1 pass"],
    ],
    [
      "trails of single regions add up",
      account({ resources: [trail(single), trail({ ...single, id: "eu", home: "eu-west-1" })] }),
      ["eu-west-1 pass", "us-east-1 pass"],
    ],
    [
      "a stopped trail covers nothing",
      account({ resources: [trail(off)] }),
      ["eu-west-1 fail", "us-east-1 fail"],
    ],
    [
      "a multi-region trail whose shadow is not seen does not cover",
      account({ resources: [trail({ seenIn: ["us-east-1"] })] }),
      ["eu-west-1 fail", "us-east-1 pass"],
    ],
    ["no trail fails in each region", account(), ["eu-west-1 fail", "us-east-1 fail"]],
    [
      "an event data store is no trail",
      account({ resources: [store()] }),
      ["eu-west-1 fail", "us-east-1 fail"],
    ],
    [
      "a refused list is unknown in its region only",
      account({ resources: [trail(single)], denied: [["Trail", "eu-west-1"]] }),
      ["eu-west-1 unknown", "us-east-1 pass"],
    ],
    [
      "an unreadable scope is unknown away from home",
      account({ resources: [trail({ unreadable: ["IsMultiRegionTrail"] })] }),
      ["eu-west-1 unknown", "us-east-1 pass"],
    ],
    [
      "an unreadable status is unknown",
      account({ resources: [trail({ unreadable: ["IsLogging"] })] }),
      ["eu-west-1 unknown", "us-east-1 unknown"],
    ],
    [
      "regions that nobody could list are unknown for the account",
      account({ resources: [trail()], blindRegions: true }),
      ["eu-west-1 pass", "us-east-1 pass", "111122223333 unknown"],
    ],
  ])("%s", (_, state, expected) => {
    expect(judge(state)).toEqual(expected);
  });

  it("a failure names its region", () => {
    expect(cloudtrailLogging.evaluate(account(), { per: "region" })[0]?.verdict).toMatchObject({
      witness: { kind: "not-recording", region: "eu-west-1" },
    });
  });

  it("needs no store and no selectors", () => {
    expect(cloudtrailLogging.needs({ per: "region" })).toEqual([
      { type: "AWS::CloudTrail::Trail", properties: ["IsLogging", "IsMultiRegionTrail", "SeenIn"] },
    ]);
  });
});
