import type { AccountSummary, Report, ReportGap, ReportNote, Summary } from "../core/report.js";
import { byKeys } from "../shared/order.js";
import { canonical } from "./evaluate-rules.js";

/**
 * One report of several, each about accounts of its own and made by the same rules. The order in which they come does not matter.
 * `notes` are those about all of them together; they stand last.
 */
export function mergeReports(
  reports: readonly [Report, ...(readonly Report[])],
  notes: readonly ReportNote[] = [],
): Report {
  const ordered = [...reports].sort(byAccount);
  const all = [...ordered.flatMap((report) => report.notes ?? []), ...notes];
  return {
    format: reports[0].format,
    tool: reports[0].tool,
    accounts: ordered.flatMap(({ accounts }) => accounts),
    summary: ordered.map(({ summary }) => summary).reduce(addSummaries),
    findings: ordered.flatMap(({ findings }) => findings).sort(canonical),
    gaps: ordered.flatMap(({ gaps }) => gaps).sort(gapOrder),
    ...(all.length === 0 ? {} : { notes: all }),
  };
}

/** The counts of two reports together; both were made by the same rules. */
export function addSummaries(a: Summary, b: Summary): Summary {
  return {
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    "not-applicable": a["not-applicable"] + b["not-applicable"],
    unknown: a.unknown + b.unknown,
    error: a.error + b.error,
    waived: a.waived + b.waived,
    known: a.known + b.known,
    rules: Math.max(a.rules, b.rules),
  };
}

const accountOf = ([first]: readonly AccountSummary[]): string => first?.id ?? "";
const byAccount = byKeys<Report>(({ accounts }) => accountOf(accounts));
// Within an account, gaps come sorted.
const gapOrder = byKeys<ReportGap>(({ account }) => account);
