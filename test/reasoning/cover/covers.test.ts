import { describe, expect, it } from "vitest";
import { coverDemand, type AlarmCandidate, type CoverOptions } from "../../../src/reasoning/cover/covers.js";
import { dims, errors, onErrors, onExpression } from "../firing/alarms.js";

const own: AlarmCandidate = { ref: "own", properties: onErrors };
const all: AlarmCandidate = {
  ref: "all",
  properties: { ...onErrors, Dimensions: dims({ StatusCodeRange: "5xx" }) },
};
const endpoint = (name: string): AlarmCandidate => ({
  ref: name,
  properties: {
    ...onErrors,
    Dimensions: dims({ Channel: "live1", OriginEndpoint: name, StatusCodeRange: "5xx" }),
  },
});
const busy: AlarmCandidate = { ref: "busy", properties: onExpression("IF(m2>1000, 100*m1/m2, 0)") };
const strange: AlarmCandidate = { ref: "strange", properties: onExpression("SERVICE_QUOTA(m1)") };
const wrong: AlarmCandidate = { ref: "wrong", properties: { ...onErrors, MetricName: "EgressBytes" } };
const slices = { OriginEndpoint: [["hls"], ["dash", "guid-dash"]] };

describe("the best of several alarms", () => {
  it.each<[string, readonly AlarmCandidate[], CoverOptions, string | undefined]>([
    ["no", [], {}, "there is no alarm"],
    ["no", [wrong], {}, "it watches AWS/MediaPackage EgressBytes"],
    ["own", [wrong, busy, strange, all, own], {}, undefined],
    ["aggregate", [wrong, busy, strange, all], {}, undefined],
    ["unknown", [all, strange], { aggregate: false }, "SERVICE_QUOTA is not decided"],
    ["unknown", [busy, strange, wrong], {}, "SERVICE_QUOTA is not decided"],
    ["conditional", [wrong, busy], {}, "it is silent while m2 is below 1001"],
    ["slices", [endpoint("dash"), endpoint("hls")], { slices }, undefined],
    ["slices", [endpoint("guid-dash"), endpoint("hls")], { slices }, undefined],
    [
      "no",
      [endpoint("hls")],
      { slices },
      "it sees only one OriginEndpoint, and none sees OriginEndpoint dash",
    ],
    ["no", [endpoint("hls"), endpoint("dash")], {}, "it sees only one OriginEndpoint"],
    [
      "no",
      [endpoint("hls"), endpoint("dash")],
      { slices: { OriginEndpoint: [] } },
      "it sees only one OriginEndpoint",
    ],
  ])("%s", (kind, ...[alarms, options, why]) => {
    expect(coverDemand(alarms, errors, options)).toMatchObject({ kind, ...(why !== undefined && { why }) });
  });

  it("names the alarms that cover, and judges all, the best first", () => {
    const cover = coverDemand([wrong, own, all], errors);
    expect(cover.kind === "own" && cover.by.map(({ ref }) => ref)).toEqual(["own"]);
    expect(cover.judged.map(({ ref }) => ref)).toEqual(["own", "all", "wrong"]);
  });
});
