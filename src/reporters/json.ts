import type { JsonValue } from "../core/json.js";
import type { AccountSummary, Finding, Report, ReportGap, ReportNote, Summary } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { Candidate, Evidence, Remediation } from "../core/verdict.js";
import { byText } from "../shared/order.js";
import { printableJson } from "../shared/terminal-text.js";

/** The report as one JSON object, schemas/report.schema.json: keys in the order of the contract, the same report gives the same bytes. */
export const json = defineReporter({
  id: "json",
  summary: "for programs: the whole report as one JSON object (schemas/report.schema.json)",
  render: (report) => [...piecesOf(report)].join(""),
  pieces: piecesOf,
});

const PIECE = 100;

// Line ends stand between members only, never in a string: this is where the findings go, whatever a name holds.
const NO_FINDINGS = '\n  "findings": []';

function* piecesOf(report: Report): Iterable<string> {
  const frame = printableJson(JSON.stringify(orderReport({ ...report, findings: [] }), undefined, 2));
  const end = frame.indexOf(NO_FINDINGS) + NO_FINDINGS.length - 1;
  yield frame.slice(0, end);
  for (let at = 0; at < report.findings.length; at += PIECE) {
    const texts = report.findings.slice(at, at + PIECE).map((finding) => JSON.stringify(orderFinding(finding), undefined, 2).replaceAll("\n", "\n    "));
    yield `${at === 0 ? "" : ","}\n    ${texts.map(printableJson).join(",\n    ")}`;
  }
  yield `${report.findings.length === 0 ? "" : "\n  "}${frame.slice(end)}\n`;
}

// Every key of a type, in the order of the contract; a key that is missing here does not compile.
type Order<T> = { readonly [Key in keyof Required<T>]: true };

const reportOrder: Order<Report> = { format: true, tool: true, accounts: true, summary: true, findings: true, gaps: true, notes: true };
const toolOrder: Order<Report["tool"]> = { name: true, version: true };
const accountOrder: Order<AccountSummary> = { id: true, partition: true, regions: true, excludedRegions: true, source: true, takenAt: true };
const excludedOrder: Order<NonNullable<AccountSummary["excludedRegions"]>[number]> = { region: true, reason: true };
const summaryOrder: Order<Summary> = { pass: true, fail: true, "not-applicable": true, unknown: true, error: true, waived: true, known: true, rules: true };
const findingOrder: Order<Finding> = {
  id: true, rule: true, title: true, severity: true, status: true, account: true, region: true, subject: true, reason: true, message: true, notes: true,
  witness: true, candidates: true, evidence: true, controls: true, remediation: true, references: true, waiver: true, baseline: true,
};
const subjectOrder: Order<Finding["subject"]> = { kind: true, type: true, id: true, arn: true };
const candidateOrder: Order<Candidate> = { ref: true, status: true, brokenLink: true };
const evidenceOrder: Order<Evidence> = { path: true, value: true, from: true };
const controlOrder: Order<NonNullable<Finding["controls"]>[number]> = { framework: true, id: true };
const remediationOrder: Order<Remediation> = { text: true, cli: true, cloudformation: true, terraform: true };
const gapOrder: Order<ReportGap> = { account: true, type: true, region: true, reason: true, action: true, message: true, resource: true };
const noteOrder: Order<ReportNote> = { kind: true, message: true, place: true };

function orderReport(report: Report): object {
  return inOrder(reportOrder, {
    ...report,
    tool: inOrder(toolOrder, report.tool),
    accounts: report.accounts.map(orderAccount),
    summary: inOrder(summaryOrder, report.summary),
    gaps: report.gaps.map((gap) => inOrder(gapOrder, gap)),
    notes: report.notes?.map((note) => inOrder(noteOrder, note)),
  });
}

function orderAccount(account: AccountSummary): object {
  const excludedRegions = account.excludedRegions?.map((excluded) => inOrder(excludedOrder, excluded));
  return inOrder(accountOrder, { ...account, excludedRegions });
}

function orderFinding(finding: Finding): object {
  return inOrder(findingOrder, {
    ...finding,
    subject: inOrder(subjectOrder, finding.subject),
    witness: sorted(finding.witness),
    candidates: finding.candidates?.map((candidate) => inOrder(candidateOrder, candidate)),
    evidence: finding.evidence?.map((item) => inOrder(evidenceOrder, { ...item, value: sorted(item.value) })),
    controls: finding.controls?.map((control) => inOrder(controlOrder, control)),
    remediation: finding.remediation && inOrder(remediationOrder, finding.remediation),
    waiver: sorted(finding.waiver),
  });
}

function inOrder(order: object, value: object): object {
  const members: Readonly<Record<string, unknown>> = { ...value };
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(order)) if (members[key] !== undefined) ordered[key] = members[key];
  return ordered;
}

// Free-form members have no order of their own.
function sorted(value: JsonValue | undefined): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byText(a, b))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
