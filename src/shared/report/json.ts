import type { AccountSummary, Finding, Report, ReportGap, ReportNote, Summary } from "../../core/report.js";
import type { Candidate, Evidence, Remediation } from "../../core/verdict.js";
import { sortedJson } from "./sorted-json.js";
import { printableJson } from "../text/terminal-text.js";

/**
 * The text of a report as JSON in pieces, each the same wherever it stands, so that a report that is too large for memory can be put
 * together from them: `opening`, the items of `accounts`, `middle`, the items of `findings`, and so on, with `separator` between items.
 * Keys are in the order of the contract, and nothing in it could steer a terminal.
 */
export const reportPieces = {
  separator: ",\n    ",
  opening: ({ format, tool }: Pick<Report, "format" | "tool">): string =>
    `{\n${member("format", format)},\n${member("tool", inOrder(toolOrder, tool))},\n`,
  summary: (summary: Summary): string => member("summary", inOrder(summaryOrder, summary)),
  account: (account: AccountSummary): string => item(orderAccount(account)),
  finding: (finding: Finding): string => item(orderFinding(finding)),
  gap: (gap: ReportGap): string => item(inOrder(gapOrder, gap)),
  note: (note: ReportNote): string => item(inOrder(noteOrder, note)),
  /** What stands around the items of a list: before the first, and after the last. */
  list: (name: "accounts" | "findings" | "gaps" | "notes", isEmpty: boolean): readonly [string, string] =>
    isEmpty ? [`  "${name}": [`, "]"] : [`  "${name}": [\n    `, "\n  ]"],
  closing: "\n}\n",
};

/** A whole report as JSON text, a hundred items at a time: of a long report, the whole text is never in memory. */
export function* reportJsonPieces({
  accounts,
  summary,
  findings,
  gaps,
  notes,
  ...head
}: Report): Generator<string> {
  const { opening, account, finding, gap, note, closing } = reportPieces;
  yield opening(head);
  yield* list("accounts", accounts, account);
  yield `,\n${reportPieces.summary(summary)},\n`;
  yield* list("findings", findings, finding);
  yield ",\n";
  yield* list("gaps", gaps, gap);
  if (notes !== undefined) {
    yield ",\n";
    yield* list("notes", notes, note);
  }
  yield closing;
}

const AT_ONCE = 100;

function* list<T>(
  name: Parameters<typeof reportPieces.list>[0],
  items: readonly T[],
  textOf: (item: T) => string,
): Generator<string> {
  const { separator } = reportPieces;
  const [before, after] = reportPieces.list(name, items.length === 0);
  yield before;
  for (let at = 0; at < items.length; at += AT_ONCE)
    yield `${at === 0 ? "" : separator}${items
      .slice(at, at + AT_ONCE)
      .map(textOf)
      .join(separator)}`;
  yield after;
}

function member(name: string, value: unknown): string {
  return `  "${name}": ${within([value], "[\n  ", "\n]")}`;
}

function item(value: object): string {
  return within([[value]], "[\n  [\n    ", "\n  ]\n]");
}

// The lists around a value are there to have it indented.
function within(lists: readonly unknown[], before: string, after: string): string {
  return printableJson(JSON.stringify(lists, undefined, 2).slice(before.length, -after.length));
}

// Every key of a type, in the order of the contract; a key that is missing here does not compile.
type Order<T> = { readonly [Key in keyof Required<T>]: true };

function orderOf<T>(order: Order<T>): readonly string[] {
  return Object.keys(order);
}

const toolOrder = orderOf<Report["tool"]>({ name: true, version: true });
const accountOrder = orderOf<AccountSummary>({
  id: true,
  partition: true,
  regions: true,
  excludedRegions: true,
  source: true,
  takenAt: true,
});
const excludedOrder = orderOf<NonNullable<AccountSummary["excludedRegions"]>[number]>({
  region: true,
  reason: true,
});
const summaryOrder = orderOf<Summary>({
  pass: true,
  fail: true,
  "not-applicable": true,
  unknown: true,
  error: true,
  waived: true,
  known: true,
  rules: true,
});
const findingOrder = orderOf<Finding>({
  id: true,
  rule: true,
  title: true,
  severity: true,
  status: true,
  account: true,
  region: true,
  subject: true,
  reason: true,
  message: true,
  notes: true,
  witness: true,
  candidates: true,
  evidence: true,
  controls: true,
  remediation: true,
  references: true,
  waiver: true,
  baseline: true,
  declared: true,
});
const declaredOrder = orderOf<NonNullable<Finding["declared"]>>({
  file: true,
  line: true,
  column: true,
  address: true,
});
const subjectOrder = orderOf<Finding["subject"]>({ kind: true, type: true, id: true, arn: true });
const candidateOrder = orderOf<Candidate>({ ref: true, status: true, brokenLink: true });
const evidenceOrder = orderOf<Evidence>({ path: true, value: true, from: true });
const controlOrder = orderOf<NonNullable<Finding["controls"]>[number]>({ framework: true, id: true });
const remediationOrder = orderOf<Remediation>({
  text: true,
  cli: true,
  cloudformation: true,
  terraform: true,
  changes: true,
});
const gapOrder = orderOf<ReportGap>({
  account: true,
  type: true,
  region: true,
  reason: true,
  action: true,
  message: true,
  resource: true,
});
const noteOrder = orderOf<ReportNote>({ kind: true, message: true, place: true });

function orderAccount(account: AccountSummary): object {
  const excludedRegions = account.excludedRegions?.map((excluded) => inOrder(excludedOrder, excluded));
  return inOrder(accountOrder, account, { excludedRegions });
}

/** A finding with its members in the order of the contract. */
export function orderFinding(finding: Finding): object {
  return inOrder(findingOrder, finding, {
    subject: inOrder(subjectOrder, finding.subject),
    witness: finding.witness && sortedJson(finding.witness),
    candidates: finding.candidates?.map((candidate) => inOrder(candidateOrder, candidate)),
    evidence: finding.evidence?.map((item) =>
      inOrder(evidenceOrder, item, { value: sortedJson(item.value) }),
    ),
    controls: finding.controls?.map((control) => inOrder(controlOrder, control)),
    declared: finding.declared && inOrder(declaredOrder, finding.declared),
    remediation: finding.remediation && inOrder(remediationOrder, finding.remediation),
    waiver: finding.waiver && sortedJson(finding.waiver),
  });
}

type Members = Readonly<Record<string, unknown>>;

/** A value's members in order; those in `changed` stand in the place of its own. */
function inOrder(order: readonly string[], value: object, changed: Members = {}): object {
  // Any object may be read so; a key that it lacks gives undefined.
  const members = value as Members;
  const ordered: Record<string, unknown> = {};
  for (const key of order) {
    const member = changed[key] ?? members[key];
    if (member !== undefined) ordered[key] = member;
  }
  return ordered;
}
