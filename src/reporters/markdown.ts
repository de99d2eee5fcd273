import type { Finding, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { coverageText } from "../shared/text/coverage-text.js";
import { groupByCause } from "../shared/text/gap-causes.js";
import { escapeMarkdown, markdownTable } from "../shared/text/markdown-text.js";
import { knownFailures, openFailures, undecidedFindings } from "../shared/report/open-failures.js";
import { declaredText, subjectText } from "../shared/text/finding-text.js";
import { reportNoteText } from "../shared/text/report-note-text.js";
import { membersText, witnessText } from "../shared/text/witness-text.js";

// GitHub refuses a job summary of more than 1 MiB as a whole, so that a long report is cut before.
const MOST_BYTES = 900_000;

/** Markdown for job summaries, issues and merge requests: the verdict, open failures with their witness, what is unknown and why. */
export const markdown = defineReporter({
  id: "markdown",
  summary: "for job summaries and issues: what failed, what is unknown, the verdict",
  render: (report, options) => cut([heading(report, options), ...sections(report, options)]),
});

function heading({ summary, accounts }: Report, { gate }: RenderOptions): string {
  const verdict = gate.exitCode === 0 ? "passed" : gate.exitCode === 1 ? "failed" : "not decided";
  const counts = [
    summary.fail,
    summary.unknown,
    summary.error,
    summary.pass,
    summary["not-applicable"],
    summary.waived,
    summary.known,
  ].map(String);
  const who = accounts.map(({ id }) => id).join(", ");
  return [
    `# Watchproof: ${verdict}`,
    `Account ${escapeMarkdown(who)}: ${escapeMarkdown(gate.because)}.`,
    markdownTable(["failed", "unknown", "errors", "passed", "not applicable", "waived", "known"], [counts]),
  ].join("\n\n");
}

function sections(report: Report, options: RenderOptions): readonly string[] {
  const waived = report.findings.filter(({ status, waiver }) => status === "fail" && waiver !== undefined);
  return [
    ...section(
      "Open failures",
      ["severity", "rule", "subject", "what", "witness"],
      openFailures(report, options).map(failureRow),
    ),
    ...section(
      "Not judged",
      ["rule", "subject", "why"],
      undecidedFindings(report).map(({ rule, message, ...finding }) => [
        rule,
        subjectText({ rule, message, ...finding }),
        message,
      ]),
    ),
    ...section(
      "Known before",
      ["severity", "rule", "subject", "what"],
      knownFailures(report, options).map((finding) => failureRow(finding).slice(0, 4)),
    ),
    ...section(
      "Waived",
      ["severity", "rule", "subject", "waiver", "what"],
      waived.map((finding) => [
        finding.severity,
        finding.rule,
        subjectText(finding),
        membersText(finding.waiver ?? {}),
        finding.message,
      ]),
    ),
    ...section(
      "Waivers and baseline",
      ["note"],
      (report.notes ?? [])
        .filter(({ kind }) => kind !== "account-skipped")
        .map((note) => [reportNoteText(note)]),
    ),
    ...section(
      "Skipped accounts",
      ["note"],
      (report.notes ?? [])
        .filter(({ kind }) => kind === "account-skipped")
        .map((note) => [reportNoteText(note)]),
    ),
    ...report.accounts.map(({ id }) => coverage(report, id)),
  ];
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return rows.length === 0 ? [] : [`## ${title}\n\n${markdownTable(head, rows)}`];
}

function failureRow(finding: Finding): readonly string[] {
  return [
    finding.severity,
    finding.rule,
    subjectText(finding),
    finding.declared === undefined
      ? finding.message
      : `${finding.message} (${declaredText(finding.declared)})`,
    finding.witness === undefined ? "" : witnessText(finding.witness),
  ];
}

function coverage({ findings, gaps }: Report, account: string): string {
  const own = findings.filter((finding) => finding.account === account);
  const said = coverageText(
    own,
    groupByCause(
      own.filter(({ status }) => status === "unknown"),
      gaps.filter((gap) => gap.account === account),
    ),
  );
  return `Coverage of account ${escapeMarkdown(account)}: ${escapeMarkdown(said)}`;
}

function cut(parts: readonly string[]): string {
  const whole = `${parts.join("\n\n")}\n`;
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole;
  const lines = whole.split("\n");
  let size = 0;
  const kept = lines.filter((line) => (size += Buffer.byteLength(line) + 1) <= MOST_BYTES);
  return `${kept.join("\n")}\n\nThis report was cut: ${(lines.length - kept.length).toString()} more lines are in the full report.\n`;
}
