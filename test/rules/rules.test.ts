import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import { testText } from "../../src/cli/test-text.js";
import { renderDiagnostics } from "../../src/loaders/diagnostics/render-diagnostics.js";
import { testRules } from "../../src/cases/test-rules.js";

const folder = import.meta.dirname;
const run = await testRules({ paths: [folder] });
const byRule = new Map(run.files.map((file) => [file.rule, file]));
// A template is judged by nobody until a config gives it options; its cases give some.
const ids = (await builtins.rules()).map(({ id }) => id);

test("the case files of the built-in rules hold no mistake", () => {
  expect(renderDiagnostics(run.diagnostics, { color: false })).toBe("");
});

test.each(ids)(
  "%s comes out as its cases say, and shows pass, fail and unknown and every side of its conditions",
  (id) => {
    const file = byRule.get(id);
    expect(file, `test/rules/${id.replace(".", "/")}.test.yaml holds the cases of ${id}`).toBeDefined();
    expect(relative(folder, file!.file)).toBe(`${id.replace(".", "/")}.test.yaml`);
    const failed = file!.cases.filter(({ differences }) => differences.length > 0);
    expect(failed, testText({ ...run, files: [file!] }, { color: false, coverage: true })).toEqual([]);
    expect(file!.coverage).toMatchObject({ unreached: [], refuted: [], untaken: [] });
  },
);

test("there are no cases of rules that do not ship", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.yaml"),
  );
  expect(files.map((name) => name.replace(".test.yaml", "").replaceAll(/[\\/]/gu, ".")).sort()).toEqual(
    run.files.map(({ rule }) => rule).sort(),
  );
  expect(
    files.filter(
      (name) => !readFileSync(join(folder, name), "utf8").startsWith("# yaml-language-server: $schema="),
    ),
  ).toEqual([]);
});
