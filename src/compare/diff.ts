import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check.js";
import type { Finding, Report } from "../core/report.js";
import { diffKinds } from "../core/report-diff.js";
import type { FindingChange, ReportDiff } from "../core/report-diff.js";
import { compareReports, newOpenFailures } from "./compare-reports.js";
import type { ReportOrSnapshot } from "../loaders/load-report-or-snapshot.js";
import { recordedSource } from "../sources/recorded.js";

/** Two reports, and what became of each finding between them. */
export type Comparison = { readonly old: Report; readonly new: Report; readonly diff: ReportDiff };

/** Compares two reports. A snapshot is judged first, by the rules given. */
export async function compare(
  old: ReportOrSnapshot,
  now: ReportOrSnapshot,
  judging: Omit<CheckOptions, "source">,
): Promise<Comparison> {
  const [before, after] = [await reportOf(old, judging), await reportOf(now, judging)];
  return { old: before, new: after, diff: compareReports(before, after) };
}

async function reportOf(given: ReportOrSnapshot, judging: Omit<CheckOptions, "source">): Promise<Report> {
  return given.kind === "report"
    ? given.report
    : await check({ ...judging, source: recordedSource(given.snapshot) });
}

/** The exit code of a comparison: 1 with new failures that nobody waived, 2 where a side judged nothing, else 0. */
export function comparisonExitCode({ old, new: now, diff }: Comparison): 0 | 1 | 2 {
  if (old.findings.length === 0 || now.findings.length === 0) return 2;
  return newOpenFailures(diff).length > 0 ? 1 : 0;
}

/** A comparison as JSON data, format watchproof-diff/1: counts, then the lists, each finding as it was and as it is. */
export function comparisonJson({ old, new: now, diff }: Comparison): object {
  const summary = Object.fromEntries([
    ...diffKinds.map((kind) => [kind, diff[kind].length] as const),
    ["same", diff.same] as const,
  ]);
  return {
    format: "watchproof-diff/1",
    old: { accounts: old.accounts },
    new: { accounts: now.accounts },
    summary,
    ...Object.fromEntries(diffKinds.map((kind) => [kind, diff[kind].map(changeJson)])),
  };
}

function changeJson(change: FindingChange): object {
  const { id, old, new: now, because } = change;
  const finding = now ?? old;
  return {
    id,
    ...(finding === undefined
      ? {}
      : { rule: finding.rule, account: finding.account, region: finding.region, subject: finding.subject }),
    ...(because === undefined ? {} : { because }),
    ...(old === undefined ? {} : { old: verdictJson(old) }),
    ...(now === undefined ? {} : { new: verdictJson(now) }),
  };
}

function verdictJson({ status, severity, reason, message, witness, waiver }: Finding): object {
  return {
    status,
    severity,
    ...(reason === undefined ? {} : { reason }),
    message,
    ...(witness === undefined ? {} : { witness }),
    ...(waiver === undefined ? {} : { waiver }),
  };
}
