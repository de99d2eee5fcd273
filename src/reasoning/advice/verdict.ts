import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Candidate, Support, Verdict } from "../../core/verdict.js";
import { explainUnreadable } from "../../shared/text/unreadable-text.js";
import { readList } from "../../shared/read-property.js";
import { listed, plural } from "../../shared/text/words.js";
import { adviceTypes } from "./advice.js";
import type { Advice } from "./advice.js";
import { nameOfFlagged } from "./metadata.js";
import { evidenceOf } from "../evidence.js";

/** What counts as an open flag, how old a result may be, and what hiding a resource means. */
export type AdviceDemand = {
  readonly failOn: readonly ("red" | "yellow")[];
  readonly maximumAge: number;
  readonly suppressed: "note" | "fail" | "ignore";
};

const colours: Readonly<Record<string, "red" | "yellow" | "green">> = {
  error: "red",
  warning: "yellow",
  ok: "green",
};

/** Whether a check has no open flag. An old green proves nothing, an old red still stands. */
export function judgeFlags(account: Account, advice: Advice, demand: AdviceDemand): Verdict {
  const support = supportOf(account, advice);
  const { status } = advice;
  const what = nameOf(advice);
  if (status.kind !== "set") return unreadStatus(advice, support);
  if (status.value === "not_available")
    return unknown(
      "undecidable",
      `${what} has no result: it never ran, does not apply, or lacks data`,
      support,
    );
  const colour = Object.hasOwn(colours, status.value) ? colours[status.value] : undefined;
  if (colour === undefined)
    return unknown("undecidable", `${what} is in state ${status.value}, which is not known`, support);
  if (colour !== "green") return judgeFlagged(account, advice, { demand, colour, support });
  const age = ageOf(account, advice, demand.maximumAge);
  if (age.kind !== "fresh")
    return unknown(age.reason, `${what} is green, but ${age.because}: that proves nothing`, support);
  if (advice.hasNoData)
    return unknown("undecidable", `${what} is green for want of data (no_data_ok)`, support);
  return judgeGreen(advice, demand, support);
}

function judgeGreen(advice: Advice, { suppressed }: AdviceDemand, support: Support): Verdict {
  const what = nameOf(advice);
  if (advice.suppressed === 0 || suppressed === "ignore") return pass(`${what} is green`, support);
  const hidden = `${plural(advice.suppressed, "resource")} ${advice.suppressed === 1 ? "is" : "are"} suppressed`;
  const names = advice.flagged
    .filter(isSuppressed)
    .map((flagged) => nameOfFlagged(flagged, headingsOf(advice)));
  const note = names.length === 0 ? `${hidden}.` : `${hidden}: ${listed(names)}.`;
  if (suppressed === "fail")
    return fail(`${what} is green, but ${hidden}`, {
      ...support,
      notes: [note],
      witness: { check: advice.id, suppressed: advice.suppressed },
    });
  return pass(`${what} is green`, { ...support, notes: [note] });
}

type Flagged = {
  readonly demand: AdviceDemand;
  readonly colour: "red" | "yellow";
  readonly support: Support;
};

// A flag without a flagged resource is about the account itself.
function judgeFlagged(account: Account, advice: Advice, { demand, colour, support }: Flagged): Verdict {
  const open = advice.flagged.filter(isOpen);
  const age = ageOf(account, advice, demand.maximumAge);
  const notes = [
    ...(age.kind === "fresh" ? [] : [`Its result is not fresh: ${age.because}.`]),
    ...(advice.suppressed > 0
      ? [`${plural(advice.suppressed, "resource")} ${advice.suppressed === 1 ? "is" : "are"} suppressed.`]
      : []),
  ];
  const names = open.map((flagged) => nameOfFlagged(flagged, headingsOf(advice)));
  const candidates: readonly Candidate[] = names
    .slice(0, MOST)
    .map((ref) => ({ ref, status: "fail", brokenLink: "is flagged" }));
  const found = `${nameOf(advice)} is ${colour}${open.length === 0 ? "" : `, with ${plural(open.length, "open resource")}`}`;
  const more = { ...support, ...(candidates.length === 0 ? {} : { candidates }) };
  if (!demand.failOn.includes(colour))
    return pass(`${nameOf(advice)} has no ${listed(demand.failOn)} flag`, {
      ...more,
      notes: [`It is ${colour}.`, ...notes],
    });
  const witness: JsonObject = {
    check: advice.id,
    status: colour,
    ...(names.length === 0 ? {} : { resources: names.slice(0, MOST) }),
  };
  return fail(found, { ...more, ...(notes.length === 0 ? {} : { notes }), witness });
}

