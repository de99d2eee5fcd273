import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../src/languages/manifest.js";

const media = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nsegment.ts\n";

describe("reading a manifest", () => {
  it.each([
    ["a media playlist", "hls", media, { kind: "media", ended: false, targetDuration: 6 }],
    [
      "with Windows line ends",
      "hls",
      media.replaceAll("\n", "\r\n"),
      { kind: "media", ended: false, targetDuration: 6 },
    ],
    ["an ended one", "hls", `${media}#EXT-X-ENDLIST\n`, { kind: "media", ended: true }],
    [
      "a parent leads to its first variant, comments between skipped",
      "hls",
      "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n# note\n\nlow/index_1.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8",
      { kind: "parent", variant: "low/index_1.m3u8" },
    ],
    ["a parent that names none", "hls", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n", { kind: "unreadable" }],
    ["an HTML page", "hls", "<html>", { kind: "unreadable" }],
    [
      "a live DASH manifest",
      "dash",
      '<?xml version="1.0"?><MPD xmlns="x" type="dynamic" id="1">',
      { kind: "media", ended: false },
    ],
    ["an ended one", "dash", "<MPD type='static'>", { kind: "media", ended: true }],
    ["another root", "dash", '<MPDX type="static">', { kind: "unreadable" }],
    [
      "a live Smooth Streaming manifest",
      "mss",
      '<SmoothStreamingMedia IsLive="TRUE">',
      { kind: "media", ended: false },
    ],
    ["one that is not live", "mss", "<SmoothStreamingMedia>", { kind: "media", ended: true }],
    ["nothing", "mss", "", { kind: "unreadable" }],
  ] as const)("%s", (_, format, text, expected) => {
    expect(readManifest(format, text)).toMatchObject(expected);
  });

  // So long that whatever looks ahead over the rest for each word would never end.
  it.each(["hls", "dash", "mss"] as const)(
    "ten megabytes of hostile text as %s are no manifest",
    (format) => {
      expect(readManifest(format, `<MPD ${"type ".repeat(2_000_000)}`)).toMatchObject({ kind: "unreadable" });
    },
  );

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("hls" as const, "dash" as const, "mss" as const),
        fc.string(),
        (format, text) => ["parent", "media", "unreadable"].includes(readManifest(format, text).kind),
      ),
      { numRuns: 300 },
    );
  });
});
