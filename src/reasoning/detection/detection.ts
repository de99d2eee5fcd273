import type { JsonObject } from "../../core/json.js";
import { anyOf, decide, isPossible } from "../../languages/partial-record/search.js";
import type { Decision, Question, Records } from "../../languages/partial-record/search.js";
import { exactly, smallestObject } from "../../languages/partial-record/partial-record.js";
import type { PartialValue } from "../../languages/partial-record/partial-record.js";
import { everyClaim, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { groupBy } from "../../shared/group-by.js";
import { rememberByObject } from "../../shared/remember.js";
import { breakOf } from "./chain.js";
import type { Chain } from "./chain.js";
import { untilMissed } from "./chain-question.js";
import { addAll } from "../../shared/many.js";

/** Events that must be heard of, wherever they are recorded. */
export type EventDemand = {
  /** The regions in which they occur, of those asked. */
  readonly regions: readonly string[];
  /** The events of some regions at once. */
  readonly events: (regions: readonly string[]) => Records;
  /** The same events in smaller sets, for patterns that cannot be decided on all at once. */
  readonly smaller?: readonly EventDemand[];
  /** Also the events that are not known, of a demand of everything; absent: it has none. */
  readonly beyond?: (regions: readonly string[]) => Records;
  /** The events as they may be, where it is not known whether they read or write: one of these sets is what happens. */
  readonly worlds?: readonly EventDemand[];
};

/** A demanded event that may not be heard of, in a region. */
export type Slipped = {
  readonly event: JsonObject;
  readonly region: string;
  /** Whether it reads is not known; the event as given assumes one of both. */
  readonly isAccessUnknown?: boolean;
};

/** Per region, chains that together hear of every demanded event, none of which can be left out. */
export type Hearing = { readonly region: string; readonly chains: readonly Chain[] };

/** Whether every demanded event is heard of. `because` tells what keeps chains from counting for sure. */
export type Detection =
  | { readonly status: "heard"; readonly proof: readonly Hearing[] }
  | { readonly status: "slips"; readonly slipped: Slipped }
  | {
      readonly status: "unknown";
      readonly slipped?: Slipped;
      readonly because: readonly (Claim & { readonly is: "unknown" })[];
    };

/** Demanded events, and the chains by which they may come to somebody. */
export type Part = { readonly demand: EventDemand; readonly chains: readonly Chain[] };

/**
 * Decides, exactly: an event that no chain can be said to let through slips, whatever else is unknown; else all are
 * heard of by chains without doubt, or it is not known. Regions with the same chains are decided together.
 */
export function decideDetection(parts: readonly Part[]): Detection {
  const answers: Detection[] = [];
  for (const { chains, demand } of parts) {
    const some = decideWorlds(chains, demand);
    const slips = some.find(({ status }) => status === "slips");
    if (slips !== undefined) return slips;
    addAll(answers, some);
  }
  const unknown = answers.find(({ status }) => status === "unknown");
  if (unknown !== undefined) return unknown;
  return {
    status: "heard",
    proof: answers.flatMap((answer) => (answer.status === "heard" ? answer.proof : [])),
  };
}

/** What holds of the demand whichever of its worlds is the true one. */
function decideWorlds(chains: readonly Chain[], demand: EventDemand): readonly Detection[] {
  const { worlds = [], regions } = demand;
  if (worlds.length === 0) return decideOne(chains, demand);
  const answers = worlds.map((world) => decideOne(chains, { ...world, regions }));
  const slips = answers.flatMap((some) => some.find(isSlip) ?? []);
  const unknown = answers.flat().find(({ status }) => status === "unknown");
  if (unknown !== undefined) return [unknown];
  const [first] = slips;
  if (first === undefined) return answers.flat();
  const slipped = { ...first.slipped, isAccessUnknown: true };
  if (slips.length === worlds.length) return [{ status: "slips", slipped }];
  return [{ status: "unknown", slipped, because: [accessDoubt] }];
}

function isSlip(answer: Detection): answer is Detection & { readonly status: "slips" } {
  return answer.status === "slips";
}

const accessDoubt = {
  is: "unknown",
  reason: "undecidable",
  because: "whether CloudTrail records it as a read or as a write is not known, and one of both is heard of",
} as const;

type Counted = { readonly region: string; readonly sure: readonly Chain[]; readonly maybe: readonly Chain[] };

/** The chains that may let one of the demanded events through. What can never match cannot help, and most chains are about something else. */
export function usefulChains({ chains, demand }: Part): readonly Chain[] {
  if (demand.regions.length === 0) return [];
  return chains.filter(
    ({ claim, links, question }) =>
      claim.is !== "no" && links.every(({ passes }) => mayPass(passes, demand)) && mayPass(question, demand),
  );
}

function decideOne(chains: readonly Chain[], demand: EventDemand): readonly Detection[] {
  const useful = usefulChains({ chains, demand });
  // Then the first region answers for all.
  if (useful.length === 0)
    return demand.regions.slice(0, 1).map((region) => decideIn({ region, sure: [], maybe: [] }, demand));
  const counted = demand.regions.map((region) => countIn(useful, region));
  const numbers = new Map(useful.map((chain, index) => [chain, index.toString()]));
  const keyOf = ({ sure, maybe }: Counted): string =>
    [sure, maybe].map((some) => some.map((chain) => numbers.get(chain) ?? "").join(",")).join(";");
  return untilSlips([...groupBy(counted, keyOf).values()], (alike) => decideAlike(alike, demand));
}

/** The answers to some questions, up to the first that decides. */
function untilSlips<T>(items: readonly T[], answer: (item: T) => readonly Detection[]): readonly Detection[] {
  const answers: Detection[] = [];
  for (const item of items) {
    addAll(answers, answer(item));
    if (answers.some(({ status }) => status === "slips")) break;
  }
  return answers;
}

function countIn(chains: readonly Chain[], region: string): Counted {
  const claims = chains.map((chain) => ({ chain, is: everyClaim([chain.claim, chain.covers(region)]).is }));
  const those = (wanted: Claim["is"]): readonly Chain[] =>
    claims.filter(({ is }) => is === wanted).map(({ chain }) => chain);
  return { region, sure: those("yes"), maybe: those("unknown") };
}

function decideAlike(alike: readonly Counted[], demand: EventDemand): readonly Detection[] {
  const [first] = alike;
  if (first === undefined) return [];
  const chains = proofOf(
    first.sure,
    demand,
    alike.map(({ region }) => region),
  );
  if (chains === undefined) return untilSlips(alike, (one) => decideEach(one, demand));
  return [{ status: "heard", proof: alike.map(({ region }) => ({ region, chains })) }];
}

function decideEach(counted: Counted, demand: EventDemand): readonly Detection[] {
  const answer = decideIn(counted, demand);
  const { smaller = [] } = demand;
  return answer.status === "unknown" && smaller.length > 1
    ? smaller.map((one) => decideIn(counted, one))
    : [answer];
}

function decideIn({ region, sure, maybe }: Counted, demand: EventDemand): Detection {
  const chains = proofOf(sure, demand, [region]);
  if (chains !== undefined) return { status: "heard", proof: [{ region, chains }] };
  const surely = ask(sure, demand, [region]);
  const possibly = maybe.length === 0 ? surely : ask([...sure, ...maybe], demand, [region]);
  if (possibly.kind === "never" || possibly.kind === "sometimes")
    return { status: "slips", slipped: { event: possibly.witness, region } };
  const event = surely.kind === "always" ? undefined : surely.witness;
  const slipped = event === undefined ? undefined : { event, region };
  return {
    status: "unknown",
    ...(slipped === undefined ? {} : { slipped }),
    because: doubtsOf([...sure, ...maybe], slipped, possibly),
  };
}

function doubtsOf(
  chains: readonly Chain[],
  slipped: Slipped | undefined,
  possibly: Decision,
): readonly (Claim & { readonly is: "unknown" })[] {
  const breaks =
    slipped === undefined
      ? []
      : chains.flatMap((chain) => breakOf(chain, slipped.event, slipped.region) ?? []);
  const doubts = breaks.flatMap(({ claim, link }) =>
    claim.is === "unknown"
      ? [{ ...claim, because: link === undefined ? claim.because : `${link.id}: ${claim.because}` }]
      : [],
  );
  if (doubts.length > 0) return doubts;
  return [
    undecided(
      possibly.kind === "unknown"
        ? possibly
        : { reason: "what CloudWatch Logs does with it is not documented" },
    ),
  ];
}

function ask(chains: readonly Chain[], demand: EventDemand, regions: readonly string[]): Decision {
  if (chains.length === 0) return askOne(nobody, demand, regions);
  return search(anyOf(chains.map(({ question }) => question)), eventsIn(demand, regions));
}

const nobody = anyOf([]);

// The plainest event is often missed already, and spares the search.
function search(question: Question, { records, plainest, exact }: Events): Decision {
  if (plainest === undefined) return { kind: "always" };
  if (question.outcome(exact).kind === "no") return { kind: "sometimes", witness: plainest };
  return decide(untilMissed(question), records);
}

/** What is known of one question about one set of events. */
type Answers = { readonly missed: Map<string, Decision>; readonly possible: Map<string, boolean> };

// Filters and alarms share their chains' questions, and each of them is judged by itself, too.
const answers = new WeakMap<EventDemand["events"], WeakMap<Question, Answers>>();

function answersTo(question: Question, { events }: EventDemand): Answers {
  const ofEvents = answers.get(events) ?? new WeakMap<Question, Answers>();
  answers.set(events, ofEvents);
  const known = ofEvents.get(question) ?? {
    missed: new Map<string, Decision>(),
    possible: new Map<string, boolean>(),
  };
  ofEvents.set(question, known);
  return known;
}

function askOne(question: Question, demand: EventDemand, regions: readonly string[]): Decision {
  const { missed } = answersTo(question, demand);
  const key = keyOf(regions);
  const answer = missed.get(key) ?? search(question, eventsIn(demand, regions));
  missed.set(key, answer);
  return answer;
}

const joined = rememberByObject((regions: readonly string[]) => regions.join(" "));

function keyOf(regions: readonly string[]): string {
  const [only = ""] = regions;
  return regions.length < 2 ? only : joined(regions);
}

/** Whether something that an event must pass may let one of the demanded events pass. */
export function mayPass(passes: Question | undefined, demand: EventDemand): boolean {
  if (passes === undefined) return true;
  const { possible } = answersTo(passes, demand);
  const key = keyOf(demand.regions);
  const answer = possible.get(key) ?? isPossible(passes, eventsIn(demand, demand.regions).records);
  possible.set(key, answer);
  return answer;
}

/** Sets of events, and the plainest of them, both as an object and as a set of one. */
type Events = {
  readonly records: Records;
  /** undefined: there is no event. */
  readonly plainest: JsonObject | undefined;
  readonly exact: PartialValue;
};

const eventSets = new WeakMap<EventDemand["events"], Map<string, Events>>();

function eventsIn({ events }: EventDemand, regions: readonly string[]): Events {
  const known = eventSets.get(events) ?? new Map<string, Events>();
  eventSets.set(events, known);
  const key = keyOf(regions);
  const some = known.get(key) ?? eventsOf(events(regions));
  known.set(key, some);
  return some;
}

function eventsOf(records: Records): Events {
  const [first] = "kind" in records ? [records] : records;
  const plainest = first === undefined ? undefined : smallestObject(first);
  return { records, plainest, exact: exactly(plainest ?? {}) };
}

/** One chain that hears of all, else several of which none can be left out; undefined where all together do not. */
function proofOf(
  chains: readonly Chain[],
  demand: EventDemand,
  regions: readonly string[],
): readonly Chain[] | undefined {
  const alone = chains.find(({ question }) => askOne(question, demand, regions).kind === "always");
  if (alone !== undefined) return [alone];
  if (chains.length < 2 || ask(chains, demand, regions).kind !== "always") return undefined;
  return [...chains].reverse().reduce<readonly Chain[]>((kept, chain) => {
    const rest = kept.filter((other) => other !== chain);
    return ask(rest, demand, regions).kind === "always" ? rest : kept;
  }, chains);
}
