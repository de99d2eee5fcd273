import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.js";
import { byText } from "../../shared/order.js";
import { explainFailure } from "../read-text.js";
import { diagnoseFile } from "../diagnostics/source-text.js";

/** The case files that some paths lead to, each once, the folders that were searched, and what was wrong with the paths. */
export type FoundCases = {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

type Search = {
  readonly files: string[];
  readonly folders: string[];
  readonly diagnostics: Diagnostic[];
  readonly seen: Set<string>;
};

/**
 * Finds case files: `*.test.yaml` as it is named; for a rule file the cases of the same name beside it, if there are
 * any; in a folder all case files at any depth, except in hidden folders and node_modules.
 */
export async function findCaseFiles(paths: readonly string[]): Promise<FoundCases> {
  const search: Search = { files: [], folders: [], diagnostics: [], seen: new Set() };
  for (const path of paths) await searchPath(search, path);
  return { files: search.files, folders: search.folders, diagnostics: search.diagnostics };
}

/** The rule file of the same name beside a case file, with the given ending. */
export function ruleFileBeside(file: string, ending: "yaml" | "yml"): string {
  return file.replace(/\.test\.ya?ml$/u, `.${ending}`);
}

async function searchPath(search: Search, path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) await walk(search, path);
    else if (isCases(path)) await take(search, path);
    else if (/\.ya?ml$/u.test(path)) await takeBeside(search, path);
    else
      search.diagnostics.push(
        diagnoseFile(path, {
          code: "not-a-rule-file",
          message: "this is neither a case file nor a rule file",
          hint: "case files end in .test.yaml",
        }),
      );
  } catch (error) {
    search.diagnostics.push(await explainFailure(path, error));
  }
}

async function takeBeside(search: Search, rule: string): Promise<void> {
  for (const ending of ["yaml", "yml"]) {
    const cases = rule.replace(/\.ya?ml$/u, `.test.${ending}`);
    if (await exists(cases)) await take(search, cases);
  }
}

async function walk(search: Search, folder: string): Promise<void> {
  // A folder is known by its real path: a symbolic link to a parent must not be walked for ever.
  if (!(await isNew(search, folder))) return;
  search.folders.push(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => byText(a.name, b.name))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path)))) await walk(search, path);
    else if (isCases(path)) await take(search, path);
  }
}

async function take(search: Search, file: string): Promise<void> {
  try {
    if (await isNew(search, file)) search.files.push(file);
  } catch (error) {
    search.diagnostics.push(await explainFailure(file, error));
  }
}

async function isNew({ seen }: Search, path: string): Promise<boolean> {
  const real = await realpath(path);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

function isCases(path: string): boolean {
  return /\.test\.ya?ml$/u.test(basename(path));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
