import type { Finding, Summary } from "../core/report.js";
import type { Status } from "../core/verdict.js";

/** Counts findings. Waived and known failures count in `fail` too; `rules` counts the rules of the run. */
export function summarize(findings: readonly Finding[], rules: number): Summary {
  const count = (status: Status): number => findings.filter((finding) => finding.status === status).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    "not-applicable": count("not-applicable"),
    unknown: count("unknown"),
    error: count("error"),
    waived: findings.filter(({ status, waiver }) => status === "fail" && waiver !== undefined).length,
    known: findings.filter(({ status, baseline }) => status === "fail" && baseline === "known").length,
    rules,
  };
}
