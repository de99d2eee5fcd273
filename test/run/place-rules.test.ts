import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { prepareRun } from "../../src/run/prepare.js";
import type { RunRequest } from "../../src/run/prepare.js";
import { inFolder } from "../support/run-cli.js";

const ownRule = (id: string): string =>
  `# A comment.\ntitle: Archives are on record\nid: ${id}\nseverity: high\nevaluator: cloudtrail-captures\nwith: { events: { source: glacier.amazonaws.com } }\n`;
const config = (text: string): Readonly<Record<string, string>> => ({ "watchproof.yaml": text });

/** Where the rules of a run stand, "file:line:column" by id, files relative to the folder. */
async function placesOf(
  files: Readonly<Record<string, string>>,
  { rules = [], ...request }: RunRequest,
): Promise<Readonly<Record<string, string>>> {
  return inFolder(files, async (folder) => {
    const inside = (path: string): string => join(folder, path);
    const prepared = await prepareRun({
      ...request,
      rules: rules.map(inside),
      ...(files["watchproof.yaml"] === undefined ? {} : { config: inside("watchproof.yaml") }),
    });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
    return Object.fromEntries(
      Object.entries(prepared.value.places).map(([id, { file, line, column }]) => [
        id,
        `${relative(folder, file)}:${line.toString()}:${column.toString()}`,
      ]),
    );
  });
}

it.each([
  [
    "a rule file stands at its id",
    { "rules/mine.yaml": ownRule("my.rule") },
    { rules: ["rules"] },
    { "my.rule": "rules/mine.yaml:3:1" },
  ],
  [
    "a rule file that a config names stands at its id",
    { ...config("rules: [own]\n"), "own/mine.yaml": ownRule("my.rule") },
    {},
    { "my.rule": "own/mine.yaml:3:1" },
  ],
  [
    "a rule made from a template stands at its id in the config",
    config(
      "use:\n  - template: cloudtrail.service-events\n    id: my.kms\n    with: { events: { source: kms.amazonaws.com } }\n",
    ),
    {},
    { "my.kms": "watchproof.yaml:3:5" },
  ],
  [
    "a built-in rule stands at the first pack that asks for it",
    {
      ...config("packs:\n  - one.yaml\n  - two.yaml\n"),
      "one.yaml": "id: one\ntitle: One\nrules: [kms.rotation]\n",
      "two.yaml": "id: two\ntitle: Two\nrules: [kms.*, cloudtrail.kms]\n",
    },
    {},
    { "cloudtrail.kms": "watchproof.yaml:3:5", "kms.rotation": "watchproof.yaml:2:5" },
  ],
  [
    "a built-in rule that no entry of the config asks for stands at its first line",
    config("failOn: high\n"),
    { globs: ["kms.rotation"] },
    { "kms.rotation": "watchproof.yaml:1:1" },
  ],
  ["a built-in rule without a config stands nowhere", {}, { globs: ["kms.rotation"] }, {}],
  [
    "a package's rule stands where the config names the package",
    {
      ...config("packs: [theirs]\nextends:\n  - ./theirs\n"),
      "theirs/package.json": '{ "name": "theirs", "watchproof": { "rules": "rules", "packs": "packs" } }',
      "theirs/rules/one.yaml": ownRule("their.rule"),
      "theirs/packs/theirs.yaml": "id: theirs\ntitle: Theirs\nrules: [their.rule]\n",
    },
    {},
    { "their.rule": "watchproof.yaml:3:5" },
  ],
  [
    "a rule that is not in the run has no place",
    { ...config("rules: [own]\n"), "own/a.yaml": ownRule("my.a"), "own/b.yaml": ownRule("my.b") },
    { globs: ["my.b"] },
    { "my.b": "own/b.yaml:3:1" },
  ],
] satisfies readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  RunRequest,
  Readonly<Record<string, string>>,
])[])("%s", async (_, files, request, expected) => {
  expect(await placesOf(files, request)).toEqual(expected);
});
