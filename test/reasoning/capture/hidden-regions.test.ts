import { expect, it } from "vitest";
import { prepareCondition } from "../../../src/reasoning/condition/condition.js";
import { coversRegion } from "../../../src/reasoning/capture/trails.js";
import { account, accountId, resource } from "../../support/build.js";

const type = "AWS::CloudTrail::Trail";
const trail = (isMulti: boolean, SeenIn: readonly string[] = ["us-east-1"]): ReturnType<typeof resource> =>
  resource({
    type,
    id: "t",
    arn: `arn:aws:cloudtrail:us-east-1:${accountId}:trail/t`,
    properties: { IsMultiRegionTrail: isMulti },
    observed: { SeenIn: [...SeenIn] },
  });
const refusedIn = (...regions: readonly string[]): ReturnType<typeof account> =>
  account({
    resources: [trail(true)],
    gaps: regions.map((region) => ({
      account: accountId,
      type,
      region,
      reason: "AccessDenied",
      action: "cloudtrail:DescribeTrails",
    })),
  });

it.each([
  ["may cover a region whose list was refused", true, ["eu-west-1"], "unknown"],
  ["does not cover a region whose list does not show it", true, [], "no"],
  ["does not cover it, whatever another region refused", true, ["us-east-1"], "no"],
  ["of one region covers no other, refused or not", false, ["eu-west-1"], "no"],
])("a trail %s", (_title, isMulti, refused, is) => {
  expect(coversRegion(trail(isMulti), "eu-west-1", refusedIn(...refused)).is).toBe(is);
});

it("a trail covers its home, where the list shows it, whatever is refused elsewhere", () => {
  expect(coversRegion(trail(true), "us-east-1", refusedIn("eu-west-1")).is).toBe("yes");
});

it.each([
  ["size(resource.SeenIn) == 1", ["eu-west-1"], "unknown"],
  ["size(resource.SeenIn) == 1", [], "yes"],
  ["size(resource.SeenIn) == 1", ["us-east-1"], "yes"],
  ["resource.IsMultiRegionTrail", ["eu-west-1"], "yes"],
])("%s, where %j refused to list, is %s", async (expression, refused, kind) => {
  const condition = await prepareCondition(expression);
  expect(condition.decide(trail(true), { account: refusedIn(...refused), params: {} }).kind).toBe(kind);
});
