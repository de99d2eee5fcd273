import type { Collector } from "../core/collector.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { Gap } from "../core/snapshot.js";
import type { Entry, ReadOutcome } from "./entry.js";
import { answers } from "./plan.js";
import { propertiesToJson } from "./to-json.js";

/** How the lists of the entry's type went. */
export type ListState = {
  readonly gaps: readonly Gap[];
  /** The regions that were listed, or "account". */
  readonly listed: "account" | readonly string[];
  /** The account that was listed. */
  readonly account: string;
};

type Known = { readonly values: JsonObject; readonly unreadable: Readonly<Record<string, Unreadable>> };

/** The resource as the snapshot holds it. */
export function describeEntry(entry: Entry, collector: Collector, lists: ListState): Resource {
  const { values, unreadable } = knownOf(entry, collector, lists);
  const isObserved = (name: string): boolean =>
    name === EXISTS || name === SEEN_IN || collector.observed.includes(name);
  const observed = pick(values, isObserved);
  const { id, arn = arnIn(values), account, region } = entry.identity;
  return {
    type: entry.type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account,
    region,
    properties: pick(values, (name) => !isObserved(name)),
    ...(Object.keys(observed).length === 0 ? {} : { observed }),
    ...(Object.keys(unreadable).length === 0 ? {} : { unreadable }),
  };
}

// Some lists name a resource, and only reading it says its ARN.
function arnIn({ Arn }: JsonObject): string | undefined {
  return typeof Arn === "string" ? Arn : undefined;
}

function knownOf(entry: Entry, collector: Collector, lists: ListState): Known {
  const { values, unreadable } = readAndListed(entry, collector);
  const absence = absenceOf(entry, collector, lists);
  const seen =
    entry.listed !== undefined && collector.list?.at === "each-region"
      ? { [SEEN_IN]: entry.listed.seenIn }
      : {};
  if (absence === "gone")
    return {
      values: { ...blank(values, unreadable, wantedOf(entry)), ...seen, [EXISTS]: false },
      unreadable: {},
    };
  const hidden =
    typeof absence === "object"
      ? Object.fromEntries(missing(entry, { ...values, ...unreadable }).map((name) => [name, absence]))
      : {};
  const unlisted = entry.listed === undefined ? unlistedOf(entry, collector, lists) : nothingKnown;
  return {
    values: { ...unlisted.values, ...values, ...existence(entry, collector), ...seen },
    unreadable: {
      ...unlisted.unreadable,
      ...hidden,
      ...unreadable,
      ...unreadableExistence(entry, collector),
    },
  };
}

function readAndListed(entry: Entry, { list, reads }: Collector): Known {
  const made = reads.flatMap((read) => pairOf(read, entry.outcomes.get(read)));
  const listed =
    entry.listed === undefined ? {} : propertiesToJson(list?.properties ?? [], entry.listed.properties);
  // Where several calls answer a property, the list's word counts least, since it may come from a shadow; then the first declared.
  const values: Record<string, JsonValue> = { ...listed };
  for (const { outcome } of [...made].reverse())
    if (outcome.kind === "read") Object.assign(values, outcome.properties);
  const unreadable: Record<string, Unreadable> = {};
  for (const { read, outcome } of [...made].reverse()) {
    const because = outcome.kind === "failed" || outcome.kind === "gone" ? outcome.because : undefined;
    if (because === undefined) continue;
    for (const name of read.properties) if (!(name in values)) unreadable[name] = because;
  }
  return { values, unreadable };
}

const nothingKnown: Known = { values: {}, unreadable: {} };

// What only the list could have said of a resource that it does not show.
function unlistedOf({ identity }: Entry, { list }: Collector, { gaps, listed }: ListState): Known {
  if (list?.unlisted === undefined || (listed !== "account" && !listed.includes(identity.region)))
    return nothingKnown;
  const names = Object.keys(list.unlisted);
  const gap = gaps.find(({ region }) => listed === "account" || region === identity.region);
  if (gap === undefined) return { values: propertiesToJson(names, list.unlisted), unreadable: {} };
  return { values: {}, unreadable: Object.fromEntries(names.map((name) => [name, unreadableBy(gap)])) };
}

function pairOf<Read, Outcome>(
  read: Read,
  outcome: Outcome | undefined,
): readonly { readonly read: Read; readonly outcome: Outcome }[] {
  return outcome === undefined ? [] : [{ read, outcome }];
}

// A resource that something refers to, but that its region's complete list does not show, is not there.
function absenceOf(
  entry: Entry,
  collector: Collector,
  { gaps, listed, account }: ListState,
): "gone" | "present" | Unreadable {
  const outcomes = [...entry.outcomes.values(), ...(entry.lost === undefined ? [] : [entry.lost])];
  if (isGone(outcomes, entry, collector)) return "gone";
  if (
    entry.listed !== undefined ||
    collector.list === undefined ||
    outcomes.some(({ kind }) => kind === "read") ||
    entry.identity.account !== account
  )
    return "present";
  const { region } = entry.identity;
  if (listed !== "account" && !listed.includes(region)) return "present";
  const gap = gaps.find((one) => listed === "account" || one.region === region);
  if (gap !== undefined) return unreadableBy(gap);
  return collector.reads.some(({ gone }) => gone !== undefined) || entry.outcomes.size > 0
    ? "present"
    : "gone";
}

// One call that does not find what another has just described contradicts it: then its own properties are not known.
function isGone(
  outcomes: readonly ReadOutcome[],
  { outcomes: byRead }: Entry,
  { reads }: Collector,
): boolean {
  if (!outcomes.some(({ kind }) => kind === "gone")) return false;
  return !reads.some((read) => answers(read, EXISTS) && byRead.get(read)?.kind === "read");
}

function unreadableBy({ reason, action, region, message }: Gap): Unreadable {
  return {
    reason,
    ...(action === undefined ? {} : { action }),
    region,
    ...(message === undefined ? {} : { message }),
  };
}

function existence(entry: Entry, collector: Collector): JsonObject {
  if (!wantedOf(entry).includes(EXISTS)) return {};
  const found = collector.reads.some(
    (read) => answers(read, EXISTS) && entry.outcomes.get(read)?.kind === "read",
  );
  return entry.listed !== undefined || found ? { [EXISTS]: true } : {};
}

function unreadableExistence(entry: Entry, collector: Collector): Readonly<Record<string, Unreadable>> {
  if (
    entry.listed !== undefined ||
    !wantedOf(entry).includes(EXISTS) ||
    EXISTS in existence(entry, collector)
  )
    return {};
  const outcomes = collector.reads
    .filter((read) => answers(read, EXISTS))
    .flatMap((read) => entry.outcomes.get(read) ?? []);
  const because = outcomes.flatMap((outcome) => (outcome.kind === "failed" ? [outcome.because] : []))[0];
  return because === undefined ? {} : { [EXISTS]: because };
}

function wantedOf({ visited }: Entry): readonly string[] {
  return [...visited].flatMap(({ properties }) => properties);
}

function missing(entry: Entry, known: Readonly<Record<string, unknown>>): readonly string[] {
  return wantedOf(entry).filter((name) => !(name in known));
}

function blank(...sets: readonly (Readonly<Record<string, unknown>> | readonly string[])[]): JsonObject {
  const names = sets.flatMap((set) => (Array.isArray(set) ? (set as readonly string[]) : Object.keys(set)));
  return Object.fromEntries(names.map((name) => [name, null]));
}

function pick(values: JsonObject, wanted: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}
