import type { RunChange } from "../../core/notifier.js";
import type { FindingChange } from "../../core/report-diff.js";
import type { Report } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import { subjectText } from "./finding-text.js";
import { newsCount, newsKinds, newsOf } from "./news.js";
import type { News, NewsKind } from "./news.js";
import { openFailures, undecidedFindings } from "../report/open-failures.js";
import { printable } from "./terminal-text.js";
import { listed, plural } from "./words.js";

/** What people are told: one line, then a line a finding and others. Every line is printable. */
export type NewsText = { readonly headline: string; readonly lines: readonly string[] };

/** A run's news in words; a first run is summed up; undefined where there is nothing to tell. */
export function newsText({ after, before }: Pick<RunChange, "after" | "before">): NewsText | undefined {
  if (before === undefined) return firstRun(after);
  const news = newsOf(before.diff);
  return newsCount(news) === 0
    ? undefined
    : { headline: headlineOf(news), lines: newsKinds.flatMap((kind) => section(kind, news[kind])) };
}

/** Where a reader finds the whole report: "run 2026-11-21T02-00-00Z in s3://audits". */
export function runText({ run, location }: Pick<RunChange, "run" | "location">): string {
  return printable(`run ${run}${location === "" ? "" : ` in ${location}`}`);
}

const titles = {
  opened: (count) => plural(count, "new failure"),
  unjudged: (count) => `${count.toString()} no longer judged`,
  regraded: (count) => `${count.toString()} with another severity`,
  accepted: (count) => `${count.toString()} accepted by a waiver`,
  fixed: (count) => `${count.toString()} fixed`,
  gone: (count) => `${count.toString()} gone with the rule or the subject`,
} satisfies Record<NewsKind, (count: number) => string>;

function headlineOf(news: News): string {
  return listed(
    newsKinds.flatMap((kind) => (news[kind].length === 0 ? [] : [titles[kind](news[kind].length)])),
  );
}

function section(kind: NewsKind, changes: readonly FindingChange[]): readonly string[] {
  // The gravest first, since a channel may have no room for all.
  const sorted = severities
    .toReversed()
    .flatMap((severity) => changes.filter(({ old, new: now }) => (now ?? old)?.severity === severity));
  return changes.length === 0
    ? []
    : [`${titles[kind](changes.length)}:`, ...sorted.map((change) => `  ${changeLine(kind, change)}`)];
}

function changeLine(kind: NewsKind, { old, new: now, because }: FindingChange): string {
  const finding = now ?? old;
  if (finding === undefined) return "";
  const what = {
    opened: finding.message,
    unjudged: because ?? finding.message,
    regraded: `was ${old?.severity ?? ""}`,
    accepted: finding.message,
    fixed: "",
    gone: because ?? "",
  }[kind];
  const where = finding.subject.kind === "account" ? "" : ` (${finding.account})`;
  return printable(
    `${finding.severity}  ${finding.rule}: ${subjectText(finding)}${where}${what === "" ? "" : `: ${what}`}`,
  );
}

// A first run would be nothing but news.
function firstRun(report: Report): NewsText {
  const open = openFailures(report);
  const bySeverity = severities.toReversed().flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toString()} ${severity}`];
  });
  const { summary, accounts } = report;
  return {
    headline: `first run, ${plural(open.length, "open failure")} in ${plural(accounts.length, "account")}`,
    lines: [
      `${plural(open.length, "open failure")}${bySeverity.length === 0 ? "" : `: ${bySeverity.join(", ")}`}`,
      `${summary.waived.toString()} accepted, ${undecidedFindings(report).length.toString()} could not be judged, ${summary.pass.toString()} passed`,
      "There is no run before to compare with. From now on, only what changes is told.",
    ],
  };
}
