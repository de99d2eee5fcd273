import type { Baseline, BaselineEntry } from "../core/baseline.js";
import type { Finding, ReportNote } from "../core/report.js";
import { byKeys } from "../shared/order.js";
import type { Marked } from "./apply-waivers.js";
import { isUndecided, judgedPlaces } from "../engine/judged-places.js";
import type { JudgedReport } from "../engine/judged-places.js";

/** Marks every failure as known or new, and notes the entries that are no longer needed. */
export function compareBaseline(judged: JudgedReport, baseline: Baseline): Marked {
  const known = new Set(baseline.entries.map(({ id }) => id));
  const findings = judged.findings.map((finding) =>
    finding.status === "fail"
      ? { ...finding, baseline: known.has(finding.id) ? ("known" as const) : ("new" as const) }
      : finding,
  );
  return { findings, notes: staleEntries(judged, baseline).map(noteOn) };
}

/**
 * The entries that no longer fail, though their rule was judged in their account and region. What is unknown this time, or was not
 * looked at, is not stale.
 */
export function staleEntries(judged: JudgedReport, { entries }: Baseline): readonly BaselineEntry[] {
  const standingOf = judgedPlaces(judged);
  return entries.filter((entry) => {
    const standing = standingOf(entry);
    return (
      standing.kind === "gone" ||
      (standing.kind === "found" && standing.finding.status !== "fail" && !isUndecided(standing.finding))
    );
  });
}

/** The baseline without its stale entries; in order, each once. */
export function pruneBaseline(judged: JudgedReport, baseline: Baseline): Baseline {
  const stale = new Set(staleEntries(judged, baseline));
  return baselineOf(baseline.entries.filter((entry) => !stale.has(entry)));
}

/** The baseline without its stale entries, and with every failure that nobody waived: a waiver ends, and then its failure shall count. */
export function updateBaseline(judged: JudgedReport, baseline?: Baseline): Baseline {
  const failing = judged.findings
    .filter(({ status, waiver }) => status === "fail" && waiver === undefined)
    .map(entryOf);
  return baselineOf([...(baseline === undefined ? [] : pruneBaseline(judged, baseline).entries), ...failing]);
}

function entryOf({ id, rule, account, region, subject }: Finding): BaselineEntry {
  return { id, rule, account, region, subject: subject.arn ?? subject.id };
}

const canonical = byKeys<BaselineEntry>(
  ({ rule }) => rule,
  ({ account }) => account,
  ({ region }) => region,
  ({ subject }) => subject,
  ({ id }) => id,
);

function baselineOf(entries: readonly BaselineEntry[]): Baseline {
  return {
    format: "watchproof-baseline/1",
    entries: [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort(canonical),
  };
}

function noteOn({ rule, subject, id }: BaselineEntry): ReportNote {
  return {
    kind: "baseline-stale",
    message: `the baseline's entry ${id.slice(0, 12)} (${rule}, ${subject}) no longer fails: \`watchproof baseline prune\` removes it`,
  };
}
