import { expect, test } from "vitest";
import { prepareRun } from "../../src/run/prepare.js";
import { inFolder } from "../support/run-cli.js";
import { places } from "../loaders/support/plugins.js";
import { evaluatorText, passes, pluginProblems, pluginText } from "./support.js";

const fine = evaluatorText("fine", { evaluate: passes });
const collector = (part: string): string =>
  `export const watchproof = { contract: 1, collectors: [{ contract: 1, type: "AWS::Own::Thing", summary: "s", reads: [], observed: [], ${part} }] };`;
const operation = `operation: { service: "sns", name: "ListTopics", proof: { members: ["Topics"] } }`;
const rulePackage = (said: string): string => `{ "name": "own-pack", "watchproof": ${said} }`;
const rule =
  "id: own.rule\ntitle: Own\nseverity: low\nevaluator: assert\nwith: { for: AWS::CloudTrail::Trail, assert: { path: S3BucketName, exists: true } }\n";

type Mistake = readonly [
  title: string,
  config: string,
  files: Readonly<Record<string, string>>,
  expected: readonly string[],
  words: string,
];

// what is wrong | the config | other files | codes and places | what the message says
const mistakes: readonly Mistake[] = [
  [
    "a package that is not installed",
    "plugins:\n  - watchproof-nowhere",
    {},
    ["no-such-package 2:5"],
    `there is no plugin "watchproof-nowhere"`,
  ],
  [
    "a module that is not there",
    "plugins: [./own.mjs]",
    {},
    ["no-such-package 1:11"],
    `there is no plugin "./own.mjs"`,
  ],
  [
    "a folder as a module",
    "plugins: [./own]",
    { "own/readme": "" },
    ["no-such-package 1:11"],
    `there is no plugin "./own"`,
  ],
  [
    "a path of a package that it does not export",
    "plugins: [own/inner.js]",
    { "node_modules/own/package.json": `{ "exports": "./index.js" }`, "node_modules/own/inner.js": "" },
    ["no-such-package 1:11"],
    "own/inner.js",
  ],
  [
    "a name like a member that every object has",
    "plugins: [constructor, __proto__]",
    {},
    ["no-such-package 1:11", "no-such-package 1:24"],
    "constructor",
  ],
  [
    "a module that throws at import",
    "plugins: [./own.mjs]",
    { "own.mjs": `throw new Error("no \\u001b[31m idea");` },
    ["broken-plugin 1:11"],
    `plugin "./own.mjs" cannot be loaded: Error: no \\u{1b}[31m idea`,
  ],
  [
    "a module that is no JavaScript",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const = 1" },
    ["broken-plugin 1:11"],
    "SyntaxError",
  ],
  [
    "a module whose imports are missing",
    "plugins: [./own.mjs]",
    { "own.mjs": `import "watchproof-nowhere";` },
    ["broken-plugin 1:11"],
    "watchproof-nowhere",
  ],
  [
    "a module that ends its process at import",
    "plugins: [./own.mjs]",
    { "own.mjs": "process.exit(7);" },
    ["broken-plugin 1:11"],
    "it ended its process (exit code 7)",
  ],
  [
    "a module that runs for ever at import",
    "plugins: [./own.mjs]",
    { "own.mjs": "for (;;);" },
    ["broken-plugin 1:11"],
    "it did not start within 1.5 s",
  ],
  [
    "a module that exports nothing",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const plugin = 1;" },
    ["broken-plugin 1:11"],
    "it exports nothing under the name watchproof",
  ],
  [
    "a module that exports a number",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const watchproof = 1;" },
    ["broken-plugin 1:11"],
    "is no object",
  ],
  [
    "a plugin without a contract",
    "plugins: [./own.mjs]",
    { "own.mjs": `export const watchproof = { evaluators: [${fine}] };` },
    ["plugin-contract 1:11"],
    "it does not say its contract; this version accepts contract 1",
  ],
  [
    "a plugin of a later contract",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const watchproof = { contract: 2 };" },
    ["plugin-contract 1:11"],
    "it has contract 2; this version accepts contract 1",
  ],
  [
    "an evaluator of a later contract",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(fine.replace("contract: 1", "contract: 2")) },
    ["plugin-contract 1:11"],
    "evaluators[0]: it has contract 2",
  ],
  [
    "a plugin that brings nothing",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const watchproof = { contract: 1 };" },
    ["broken-plugin 1:11"],
    "it brings nothing",
  ],
  [
    "a plugin with a part that there is not",
    "plugins: [./own.mjs]",
    { "own.mjs": "export const watchproof = { contract: 1, evaluator: [] };" },
    ["broken-plugin 1:11"],
    "watchproof.evaluator is no part of a plugin",
  ],
  [
    "evaluators that are no list",
    "plugins: [./own.mjs]",
    { "own.mjs": `export const watchproof = { contract: 1, evaluators: ${fine} };` },
    ["broken-plugin 1:11"],
    "evaluators is no list",
  ],
  [
    "an evaluator without evaluate",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(evaluatorText("fine", { evaluate: "1" })) },
    ["broken-plugin 1:11"],
    "evaluators[0]",
  ],
  [
    "an evaluator without needs",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(evaluatorText("fine", { needs: "undefined" })) },
    ["broken-plugin 1:11"],
    "evaluators[0]: needs is no function",
  ],
  [
    "an evaluator that is null",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText("null") },
    ["broken-plugin 1:11"],
    "evaluators[0]",
  ],
  [
    "an evaluator with a bad id",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(evaluatorText("__proto__")) },
    ["broken-plugin 1:11"],
    'evaluators[0].id: "__proto__"'.replace("evaluators[0].id", "id"),
  ],
  [
    "options that are in a circle",
    "plugins: [./own.mjs]",
    {
      "own.mjs": `const a = {}; a.a = a; export const watchproof = { contract: 1, evaluators: [{ ...${fine}, options: a }] };`,
    },
    ["broken-plugin 1:11"],
    "in a circle",
  ],
  [
    "a collector for a service without a client",
    "plugins: [./own.mjs]",
    {
      "own.mjs": collector(
        `list: { operation: { service: "quantum", name: "List", proof: { members: ["All"] } }, at: "leader", properties: [], found: () => [] }`,
      ),
    },
    ["broken-plugin 1:11"],
    `there is no client for the service "quantum"`,
  ],
  [
    "a collector without the function of its list",
    "plugins: [./own.mjs]",
    { "own.mjs": collector(`list: { ${operation}, at: "leader", properties: [] }`) },
    ["broken-plugin 1:11"],
    "list.found is no function",
  ],
  [
    "a collector with a function that nobody calls",
    "plugins: [./own.mjs]",
    {
      "own.mjs": collector(
        `list: { ${operation}, at: "leader", properties: [], found: () => [], inputs: () => ({}) }`,
      ),
    },
    ["broken-plugin 1:11"],
    "there is no place for a function list.inputs",
  ],
  [
    "a collector of a built-in type",
    "plugins: [./own.mjs]",
    { "own.mjs": collector("").replace("AWS::Own::Thing", "AWS::CloudTrail::Trail") },
    ["built-in-id 1:11"],
    "AWS::CloudTrail::Trail, which is built in",
  ],
  [
    "an evaluator with a built-in id",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(evaluatorText("assert")) },
    ["built-in-id 1:11"],
    "brings an evaluator assert, which is built in",
  ],
  [
    "two evaluators with one id in one plugin",
    "plugins: [./own.mjs]",
    { "own.mjs": pluginText(fine, fine) },
    ["duplicate-id 1:11"],
    "brings an evaluator fine twice",
  ],
  [
    "two plugins with one id",
    "plugins:\n  - ./a.mjs\n  - ./b.mjs",
    { "a.mjs": pluginText(fine), "b.mjs": pluginText(fine) },
    ["duplicate-id 3:5"],
    `which plugin "./a.mjs" brings too`,
  ],
  [
    "a plugin twice",
    "plugins: [./a.mjs, ./a.mjs]",
    { "a.mjs": pluginText(fine) },
    ["duplicate-item 1:20"],
    "",
  ],
  [
    "a rule package that is not installed",
    "extends:\n  - own-pack",
    {},
    ["no-such-package 2:5"],
    `there is no package "own-pack"`,
  ],
  [
    "a package without rules",
    "extends: [own-pack]",
    { "node_modules/own-pack/package.json": `{ "name": "own-pack" }` },
    ["not-a-rule-package 1:11"],
    "names no rules",
  ],
  [
    "a package whose folder is missing",
    "extends: [own-pack]",
    { "node_modules/own-pack/package.json": rulePackage(`{ "rules": "policies" }`) },
    ["not-a-rule-package 1:11"],
    `it has no folder "policies"`,
  ],
  [
    "a package that reaches outside of itself",
    "extends: [own-pack]",
    { "node_modules/own-pack/package.json": rulePackage(`{ "rules": "a/../../other" }`) },
    ["not-a-rule-package 1:11"],
    "is no folder inside the package",
  ],
  [
    "a package of a later contract",
    "extends: [own-pack]",
    {
      "node_modules/own-pack/package.json": rulePackage(`{ "contract": 2, "rules": "rules" }`),
      "node_modules/own-pack/rules/own.yaml": rule,
    },
    ["plugin-contract 1:11"],
    "contract 2",
  ],
  [
    "a mistake in a package's rule",
    "extends: [./own]",
    {
      "own/package.json": rulePackage(`{ "rules": "rules" }`),
      "own/rules/own.yaml": rule.replace("low", "lwo"),
    },
    ["bad-value 3:11"],
    `"lwo"`,
  ],
  [
    "a rule of a package with a built-in id",
    "extends: [./own]",
    {
      "own/package.json": rulePackage(`{ "rules": "rules" }`),
      "own/rules/own.yaml": rule.replace("own.rule", "cloudtrail.glacier-events"),
    },
    ["built-in-id 1:5"],
    "cloudtrail.glacier-events",
  ],
  [
    "a rule of two packages",
    "extends: [./a, ./b]",
    {
      "a/package.json": rulePackage(`{ "rules": "rules" }`),
      "a/rules/own.yaml": rule,
      "b/package.json": rulePackage(`{ "rules": "rules" }`),
      "b/rules/own.yaml": rule,
    },
    ["duplicate-id 1:5", "duplicate-id 1:5"],
    "own.rule",
  ],
  [
    "a pack of a package with a misspelt rule",
    "extends: [./own]",
    {
      "own/package.json": rulePackage(`{ "rules": "rules", "packs": "packs" }`),
      "own/rules/own.yaml": rule,
      "own/packs/own.yaml": "id: own\ntitle: Own\nrules: [own.rul]\n",
    },
    ["unknown-rule 3:9"],
    `"own.rul"`,
  ],
];

