import type { Report } from "../core/report.js";
import { mergeReports } from "./merge-reports.js";
import { summarize } from "./summarize.js";
import { groupBy } from "../shared/group-by.js";

/** Looks at earlier reports, the newest first, until what to compare a report with is known. */
export type Search = {
  /** Whether a still earlier report could matter. */
  isOpen(): boolean;
  look(earlier: Report): void;
  /** What the report is compared with; undefined where nothing came before. */
  found(): Report | undefined;
};

/**
 * Finds what a report of many accounts is to be compared with, account by account: the last time that an account was
 * judged, so that one night without access makes nothing new; or, while it cannot be judged, the last time that it was asked,
 * so that this is said once. An account that is not there any more is compared with the report just before, unless
 * the report is `partial`.
 */
export function searchBefore(report: Report, { partial }: { readonly partial: boolean }): Search {
  const waiting = new Map(report.accounts.map(({ id, regions }) => [id, regions.length > 0] as const));
  const asked = new Set(waiting.keys());
  const found = new Map<string, Report>();
  let isFirst = true;
  return {
    isOpen: () => isFirst || waiting.size > 0,
    look(earlier) {
      const parts = partsOf(earlier);
      for (const [id, part] of parts) {
        if (asked.has(id) ? !waiting.has(id) : partial || !isFirst) continue;
        const wantsJudged = waiting.get(id) ?? false;
        const isJudged = part.accounts.some(({ regions }) => regions.length > 0);
        // What was asked and not judged serves until something better is found.
        if (isJudged || !found.has(id)) found.set(id, part);
        if (isJudged || !wantsJudged) waiting.delete(id);
      }
      isFirst = false;
    },
    found() {
      const [first, ...others] = found.values();
      return first === undefined ? undefined : mergeReports([first, ...others]);
    },
  };
}

function partsOf(report: Report): ReadonlyMap<string, Report> {
  const findings = groupBy(report.findings, ({ account }) => account);
  const gaps = groupBy(report.gaps, ({ account }) => account);
  return new Map(report.accounts.map((account) => {
    const own = findings.get(account.id) ?? [];
    return [account.id, { format: report.format, tool: report.tool, accounts: [account], findings: own, gaps: gaps.get(account.id) ?? [], summary: summarize(own, report.summary.rules) }];
  }));
}
