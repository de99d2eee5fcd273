import type { AccountResult, RuleResult } from "../core/audit.js";
import type { GateFinding } from "../core/gate.js";
import type { Finding, Report, ReportNote, Summary } from "../core/report.js";
import { severities } from "../core/severity.js";
import type { Severity } from "../core/severity.js";
import { canonical } from "../engine/evaluate-rules.js";
import { addSummaries } from "../engine/merge-reports.js";
import { countOpen } from "../engine/summarize-run.js";
import { byText } from "../shared/order.js";
import { reportPieces } from "../shared/report/json.js";
import { gzipList, gzipText } from "./gzip-list.js";
import type { GzipList } from "./gzip-list.js";
import { addAll } from "../shared/many.js";

/** A merged report as compressed JSON text, and what can be said of it without reading it again. `failures` are all that failed. */
export type MergedParts = {
  readonly gz: Uint8Array;
  readonly summary: Summary;
  readonly accounts: readonly AccountResult[];
  readonly rules: readonly RuleResult[];
  readonly failures: readonly GateFinding[];
  readonly notes: readonly ReportNote[];
};

/** Merges the reports of single accounts, one after the other in the order of their ids; memory grows only with what is compressed. */
export type PartMerger = { add(report: Report): void; finish(notes: readonly ReportNote[]): MergedParts };

/** The text is that of `mergeReports` as `--format json` prints it. */
export function partMerger(): PartMerger {
  const lists = { accounts: newList(), gaps: newList() };
  const byRule = new Map<string, GzipList>();
  const rules = new Map<string, RuleCount>();
  const slim = slimmer();
  const told: {
    head?: Pick<Report, "format" | "tool">;
    summary?: Summary;
    readonly accounts: AccountResult[];
    readonly failures: GateFinding[];
    readonly notes: ReportNote[];
  } = { accounts: [], failures: [], notes: [] };
  return {
    add(report) {
      told.head ??= { format: report.format, tool: report.tool };
      told.summary = told.summary === undefined ? report.summary : addSummaries(told.summary, report.summary);
      addAll(told.accounts, accountResults(report));
      addAll(told.notes, report.notes ?? []);
      for (const account of report.accounts) lists.accounts.add(reportPieces.account(account));
      for (const gap of report.gaps) lists.gaps.add(reportPieces.gap(gap));
      for (const finding of [...report.findings].sort(canonical)) {
        listOf(byRule, finding.rule).add(reportPieces.finding(finding));
        if (finding.status === "fail") told.failures.push(slim(finding));
        countRule(rules, finding, report.accounts[0]?.id ?? finding.account);
      }
    },
    finish(extra) {
      const { head, summary } = told;
      if (head === undefined || summary === undefined) throw new Error("there is no report to merge");
      const notes = [...told.notes, ...extra];
      const findings = [...byRule].sort(([a], [b]) => byText(a, b)).map(([, list]) => list);
      const gz = concatenate(compose({ head, summary, notes, findings, ...lists }));
      return {
        gz,
        summary,
        accounts: told.accounts,
        rules: ruleResults(rules),
        failures: told.failures,
        notes,
      };
    },
  };
}

const newList = (): GzipList => gzipList(reportPieces.separator);

function listOf(lists: Map<string, GzipList>, rule: string): GzipList {
  const list = lists.get(rule) ?? newList();
  lists.set(rule, list);
  return list;
}

type Pieces = {
  readonly head: Pick<Report, "format" | "tool">;
  readonly summary: Summary;
  readonly notes: readonly ReportNote[];
  readonly accounts: GzipList;
  readonly findings: readonly GzipList[];
  readonly gaps: GzipList;
};

function compose({ head, summary, notes, accounts, findings, gaps }: Pieces): readonly Uint8Array[] {
  const noteList = newList();
  for (const note of notes) noteList.add(reportPieces.note(note));
  const comma = gzipText(",\n");
  return [
    gzipText(reportPieces.opening(head)),
    ...listMembers("accounts", [accounts]),
    gzipText(`,\n${reportPieces.summary(summary)},\n`),
    ...listMembers("findings", findings),
    comma,
    ...listMembers("gaps", [gaps]),
    ...(notes.length === 0 ? [] : [comma, ...listMembers("notes", [noteList])]),
    gzipText(reportPieces.closing),
  ];
}

function listMembers(
  name: Parameters<typeof reportPieces.list>[0],
  lists: readonly GzipList[],
): readonly Uint8Array[] {
  const [before, after] = reportPieces.list(
    name,
    lists.every((list) => list.isEmpty()),
  );
  const separator = gzipText(reportPieces.separator);
  return [
    gzipText(before),
    ...lists.flatMap((list, index) => (index === 0 ? list.members() : [separator, ...list.members()])),
    gzipText(after),
  ];
}

function concatenate(members: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(members.reduce((length, member) => length + member.length, 0));
  let at = 0;
  for (const member of members) {
    whole.set(member, at);
    at += member.length;
  }
  return whole;
}

// Many thousands of failures differ in little: what is equal is kept once, and nothing of the parts that they were read from.
function slimmer(): (finding: Finding) => GateFinding {
  const known = new Map<string, GateFinding>();
  return ({ rule, severity, status, waiver, baseline }) => {
    const key = JSON.stringify([rule, severity, status, waiver !== undefined, baseline]);
    const slim = known.get(key) ?? {
      rule,
      severity,
      status,
      ...(waiver === undefined ? {} : { waiver: {} }),
      ...(baseline === undefined ? {} : { baseline }),
    };
    known.set(key, slim);
    return slim;
  };
}

function isOpen({ status, waiver }: Finding): boolean {
  return status === "fail" && waiver === undefined;
}

function accountResults({ accounts, findings, summary: counts }: Report): readonly AccountResult[] {
  return accounts.map(({ id, regions }) => ({
    id,
    regions: regions.length,
    counts,
    open: countOpen(findings),
    ...(regions.length === 0 && findings[0] !== undefined ? { unread: findings[0].message } : {}),
  }));
}

type RuleCount = { readonly title: string; severity: Severity; readonly failing: Map<string, number> };

// `account`: one text for all findings of an account, since each has a copy of its own.
function countRule(rules: Map<string, RuleCount>, finding: Finding, account: string): void {
  if (!isOpen(finding)) return;
  const { rule, title, severity } = finding;
  const count = rules.get(rule) ?? { title, severity, failing: new Map<string, number>() };
  if (severities.indexOf(severity) > severities.indexOf(count.severity)) count.severity = severity;
  count.failing.set(account, (count.failing.get(account) ?? 0) + 1);
  rules.set(rule, count);
}

// The gravest first; then those that fail in most accounts.
function ruleResults(rules: ReadonlyMap<string, RuleCount>): readonly RuleResult[] {
  const results = [...rules].map(([rule, { title, severity, failing }]) => ({
    rule,
    title,
    severity,
    failing: [...failing].map(([account, count]) => ({ account, count })),
  }));
  const gravity = ({ severity }: RuleResult): number => severities.indexOf(severity);
  return results.sort(
    (a, b) => gravity(b) - gravity(a) || b.failing.length - a.failing.length || byText(a.rule, b.rule),
  );
}
