import type { JsonObject } from "../core/json.js";
import type { Finding, ReportNote } from "../core/report.js";
import { WAIVER_DAYS } from "../core/waiver.js";
import type { LocatedWaiver, Waiver, Waiving } from "../core/waiver.js";
import { matchesGlob } from "../shared/glob.js";
import { plural } from "../shared/text/words.js";
import { couldHide, isUndecided } from "../engine/judged-places.js";
import type { JudgedReport } from "../engine/judged-places.js";
import { waiverHolds, waiverMatches } from "./waiver-matches.js";

/** The same findings in the same order, some of them marked, and what is to be mended about the marks. */
export type Marked = { readonly findings: readonly Finding[]; readonly notes: readonly ReportNote[] };

/**
 * Marks the failures that somebody accepted. The first waiver that holds counts. Only failures are marked: what could not be
 * judged stays as it is. A waiver that has expired, or ends too far ahead, is never applied, and is noted; so is one that is not needed.
 */
export function applyWaivers(judged: JudgedReport, waiving: Waiving): Marked {
  const ledger = openWaiverLedger(waiving);
  ledger.add(judged);
  return { findings: markWaived(judged.findings, waiving), notes: ledger.notes() };
}

/** Marks the failures that somebody accepted, and notes nothing. */
export function markWaived(
  findings: readonly Finding[],
  { waivers, today, maxDays = WAIVER_DAYS }: Waiving,
): readonly Finding[] {
  const holding = waivers.filter(({ waiver }) => waiverHolds(waiver, today, maxDays) === "holds");
  return findings.map((finding) => {
    const first =
      finding.status === "fail" ? holding.find(({ waiver }) => waiverMatches(waiver, finding)) : undefined;
    return first === undefined ? finding : { ...finding, waiver: markOf(first.waiver) };
  });
}

/** What is to be mended about waivers, where the accounts that they concern are judged one by one. */
export type WaiverLedger = { add(judged: JudgedReport): void; notes(): readonly ReportNote[] };

/** An empty ledger. A waiver is idle only where no account needs it, and none could: in one it accepts nothing, in another it may. */
export function openWaiverLedger({ waivers, today, maxDays = WAIVER_DAYS }: Waiving): WaiverLedger {
  const needed = new Set<LocatedWaiver>();
  const idle = new Set<LocatedWaiver>();
  return {
    add(judged) {
      for (const located of waivers) {
        if (needed.has(located)) continue;
        const standing = standingOf(located.waiver, judged);
        if (standing === "needed") needed.add(located);
        if (standing === "idle") idle.add(located);
      }
    },
    notes: () =>
      waivers.flatMap((located) =>
        noteOn(located, { today, maxDays, isIdle: idle.has(located) && !needed.has(located) }),
      ),
  };
}

function markOf({ reason, owner, expires, ticket }: Waiver): JsonObject {
  return { reason, owner, expires, ...(ticket === undefined ? {} : { ticket }) };
}

type Circumstances = { readonly today: string; readonly maxDays: number; readonly isIdle: boolean };

function noteOn(located: LocatedWaiver, { today, maxDays, isIdle }: Circumstances): readonly ReportNote[] {
  const { waiver } = located;
  const holds = waiverHolds(waiver, today, maxDays);
  if (holds === "expired")
    return [
      note(
        located,
        "waiver-expired",
        `expired on ${waiver.expires}, and is not applied: mend what it accepts, or ask ${waiver.owner} to renew it`,
      ),
    ];
  if (holds === "too-far")
    return [
      note(
        located,
        "waiver-too-far",
        `ends on ${waiver.expires}, more than ${plural(maxDays, "day")} ahead, and is not applied: choose an earlier day`,
      ),
    ];
  return isIdle
    ? [
        note(
          located,
          "waiver-unused",
          "accepts nothing that fails: remove it, or correct its rule or subject",
        ),
      ]
    : [];
}

function note({ waiver, file, at }: LocatedWaiver, kind: ReportNote["kind"], what: string): ReportNote {
  const place =
    file === undefined
      ? undefined
      : [file, ...(at === undefined ? [] : [at.line.toString(), at.column.toString()])].join(":");
  return {
    kind,
    message: `the waiver of ${waiver.rule} for ${waiver.subject} (${waiver.owner}) ${what}`,
    ...(place === undefined ? {} : { place }),
  };
}

// Only a run that could have needed it can say that a waiver is idle: its rule judged its account and region, and saw everything there.
function standingOf(waiver: Waiver, { accounts, findings }: JudgedReport): "needed" | "idle" | "elsewhere" {
  const ofRule = findings.filter(
    (finding) =>
      matchesGlob(waiver.rule, finding.rule) &&
      (waiver.account === undefined || waiver.account === finding.account),
  );
  const isNeeded = ofRule.some(
    (finding) => (finding.status === "fail" || isUndecided(finding)) && waiverMatches(waiver, finding),
  );
  if (isNeeded || ofRule.some((finding) => couldHide(finding, waiver.region ?? "global"))) return "needed";
  const places = accounts.filter(({ id }) => waiver.account === undefined || waiver.account === id);
  const isHere = places.some(
    ({ regions }) =>
      waiver.region === undefined || waiver.region === "global" || regions.includes(waiver.region),
  );
  return isHere && ofRule.length > 0 ? "idle" : "elsewhere";
}