const MOST = 50;

/** Whether a check's result is not older than demanded. */
export function judgeFresh(account: Account, advice: Advice, maximumAge: number): Verdict {
  const support = supportOf(account, advice);
  const { status } = advice;
  if (status.kind !== "set") return unreadStatus(advice, support);
  if (status.value === "not_available")
    return unknown("undecidable", `${nameOf(advice)} has no result whose age could be told`, support);
  // The other API says not_available of the same.
  if (advice.hasNoData && advice.resource.type === adviceTypes.recommendation)
    return unknown(
      "undecidable",
      `${nameOf(advice)} is green for want of data (no_data_ok), and has no result whose age could be told`,
      support,
    );
  const age = ageOf(account, advice, maximumAge);
  if (age.kind === "fresh")
    return pass(
      `${nameOf(advice)} was refreshed ${hours(age.milliseconds)} before the account was read`,
      support,
    );
  if (age.kind === "unknown")
    return unknown(
      age.reason,
      `when ${nameOf(advice)} was refreshed cannot be said: ${age.because}`,
      support,
    );
  if (advice.resource.type === adviceTypes.recommendation)
    return unknown(
      "undecidable",
      `when ${nameOf(advice)} was refreshed cannot be said: its recommendation last changed ${hours(age.milliseconds)} before the account was read, and the Trusted Advisor API does not say whether it was looked at since`,
      support,
    );
  return fail(`${nameOf(advice)} is stale: ${age.because}`, {
    ...support,
    witness: { check: advice.id, ageHours: Math.floor(age.milliseconds / HOUR) },
  });
}

type Age =
  | { readonly kind: "fresh"; readonly milliseconds: number }
  | {
      readonly kind: "stale";
      readonly milliseconds: number;
      readonly reason: "undecidable";
      readonly because: string;
    }
  | {
      readonly kind: "unknown";
      readonly reason: "unreadable" | "undecidable" | "not-collected";
      readonly because: string;
    };

const HOUR = 3_600_000;
// Clocks differ a little.
const AHEAD = 5 * 60_000;

function ageOf({ takenAt }: Account, { refreshed }: Advice, maximumAge: number): Age {
  if (refreshed.kind === "absent")
    return { kind: "unknown", reason: "undecidable", because: "it does not say when it was refreshed" };
  if (refreshed.kind === "not-collected")
    return {
      kind: "unknown",
      reason: "not-collected",
      because: "the time of its refresh is not in this snapshot",
    };
  if (refreshed.kind === "unreadable")
    return {
      kind: "unknown",
      reason: "unreadable",
      because: `the time of its refresh could not be read: ${explainUnreadable(refreshed.because)}`,
    };
  const milliseconds = takenAt - refreshed.value;
  if (milliseconds < -AHEAD)
    return { kind: "unknown", reason: "undecidable", because: "the time of its refresh is in the future" };
  if (milliseconds <= maximumAge) return { kind: "fresh", milliseconds: Math.max(0, milliseconds) };
  return {
    kind: "stale",
    milliseconds,
    reason: "undecidable",
    because: `it was refreshed ${hours(milliseconds)} before the account was read, ${hours(maximumAge)} are allowed`,
  };
}

function hours(milliseconds: number): string {
  return plural(Math.floor(milliseconds / HOUR), "hour");
}

function unreadStatus(advice: Advice, support: Support): Verdict {
  const { status } = advice;
  const because =
    status.kind === "unreadable"
      ? explainUnreadable(status.because)
      : status.kind === "absent"
        ? "none is told"
        : "it is not in this snapshot";
  return unknown(
    status.kind === "unreadable"
      ? "unreadable"
      : status.kind === "not-collected"
        ? "not-collected"
        : "undecidable",
    `the status of ${nameOf(advice)} could not be read: ${because}`,
    support,
  );
}

function isOpen({ Status: status, IsSuppressed: suppressed }: JsonObject): boolean {
  return (status === "error" || status === "warning") && suppressed !== true;
}

function isSuppressed({ IsSuppressed: suppressed }: JsonObject): boolean {
  return suppressed === true;
}

function headingsOf({ resource }: Advice): Parameters<typeof nameOfFlagged>[1] {
  const headings = readList(resource, "Headings");
  return headings.kind === "set" ? headings.value : [];
}

function nameOf({ id, name }: Advice): string {
  return name === "" ? `check ${id}` : `check "${name}"`;
}

function supportOf(account: Account, { resource, properties }: Advice): Support {
  return { evidence: evidenceOf(account, resource, properties) };
}
