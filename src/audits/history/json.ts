import type { FindingLife } from "../../core/finding-life.js";
import type { History } from "../../core/history.js";
import type { TrendSeries } from "../../core/trend-series.js";
import { headOf } from "./chain.js";
import { removedRuns, runsOf } from "./runs.js";

/** The runs of a store as JSON data, format watchproof-runs/1, the newest first. */
export function historyJson(history: History): object {
  const removed = removedRuns(history);
  return {
    format: "watchproof-runs/1",
    head: headOf(history),
    runs: runsOf(history)
      .toReversed()
      .map(({ run, startedAt, report, sha256, summary }) => ({
        run,
        startedAt,
        report,
        sha256,
        kept: !removed.has(run),
        summary,
      })),
  };
}

/** A finding's life as JSON data, format watchproof-finding-life/1; days are of 24 hours. `removed` runs could not be looked at. */
export function findingLifeJson(
  { finding, state, settled, failedFirst, until, days, steps }: FindingLife,
  removed = 0,
): object {
  const { id, rule, severity, account, region, subject } = finding;
  return {
    format: "watchproof-finding-life/1",
    id,
    rule,
    severity,
    account,
    region,
    subject,
    state,
    ...(settled === undefined ? {} : { settled }),
    ...(failedFirst === undefined ? {} : { failedFirst }),
    until,
    days,
    removedRuns: removed,
    steps,
  };
}

/** A trend as JSON data, format watchproof-trends/1; keys without an open failure in a run are not named there, and those that an earlier or later run names and this one did not judge are null. */
export function trendsJson({ by, runs }: TrendSeries): object {
  const keys = [...new Set(runs.flatMap(({ open }) => [...open.keys()]))];
  return {
    format: "watchproof-trends/1",
    by,
    runs: runs.map(({ run, at, open, judged, unknown }) => {
      const gaps = judged === undefined ? [] : keys.filter((key) => !judged.has(key) && !open.has(key));
      const counts = [...open, ...gaps.map((key) => [key, null] as const)];
      return { run, at, open: Object.fromEntries(counts), unknown };
    }),
  };
}
