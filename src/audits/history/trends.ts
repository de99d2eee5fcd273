import type { History, RunEntry } from "../../core/history.js";
import type { Finding, Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import type { TrendPoint } from "../../core/trend.js";
import type { CountedRun, TrendKey } from "../../core/trend-series.js";
import { isUndecided } from "../../engine/judged-places.js";
import { openFailures } from "../../shared/report/open-failures.js";
import { runsOf } from "./runs.js";

/** How every run of a history went, the oldest first; also those whose reports are no longer kept. `unknown` counts errors, too. */
export function trendOf(history: History): readonly TrendPoint[] {
  return runsOf(history).map(({ run, startedAt, summary: { counts, open } }) => ({
    run,
    at: startedAt,
    open,
    pass: counts.pass,
    unknown: counts.unknown + counts.error,
  }));
}

/** A run counted by severity, for which the index is enough. */
export function countBySeverity({ run, at, open, unknown }: TrendPoint): CountedRun {
  return {
    run,
    at,
    unknown,
    open: new Map(
      severities
        .toReversed()
        .flatMap((severity) => (open[severity] === 0 ? [] : [[severity, open[severity]] as const])),
    ),
  };
}

const keysOf = {
  severity: ({ severity }) => [severity],
  rule: ({ rule }) => [rule],
  account: ({ account }) => [account],
  control: ({ controls = [] }) => [...new Set(controls.map(({ framework, id }) => `${framework} ${id}`))],
} satisfies Record<TrendKey, (finding: Finding) => readonly string[]>;

/** A run's report counted by rule, account or control; a failure counts for each control that its rule helps to meet. */
export function countBy(
  by: TrendKey,
  report: Report,
  { run, startedAt }: Pick<RunEntry, "run" | "startedAt">,
): CountedRun {
  const open = new Map<string, number>();
  for (const key of openFailures(report).flatMap((finding) => keysOf[by](finding)))
    open.set(key, (open.get(key) ?? 0) + 1);
  const judged = new Set(
    report.findings.filter((finding) => !isUndecided(finding)).flatMap((finding) => keysOf[by](finding)),
  );
  return { run, at: startedAt, open, judged, unknown: report.summary.unknown + report.summary.error };
}
