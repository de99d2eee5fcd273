import fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonFault } from "../../src/loaders/schema/json-fault.js";
import { loadSnapshot, parseSnapshot } from "../../src/loaders/load-snapshot.js";
import { places, problemsOf, withFiles } from "./support/plugins.js";

const snapshot = {
  format: "watchproof-snapshot/1",
  takenAt: "2026-11-21T10:00:00.000Z",
  account: { id: "111111111111", partition: "aws" },
  regions: ["us-east-1"],
  collected: {
    "AWS::CloudTrail::Trail": {
      listed: ["us-east-1"],
      properties: { IsLogging: "cloudtrail:GetTrailStatus" },
    },
  },
  resources: [
    {
      type: "AWS::CloudTrail::Trail",
      id: "t",
      account: "111111111111",
      region: "us-east-1",
      properties: {},
      observed: { IsLogging: null },
    },
  ],
  gaps: [],
  calls: { "cloudtrail:GetTrailStatus": 1 },
};

test("a snapshot is loaded unchanged", async () => {
  await withFiles({ "s.json": JSON.stringify(snapshot) }, async (folder) => {
    expect(await loadSnapshot(`${folder}/s.json`)).toEqual({ ok: true, value: snapshot });
  });
});

test.each<[string, string, string, string]>([
  [
    "a report",
    JSON.stringify({ format: "watchproof-report/1", findings: [] }),
    "not-a-snapshot",
    "this is a report",
  ],
  [
    "a snapshot of a later version",
    JSON.stringify({ ...snapshot, format: "watchproof-snapshot/2" }),
    "snapshot-version",
    "watchproof-snapshot/2",
  ],
  ["JSON of another kind", '{"Trails": []}', "not-a-snapshot", '"format"'],
  ["a list", "[]", "not-a-snapshot", "a mapping"],
  [
    "a snapshot that misses a part",
    JSON.stringify({ ...snapshot, gaps: undefined }),
    "not-a-snapshot",
    '"gaps" is missing',
  ],
  [
    "a snapshot with a wrong part",
    JSON.stringify({ ...snapshot, resources: [{ ...snapshot.resources[0], id: 7 }] }),
    "not-a-snapshot",
    "resources[0].id: expected text",
  ],
  ["a time that is none", JSON.stringify({ ...snapshot, takenAt: "yesterday" }), "not-a-snapshot", "takenAt"],
  ["nothing", " \n", "empty-file", "nothing"],
  [
    "a file that was cut off",
    `{\n${JSON.stringify(snapshot).slice(1, 39)}`,
    "json-syntax 2:39",
    "ends too early",
  ],
  ["a comma too many", '{\n  "a": [1, 2,],\n}', "json-syntax 2:14", "from here on"],
  ["YAML", "format: watchproof-snapshot/1\n", "json-syntax 1:1", "from here on"],
])("%s is refused in words that tell it", async (_, text, code, words) => {
  const found = problemsOf(await parseSnapshot(text, "s.json"));
  expect(places(found)).toEqual([code]);
  expect(found[0]?.message).toContain(words);
});

test("a missing file is a diagnostic", async () => {
  expect(places(problemsOf(await loadSnapshot("no/such/file.json")))).toEqual(["no-such-file"]);
});

test("a fault is found in a text exactly when JSON.parse refuses it, and nothing before it is at fault", () => {
  const jsonish = fc
    .array(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        '"a"',
        "1",
        "-",
        "0",
        ".5",
        "e3",
        "true",
        "null",
        " ",
        "\n",
        "\\",
        "\\u00e9",
        "x",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(jsonish, fc.json(), fc.string()), (text) => {
      const fault = findJsonFault(text);
      expect(fault === undefined).toBe(parses(text));
      if (fault !== undefined) expect(fault).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 5000 },
  );
});

test("a fault below a million brackets is found without a stack", () => {
  expect(findJsonFault("[".repeat(1_000_000))).toBe(1_000_000);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
