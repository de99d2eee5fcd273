import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFiles } from "./support/plugins.js";
import type { Files } from "./support/plugins.js";

const root = join(import.meta.dirname, "../..");

// What is in scripts/ has no types: it is tools, not product.
const { staleFiles } = (await import(join(root, "scripts/generate.mjs"))) as {
  readonly staleFiles: (root: string) => Promise<readonly string[]>;
};
const { compiledRules } = (await import(join(root, "scripts/generate-rules.mjs"))) as {
  readonly compiledRules: (root: string) => Promise<unknown>;
};

const evaluator = `import { defineEvaluator } from "../core/evaluator.js";
export const watcher = defineEvaluator({ id: "watcher", summary: "s", options: { type: "object", additionalProperties: false, properties: { world: { enum: ["open"] } } }, needs: () => [], evaluate: () => [] });
`;
const rule = "id: trail.kept\ntitle: Kept\nseverity: low\nevaluator: watcher\n";
const pack = "id: all\ntitle: All\nrules: [trail.*]\n";
const project: Files = {
  "src/evaluators/watcher.ts": evaluator,
  "rules/trail/kept.yaml": rule,
  "rules/packs/all.yaml": pack,
};

test("a fresh clone is generated in one go, and is then not stale", async () => {
  await withFiles(project, async (folder) => {
    // Everything but what ships: that is the project's own.
    const shipped = ["evaluators", "collectors", "reporters", "generated", "run/builtins.ts", "cli"].map(
      (part) => join(root, "src", part),
    );
    for (const part of ["schemas", "scripts", "src"])
      cpSync(join(root, part), join(folder, part), {
        recursive: true,
        filter: (path) => !shipped.includes(path),
      });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const run = (...words: readonly string[]): string =>
      execFileSync(process.execPath, [join(folder, "scripts/generate.mjs"), ...words], {
        encoding: "utf8",
        stdio: "pipe",
      });
    expect(run()).toBe("");
    expect(run("--check")).toBe("");
    expect(readFileSync(join(folder, "src/run/builtins.ts"), "utf8")).toContain(
      'watcher: async () => (await import("../evaluators/watcher.js")).watcher,',
    );
    const rules = (await import(join(folder, "src/generated/rules.js"))) as {
      readRules: () => unknown;
      readPacks: () => unknown;
    };
    expect(rules.readRules()).toEqual([
      { id: "trail.kept", title: "Kept", severity: "low", evaluator: "watcher" },
    ]);
    expect(rules.readPacks()).toEqual([{ id: "all", title: "All", rules: ["trail.*"] }]);
    appendFileSync(join(folder, "src/run/builtins.ts"), "// by hand\n");
    expect(() => run("--check")).toThrow("stale: src/run/builtins.ts; run `npm run generate`");
    run();
    const read = (path: string): string => readFileSync(join(folder, path), "utf8");
    expect(read("docs/rules/trail/kept.md")).toContain("**Kept.**");
    expect(read("docs/README.md")).toContain("[`trail.kept`](rules/trail/kept.md) | low | Kept");
    expect(read("docs/evaluators/watcher.md")).toContain("| `world` | open |");
    expect(read("schemas/rule.schema.json")).toContain('"const": "watcher"');

    // What people write on a page stays; a changed rule, evaluator or page makes what tells of it stale; a rule that is gone takes its page along.
    appendFileSync(join(folder, "docs/evaluators/watcher.md"), "\nWritten by hand.\n");
    expect(run("--check")).toBe("");
    appendFileSync(join(folder, "docs/rules/trail/kept.md"), "by hand\n");
    expect(() => run("--check")).toThrow("stale: docs/rules/trail/kept.md; run");
    writeFileSync(join(folder, "src/evaluators/watcher.ts"), evaluator.replace("world", "planet"));
    expect(() => run("--check")).toThrow(
      "stale: schemas/config.schema.json, schemas/rule.schema.json, docs/evaluators/watcher.md, docs/rules/trail/kept.md; run",
    );
    renameSync(join(folder, "rules/trail/kept.yaml"), join(folder, "rules/trail/held.yaml"));
    writeFileSync(join(folder, "rules/trail/held.yaml"), rule.replace("trail.kept", "trail.held"));
    run();
    expect([
      existsSync(join(folder, "docs/rules/trail/kept.md")),
      existsSync(join(folder, "docs/rules/trail/held.md")),
    ]).toEqual([false, true]);
    expect(read("docs/evaluators/watcher.md")).toMatch(/planet[^]*Written by hand\./u);
    expect(run("--check")).toBe("");
  });
}, 60_000);

test("a changed schema and a new plugin each make a committed file stale", async () => {
  const schema = JSON.stringify({
    title: "Thing",
    type: "object",
    additionalProperties: false,
    properties: { id: { type: "string" } },
  });
  const contract = readFileSync(join(root, "src/core/evaluator.ts"));
  await withFiles(
    {
      ...project,
      "src/core/evaluator.ts": contract,
      "src/core/formats/gone.ts": "",
      "schemas/thing.schema.json": schema,
    },
    async (folder) => {
      expect([...(await staleFiles(folder))].sort()).toEqual([
        "docs/README.md",
        "docs/declared-types.md",
        "docs/evaluators/watcher.md",
        "docs/plans.md",
        "docs/rules/trail/kept.md",
        "src/core/formats/gone.ts",
        "src/core/formats/thing.ts",
        "src/mappings/observed.ts",
        "src/run/builtins.ts",
      ]);
    },
  );
});

test.each<[string, Files, string]>([
  [
    "a wrong option",
    { "rules/trail/kept.yaml": `${rule}with:\n  world: opne\n` },
    'rules/trail/kept.yaml:6:10: with.world: "opne" is not accepted; only open is (bad-value)',
  ],
  [
    "an id that is not the path",
    { "rules/trail/other.yaml": rule.replace("kept", "else") },
    'rules/trail/other.yaml:1:1: id: "trail.else" is not the file\'s path (id-not-path)',
  ],
  [
    "a pack whose id is not its name",
    { "rules/packs/some.yaml": pack.replace("id: all", "id: other") },
    'rules/packs/some.yaml:1:1: id: "other" is not the file\'s name (id-not-path)',
  ],
  [
    "a pack that names no rule",
    { "rules/packs/all.yaml": pack.replace("trail.*", "trial.kept") },
    'rules/packs/all.yaml:3:9: rules[0]: there is no rule "trial.kept"; known are trail.kept (unknown-rule)',
  ],
])("%s in what ships fails the build at its place", async (_, files, expected) => {
  await withFiles(
    { ...project, "src/core/evaluator.ts": readFileSync(join(root, "src/core/evaluator.ts")), ...files },
    async (folder) => {
      await expect(compiledRules(folder)).rejects.toThrow(expected);
    },
  );
});
