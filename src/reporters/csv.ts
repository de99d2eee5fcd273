import type { Finding, Report } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import { printable } from "../shared/text/terminal-text.js";
import { membersText, witnessText } from "../shared/text/witness-text.js";

/** One line per finding after RFC 4180: CRLF, quotes where needed, and nothing that a spreadsheet would run as a formula. */
export const csv = defineReporter({
  id: "csv",
  summary: "for spreadsheets: one line per finding (RFC 4180)",
  render: (report) => [header, ...report.findings.map(toCells)].map(toLine).join(""),
});

const columns = {
  id: ({ id }) => id,
  rule: ({ rule }) => rule,
  title: ({ title }) => title,
  severity: ({ severity }) => severity,
  status: ({ status }) => status,
  reason: ({ reason }) => reason ?? "",
  account: ({ account }) => account,
  region: ({ region }) => region,
  type: ({ subject }) => subject.type,
  subject: ({ subject }) => subject.id,
  arn: ({ subject }) => subject.arn ?? "",
  message: ({ message }) => message,
  witness: ({ witness }) => (witness === undefined ? "" : witnessText(witness)),
  notes: ({ notes = [] }) => notes.join(" "),
  controls: ({ controls = [] }) => controls.map(({ framework, id }) => `${framework}:${id}`).join(" "),
  waived: ({ waiver }) => (waiver === undefined ? "no" : "yes"),
  baseline: ({ baseline }) => baseline ?? "",
  waiver: ({ waiver }) => (waiver === undefined ? "" : membersText(waiver)),
} satisfies Readonly<Record<string, (finding: Finding) => string>>;

const header: readonly string[] = Object.keys(columns);

function toCells(finding: Report["findings"][number]): readonly string[] {
  return Object.values(columns).map((cell) => cell(finding));
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

// A cell that begins like a formula is run by spreadsheets, also where the sign is a wide one: https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^\s*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;
// Where a comma stands in decimals, spreadsheets take ";" for the end of a cell, and what follows for the next one.
const laterFormula = /(;\s*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])/gu;

function toCell(value: string): string {
  const text = printable(value).replace(laterFormula, "$1'");
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",]/u.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
