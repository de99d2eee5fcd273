import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { StoreError } from "../core/store.js";
import type { Store, StoredFile, WriteCondition } from "../core/store.js";
import { addAll } from "../shared/many.js";
import { byText } from "../shared/order.js";
import { printable } from "../shared/text/terminal-text.js";
import { namesOf } from "./check-key.js";
import { codeOf, linkNew, whileLocked } from "./file-lock.js";
import type { Lock } from "./file-lock.js";

/** A file that is going to be written: where, and what it must replace. */
type Writing = { readonly path: string; readonly draft: string; readonly condition: WriteCondition };

/**
 * A folder as a store. Files are readable by their owner alone, as are the folders that it makes. A file appears whole or not
 * at all; conditions hold between processes. No key and no symbolic link leads out of the folder.
 */
export function folderStore(location: string): Store {
  const root = resolve(location);
  const guarded = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw explain(error, location);
    });
  return {
    location,
    read: (key) => guarded(async () => readStored(await placeOf(root, key))),
    write: (key, bytes, condition) => guarded(() => writeKey(root, { key, bytes, condition })),
    list: (prefix) =>
      guarded(async () => (await keysBelow(root, "")).filter((key) => key.startsWith(prefix)).sort(byText)),
    remove: (key) => guarded(() => removeKey(root, key)),
  };
}

async function placeOf(root: string, key: string): Promise<string> {
  const path = join(root, ...namesOf(key));
  const [home, folder] = [
    await realpath(root).catch(() => root),
    await realpath(dirname(path)).catch(() => undefined),
  ];
  const isInside = folder === undefined || folder === home || folder.startsWith(`${home}${sep}`);
  if (!isInside) throw new StoreError(`${path} leads out of ${root} by a symbolic link`);
  return path;
}

async function readStored(path: string): Promise<StoredFile | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = new Uint8Array(await file.readFile());
      return { bytes, version: versionOf(bytes) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function versionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function writeKey(
  root: string,
  {
    key,
    bytes,
    condition,
  }: { readonly key: string; readonly bytes: Uint8Array; readonly condition: WriteCondition },
): Promise<"written" | "conflict"> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  await makeFolders(root, namesOf(key).slice(0, -1));
  const path = await placeOf(root, key);
  const writing = { path, draft: beside(path, `${randomUUID()}.tmp`), condition };
  try {
    await writeDraft(writing.draft, bytes);
    const isWritten =
      condition.kind === "absent"
        ? await publishNew(writing)
        : await whileLocked(beside(path, "lock"), (lock) => replace(writing, lock));
    if (!isWritten) return "conflict";
    await syncFolder(dirname(path));
    return "written";
  } finally {
    await rm(writing.draft, { force: true });
  }
}

// One after the other, each looked at before the next: all at once would follow a symbolic link, and make folders behind it.
async function makeFolders(root: string, names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    const path = await placeOf(root, [...names.slice(0, at), name].join("/"));
    await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  }
}

function beside(path: string, ending: string): string {
  return join(dirname(path), `.${path.slice(dirname(path).length + 1)}.${ending}`);
}

async function writeDraft(draft: string, bytes: Uint8Array): Promise<void> {
  const file = await open(draft, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function publishNew({ path, draft }: Writing): Promise<boolean> {
  return linkNew(draft, path, () =>
    whileLocked(beside(path, "lock"), async () => {
      if ((await lstat(path).catch(() => undefined)) !== undefined)
        throw Object.assign(new Error(`${path} exists`), { code: "EEXIST" });
      await rename(draft, path);
    }),
  );
}

async function replace({ path, draft, condition }: Writing, { isHeld }: Lock): Promise<boolean> {
  const holds =
    condition.kind !== "version" ||
    ((await readStored(path))?.version === condition.version && (await isHeld()));
  if (holds) await rename(draft, path);
  return holds;
}

// What a rename has done is only on the disk once its folder is. Not every system can open a folder; then the system sees to it.
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, "r").catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}

async function removeKey(root: string, key: string): Promise<void> {
  const path = await placeOf(root, key);
  if ((await lstat(path).catch(() => undefined)) === undefined) return;
  await whileLocked(beside(path, "lock"), () => rm(path, { force: true }));
}

// Names that begin with a dot are drafts and locks. All else is told, also what a store would not write.
async function keysBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  const keys: string[] = [];
  for (const entry of entries) {
    const key = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) addAll(keys, await keysBelow(root, key));
    else keys.push(key);
  }
  return keys;
}

const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied; give this user read and write access, or name another store",
  EPERM: "permission denied; give this user read and write access, or name another store",
  EROFS: "the file system is read-only; name another store",
  ENOSPC: "the disk is full; make room, or keep fewer runs",
  EDQUOT: "the quota is used up; make room, or keep fewer runs",
  ENOTDIR: "something in this path is a file, where a folder is needed",
  EEXIST: "something in this path is a file, where a folder is needed",
  EISDIR: "this is a folder, where a file is needed",
  ELOOP: "this is a symbolic link, which a store does not follow",
};

function explain(error: unknown, location: string): unknown {
  const code = codeOf(error);
  if (error instanceof StoreError || code === "") return error;
  const path =
    error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : location;
  return new StoreError(printable(`the store ${location} cannot be used: ${path}: ${words[code] ?? code}`));
}
