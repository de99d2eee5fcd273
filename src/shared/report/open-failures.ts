import type { Finding, Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";

/** What decides whether a known failure counts: with `newOnly` it does not, as in `GateOptions` and `RenderOptions`. */
export type Acceptance = { readonly newOnly?: boolean };

/** Failures that nobody accepted, the gravest first, else in the report's order. With `newOnly`, known ones are accepted. */
export function openFailures({ findings }: Report, acceptance: Acceptance = {}): readonly Finding[] {
  return gravestFirst(
    findings.filter((finding) => finding.status === "fail" && !isAccepted(finding, acceptance)),
  );
}

/** Failures that only the baseline accepts, the gravest first; none where known failures count. Waived ones are not among them. */
export function knownFailures({ findings }: Report, acceptance: Acceptance): readonly Finding[] {
  return gravestFirst(
    findings.filter((finding) => finding.status === "fail" && isLetThrough(finding, acceptance)),
  );
}

/** Whether a failure is accepted: by a waiver or, where only new ones count, by the baseline. */
export function isAccepted(finding: Pick<Finding, "waiver" | "baseline">, acceptance: Acceptance): boolean {
  return finding.waiver !== undefined || isLetThrough(finding, acceptance);
}

/** What could not be judged, in the report's order. What only lies outside a template or plan is not asked for. */
export function undecidedFindings({ findings }: Report): readonly Finding[] {
  return findings.filter(
    ({ status, reason }) => (status === "unknown" && reason !== "outside") || status === "error",
  );
}

function isLetThrough(
  { waiver, baseline }: Pick<Finding, "waiver" | "baseline">,
  { newOnly = false }: Acceptance,
): boolean {
  return newOnly && waiver === undefined && baseline === "known";
}

function gravestFirst(findings: readonly Finding[]): readonly Finding[] {
  return severities
    .toReversed()
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
