import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/loaders/config/load-config.js";
import { loadRules } from "../../src/loaders/load-rules.js";
import { explainFailure } from "../../src/loaders/read-text.js";
import { places, plugins, problemsOf, withFiles } from "./support/plugins.js";
import type { Files } from "./support/plugins.js";

const rule = (id: string): string =>
  `id: ${id}\ntitle: Own\nseverity: low\nevaluator: watcher\nwith: { events: { source: x } }\n`;

async function load(files: Files, paths: readonly string[]) {
  return await withFiles(files, async (folder) => {
    const loaded = await loadRules(
      paths.map((path) => `${folder}/${path}`),
      { plugins },
    );
    const named = problemsOf(loaded).map((problem) => ({
      ...problem,
      file: problem.file.slice(folder.length + 1),
      hint: problem.hint?.replaceAll(`${folder}/`, "") ?? "",
    }));
    return {
      ids: loaded.ok ? loaded.value.map((located) => located.rule.id) : [],
      problems: named,
      files: named.map(({ file }) => file),
      codes: places(named),
    };
  });
}

test("a folder's rules are found at any depth, each once; cases, packs, configs, hidden folders and node_modules are passed over", async () => {
  const found = await load(
    {
      "rules/b.yml": rule("b"),
      "rules/a/a.yaml": rule("a"),
      "rules/a/a.test.yaml": "cases: []",
      "rules/packs/p.yaml": "id: p",
      "rules/watchproof.yaml": "packs: []",
      "rules/.git/x.yaml": "x",
      "rules/node_modules/x.yaml": "x",
      "rules/README.md": "x",
    },
    ["rules", "rules/b.yml"],
  );
  expect([found.codes, found.ids]).toEqual([[], ["a", "b"]]);
});

test("a rule remembers its file and the place of its id", async () => {
  await withFiles({ "r.yaml": `# comment\n${rule("a")}` }, async (folder) => {
    const loaded = await loadRules([`${folder}/r.yaml`], { plugins });
    expect(loaded.ok && loaded.value[0]).toMatchObject({
      file: `${folder}/r.yaml`,
      at: { line: 2, column: 1, length: 2 },
    });
  });
});

test("two rules with one id are told in both places", async () => {
  const found = await load({ "a.yaml": rule("same"), "b.yaml": `# b\n${rule("same")}` }, [
    "a.yaml",
    "b.yaml",
  ]);
  expect([found.codes, found.files]).toEqual([
    ["duplicate-id 1:5", "duplicate-id 2:5"],
    ["a.yaml", "b.yaml"],
  ]);
  expect(found.problems.map(({ hint }) => hint)).toEqual([
    "the other is at b.yaml:2:5",
    "the other is at a.yaml:1:5",
  ]);
});

test("a rule cannot take a built-in id", async () => {
  expect((await load({ "a.yaml": rule("cloudtrail.any-trail") }, ["a.yaml"])).codes).toEqual([
    "built-in-id 1:5",
  ]);
});

test("a template may leave its options open, but not misspell them", async () => {
  const open = "id: t\ntitle: T\nseverity: low\nevaluator: watcher\ntemplate: true\n";
  expect((await load({ "a.yaml": open }, ["a.yaml"])).codes).toEqual([]);
  expect((await load({ "a.yaml": `${open}with: { wolrd: open }` }, ["a.yaml"])).codes).toEqual([
    "unknown-key 6:9",
  ]);
  expect((await load({ "a.yaml": open.replace("true", "false") }, ["a.yaml"])).codes).toEqual([
    "missing-key 4:1",
  ]);
});

test("every problem of every file is told at once, in the order of files", async () => {
  const found = await load(
    { "rules/b.yaml": rule("b").replace("low", "lwo"), "rules/a.yaml": "", "rules/c.yaml": rule("c") },
    ["rules", "nothing"],
  );
  expect(found.files.map((file, at) => `${file} ${found.codes[at]!}`)).toEqual([
    "nothing no-such-file",
    "rules/a.yaml empty-file",
    "rules/b.yaml bad-value 3:11",
  ]);
});

