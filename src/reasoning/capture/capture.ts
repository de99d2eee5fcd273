import type { CloudTrailEvent, Selector } from "../../languages/event-selector/event-selector.js";
import type { Claim } from "../../shared/claim.js";
import { rememberByObject } from "../../shared/remember.js";
import type { EventSet, RegionDemand } from "./demand.js";
import { rememberingSearch, TOO_COMPLEX } from "./search.js";
import { activity, sinksCapturing } from "./sink.js";
import type { Delivered, Sink } from "./sink.js";

/** An event in a region: a concrete example. `isAccessUnknown`: whether it reads is not known, and what it says of it is assumed. */
export type MissedEvent = {
  readonly event: CloudTrailEvent;
  readonly region: string;
  readonly isAccessUnknown?: boolean;
};

/** A sink, and what keeps it from counting for sure. */
export type Blocker = { readonly sink: Sink; readonly claim: Claim & { readonly is: "unknown" } };

/** Per region, sinks that together capture all that is demanded, none of which can be left out. */
export type Proof = { readonly region: string; readonly sinks: readonly Sink[] };

/**
 * Whether the sinks together capture every demanded event. `missed` is the first event, in canonical order, that no sink
 * can be said to capture; `undelivered`: some sink may record it, but it arrives nowhere. `too-complex`: the sinks of a
 * region select by more combinations than are gone through.
 */
export type CaptureAnswer =
  | { readonly status: "captured"; readonly proof: readonly Proof[] }
  | { readonly status: "not-captured"; readonly kind: "missed" | "undelivered"; readonly missed: MissedEvent }
  | { readonly status: "unknown"; readonly missed: MissedEvent; readonly blockedBy: readonly Blocker[] }
  | { readonly status: "too-complex"; readonly region: string; readonly sinks: readonly Sink[] };

/** Decides capture, exactly: regions in the order given, sets of events in the order given. */
export function decideCapture(
  sinks: readonly Sink[],
  demand: readonly RegionDemand[],
  { delivered }: Delivered,
): CaptureAnswer {
  const search = rememberingSearch();
  const possibly = { withDoubts: true, search };
  const surely = { withDoubts: false, search };
  const missed = firstMissed(sinks, demand, { ...possibly, delivered: false });
  if (isEvent(missed))
    return { status: "not-captured", kind: "missed", missed: proven(sinks, missed, { delivered: false }) };
  const undelivered = delivered ? firstMissed(sinks, demand, { ...possibly, delivered }) : undefined;
  if (isEvent(undelivered))
    return { status: "not-captured", kind: "undelivered", missed: proven(sinks, undelivered, { delivered }) };
  const doubted = firstMissed(sinks, demand, { ...surely, delivered });
  if (isEvent(doubted))
    return { status: "unknown", missed: doubted, blockedBy: blockersOf(sinks, doubted, { delivered }) };
  if (doubted !== undefined) {
    const { region } = doubted;
    return {
      status: "too-complex",
      region,
      sinks: sinks.filter((sink) => counts(sink, region, { ...possibly, delivered })),
    };
  }
  return {
    status: "captured",
    proof: demand.map((one) => ({
      region: one.region,
      sinks: smallestProof(sinks, one, { ...surely, delivered }),
    })),
  };
}

/** Whether the sinks together capture every demanded event for certain; `decideCapture` without its reasons. */
export function isCaptured(
  sinks: readonly Sink[],
  demand: readonly RegionDemand[],
  { delivered }: Delivered,
): boolean {
  return (
    firstMissed(sinks, demand, { withDoubts: false, search: rememberingSearch(), delivered }) === undefined
  );
}

type Mode = Delivered & {
  /** Whether sinks count that only may capture. */
  readonly withDoubts: boolean;
  readonly search: ReturnType<typeof rememberingSearch>;
};

function firstMissed(
  sinks: readonly Sink[],
  demand: readonly RegionDemand[],
  mode: Mode,
): MissedEvent | Unsearched | undefined {
  let unsearched: Unsearched | undefined;
  for (const { region, events } of demand) {
    const selectors = sinks
      .filter((sink) => counts(sink, region, mode))
      .flatMap((sink) =>
        sink.selectors.filter(({ undecidable }) => mode.withDoubts || undecidable.length === 0),
      );
    for (const set of events) {
      const event = missedOf(selectors, set, mode);
      if (event === TOO_COMPLEX) unsearched ??= { region };
      if (event === undefined || event === TOO_COMPLEX) continue;
      return { event, region, ...(set.isAccessUnknown === true ? { isAccessUnknown: true } : {}) };
    }
  }
  return unsearched;
}

/** A region of which it is not known whether an event is missed there. */
type Unsearched = { readonly region: string };

function isEvent(found: MissedEvent | Unsearched | undefined): found is MissedEvent {
  return found !== undefined && "event" in found;
}

// Where it is not known whether an event reads, it is missed for sure if it is missed either way, and heard of for sure likewise.
function missedOf(
  selectors: readonly Selector[],
  set: EventSet,
  { withDoubts, search }: Mode,
): ReturnType<Mode["search"]> {
  if (set.isAccessUnknown !== true) return search(selectors, set);
  const missed = halvesOf(set).flatMap((half) => search(selectors, half) ?? []);
  if (missed.includes(TOO_COMPLEX)) return TOO_COMPLEX;
  const [first] = missed;
  return withDoubts && missed.length < halvesOf(set).length ? undefined : first;
}

const halvesOf = rememberByObject((set: EventSet): readonly EventSet[] =>
  [true, false].map((value) => ({
    ...set,
    names: set.names.map(({ name }) => ({ name, readOnly: [value] })),
  })),
);

function counts(sink: Sink, region: string, { withDoubts, delivered }: Mode): boolean {
  const { is } = activity(sink, region, { delivered });
  return is === "yes" || (withDoubts && is === "unknown");
}

// The witness is asked of every sink again, one by one and without the search: a mistake there must not become a verdict.
function proven(sinks: readonly Sink[], missed: MissedEvent, { delivered }: Delivered): MissedEvent {
  const taker = sinksCapturing(sinks, missed.event, { region: missed.region, delivered }).find(
    ({ claim }) => claim.is !== "no",
  );
  if (taker !== undefined)
    throw new Error(
      `${missed.event.eventName} in ${missed.region} was found missed, but ${taker.sink.ref} may take it`,
    );
  return missed;
}

function blockersOf(
  sinks: readonly Sink[],
  { event, region }: MissedEvent,
  { delivered }: Delivered,
): readonly Blocker[] {
  return sinksCapturing(sinks, event, { region, delivered }).flatMap(({ sink, claim }) =>
    claim.is === "unknown" ? [{ sink, claim }] : [],
  );
}

// Channels are tried for removal first, so that a proof rests on one only where it must.
function smallestProof(sinks: readonly Sink[], demand: RegionDemand, mode: Mode): readonly Sink[] {
  const active = sinks.filter((sink) => counts(sink, demand.region, mode));
  const dispensable = [...active]
    .reverse()
    .sort((a, b) => Number(b.kind === "channel") - Number(a.kind === "channel"));
  return dispensable.reduce<readonly Sink[]>((kept, sink) => {
    const rest = kept.filter((other) => other !== sink);
    return firstMissed(rest, [demand], mode) === undefined ? rest : kept;
  }, active);
}
