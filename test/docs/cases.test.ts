import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testText } from "../../src/cli/test-text.js";
import { testRules } from "../../src/cases/test-rules.js";
import { withFiles } from "../loaders/support/plugins.js";

const page = readFileSync(join(import.meta.dirname, "../../docs/cases.md"), "utf8");
const files = Object.fromEntries(
  [...page.matchAll(/^```yaml file=(\S+)\n([\s\S]*?)^```$/gmu)].map(([, name = "", text = ""]) => [
    name,
    text,
  ]),
);

test("the examples hold no mistake and pass", async () => {
  const run = await withFiles(files, (folder) => testRules({ paths: [folder] }));
  expect(run.diagnostics).toEqual([]);
  expect(
    run.files.map(({ rule, cases }) => [
      rule,
      cases.filter(({ differences }) => differences.length > 0).length,
    ]),
  ).toEqual([
    ["trail.records", 0],
    ["cloudtrail.trail-per-region", 0],
  ]);
});

test("the command prints what the page says", async () => {
  const { "rules/regions.test.yaml": other, ...first } = files;
  expect(other).toBeDefined();
  const shown = /^\$ watchproof test rules --coverage\n([\s\S]*?)^```$/mu.exec(page)?.[1];
  const text = await withFiles(first, async (folder) =>
    testText(await testRules({ paths: [join(folder, "rules")] }), {
      color: false,
      coverage: true,
    }).replaceAll(`${folder}/`, ""),
  );
  expect(text).toBe(shown);
});

test("a side that no case takes is shown as the page says", async () => {
  const [, line = ""] = /^ {4}(never false: .*)$/mu.exec(page) ?? [];
  const rule = (files["rules/records.yaml"] ?? "").replace(
    "{ path: IsLogging, equals: true }",
    "{ any: [{ path: IsLogging, equals: true }, { path: IsMultiRegionTrail, equals: true }] }",
  );
  const cases = (files["rules/records.test.yaml"] ?? "").replace(
    "IsLogging: false",
    "IsMultiRegionTrail: true",
  );
  const text = await withFiles(
    { "rules/records.yaml": rule, "rules/records.test.yaml": cases },
    async (folder) =>
      testText(await testRules({ paths: [folder] }), { color: false, coverage: true }).replaceAll(
        `${folder}/`,
        "",
      ),
  );
  expect(line).not.toBe("");
  expect(text).toContain(line);
});
