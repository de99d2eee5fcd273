import type { JsonObject } from "../core/json.js";
import type { Finding, ReportNote } from "../core/report.js";
import { WAIVER_DAYS } from "../core/waiver.js";
import type { LocatedWaiver, Waiver, Waiving } from "../core/waiver.js";
import { matchesGlob } from "../shared/glob.js";
import { plural } from "../shared/words.js";
import { couldHide, isUndecided } from "./judged-places.js";
import type { JudgedReport } from "./judged-places.js";
import { waiverHolds, waiverMatches } from "./waiver-matches.js";

/** The same findings in the same order, some of them marked, and what is to be mended about the marks. */
export type Marked = { readonly findings: readonly Finding[]; readonly notes: readonly ReportNote[] };

/**
 * Marks the failures that somebody accepted. The first waiver that holds counts. Only failures are marked: what could not be
 * judged stays as it is. A waiver that has expired, or ends too far ahead, is never applied, and is noted; so is one that is not needed.
 */
export function applyWaivers(judged: JudgedReport, { waivers, today, maxDays = WAIVER_DAYS }: Waiving): Marked {
  const holding = waivers.filter(({ waiver }) => waiverHolds(waiver, today, maxDays) === "holds");
  const used = new Set<LocatedWaiver>();
  const findings = judged.findings.map((finding) => {
    if (finding.status !== "fail") return finding;
    const matching = holding.filter(({ waiver }) => waiverMatches(waiver, finding));
    for (const located of matching) used.add(located);
    const [first] = matching;
    return first === undefined ? finding : { ...finding, waiver: markOf(first.waiver) };
  });
  const notes = waivers.flatMap((located) => noteOn(located, { judged, today, maxDays, isUsed: used.has(located) }));
  return { findings, notes };
}

function markOf({ reason, owner, expires, ticket }: Waiver): JsonObject {
  return { reason, owner, expires, ...(ticket === undefined ? {} : { ticket }) };
}

type Circumstances = { readonly judged: JudgedReport; readonly today: string; readonly maxDays: number; readonly isUsed: boolean };

function noteOn(located: LocatedWaiver, { judged, today, maxDays, isUsed }: Circumstances): readonly ReportNote[] {
  const { waiver } = located;
  const holds = waiverHolds(waiver, today, maxDays);
  if (holds === "expired") return [note(located, "waiver-expired", `expired on ${waiver.expires}, and is not applied: mend what it accepts, or ask ${waiver.owner} to renew it`)];
  if (holds === "too-far") return [note(located, "waiver-too-far", `ends on ${waiver.expires}, more than ${plural(maxDays, "day")} ahead, and is not applied: choose an earlier day`)];
  if (isUsed || !isIdle(waiver, judged)) return [];
  return [note(located, "waiver-unused", "accepts nothing that fails: remove it, or correct its rule or subject")];
}

function note({ waiver, file, at }: LocatedWaiver, kind: ReportNote["kind"], what: string): ReportNote {
  const place = file === undefined ? undefined : [file, ...(at === undefined ? [] : [at.line.toString(), at.column.toString()])].join(":");
  return { kind, message: `the waiver of ${waiver.rule} for ${waiver.subject} (${waiver.owner}) ${what}`, ...(place === undefined ? {} : { place }) };
}

// Only a run that could have needed it can say that a waiver is idle: its rule judged its account and region, and saw everything there.
function isIdle(waiver: Waiver, { accounts, findings }: JudgedReport): boolean {
  const places = accounts.filter(({ id }) => waiver.account === undefined || waiver.account === id);
  const isHere = places.some(({ regions }) => waiver.region === undefined || waiver.region === "global" || regions.includes(waiver.region));
  const ofRule = findings.filter((finding) => matchesGlob(waiver.rule, finding.rule) && (waiver.account === undefined || waiver.account === finding.account));
  const isOpen = ofRule.some((finding) => (isUndecided(finding) && waiverMatches(waiver, finding)) || couldHide(finding, waiver.region ?? "global"));
  return isHere && ofRule.length > 0 && !isOpen;
}
