import type { FindingChange, ReportDiff } from "../../core/report-diff.js";
import type { Finding } from "../../core/report.js";

/** The ways in which something is news, the most urgent first. */
export const newsKinds = ["opened", "unjudged", "regraded", "accepted", "fixed", "gone"] as const;
export type NewsKind = (typeof newsKinds)[number];

/**
 * What of a comparison people are told. `opened`: fails and nobody accepts it, which was not so before, be it that its waiver ended;
 * `unjudged`: was decided, and nobody knows now; `regraded`: fails as before, with another severity; `accepted`: fails, and a waiver is
 * new; `fixed`, `gone`: as in the comparison. A message that reads otherwise, such as an age, is no news.
 */
export type News = Readonly<Record<NewsKind, readonly FindingChange[]>>;

/** Chooses what is news, in the comparison's order. */
export function newsOf(diff: ReportDiff): News {
  const still = [...diff.new, ...diff.changed, ...diff.failing].map((change) => ({
    change,
    kind: kindOf(change),
  }));
  const having = (kind: NewsKind): readonly FindingChange[] =>
    still.filter((item) => item.kind === kind).map(({ change }) => change);
  return {
    opened: having("opened"),
    unjudged: [...diff.unjudged, ...having("unjudged")],
    regraded: having("regraded"),
    accepted: having("accepted"),
    fixed: diff.fixed,
    gone: diff.gone,
  };
}

/** How many news there are. */
export function newsCount(news: News): number {
  return newsKinds.reduce((sum, kind) => sum + news[kind].length, 0);
}

function kindOf({ old, new: now }: FindingChange): NewsKind | undefined {
  if (now === undefined) return undefined;
  if (isOpen(now) && !isOpen(old)) return "opened";
  if (isAccepted(now) && !isAccepted(old)) return "accepted";
  if (isUndecided(now) && old !== undefined && !isUndecided(old)) return "unjudged";
  return isOpen(now) && now.severity !== old?.severity ? "regraded" : undefined;
}

function isOpen(finding: Finding | undefined): boolean {
  return finding?.status === "fail" && finding.waiver === undefined;
}

function isAccepted(finding: Finding | undefined): boolean {
  return finding?.status === "fail" && finding.waiver !== undefined;
}

function isUndecided({ status }: Finding): boolean {
  return status === "unknown" || status === "error";
}