test.each(mistakes.map(([title, ...row]) => [title, row] as const))(
  "%s",
  async (title, [config, files, expected, words]) => {
    const limits = title.includes("for ever") ? { startTime: 1500 } : {};
    const found = await inFolder({ "watchproof.yaml": `${config}\n`, ...files }, async (folder) => {
      const prepared = await prepareRun({ config: `${folder}/watchproof.yaml`, pluginSettings: { limits } });
      return prepared.ok ? [] : prepared.diagnostics;
    });
    expect([...places(found)].sort()).toEqual([...expected].sort());
    expect(found[0]?.message).toContain(words);
    expect(found.map(({ message, hint }) => `${message}${hint ?? ""}`).join("")).not.toMatch(
      /\n|\u001b|node:internal/u,
    );
  },
);

test("names that a plugin which did not load may have brought are not told as unknown; other mistakes are", async () => {
  const files = {
    "watchproof.yaml": "plugins: [./own.mjs]\nformats: [own-format]\nfailOn: never\nrules: [rules]\n",
    "rules/own.yaml": rule.replace("assert\n", "own\n").replace(/with.*\n/u, ""),
  };
  await inFolder(files, async (folder) => {
    const prepared = await prepareRun({ config: `${folder}/watchproof.yaml` });
    expect(prepared.ok ? [] : places(prepared.diagnostics)).toEqual([
      "no-such-package 1:11",
      "bad-value 3:9",
    ]);
  });
});

test("mistakes that have nothing to do with plugins do not keep a list from being shown", async () => {
  expect(
    await pluginProblems({
      "watchproof.yaml": "plugins: [./own.mjs]\nfailOn: never\n",
      "own.mjs": pluginText(fine),
    }),
  ).toEqual([]);
  expect(places(await pluginProblems({ "watchproof.yaml": "a: [b\n" }))).toHaveLength(1);
});
