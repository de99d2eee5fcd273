import { access, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { RulePlace } from "../index.js";

/**
 * Places as formats that point at files want them: relative to the root of the repository that holds the current folder, with "/" on
 * every system. What lies outside is left out, since no reader of such a format could open it.
 */
export async function placesInRepository(
  places: Readonly<Record<string, RulePlace>>,
): Promise<Readonly<Record<string, RulePlace>>> {
  const root = await repositoryRoot(await realpath("."));
  const files = new Map<string, string | undefined>();
  for (const { file } of Object.values(places))
    if (!files.has(file)) files.set(file, await within(root, file));
  return Object.fromEntries(
    Object.entries(places).flatMap(([id, { file, ...position }]) => {
      const path = files.get(file);
      return path === undefined ? [] : [[id, { file: path, ...position }]];
    }),
  );
}

// The nearest folder with .git, which is a file in worktrees and submodules; else the current folder.
async function repositoryRoot(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}

async function within(root: string, file: string): Promise<string | undefined> {
  // A file that is a link stands in the repository itself; the folders on the way to it may be links, too.
  const folder = await realpath(dirname(file)).catch(() => resolve(dirname(file)));
  const path = relative(root, join(folder, basename(file)));
  return path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? undefined
    : path.split(sep).join("/");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
