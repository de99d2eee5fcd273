import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { StoreError } from "../core/store.js";

/** Who holds a lock. `owner` tells processes apart that have the same id one after the other. */
type Holder = { readonly id: string; readonly owner: string; readonly pid: number; readonly host: string };

/** A lock that was got. It is lost where its process slept for longer than a minute and somebody else went on. */
export type Lock = { readonly isHeld: () => Promise<boolean> };

/** How a lock is waited for. Times in milliseconds. */
export type Waiting = { readonly pause: () => Promise<void>; readonly attempts: number };

const owner = randomUUID();
const usualWaiting: Waiting = { pause: () => setTimeout(20), attempts: 4500 };

// A lock is held for milliseconds. A minute later its holder is taken for gone, also where its process cannot be asked: in another container, on another host.
const OLDEST = 60_000;

/**
 * Does something while no other process does the same under this lock, which is a file. The file is there whole or not at
 * all (a finished draft is linked), so that what a killed process left can be told and is taken away.
 */
export async function whileLocked<T>(
  path: string,
  body: (lock: Lock) => Promise<T>,
  waiting: Waiting = usualWaiting,
): Promise<T> {
  const id = await acquire(path, waiting);
  try {
    return await body({ isHeld: async () => (await readHolder(path))?.id === id });
  } finally {
    await release(path, id);
  }
}

async function acquire(path: string, waiting: Waiting): Promise<string> {
  const id = randomUUID();
  const mine: Holder = { id, owner, pid: process.pid, host: hostname() };
  for (let attempt = 0; attempt < waiting.attempts; attempt++) {
    if (await tryLock(path, mine)) return id;
    if (!(await breakDead(path, waiting))) await waiting.pause();
  }
  throw new StoreError(
    `${path} has been held by other processes for too long; if none is at work, remove that file`,
  );
}

// The draft is written anew each time: its own time is what a lock's age is counted from, by the clock of the same file system.
async function tryLock(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${holder.id}.tmp`;
  const text = JSON.stringify(holder);
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o600 });
    return await linkNew(draft, path, () => writeFile(path, text, { flag: "wx", mode: 0o600 }));
  } finally {
    await rm(draft, { force: true });
  }
}

/** Gives a finished file a name that nothing has; false where something has it. `instead` is for file systems without links. */
export async function linkNew(from: string, to: string, instead: () => Promise<void>): Promise<boolean> {
  try {
    await link(from, to).catch((error: unknown) => {
      if (!withoutLinks.includes(codeOf(error))) throw error;
      return instead();
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

const withoutLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

async function release(path: string, id: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.id === id) await rm(path, { force: true });
}

/**
 * Takes a dead process's lock away; says whether it is worth trying again at once. Only one may do it: two that both saw the
 * dead lock could else take away the next one, too. Who does is decided by a lock of its own, named after the dead one.
 */
async function breakDead(path: string, waiting: Waiting): Promise<boolean> {
  const seen = await readHolder(path);
  if (seen === undefined) return true;
  if (!(await isDead(path, seen))) return false;
  await whileLocked(`${path}.${seen.id}`, () => release(path, seen.id), waiting);
  return true;
}

async function isDead(path: string, { owner: theirs, pid, host }: Holder): Promise<boolean> {
  if (host === hostname()) {
    if (pid === process.pid) return theirs !== owner;
    if (!isAlive(pid)) return true;
  }
  const held = await stat(path).catch(() => undefined);
  return held !== undefined && Date.now() - held.mtimeMs > OLDEST;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return codeOf(error) !== "ESRCH";
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const held: unknown = JSON.parse(await readFile(path, "utf8"));
    return isHolder(held) ? held : foreign;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return foreign;
    throw error;
  }
}

// Nothing of ours; by its age alone it will be taken for dead.
const foreign: Holder = { id: "foreign", owner: "", pid: 0, host: "" };

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  const { id, owner: theirs, pid, host } = { ...value } as Partial<Record<keyof Holder, unknown>>; // Read as unknown, and checked below.
  return (
    typeof id === "string" &&
    /^[0-9a-f-]{36}$/u.test(id) &&
    typeof theirs === "string" &&
    typeof pid === "number" &&
    typeof host === "string"
  );
}

/** The code of one of Node's errors. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
