import type { RunSummary } from "../core/history.js";
import type { Finding, Report } from "../core/report.js";
import type { Severity } from "../core/severity.js";

/** What a report came to, for the index of a store. */
export function summarizeRun({ tool, accounts, summary, findings }: Report): RunSummary {
  return {
    tool: tool.version,
    accounts: accounts.length,
    rules: summary.rules,
    counts: summary,
    open: countOpen(findings),
  };
}

/** Failures that nobody waived, by severity. */
export function countOpen(
  findings: Iterable<Pick<Finding, "status" | "waiver" | "severity">>,
): Readonly<Record<Severity, number>> {
  const open = { info: 0, low: 0, medium: 0, high: 0, critical: 0 } satisfies Record<Severity, number>;
  for (const { status, waiver, severity } of findings)
    if (status === "fail" && waiver === undefined) open[severity] += 1;
  return open;
}
