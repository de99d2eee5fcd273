import type { History, Keep, RunEntry, RunSummary } from "../../core/history.js";
import { StoreError } from "../../core/store.js";
import type { Store } from "../../core/store.js";
import { chained, digest } from "./chain.js";
import { removedRuns, runsOf, runsToRemove } from "./runs.js";
import { readHistory, writeHistory } from "./run-index.js";

/** A run to be kept. `report` is the gzip of the report's JSON; several gzip members one after the other are one gzip. */
export type FinishedRun = {
  /** Letters, digits, dots, underscores and hyphens, at most 128. */
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly report: Uint8Array;
  readonly summary: RunSummary;
};

// Each failed attempt is somebody else's success, so that this many say that something is wrong.
const ATTEMPTS = 100;

/**
 * Writes a run's report into a store, then its entry into the index; afterwards removes the reports that need not be kept.
 * Runs that are written at the same time all get in. A run that is there with the same bytes stays as it is; it is refused
 * with others. @throws StoreError
 */
export async function appendRun(store: Store, run: FinishedRun, keep: Keep = {}): Promise<RunEntry> {
  checkRun(run);
  const known = findRun((await readHistory(store)).history, run);
  if (known !== undefined) return known;
  await writeReport(store, run);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { history, version } = await readHistory(store);
    const entered = findRun(history, run);
    if (entered !== undefined) return entered;
    const next = chained(history, entryOf(run));
    const { history: pruned, removed } = withoutOld(next, keep, run.startedAt);
    if ((await writeHistory(store, pruned, version)) === "conflict") continue;
    await removeReports(store, removed);
    return newEntry(pruned, run);
  }
  throw busy(store);
}

/**
 * Removes the reports that need not be kept, and what an interrupted removal left; says which runs. Their entries stay in the
 * index, so that the chain holds and trends go on. `at` is now, ISO 8601. @throws StoreError
 */
export async function pruneRuns(store: Store, keep: Keep, at: string): Promise<readonly string[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { history, version } = await readHistory(store);
    const { history: pruned, removed } = withoutOld(history, keep, at);
    if (removed.length > 0 && (await writeHistory(store, pruned, version)) === "conflict") continue;
    const there = new Set(await store.list("runs/"));
    const gone = removedRuns(pruned);
    await removeReports(
      store,
      runsOf(pruned).filter(({ run, report }) => gone.has(run) && there.has(report)),
    );
    return removed.map(({ run }) => run);
  }
  throw busy(store);
}

/** Where a run's report stands in a store. */
export function reportKey(run: string): string {
  return `runs/${run}.json.gz`;
}

function entryOf({ run, startedAt, report, summary }: FinishedRun): Omit<RunEntry, "previous" | "hash"> {
  return { run, startedAt, report: reportKey(run), sha256: digest(report), summary };
}

function checkRun({ run, startedAt }: FinishedRun): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/u.test(run))
    throw new StoreError(
      `${JSON.stringify(run)} is no id of a run: letters, digits, dots, underscores and hyphens, at most 128, the first a letter or digit`,
    );
  if (!/^\d{4}-\d\d-\d\dT.*Z$/u.test(startedAt) || Number.isNaN(Date.parse(startedAt)))
    throw new StoreError(
      `${JSON.stringify(startedAt)} is not when a run began: ISO 8601 in UTC, such as 2026-11-21T02:00:00Z`,
    );
}

function findRun(history: History, wanted: FinishedRun): RunEntry | undefined {
  const found = runsOf(history).find(({ run }) => run === wanted.run);
  if (found !== undefined && found.sha256 !== digest(wanted.report)) throw differs(wanted.run);
  return found;
}

async function writeReport(store: Store, { run, report }: FinishedRun): Promise<void> {
  const key = reportKey(run);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if ((await store.write(key, report, { kind: "absent" })) === "written") return;
    const there = await store.read(key);
    if (there !== undefined && digest(there.bytes) !== digest(report)) throw differs(run);
    if (there !== undefined) return;
  }
  throw busy(store);
}

function differs(run: string): StoreError {
  return new StoreError(
    `the store has a run ${run} already, with another report: ${reportKey(run)}. A report that is kept is never replaced; give this run another id, or move that file away if it is not in the index`,
  );
}

function withoutOld(
  history: History,
  keep: Keep,
  at: string,
): { readonly history: History; readonly removed: readonly RunEntry[] } {
  const removed = runsToRemove(history, keep);
  return {
    history:
      removed.length === 0 ? history : chained(history, { removed: removed.map(({ run }) => run), at }),
    removed,
  };
}

// The index goes first: a report that is missing although no entry says so would look like tampering.
async function removeReports(store: Store, entries: readonly RunEntry[]): Promise<void> {
  for (const { report } of entries) await store.remove(report);
}

function newEntry(history: History, { run }: FinishedRun): RunEntry {
  const entry = runsOf(history).find((candidate) => candidate.run === run);
  if (entry === undefined) throw new Error(`the entry of ${run} is not in the index that was written`);
  return entry;
}

function busy({ location }: Store): StoreError {
  return new StoreError(`${location} was written by others ${ATTEMPTS.toString()} times in a row; try again`);
}
