import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { statSync } from "node:fs";
import { dirname, extname } from "node:path";

/** Editors write a file in several steps: what comes within this many milliseconds is one change. */
const QUIET = 60;

/** What is repeated: runs once, and says which files and folders it looked at. */
export type Repeated = () => Promise<readonly string[]>;

/**
 * Runs now, and again whenever a file that the last run looked at changes, or one comes to its folders. Ends on SIGINT,
 * SIGTERM, when `q` is typed, or when stdin closes. `first` are paths that are watched from the beginning.
 */
export async function runOnChange(run: Repeated, first: readonly string[]): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  const changes = createChanges();
  const ended = untilEnd();
  const watchAll = (paths: readonly string[]): void => {
    for (const folder of foldersOf(paths)) if (!watchers.has(folder)) open(folder, watchers, changes.tell);
  };
  try {
    watchAll(first);
    let isOver = false;
    while (!isOver) {
      watchAll(await run());
      isOver = (await Promise.race([changes.next(), ended.promise])) === "end";
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
    ended.release();
  }
}

function open(folder: string, watchers: Map<string, FSWatcher>, tell: () => void): void {
  try {
    // Folders, not files: an editor replaces a file, and a watched file would then be watched no more.
    const watcher = watch(folder, (_, name) => {
      if (name === null || isInput(name)) tell();
    });
    watcher.on("error", () => {
      watcher.close();
      watchers.delete(folder);
    });
    watchers.set(folder, watcher);
  } catch {
    // A folder that is gone by now will be missed by the next run, which says so.
  }
}

function isInput(name: string): boolean {
  return [".yaml", ".yml", ".json", ""].includes(extname(name)) && !name.startsWith(".");
}

function foldersOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => (isFolder(path) ? path : dirname(path))))];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

type Changes = { readonly tell: () => void; readonly next: () => Promise<"change"> };

// A change that comes during a run is not lost: the next question is answered at once.
function createChanges(): Changes {
  let timer: NodeJS.Timeout | undefined;
  let isPending = false;
  let answer: (() => void) | undefined;
  const settle = (): void => {
    isPending = answer === undefined;
    answer?.();
    answer = undefined;
  };
  return {
    tell: () => {
      clearTimeout(timer);
      timer = setTimeout(settle, QUIET);
    },
    next: () =>
      new Promise((resolve) => {
        if (!isPending)
          answer = () => {
            resolve("change");
          };
        else {
          isPending = false;
          resolve("change");
        }
      }),
  };
}

function untilEnd(): { readonly promise: Promise<"end">; readonly release: () => void } {
  const { stdin } = process;
  const isTerminal = stdin.isTTY;
  let end: () => void = () => undefined;
  const promise = new Promise<"end">((resolve) => {
    end = () => {
      resolve("end");
    };
  });
  const onData = (data: Buffer | string): void => {
    if (/[q\u0003\u0004]/u.test(data.toString())) end();
  };
  if (isTerminal) stdin.setRawMode(true);
  stdin.on("data", onData).on("end", end).on("error", end);
  process.on("SIGINT", end).on("SIGTERM", end);
  return {
    promise,
    release: () => {
      stdin.off("data", onData).pause();
      if (isTerminal) stdin.setRawMode(false);
      process.off("SIGINT", end).off("SIGTERM", end);
    },
  };
}
