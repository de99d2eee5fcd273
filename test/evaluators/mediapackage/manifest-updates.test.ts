import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { manifestUpdates } from "../../../src/evaluators/mediapackage/manifest-updates.js";
import { account, accountId, resource } from "../../support/build.js";

const now = 1_795_197_600_000;
const v2 = resource({
  type: "AWS::MediaPackageV2::OriginEndpoint",
  id: "v2",
  arn: "arn:v2",
  properties: {
    Segment: { SegmentDurationSeconds: 6 },
    HlsManifests: [{ Url: "https://a/1.m3u8" }],
    LowLatencyHlsManifests: null,
    DashManifests: [{ Url: "https://a/2.mpd" }],
    MssManifests: null,
  },
});
const v1 = resource({
  type: "AWS::MediaPackage::OriginEndpoint",
  id: "v1",
  arn: "arn:v1",
  properties: {
    Origination: "ALLOW",
    TimeDelaySeconds: 60,
    HlsPackage: { SegmentDurationSeconds: 6 },
    CmafPackage: null,
    DashPackage: null,
    MssPackage: null,
  },
  observed: { Url: "https://b/1.m3u8" },
});
const seen = (of: string, url: string, secondsAgo: number) => {
  const observed: JsonObject = {
    OriginEndpoint: of,
    Url: url,
    Trouble: null,
    Samples: [
      { at: now, ended: false, lastUpdated: (now - secondsAgo * 1000).toString(), lastSequence: "1" },
    ],
  };
  return resource({ type: "Watchproof::MediaPackage::ManifestProbe", id: url, observed });
};
const listed = Object.fromEntries(
  ["AWS::MediaPackage::OriginEndpoint", "AWS::MediaPackageV2::OriginEndpoint"].map((type) => [
    type,
    { listed: ["eu-west-1", "us-east-1"], properties: {} },
  ]),
);
const judge = (...resources: readonly ReturnType<typeof resource>[]) =>
  Object.fromEntries(
    manifestUpdates
      .evaluate(account({ resources, collected: listed }), {})
      .map(({ subject, verdict }) => [subject.id, verdict]),
  );

describe("manifest-updates", () => {
  it("the worst manifest of an endpoint decides, each is a candidate", () => {
    expect(
      judge(v2, seen("arn:v2", "https://a/1.m3u8", 5), seen("arn:v2", "https://a/2.mpd", 500)),
    ).toMatchObject({
      v2: {
        status: "fail",
        witness: { url: "https://a/2.mpd", reason: "stale" },
        candidates: [
          { ref: "https://a/1.m3u8", status: "pass" },
          { ref: "https://a/2.mpd", status: "fail" },
        ],
      },
    });
  });

  it("a manifest that was not asked leaves it unknown, unless another fails", () => {
    expect(judge(v2, seen("arn:v2", "https://a/1.m3u8", 5))).toMatchObject({
      v2: { status: "unknown", reason: "not-collected" },
    });
    expect(judge(v2, seen("arn:v2", "https://a/1.m3u8", 500))).toMatchObject({ v2: { status: "fail" } });
  });

  it("what was seen of another endpoint does not count", () => {
    expect(judge(v1, seen("arn:other", "https://b/1.m3u8", 5))).toMatchObject({ v1: { status: "unknown" } });
  });

  it("the delay of the endpoint is allowed for", () => {
    expect(judge(v1, seen("arn:v1", "https://b/1.m3u8", 70))).toMatchObject({ v1: { status: "pass" } });
  });

  it("one generation alone is no finding about the other", () => {
    expect(Object.keys(judge(v1))).toEqual(["v1"]);
    expect(judge()).toMatchObject({ [accountId]: { status: "not-applicable" } });
  });

  it("a probe that holds nonsense is no answer", () => {
    const odd = resource({
      type: "Watchproof::MediaPackage::ManifestProbe",
      id: "https://b/1.m3u8",
      observed: {
        OriginEndpoint: "arn:v1",
        Url: "https://b/1.m3u8",
        Samples: [{ at: "now" }, 3, null],
        Trouble: null,
      },
    });
    expect(judge(v1, odd)).toMatchObject({ v1: { status: "unknown" } });
  });
});
