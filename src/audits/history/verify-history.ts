import type { History } from "../../core/history.js";
import type { HistoryCheck, HistoryProblem } from "../../core/history-check.js";
import { StoreError } from "../../core/store.js";
import type { Store, StoredFile } from "../../core/store.js";
import { digest, emptyHistory, headOf } from "./chain.js";
import { keptRuns, removedRuns, runsOf } from "./runs.js";
import { verifyChain, verifyHead } from "./verify-chain.js";
import { INDEX, parseHistory } from "./run-index.js";

/**
 * Proves that nothing in a store was altered, inserted, moved or removed: entries by their chain, reports by their hashes, read
 * one at a time. `head`: a hash that `verify` gave before and that was kept elsewhere; with it, that no newest entry was cut off
 * since. @throws StoreError where the store cannot be read, or holds nothing.
 */
export async function verifyHistory(
  store: Store,
  { head }: { readonly head?: string } = {},
): Promise<HistoryCheck> {
  const file = await store.read(INDEX);
  const reports = await store.list("runs/");
  if (file === undefined && reports.length === 0)
    throw new StoreError(`there is no history in ${store.location}`);
  const { history, problems } = await verifyIndex(file);
  const removed = removedRuns(history);
  return {
    problems: [
      ...problems,
      ...(head === undefined ? [] : verifyHead(history, head)),
      ...(await verifyReports(store, history)),
      ...unlisted(history, reports),
    ],
    head: headOf(history),
    entries: history.entries.length,
    kept: keptRuns(history).length,
    removed: removed.size,
    leftovers: runsOf(history).filter(({ run, report }) => removed.has(run) && reports.includes(report))
      .length,
  };
}

async function verifyIndex(
  file: StoredFile | undefined,
): Promise<{ readonly history: History; readonly problems: readonly HistoryProblem[] }> {
  if (file === undefined)
    return {
      history: emptyHistory,
      problems: [indexProblem("index-missing", "is not there, although there are reports")],
    };
  const parsed = await parseHistory(file.bytes);
  if (!parsed.ok)
    return {
      history: emptyHistory,
      problems: [indexProblem("index-altered", `cannot be read: ${parsed.because}`)],
    };
  return { history: parsed.history, problems: verifyChain(parsed.history, file.bytes) };
}

function indexProblem(kind: HistoryProblem["kind"], message: string): HistoryProblem {
  return { kind, at: INDEX, message };
}

async function verifyReports(store: Store, history: History): Promise<readonly HistoryProblem[]> {
  const problems: HistoryProblem[] = [];
  for (const { run, report, sha256 } of keptRuns(history)) {
    const file = await store.read(report);
    if (file === undefined)
      problems.push({
        kind: "report-missing",
        at: report,
        message: `is not there, although run ${run} was to be kept: it was removed by something else`,
      });
    else if (digest(file.bytes) !== sha256)
      problems.push({
        kind: "report-altered",
        at: report,
        message: `is not the report that run ${run} wrote: it was altered`,
      });
  }
  return problems;
}

function unlisted(history: History, reports: readonly string[]): readonly HistoryProblem[] {
  const known = new Set(runsOf(history).map(({ report }) => report));
  return reports
    .filter((key) => !known.has(key))
    .map((key) => ({
      kind: "report-unlisted",
      at: key,
      message: "no entry knows it: it was inserted, or its audit ended before it was entered",
    }));
}
