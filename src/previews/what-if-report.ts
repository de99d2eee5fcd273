import type { Report } from "../core/report.js";
import type { WhatIf } from "../core/what-if.js";
import { canonical } from "../engine/evaluate-rules.js";
import { summarize } from "../engine/summarize.js";

/** What a deployment brings as a report, for the formats of reports: what fails as before is left out. `rules`: how many were in the run. */
export function whatIfReport(result: WhatIf, rules: number): Report {
  const findings = [...result.new, ...result.unproven, ...result.unjudged, ...result.fixed].sort(canonical);
  return {
    format: "watchproof-report/1",
    tool: result.tool,
    accounts: [{ ...result.account, source: "what-if" }],
    summary: summarize(findings, rules),
    findings,
    gaps: [],
  };
}
