import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SourceText } from "./diagnostics/source-text.js";
import { isRecord } from "./diagnostics/schema-error.js";
import { MAX_BYTES, readText } from "./read-text.js";

/** A folder of Terraform's or OpenTofu's sources: one module. */
export type SourceFolder = { readonly folder: string; readonly texts: readonly SourceText[] };

const SOURCE = /\.(?:tf|tofu)(?:\.json)?$/u;

/** More files than anybody keeps in one folder are not read. */
const MOST_FILES = 1000;

/** The sources in one folder, by name; those that cannot be read are left out. Never throws. */
export async function readSourceFolder(folder: string): Promise<SourceFolder> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => SOURCE.test(name)).sort();
  const texts = await Promise.all(
    files.slice(0, MOST_FILES).map((name) => readText(join(folder, name), MAX_BYTES)),
  );
  return { folder, texts: texts.flatMap((text) => (text.ok ? [text.value] : [])) };
}

/** The folder that a file is in. */
export function folderOf(file: string): string {
  return dirname(file);
}

/** A folder that is named from another one. */
export function folderWithin(folder: string, path: string): string {
  return join(folder, path);
}

/** Where `init` put the modules below a root: key, such as "a.b" → folder. Empty where it was not run. Never throws. */
export async function readModuleFolders(root: string): Promise<ReadonlyMap<string, string>> {
  try {
    const listed: unknown = JSON.parse(await readFile(join(root, ".terraform/modules/modules.json"), "utf8"));
    const modules = isRecord(listed) && Array.isArray(listed["Modules"]) ? listed["Modules"] : [];
    return new Map(
      modules
        .filter(isRecord)
        .flatMap(({ Key: key, Dir: dir }): (readonly [string, string])[] =>
          typeof key === "string" && typeof dir === "string" ? [[key, join(root, dir)]] : [],
        ),
    );
  } catch {
    return new Map();
  }
}
