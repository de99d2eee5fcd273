import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { memberOf } from "./describe-plugin.js";

/** A package's folder and its package.json, of whatever shape. */
export type FoundPackage = { readonly folder: string; readonly manifest: unknown };

/** Whether a name in a config is a path relative to it, and no package's name. */
export function isPath(name: string): boolean {
  return name.startsWith("./") || name.startsWith("../") || isAbsolute(name);
}

/** A package by its name, looked up as Node does from the folder of `file`; or by its folder. undefined: there is none. */
export async function findPackage(name: string, file: string): Promise<FoundPackage | undefined> {
  if (isPath(name)) return readPackage(resolve(dirname(file), name));
  const parents = createRequire(resolve(file)).resolve.paths(name) ?? [];
  for (const parent of parents) {
    const found = await readPackage(join(parent, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The URL of the module that a config names; undefined: there is none. */
export async function findModule(name: string, file: string): Promise<string | undefined> {
  if (isPath(name)) return urlOf(resolve(dirname(file), name));
  const { packageName, subpath } = splitName(name);
  const found = await findPackage(packageName, file);
  const entry = found === undefined ? undefined : entryOf(found.manifest, subpath);
  return found === undefined || entry === undefined ? undefined : urlOf(resolve(found.folder, entry));
}

function splitName(name: string): { readonly packageName: string; readonly subpath: string } {
  const words = name.split("/");
  const length = name.startsWith("@") ? 2 : 1;
  return { packageName: words.slice(0, length).join("/"), subpath: [".", ...words.slice(length)].join("/") };
}

// What an `import` of the package leads to: https://nodejs.org/api/packages.html#package-entry-points
function entryOf(manifest: unknown, subpath: string): string | undefined {
  const exported = memberOf(manifest, "exports");
  if (exported !== undefined && exported !== null)
    return targetOf(hasPaths(exported) ? memberOf(exported, subpath) : onlyAt(subpath, exported));
  if (subpath !== ".") return subpath;
  const main = memberOf(manifest, "main");
  return typeof main === "string" ? main : "index.js";
}

function hasPaths(exported: unknown): boolean {
  return (
    typeof exported === "object" &&
    exported !== null &&
    Object.keys(exported).some((key) => key.startsWith("."))
  );
}

function onlyAt(subpath: string, exported: unknown): unknown {
  return subpath === "." ? exported : undefined;
}

const conditions = new Set(["node", "import", "module-sync", "default"]);

function targetOf(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  const chosen = Object.entries(target).filter(
    ([condition]) => conditions.has(condition) || Array.isArray(target),
  );
  for (const [, nested] of chosen) {
    const found = targetOf(nested);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function urlOf(path: string): Promise<string | undefined> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? pathToFileURL(path).href : undefined;
}

async function readPackage(folder: string): Promise<FoundPackage | undefined> {
  try {
    return { folder, manifest: JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as unknown };
  } catch {
    return undefined;
  }
}
