import { describe, expect, it } from "vitest";
import { listGaps } from "../../src/engine/list-gaps.js";
import { accountId, resource, snapshot } from "../support/build.js";

const regions = ["us-east-1"];
const type = "AWS::CloudTrail::Trail";
const refused = { reason: "AccessDenied", action: "cloudtrail:GetEventSelectors", region: "us-east-1" };
const trail = (id: string): ReturnType<typeof resource> =>
  resource({
    type,
    id,
    arn: `arn:${id}`,
    unreadable: { EventSelectors: refused, AdvancedEventSelectors: refused },
  });

describe("listing gaps", () => {
  it("names the resource when one alone is hidden", () => {
    expect(listGaps(snapshot({ resources: [trail("a")] }), { types: new Set([type]), regions })).toEqual([
      { account: accountId, type, ...refused, resource: "arn:a" },
    ]);
  });

  it("groups what one permission would mend", () => {
    expect(
      listGaps(snapshot({ resources: [trail("a"), trail("b")] }), { types: new Set([type]), regions }),
    ).toEqual([{ account: accountId, type, ...refused }]);
  });

  it("leaves out types that no rule asked for", () => {
    expect(
      listGaps(snapshot({ resources: [trail("a")] }), { types: new Set(["AWS::SNS::Topic"]), regions }),
    ).toEqual([]);
  });

  it("leaves out lists of regions that were not judged, unless they speak for all regions", () => {
    const gap = { account: accountId, type, region: "eu-west-1", reason: "AccessDenied" };
    const asked = { types: new Set([type]), regions };
    expect(listGaps(snapshot({ gaps: [gap] }), asked)).toEqual([]);
    expect(
      listGaps(
        snapshot({ gaps: [gap], collected: { [type]: { listed: "account", properties: {} } } }),
        asked,
      ),
    ).toEqual([gap]);
  });

  it("always shows that the regions could not be listed", () => {
    const gap = {
      account: accountId,
      type: "Watchproof::Account::Regions",
      region: "global",
      reason: "AccessDenied",
    };
    expect(listGaps(snapshot({ gaps: [gap] }), { types: new Set(), regions })).toEqual([gap]);
  });
});
