import { expect, it } from "vitest";
import { loadWaivers } from "../../src/loaders/load-waivers.js";
import { places, plugins, problemsOf, withFiles } from "./support/plugins.js";

const entry = (part: string): string => `waivers:\n  - ${part}\n`;
const whole = "rule: cloudtrail.*, subject: trail-*, reason: it ends, owner: Ada, expires: 2026-12-31";

it("waivers are loaded with their places; a day stays text", async () => {
  await withFiles(
    {
      "w.yaml": `waivers:\n  - { ${whole} }\n  - rule: a.rule\n    subject: "*"\n    account: "111122223333"\n    region: global\n    reason: x\n    owner: y\n    expires: 2026-02-28\n    ticket: T-1\n`,
    },
    async (folder) => {
      expect(await loadWaivers(`${folder}/w.yaml`)).toEqual({
        ok: true,
        value: [
          {
            waiver: {
              rule: "cloudtrail.*",
              subject: "trail-*",
              reason: "it ends",
              owner: "Ada",
              expires: "2026-12-31",
            },
            file: `${folder}/w.yaml`,
            at: { line: 2, column: 5, length: expect.any(Number) as number },
          },
          {
            waiver: {
              rule: "a.rule",
              subject: "*",
              account: "111122223333",
              region: "global",
              reason: "x",
              owner: "y",
              expires: "2026-02-28",
              ticket: "T-1",
            },
            file: `${folder}/w.yaml`,
            at: { line: 3, column: 5, length: 4 },
          },
        ],
      });
    },
  );
});

it("no waivers are a valid file", async () => {
  await withFiles({ "w.yaml": "waivers: []\n" }, async (folder) => {
    expect(await loadWaivers(`${folder}/w.yaml`)).toEqual({ ok: true, value: [] });
  });
});

it.each<[string, string, readonly string[], string?]>([
  ["a list without its key", "- rule: x\n", ["wrong-type 1:1"]],
  ["a misspelt key", entry(`{ ${whole}, tickt: T-1 }`), ["unknown-key 2:95"], '"ticket"'],
  [
    "a waiver without an owner",
    entry("{ rule: cloudtrail.*, subject: x, reason: y, expires: 2026-12-31 }"),
    ["missing-key 2:5"],
  ],
  [
    "a waiver without a reason, owner or day",
    entry("{ rule: cloudtrail.*, subject: x }"),
    ["missing-key 2:5"],
  ],
  [
    "a reason of nothing but space",
    entry('{ rule: cloudtrail.*, subject: x, reason: " ", owner: y, expires: 2026-12-31 }'),
    ["bad-value 2:47"],
  ],
  [
    "an empty subject",
    entry('{ rule: cloudtrail.*, subject: "", reason: r, owner: y, expires: 2026-12-31 }'),
    ["empty-value 2:36"],
  ],
  [
    "a day that is no day",
    entry("{ rule: cloudtrail.*, subject: x, reason: r, owner: y, expires: 2026-02-30 }"),
    ["bad-value 2:69"],
    "YYYY-MM-DD",
  ],
  [
    "a day with a time",
    entry("{ rule: cloudtrail.*, subject: x, reason: r, owner: y, expires: 2026-12-31T00:00:00Z }"),
    ["bad-value 2:69"],
    "YYYY-MM-DD",
  ],
  [
    "a day in another order",
    entry("{ rule: cloudtrail.*, subject: x, reason: r, owner: y, expires: 31.12.2026 }"),
    ["bad-value 2:69"],
  ],
  [
    "an account that YAML takes as a number",
    entry(`{ ${whole}, account: 111122223333 }`),
    ["wrong-type 2:104"],
    '"111122223333"',
  ],
  ["a misspelt region", entry(`{ ${whole}, region: us-eats-1 }`), ["unknown-region 2:103"], '"us-east-1"'],
  [
    "a misspelt rule",
    entry("{ rule: cloudtrail.any-trial, subject: x, reason: r, owner: y, expires: 2026-12-31 }"),
    ["unknown-rule 2:13"],
    '"cloudtrail.any-trail"',
  ],
  [
    "a pattern that no rule matches",
    entry("{ rule: cloudtrial.*, subject: x, reason: r, owner: y, expires: 2026-12-31 }"),
    ["unknown-rule 2:13"],
    "list rules",
  ],
  ["the same waiver twice", `waivers:\n  - { ${whole} }\n  - { ${whole} }\n`, ["duplicate-item 3:5"]],
  [
    "all mistakes at once",
    "waivers:\n  - { rule: x.y, subject: x, reason: r, owner: y, expires: never }\n  - { rule: cloudtrail.*, subject: x, reason: r, owner: 3, expires: 2026-13-01 }\n",
    ["bad-value 2:60", "bad-value 3:69", "unknown-rule 2:13", "wrong-type 3:57"],
  ],
])("%s is refused at its place", async (_, text, expected, hint = "") => {
  const rules = await plugins.rules();
  await withFiles({ "w.yaml": text }, async (folder) => {
    const problems = problemsOf(await loadWaivers(`${folder}/w.yaml`, { rules }));
    expect([...places(problems)].sort()).toEqual([...expected].sort());
    expect(problems.map((problem) => problem.hint ?? "").join("\n")).toContain(hint);
  });
});

it("without a list of known rules any rule may be named", async () => {
  await withFiles(
    { "w.yaml": entry(`{ ${whole.replace("cloudtrail.*", "elsewhere.rule")} }`) },
    async (folder) => {
      expect(await loadWaivers(`${folder}/w.yaml`)).toMatchObject({ ok: true });
    },
  );
});
