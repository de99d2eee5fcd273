import type { Finding, Report } from "../../core/report.js";
import { isUndecided, judgedPlaces } from "../../engine/judged-places.js";
import type { Place, Standing } from "../../engine/judged-places.js";
import { mergeReports } from "../../engine/merge-reports.js";
import { summarize } from "../../engine/summarize.js";
import { groupBy } from "../../shared/group-by.js";

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
 * so that this is said once. What could not be looked at in an account that was judged is taken from the last time that somebody
 * could, where it is known again now. An account that is not there any more is compared with the report just before, unless
 * the report is `partial`.
 */
export function searchBefore(report: Report, { partial }: { readonly partial: boolean }): Search {
  const waiting = new Map(report.accounts.map(({ id, regions }) => [id, regions.length > 0] as const));
  const asked = new Set(waiting.keys());
  const found = new Map<string, Report>();
  const blanks = new Map<string, Blanks>();
  const now = judgedPlaces(report);
  const decided = groupBy(
    report.findings.filter((finding) => !isUndecided(finding)),
    ({ account }) => account,
  );
  let isFirst = true;
  const take = (id: string, part: Report): void => {
    if (asked.has(id) ? !waiting.has(id) : partial || !isFirst) return;
    const wantsJudged = waiting.get(id) ?? false;
    const isJudged = part.accounts.some(({ regions }) => regions.length > 0);
    // What was asked and not judged serves until something better is found.
    if (isJudged || !found.has(id)) found.set(id, part);
    if (isJudged || !wantsJudged) waiting.delete(id);
    if (isJudged && wantsJudged) blanks.set(id, blanksOf(part, decided.get(id) ?? []));
  };
  return {
    isOpen: () => isFirst || waiting.size > 0 || [...blanks.values()].some(({ open }) => open.size > 0),
    look(earlier) {
      for (const [id, part] of partsOf(earlier)) {
        const blank = blanks.get(id);
        if (blank === undefined) take(id, part);
        else if (blank.open.size > 0) fillIn(blank, part, now);
      }
      isFirst = false;
    },
    found() {
      const [first, ...others] = [...found].map(([id, part]) => withFilled(part, blanks.get(id)));
      return first === undefined ? undefined : mergeReports([first, ...others]);
    },
  };
}

/** Of one account: what is known now and was not known then, what reports say about it, and what was known before. */
type Blanks = {
  readonly open: Map<string, Finding>;
  readonly views: ((place: Place) => Standing)[];
  readonly filled: Map<string, Finding>;
};

function blanksOf(part: Report, decided: readonly Finding[]): Blanks {
  const view = judgedPlaces(part);
  const open = decided.filter((finding) => isSilent(view(finding)));
  return { open: new Map(open.map((finding) => [finding.id, finding])), views: [view], filled: new Map() };
}

// What an older report decided counts where no later one says anything, and this one does.
function fillIn({ open, views, filled }: Blanks, part: Report, now: (place: Place) => Standing): void {
  const view = judgedPlaces(part);
  for (const finding of part.findings) {
    const isLast = views.every((later) => isSilent(later(finding)));
    if (!isUndecided(finding) && isLast && !isSilent(now(finding))) filled.set(finding.id, finding);
  }
  for (const [id, finding] of open) if (!isSilent(view(finding))) open.delete(id);
  views.push(view);
}

/** Whether nobody knows of a place: it could not be judged, or was not looked at. */
function isSilent(standing: Standing): boolean {
  return (
    standing.kind === "hidden" ||
    standing.kind === "outside" ||
    (standing.kind === "found" && isUndecided(standing.finding))
  );
}

function withFilled(part: Report, blanks: Blanks | undefined): Report {
  if (blanks === undefined || blanks.filled.size === 0) return part;
  const findings = [...part.findings.filter(({ id }) => !blanks.filled.has(id)), ...blanks.filled.values()];
  return { ...part, findings, summary: summarize(findings, part.summary.rules) };
}

function partsOf(report: Report): ReadonlyMap<string, Report> {
  const findings = groupBy(report.findings, ({ account }) => account);
  const gaps = groupBy(report.gaps, ({ account }) => account);
  return new Map(
    report.accounts.map((account) => {
      const own = findings.get(account.id) ?? [];
      return [
        account.id,
        {
          format: report.format,
          tool: report.tool,
          accounts: [account],
          findings: own,
          gaps: gaps.get(account.id) ?? [],
          summary: summarize(own, report.summary.rules),
        },
      ];
    }),
  );
}
