import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Waiver } from "../../src/core/waiver.js";
import { appendWaiver } from "../../src/loaders/append-waiver.js";
import { parseWaivers } from "../../src/loaders/load-waivers.js";

const waiver: Waiver = {
  rule: "a.rule",
  subject: "arn:aws:s3:::x",
  account: "111122223333",
  region: "us-east-1",
  reason: "it goes: soon",
  owner: "Ada",
  expires: "2026-12-31",
};
const entry = (indent: string): string =>
  [
    "- rule: a.rule",
    "  subject: arn:aws:s3:::x",
    '  account: "111122223333"',
    "  region: us-east-1",
    '  reason: "it goes: soon"',
    "  owner: Ada",
    "  expires: 2026-12-31",
    "",
  ]
    .join(`\n${indent}`)
    .replace(/^/u, indent)
    .replace(new RegExp(`${indent}$`, "u"), "");
const old = "rule: b.*, subject: y, reason: r, owner: o, expires: 2026-01-01";

describe("a waiver is added", () => {
  it.each<[string, string | undefined, string]>([
    ["to a new file", undefined, `waivers:\n${entry("  ")}`],
    ["to an empty list", "# ours\nwaivers: []\n", `# ours\nwaivers:\n${entry("  ")}`],
    ["after the last", `waivers:\n  - { ${old} }\n`, `waivers:\n  - { ${old} }\n${entry("  ")}`],
    ["with the list's own indentation", `waivers:\n- { ${old} }\n`, `waivers:\n- { ${old} }\n${entry("")}`],
    [
      "after a wide indentation",
      `waivers:\n    - { ${old} }\n`,
      `waivers:\n    - { ${old} }\n${entry("    ")}`,
    ],
    [
      "after a file without an end of line",
      `waivers:\n  - { ${old} }`,
      `waivers:\n  - { ${old} }\n${entry("  ")}`,
    ],
    [
      "after a comment on the last line",
      `waivers:\n  - { ${old} } # ask Bob\n`,
      `waivers:\n  - { ${old} } # ask Bob\n${entry("  ")}`,
    ],
    [
      "after a block with a dash in its text",
      `waivers:\n  - rule: b-c.*\n    subject: y-z\n    reason: >\n      first - and\n      second\n    owner: o\n    expires: 2026-01-01\n`,
      `waivers:\n  - rule: b-c.*\n    subject: y-z\n    reason: >\n      first - and\n      second\n    owner: o\n    expires: 2026-01-01\n${entry("  ")}`,
    ],
  ])("%s", async (_, text, expected) => {
    expect(await appendWaiver(text, waiver)).toBe(expected);
  });

  it("to a list in brackets, which is set anew", async () => {
    const text = await appendWaiver(`waivers: [{ ${old} }] # why\n`, waiver);
    expect(text).toContain("# why");
    expect(await parseWaivers(text, "w")).toMatchObject({
      ok: true,
      value: [{ waiver: { owner: "o" } }, { waiver }],
    });
  });
});

const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== "");
const anyWaiver: fc.Arbitrary<Waiver> = fc.record({
  rule: fc.constantFrom("a.b", "*"),
  subject: words,
  reason: words,
  owner: words,
  expires: fc.constant("2026-12-31"),
});
const gap = fc.constantFrom("", "\n", "  # a comment\n", "\n# at the margin\n");

it("whatever stands in the file stays, comments and all, and whatever is added can be read again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyWaiver, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) }),
      gap,
      gap,
      async ([first, ...rest], before, after) => {
        if (first === undefined) return;
        let text = `# waivers of ours\n${before}${await appendWaiver(undefined, first)}${after}`;
        for (const one of rest) {
          const next = await appendWaiver(text, one);
          const lines = next.split("\n");
          expect(text.split("\n").filter((line) => !lines.includes(line))).toEqual([]);
          text = next;
        }
        const loaded = await parseWaivers(text, "w");
        expect(loaded.ok ? loaded.value.map((located) => located.waiver) : loaded).toEqual([first, ...rest]);
      },
    ),
    { numRuns: 150 },
  );
});
