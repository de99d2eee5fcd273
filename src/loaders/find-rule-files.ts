import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.js";
import { byText } from "../shared/order.js";
import { explainFailure } from "./read-text.js";
import { diagnoseFile } from "./diagnostics/source-text.js";

/** The rule files that some paths name, each once, and what was wrong with the paths. */
export type FoundFiles = { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

type Search = { readonly files: string[]; readonly diagnostics: Diagnostic[]; readonly seen: Set<string> };

/**
 * Finds rule files: a file as it is named; in a folder every `*.yaml` and `*.yml` at any depth, except rule cases
 * (`*.test.yaml`), packs (in folders called `packs`), configs (`watchproof.yaml`), hidden folders and node_modules.
 */
export async function findRuleFiles(paths: readonly string[]): Promise<FoundFiles> {
  const search: Search = { files: [], diagnostics: [], seen: new Set() };
  for (const path of paths) await searchPath(search, path);
  return { files: search.files, diagnostics: search.diagnostics };
}

async function searchPath(search: Search, path: string): Promise<void> {
  const problems = search.diagnostics.length;
  try {
    if (!(await stat(path)).isDirectory()) await takeNamed(search, path);
    else if ((await walk(search, path)) === 0 && search.diagnostics.length === problems)
      search.diagnostics.push(noRules(path));
  } catch (error) {
    search.diagnostics.push(await explainFailure(path, error));
  }
}

function noRules(folder: string): Diagnostic {
  return diagnoseFile(folder, {
    code: "no-rules",
    message: "there are no rules in this folder",
    hint: "rule files end in .yaml or .yml",
  });
}

async function takeNamed(search: Search, file: string): Promise<void> {
  if (isYaml(file) && !isCases(file)) {
    await take(search, file);
    return;
  }
  const message = isCases(file) ? "this file holds cases of a rule, not a rule" : "this is no rule file";
  search.diagnostics.push(
    diagnoseFile(file, {
      code: "not-a-rule-file",
      message,
      hint: isCases(file) ? "`watchproof test` runs cases" : "rule files end in .yaml or .yml",
    }),
  );
}

/** How many rule files there are below a folder, those found before included. */
async function walk(search: Search, folder: string): Promise<number> {
  // A folder is known by its real path: a symbolic link to a parent must not be walked for ever.
  if (!(await isNew(search, folder))) return 0;
  let count = 0;
  for (const name of (await readdir(folder)).sort(byText)) {
    if (!name.startsWith(".") && name !== "node_modules") count += await visit(search, join(folder, name));
  }
  return count;
}

async function visit(search: Search, path: string): Promise<number> {
  const name = basename(path);
  const isRule = isYaml(name) && !isCases(name) && !isConfig(name);
  try {
    if ((await stat(path)).isDirectory()) return name === "packs" ? 0 : await walk(search, path);
    if (isRule) await take(search, path);
  } catch (error) {
    // A dangling link to something that is no rule is nobody's concern here.
    if (isRule) search.diagnostics.push(await explainFailure(path, error));
  }
  return isRule ? 1 : 0;
}

async function take(search: Search, file: string): Promise<void> {
  if (await isNew(search, file)) search.files.push(file);
}

async function isNew({ seen }: Search, path: string): Promise<boolean> {
  const real = await realpath(path);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/u.test(name);
}

function isCases(name: string): boolean {
  return /\.test\.ya?ml$/u.test(name);
}

function isConfig(name: string): boolean {
  return name === "watchproof.yaml" || name === "watchproof.yml";
}
