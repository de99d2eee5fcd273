import type { Finding, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { groupBy } from "../shared/group-by.js";
import { declaredText, subjectText } from "../shared/text/finding-text.js";
import { knownPlace } from "../shared/report/rule-place.js";
import { isAccepted } from "../shared/report/open-failures.js";
import { membersText, witnessText } from "../shared/text/witness-text.js";
import { escapeMarkup } from "../shared/text/xml-text.js";

/**
 * JUnit XML as GitLab, Jenkins and GitHub's actions read it: a suite per account and region, a case per finding.
 * A failure is a failure, what could not be judged an error; waived failures and what does not apply are skipped,
 * and so are known failures where only new ones count: build servers turn red by what they find here.
 */
export const junit = defineReporter({
  id: "junit",
  summary: "for build servers: JUnit XML, a suite per account and region",
  render: (report, options) => {
    const suites = [...groupBy(report.findings, ({ account, region }) => `${account} ${region}`)];
    const attributes = countsOf(report.findings, options);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="watchproof" ${attributes}>`,
      ...suites.flatMap(([name, findings]) => suite(name, findings, options)),
      "</testsuites>",
      "",
    ].join("\n");
  },
});

function suite(name: string, findings: Report["findings"], options: RenderOptions): readonly string[] {
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${countsOf(findings, options)}>`,
    ...findings.flatMap((finding) => testCase(finding, options)),
    "  </testsuite>",
  ];
}

// Readers drop a case whose name they have seen, so the name holds all that tells findings apart: the ARN, or the place.
function testCase(finding: Finding, options: RenderOptions): readonly string[] {
  const { rule, title, subject, account } = finding;
  const name = `${title} — ${subject.arn ?? `${subjectText(finding)} (${account})`}`;
  const file = knownPlace(rule, options)?.file;
  const open = `    <testcase classname="watchproof.${escapeMarkup(rule)}" name="${escapeMarkup(name)}" time="0"${file === undefined ? "" : ` file="${escapeMarkup(file)}"`}`;
  const inside = outcome(finding, options);
  return inside === undefined ? [`${open}/>`] : [`${open}>`, `      ${inside}`, "    </testcase>"];
}

function outcome(finding: Finding, options: RenderOptions): string | undefined {
  const { status, severity, message, waiver, reason } = finding;
  const said = escapeMarkup(message);
  if (status === "pass") return undefined;
  if (status === "not-applicable" || reason === "outside") return `<skipped message="${said}"/>`;
  if (status === "unknown" || status === "error")
    return `<error type="${reason ?? status}" message="${said}"/>`;
  if (isAccepted(finding, options))
    return `<skipped message="${waiver === undefined ? "known before" : escapeMarkup(`waived (${membersText(waiver)})`)}: ${said}"/>`;
  return `<failure type="${severity}" message="${said}">${detailsOf(finding).map(escapeMarkup).join("\n")}</failure>`;
}

function detailsOf({ declared, witness, remediation }: Finding): readonly string[] {
  return [
    declared === undefined ? "" : `declared: ${declaredText(declared)}`,
    witness === undefined ? "" : `witness: ${witnessText(witness)}`,
    remediation?.text ?? "",
  ].filter((text) => text !== "");
}

function countsOf(findings: Report["findings"], options: RenderOptions): string {
  const count = (test: (finding: Finding) => boolean): string => findings.filter(test).length.toString();
  const failures = count((finding) => finding.status === "fail" && !isAccepted(finding, options));
  const errors = count(
    ({ status, reason }) => (status === "unknown" && reason !== "outside") || status === "error",
  );
  const skipped = count(
    (finding) =>
      finding.status === "not-applicable" ||
      finding.reason === "outside" ||
      (finding.status === "fail" && isAccepted(finding, options)),
  );
  return `tests="${findings.length.toString()}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="0"`;
}
