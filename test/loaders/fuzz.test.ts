import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.js";
import { loadConfig } from "../../src/loaders/config/load-config.js";
import { loadRules } from "../../src/loaders/load-rules.js";
import { plugins, problemsOf, withFiles } from "./support/plugins.js";

const rule =
  'id: own.rule\ntitle: "Own"\nseverity: low\nevaluator: watcher\nwith:\n  events: { source: x, names: [a, b] }\n  tree: { all: [{ equals: a, path: b }] }\n  days: 3\ncontrols: { cis: ["3.1"] }\n';
const config =
  'packs: [logging-monitoring]\nuse:\n  - { template: cloudtrail.service-events, id: a, with: { events: { source: x } } }\noverrides:\n  - { rule: "cloudtrail.*", with: { world: open } }\nregions: { include: [us-east-1] }\nformats: [text]\n';

const pieces = fc.constantFrom(
  "",
  "\n",
  " ",
  "\t",
  ":",
  ": ",
  "-",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  "*x",
  "&x ",
  "!t ",
  "#",
  "null",
  "1",
  "[]",
  "{}",
  "__proto__: 1",
  "<<: ",
  "\r\n",
  "字",
  "\ud800",
  "true",
);
const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), pieces), {
  minLength: 1,
  maxLength: 3,
});

function edit(text: string, changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce((result, [place, cut, piece]) => {
    const at = Math.floor(place * result.length);
    return result.slice(0, at) + piece + result.slice(at + cut);
  }, text);
}

function expectPlaced(text: string, diagnostics: readonly Diagnostic[]): void {
  const lines = text.split("\n").map((line) => line.replace(/\r$/u, ""));
  for (const { position, excerpt, message, hint } of diagnostics) {
    // ajv says "must be", yaml says "Unexpected" and "Implicit"; a stack trace says "at file:".
    expect(`${message} ${hint ?? ""}`).not.toMatch(
      /must be |must NOT|must have|must match|Unexpected|Implicit|\bat file:/u,
    );
    if (position === undefined) continue;
    expect(excerpt).toBe(lines[position.line - 1]);
    expect(position.column).toBeLessThanOrEqual((excerpt ?? "").length + 2);
  }
}

test.each([
  ["rule", rule],
  ["config", config],
] as const)(
  "any change to a %s gives a value or placed diagnostics, and is never thrown at",
  async (kind, original) => {
    await withFiles({}, async (folder) => {
      const file = `${folder}/${kind}.yaml`;
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          // What is written to a file is UTF-8: a lone surrogate becomes a replacement character.
          const text = Buffer.from(edit(original, changes)).toString();
          writeFileSync(file, text);
          const loaded =
            kind === "rule" ? await loadRules([file], { plugins }) : await loadConfig(file, { plugins });
          expect(loaded.ok || loaded.diagnostics.length > 0).toBe(true);
          expectPlaced(text, problemsOf(loaded));
        }),
        { numRuns: 400 },
      );
    });
  },
);

test("any bytes as a rule are refused, and never thrown at", async () => {
  await withFiles({}, async (folder) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        writeFileSync(`${folder}/a.yaml`, bytes);
        expect((await loadRules([`${folder}/a.yaml`], { plugins })).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test("any value in any place of a rule is accepted or refused, and never thrown at", async () => {
  const place = fc.constantFrom(
    "id",
    "title",
    "severity",
    "evaluator",
    "with",
    "controls",
    "references",
    "template",
    "remediation",
  );
  await withFiles({}, async (folder) => {
    await fc.assert(
      fc.asyncProperty(place, fc.json(), async (key, json) => {
        const valid = {
          id: "own.rule",
          title: "Own",
          severity: "low",
          evaluator: "watcher",
          with: { events: { source: "x" } },
        };
        const text = JSON.stringify({ ...valid, [key]: JSON.parse(json) as unknown }, null, 1);
        writeFileSync(`${folder}/a.yaml`, text);
        expectPlaced(text, problemsOf(await loadRules([`${folder}/a.yaml`], { plugins })));
      }),
      { numRuns: 400 },
    );
  });
});
