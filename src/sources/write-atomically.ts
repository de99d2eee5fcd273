import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Snapshot } from "../core/snapshot.js";
import { snapshotText } from "./canonical-snapshot.js";

/**
 * Writes a text file, in one piece or in several, so that readers see the old text or the new one, never a part: a new file beside it, flushed,
 * then renamed over it; a link stays, and what it leads to is written. Only the owner may read it (mode 0600).
 * Rejects with Node's error where that is not possible, and where there is something else than a file.
 */
export async function writeFileAtomically(path: string, text: string | Iterable<string>): Promise<void> {
  return rewrite(await destinationOf(path), text);
}

// Renaming over a device, a pipe or a link would take its place: /dev/stdout would be a file from then on.
async function destinationOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile())
    throw Object.assign(new Error(`${path} is not a file`), {
      code: found.isDirectory() ? "EISDIR" : "ENOTFILE",
      syscall: "open",
      path,
    });
  return target;
}

async function rewrite(path: string, text: string | Iterable<string>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      for (const piece of typeof text === "string" ? [text] : text) await file.writeFile(piece, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    // Nobody knows the draft by its name.
    throw error instanceof Error && "path" in error ? Object.assign(error, { path }) : error;
  }
}

/** Writes a snapshot, canonical, as `writeFileAtomically` does. */
export function writeSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  return writeFileAtomically(path, snapshotText(snapshot));
}
