import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { withFiles } from "./loaders/support/plugins.js";
import type { Files } from "./loaders/support/plugins.js";

const root = join(import.meta.dirname, "..");

// What is in scripts/ has no types: it is tools, not product.
const { doors, floors } = createRequire(import.meta.url)(join(root, "scripts/house.cjs")) as {
  readonly doors: Readonly<Record<string, "*" | readonly string[]>>;
  readonly floors: Readonly<Record<string, readonly (readonly string[])[]>>;
};
const { sizes } = (await import(join(root, "scripts/sizes.mjs"))) as {
  readonly sizes: (root: string) => {
    readonly table: readonly string[];
    readonly faults: readonly string[];
  };
};

async function refusals(files: Files): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await withFiles({ ...files, "tsconfig.json": "{}" }, (folder) => {
    for (const part of [".dependency-cruiser.cjs", "scripts/house.cjs"])
      cpSync(join(root, part), join(folder, part));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const words = [cruiser, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "err"];
    const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
    found = stdout.split("\n").flatMap((line) => /^\s*error (.*)/u.exec(line)?.[1] ?? []);
    return Promise.resolve();
  });
  return found;
}

const uses = (path: string): string => `import "${path}";\nexport {};\n`;
const nothing = "export {};\n";

test("a family is entered by its doors, and uses lower floors alone", async () => {
  const found = await refusals({
    "src/languages/iam-policy/iam-policy.ts": uses("./statement.js"),
    "src/languages/iam-policy/statement.ts": nothing,
    "src/reasoning/routing/judge.ts": uses("../admits/admits.js"),
    "src/reasoning/admits/admits.ts": uses("../../languages/iam-policy/iam-policy.js"),
    // Past the doors.
    "src/reasoning/admits/bucket.ts": uses("../../languages/iam-policy/statement.js"),
    // Upwards, and beside.
    "src/reasoning/cover/watch.ts": uses("../routing/judge.js"),
    "src/reasoning/reach/reach.ts": uses("../condition/condition.js"),
    "src/reasoning/condition/condition.ts": nothing,
    // From the small files, which use no family.
    "src/reasoning/evidence.ts": uses("./condition/condition.js"),
    // A family that nobody has named.
    "src/evaluators/alarm/reaches.ts": uses("../../reasoning/weather/weather.js"),
    "src/reasoning/weather/weather.ts": nothing,
  });
  const shown = found.map((line) => line.replaceAll("src/reasoning/", "").replace(": src/", ": "));
  expect(shown.toSorted()).toEqual([
    "every-family-has-doors: name them in scripts/house.cjs: evaluators/alarm/reaches.ts → weather/weather.ts",
    "languages/iam-policy-is-entered-by-its-doors: see doors in scripts/house.cjs: admits/bucket.ts → src/languages/iam-policy/statement.ts",
    "reasoning-has-no-family-without-a-floor: name it in scripts/house.cjs: evaluators/alarm/reaches.ts → weather/weather.ts",
    "reasoning/cover-uses-lower-floors: see floors in scripts/house.cjs: cover/watch.ts → routing/judge.ts",
    "reasoning/reach-uses-lower-floors: see floors in scripts/house.cjs: reach/reach.ts → condition/condition.ts",
    "small-files-of-reasoning-use-no-family: evidence.ts → condition/condition.ts",
  ]);
}, 60_000);

test("every door is a file, every family with a floor has doors", () => {
  const missing = Object.entries(doors).flatMap(([family, files]) =>
    files === "*"
      ? []
      : files
          .filter((file) => !existsSync(join(root, "src", family, `${file}.ts`)))
          .map((file) => [family, file]),
  );
  expect(missing).toEqual([]);
  const families = Object.entries(floors).flatMap(([room, storeys]) =>
    storeys.flat().map((family) => `${room}/${family}`),
  );
  expect(families.filter((family) => doors[family] === undefined)).toEqual([]);
});

test("every door is used from outside of its family, by more than tests", () => {
  const used = new Set(
    sources.flatMap((file) =>
      [...readFileSync(join(root, "src", file), "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)\.js"/gu)]
        .map(([, path = ""]) => join(dirname(file), path))
        .filter((path) => familyOf(path) !== familyOf(file)),
    ),
  );
  const idle = Object.entries(doors).flatMap(([family, files]) =>
    files === "*" ? [] : files.map((file) => `${family}/${file}`).filter((path) => !used.has(path)),
  );
  expect(idle).toEqual([]);
});

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

const familyOf = (path: string): string => {
  const family = dirname(path);
  return doors[family] === undefined && family !== "." ? familyOf(family) : family;
};

const lines = (count: number): string => "//\n".repeat(count);
const longFunction = `export function long(): void {\n${"  void 0;\n".repeat(49)}}\n`;
const aTable = (columns: number): string =>
  `// prettier-ignore\nconst rows = [\n"${"x".repeat(columns - 2)}"\n];\n`;

test.each<[string, Files, string]>([
  ["a file over 300 lines", { "src/a/long.ts": lines(301) }, "src/a/long.ts: 301 lines; 300 are allowed"],
  [
    "a function over 50 lines",
    { "src/a/long.ts": longFunction },
    "src/a/long.ts:1: long has 51 lines; 50 are allowed",
  ],
  [
    "a folder over 40 files",
    Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`src/a/f${at}.ts`, nothing])),
    "src/a: 41 files; 40 are allowed",
  ],
  ["a median over 80 lines", { "src/a/one.ts": lines(81) }, "src: the median is 81 lines; 80 are allowed"],
  [
    "a table of tests that is too wide",
    { "test/a.test.ts": aTable(161) },
    "test/a.test.ts:1: a row of 161 columns; 160 are allowed",
  ],
  [
    "a table that prettier leaves alone in src",
    { "src/a.ts": aTable(20) },
    "src/a.ts:1: prettier-ignore is for tables of cases in tests alone",
  ],
  [
    "too many such tables",
    { "test/a.test.ts": aTable(20).replace("rows", "a").repeat(151) },
    "test: prettier-ignore stands 151 times; 150 are allowed",
  ],
])("%s is refused", async (_, files, fault) => {
  await withFiles(files, (folder) => {
    expect(sizes(folder).faults).toContain(fault);
    return Promise.resolve();
  });
});

test("what is at a limit is allowed, blank lines and comments in a function do not count", async () => {
  const files = {
    "src/a/long.ts": lines(300),
    "src/a/function.ts": `export function long(): void {\n  // why\n\n${"  void 0;\n".repeat(48)}}\n`,
    ...Object.fromEntries(Array.from({ length: 38 }, (_, at) => [`src/a/f${at}.ts`, nothing])),
    "test/a.test.ts": aTable(160),
  };
  await withFiles(files, (folder) => {
    expect(sizes(folder).faults).toEqual([]);
    expect(sizes(folder).table[1]).toBe("src           40     390       1       1     300");
    return Promise.resolve();
  });
});

test("this house keeps to its sizes", () => {
  expect(sizes(root).faults).toEqual([]);
  expect(readFileSync(join(root, "package.json"), "utf8")).toContain("scripts/sizes.mjs --quiet");
});
