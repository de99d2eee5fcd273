import { describe, expect, it } from "vitest";
import { freshnessOf } from "../../../src/reasoning/manifest/freshness.js";
import type { FreshnessDemand } from "../../../src/reasoning/manifest/freshness.js";
import type { ManifestSample, ProbeTrouble } from "../../../src/shared/aws/manifest-probe.js";

const now = 1_795_197_600_000;
const demand: FreshnessDemand = { segmentSeconds: 6, delaySeconds: 0, expectLive: false };
const sample = (
  lastUpdated: string | null,
  lastSequence: string | null,
  more: Partial<ManifestSample> = {},
): ManifestSample => ({
  at: now,
  ended: false,
  ...(lastUpdated === null ? {} : { lastUpdated }),
  ...(lastSequence === null ? {} : { lastSequence }),
  ...more,
});
const judge = (
  samples: readonly ManifestSample[],
  more: Partial<FreshnessDemand> = {},
  trouble?: ProbeTrouble,
): object => freshnessOf({ samples, ...(trouble === undefined ? {} : { trouble }) }, { ...demand, ...more });

describe("a manifest's freshness", () => {
  it.each([
    ["twelve seconds are fresh", sample("1795197588000", "175232"), {}, { status: "pass", ageSeconds: 12 }],
    ["the limit itself is fresh", sample("1795197570000", "9"), {}, { status: "pass", ageSeconds: 30 }],
    ["ninety seconds are stale", sample("1795197510000", "9"), {}, { status: "fail", reason: "stale" }],
    [
      "a delay on purpose is allowed for",
      sample("1795197550000", "9"),
      { delaySeconds: 60 },
      { status: "pass", ageSeconds: 50, limit: 78 },
    ],
    [
      "without it the same age is stale",
      sample("1795197550000", "9"),
      {},
      { status: "fail", reason: "stale" },
    ],
    [
      "long segments are allowed for",
      sample("1795197545000", "9"),
      { segmentSeconds: 20 },
      { status: "pass", ageSeconds: 55, limit: 60 },
    ],
    [
      "a clock five seconds ahead counts as now",
      sample("1795197605000", "9"),
      {},
      { status: "pass", ageSeconds: 0 },
    ],
    [
      "a time five minutes ahead is no time",
      sample("1795197900000", "9"),
      {},
      { status: "unknown", reason: "future_timestamp" },
    ],
    [
      "seconds are malformed, not guessed",
      sample("1795197588", "9"),
      {},
      { status: "unknown", reason: "malformed_header" },
    ],
    [
      "a sequence can be beyond what a number holds",
      sample("1795197588000", "17951975880000000"),
      { segmentSeconds: 2 },
      { status: "pass" },
    ],
    ["without headers nobody knows", sample(null, null), {}, { status: "unknown", reason: "headers_absent" }],
    [
      "a sequence alone does not tell",
      sample(null, "9"),
      {},
      { status: "unknown", reason: "headers_absent" },
    ],
    [
      "a time alone is not enough",
      sample("1795197588000", null),
      {},
      { status: "unknown", reason: "headers_absent" },
    ],
    [
      "a sequence that is none is malformed",
      sample("1795197588000", "9; DROP"),
      {},
      { status: "unknown", reason: "malformed_header" },
    ],
    [
      "a stream that has ended is not judged",
      sample("1795194000000", "3", { ended: true }),
      {},
      { status: "not-applicable" },
    ],
    [
      "unless it should be live",
      sample("1795194000000", "3", { ended: true }),
      { expectLive: true },
      { status: "fail", reason: "ended" },
    ],
    [
      "what a cache held is as old as it says",
      sample("1795197588000", "9", { date: now - 60_000, age: 60 }),
      {},
      { status: "pass", ageSeconds: 12 },
    ],
    [
      "the server's clock counts where it is close",
      sample("1795197588000", "9", { date: now + 20_000 }),
      {},
      { status: "fail", reason: "stale" },
    ],
    [
      "and ours where it is far off",
      sample("1795197588000", "9", { date: now + 90_000 }),
      {},
      { status: "pass", ageSeconds: 12, notes: [expect.stringContaining("clock_skew") as string] },
    ],
    [
      "the playlist's own duration serves where none is configured",
      sample("1795197550000", "9", { targetDuration: 20 }),
      { segmentSeconds: undefined },
      { status: "pass", limit: 60 },
    ],
    [
      "a limit that was asked for replaces all others",
      sample("1795197588000", "9"),
      { maximumAge: 10 },
      { status: "fail", reason: "stale" },
    ],
  ] as const)("%s", (_, one, more, expected) => {
    const { segmentSeconds, ...rest } = { ...demand, ...more };
    expect(
      freshnessOf({ samples: [one] }, segmentSeconds === undefined ? rest : { ...rest, segmentSeconds }),
    ).toMatchObject(expected);
  });

  it.each([
    [
      "nothing new between two answers is a stall, though young",
      ["1795197574000", "100"],
      ["1795197574000", "100"],
      { status: "fail", reason: "stalled" },
    ],
    [
      "a moving manifest is fresh",
      ["1795197574000", "100"],
      ["1795197592000", "103"],
      { status: "pass", notes: [] },
    ],
    [
      "a sequence that began anew is fresh, with a note",
      ["1795197574000", "500"],
      ["1795197594000", "3"],
      { status: "pass", notes: [expect.stringContaining("sequence_reset") as string] },
    ],
  ] as const)("%s", (_, first, second, expected) => {
    expect(
      judge([sample(first[0], first[1], { at: now - 20_000 }), sample(second[0], second[1])]),
    ).toMatchObject(expected);
  });

  it.each([
    ["auth_required", "unknown"],
    ["forbidden", "unknown"],
    ["bad_request", "unknown"],
    ["no_manifest", "unknown"],
    ["unreachable", "unknown"],
    ["redirect", "unknown"],
    ["tls", "unknown"],
    ["something new", "unknown"],
    ["__proto__", "unknown"],
  ])("%s is %s", (reason, status) => {
    expect(judge([], {}, { reason, status: 418 })).toMatchObject({ status, reason });
  });

  it("a manifest that is not there fails where the stream should be live", () => {
    expect(judge([], { expectLive: true }, { reason: "no_manifest", status: 404 })).toMatchObject({
      status: "fail",
      reason: "no_manifest",
    });
  });
});
