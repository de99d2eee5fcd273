import fc from "fast-check";
import type { History, RunEntry, RunSummary } from "../../../src/core/history.js";
import { chained, digest, emptyHistory } from "../../../src/audits/history/chain.js";
import { runsToRemove } from "../../../src/audits/history/runs.js";

/** 02:00 UTC of a day of November 2026. */
export const night = (day: number): string => `2026-11-${day.toString().padStart(2, "0")}T02:00:00.000Z`;

/** What a run came to, with everything filled in that a test does not care about. */
export function runSummary(part: Partial<RunSummary> = {}): RunSummary {
  return {
    tool: "1.0.0",
    accounts: 1,
    rules: 2,
    counts: { pass: 3, fail: 1, "not-applicable": 0, unknown: 1, error: 1, waived: 0, known: 0, rules: 2 },
    open: { info: 0, low: 0, medium: 0, high: 1, critical: 0 },
    ...part,
  };
}

/** A run as it is entered, before it is chained. */
export function newRun(day: number, part: Partial<RunEntry> = {}): Omit<RunEntry, "previous" | "hash"> {
  const run = part.run ?? `night-${day.toString()}`;
  return {
    run,
    startedAt: night(day),
    report: `runs/${run}.json.gz`,
    sha256: digest(run),
    summary: runSummary(),
    ...part,
  };
}

/** A history of the nights from 1 on; after each, so many are kept. */
export function historyOf(nights: number, keep = Infinity): History {
  let history = emptyHistory;
  for (let day = 1; day <= nights; day++) {
    history = chained(history, newRun(day));
    const removed = runsToRemove(history, { runs: keep }).map(({ run }) => run);
    if (removed.length > 0) history = chained(history, { removed, at: night(day) });
  }
  return history;
}

/** Histories of one to six nights, some with removals. */
export const histories = fc
  .record({ nights: fc.integer({ min: 1, max: 6 }), keep: fc.constantFrom(1, 2, 4, Infinity) })
  .map(({ nights, keep }) => historyOf(nights, keep));
