import type { Finding, Report } from "../core/report.js";
import { severities } from "../core/severity.js";

/** Failures that nobody accepted, the gravest first, else in the report's order. */
export function openFailures({ findings }: Report): readonly Finding[] {
  const open = findings.filter(({ status, waiver }) => status === "fail" && waiver === undefined);
  return severities.toReversed().flatMap((severity) => open.filter((finding) => finding.severity === severity));
}

/** What could not be judged, in the report's order. */
export function undecidedFindings({ findings }: Report): readonly Finding[] {
  return findings.filter(({ status }) => status === "unknown" || status === "error");
}
