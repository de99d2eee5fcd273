import type { Finding } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import type { Severity } from "../core/severity.js";
import { openFailures } from "../shared/report/open-failures.js";
import { subjectText } from "../shared/text/finding-text.js";
import { placeOfFinding } from "../shared/report/rule-place.js";
import { printable, printableJson } from "../shared/text/terminal-text.js";

/**
 * A GitLab Code Quality report: one entry per failure that is not waived, at the place of its rule. Known failures stay in it, marked:
 * GitLab compares two reports, and would call one that is gone fixed. https://docs.gitlab.com/ci/testing/code_quality/
 */
export const gitlab = defineReporter({
  id: "gitlab",
  summary: "for GitLab merge requests: a Code Quality report of the open failures",
  render: (report, options) =>
    `${printableJson(
      JSON.stringify(
        openFailures(report).map((finding) => entry(finding, options)),
        undefined,
        2,
      ),
    )}\n`,
});

const severityNames = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
  info: "info",
} satisfies Record<Severity, string>;

function entry(finding: Finding, options: RenderOptions): object {
  const { file, line } = placeOfFinding(finding, options);
  return {
    description: printable(
      `${finding.baseline === "known" ? "known before: " : ""}${subjectText(finding)}: ${finding.message}`,
    ),
    check_name: finding.rule,
    fingerprint: finding.id,
    severity: severityNames[finding.severity],
    location: { path: file, lines: { begin: line } },
  };
}