test.each<[string, Files, string, string, string?]>([
  ["a folder without rules", { "rules/README.md": "x" }, "rules", "no-rules"],
  ["a folder with only cases", { "rules/a.test.yaml": "x" }, "rules", "no-rules"],
  [
    "a missing file with a near neighbour",
    { "policies.yaml": "x" },
    "polices.yaml",
    "no-such-file",
    '"policies.yaml"',
  ],
  ["a file as a folder", { "a.yaml": "x" }, "a.yaml/b.yaml", "no-such-file"],
  ["a file of another kind", { "a.txt": "x" }, "a.txt", "not-a-rule-file", ".yaml"],
  ["rule cases named as a rule", { "a.test.yaml": "x" }, "a.test.yaml", "not-a-rule-file", "watchproof test"],
  ["a very large file", { "a.yaml": "#".repeat(1024 * 1024 + 1) }, "a.yaml", "too-large", "split"],
  ["a name with a NUL character", {}, "a\0.yaml", "unreadable-file"],
  [
    "bytes that are no UTF-8",
    { "a.yaml": Buffer.from("id: a\ntitle: gr\xfc\xdfe\n", "latin1") },
    "a.yaml",
    "not-utf8 2:10",
  ],
  [
    "bytes that are no UTF-8, after a replacement character that stands for itself",
    { "a.yaml": Buffer.concat([Buffer.from("\ufeffid: a\ntitle: \ufffd "), Buffer.from([0xff])]) },
    "a.yaml",
    "not-utf8 2:10",
  ],
  ["UTF-16", { "a.yaml": Buffer.from("\ufeffid: a\n", "utf16le") }, "a.yaml", "not-utf8 1:1", "UTF-16"],
])("%s is refused", async (_, files, path, expected, hint) => {
  const found = await load(files, [path]);
  expect(found.codes).toEqual([expected]);
  if (hint !== undefined) expect(found.problems[0]?.hint).toContain(hint);
});

test("a byte order mark and carriage returns change neither rule nor columns", async () => {
  expect((await load({ "a.yaml": `\ufeff${rule("a").replaceAll("\n", "\r\n")}` }, ["a.yaml"])).ids).toEqual([
    "a",
  ]);
  const wrong = await load(
    { "a.yaml": `\ufeff${rule("A").replaceAll("\n", "\r\n").replace("low", "lwo")}` },
    ["a.yaml"],
  );
  expect(wrong.codes).toEqual(["bad-value 1:5", "bad-value 3:11"]);
  expect(wrong.problems.map(({ excerpt }) => excerpt)).toEqual(["id: A", "severity: lwo"]);
});

test("symbolic links that lead in a circle end the search, not the program", async () => {
  await withFiles({ "rules/a.yaml": rule("a") }, async (folder) => {
    symlinkSync(`${folder}/rules`, `${folder}/rules/again`);
    symlinkSync(`${folder}/rules/loop.yaml`, `${folder}/rules/loop.yaml`);
    const loaded = await loadRules([`${folder}/rules`], { plugins });
    expect(places(problemsOf(loaded))).toEqual(["unreadable-file"]);
  });
});

// Files cannot be taken from a test that runs as root, so the system's answer is given by hand.
test.each([
  ["EACCES", "no permission to read it"],
  ["EIO", "it cannot be read (EIO)"],
  ["constructor", "it cannot be read (constructor)"],
])("a file that the system refuses with %s is a problem in our words", async (code, message) => {
  expect(
    await explainFailure(
      "a.yaml",
      Object.assign(new Error("EACCES: permission denied, open '/a.yaml'"), { code }),
    ),
  ).toEqual({ code: "unreadable-file", file: "a.yaml", message });
});

test("a config that is a folder is refused", async () => {
  await withFiles({ "watchproof.yaml/x": "" }, async (folder) => {
    expect(places(problemsOf(await loadConfig(`${folder}/watchproof.yaml`, { plugins })))).toEqual([
      "unreadable-file",
    ]);
  });
});
