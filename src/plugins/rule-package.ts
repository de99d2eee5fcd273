import { readdir, stat } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Plugins } from "../core/plugins.js";
import type { Pack } from "../core/rule.js";
import { show } from "../loaders/diagnostics/describe.js";
import { loadPack } from "../loaders/load-pack.js";
import type { Problem } from "../loaders/diagnostics/source-text.js";
import { byText } from "../shared/order.js";
import { memberOf } from "./describe-plugin.js";
import { findPackage } from "./find-package.js";

/** The folders of a package that holds rules as data. */
export type RulePackage = { readonly name: string; readonly rules?: string; readonly packs?: string };

/** Finds the package that a config in `file` names under `extends`; or says what keeps it from being one. Runs none of its code. */
export async function findRulePackage(name: string, file: string): Promise<RulePackage | Problem> {
  const found = await findPackage(name, file);
  if (found === undefined)
    return {
      code: "no-such-package",
      message: `there is no package ${show(name)}`,
      hint: "a package must be installed where the config can find it; a folder of your own begins with ./",
    };
  const { rules, packs, contract, problem } = foldersOf(found.manifest);
  if (problem !== undefined) return { ...notRules, message: `package ${show(name)}: ${problem}` };
  if (contract !== undefined && contract !== 1)
    return {
      code: "plugin-contract",
      message: `package ${show(name)}: it has contract ${show(contract)}; this version accepts contract 1`,
    };
  for (const folder of [rules, packs]) {
    if (folder !== undefined && !(await isFolder(join(found.folder, folder))))
      return { ...notRules, message: `package ${show(name)}: it has no folder ${show(folder)}` };
  }
  return {
    name,
    ...(rules === undefined ? {} : { rules: join(found.folder, rules) }),
    ...(packs === undefined ? {} : { packs: join(found.folder, packs) }),
  };
}

const notRules = {
  code: "not-a-rule-package",
  hint: 'its package.json says where they are: "watchproof": { "rules": "rules", "packs": "packs" }',
} as const;

type Folders = {
  readonly rules?: string;
  readonly packs?: string;
  readonly contract?: unknown;
  readonly problem?: string;
};

function foldersOf(manifest: unknown): Folders {
  const said = memberOf(manifest, "watchproof");
  const rules = memberOf(said, "rules");
  const packs = memberOf(said, "packs");
  if (rules === undefined && packs === undefined)
    return { problem: "its package.json names no rules and no packs" };
  const wrong = [rules, packs].find((folder) => folder !== undefined && !isInside(folder));
  if (wrong !== undefined) return { problem: `${show(wrong)} is no folder inside the package` };
  return {
    ...(isInside(rules) ? { rules } : {}),
    ...(isInside(packs) ? { packs } : {}),
    contract: memberOf(said, "contract"),
  };
}

function isInside(folder: unknown): folder is string {
  return (
    typeof folder === "string" && folder !== "" && !isAbsolute(folder) && !normalize(folder).startsWith("..")
  );
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Loads the packs of a folder, in the order of their names. */
export async function loadPacks(
  folder: string,
  plugins: Plugins,
): Promise<{ readonly packs: readonly Pack[]; readonly diagnostics: readonly Diagnostic[] }> {
  const files = (await readdir(folder)).filter((file) => /\.ya?ml$/u.test(file)).sort(byText);
  const loaded = await Promise.all(files.map((file) => loadPack(join(folder, file), { plugins })));
  return {
    packs: loaded.flatMap((one) => (one.ok ? [one.value.pack] : [])),
    diagnostics: loaded.flatMap((one) => (one.ok ? [] : one.diagnostics)),
  };
}
