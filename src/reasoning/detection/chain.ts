import type { JsonObject } from "../../core/json.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import type { Outcome } from "../../languages/partial-record/kleene.js";
import { exactly } from "../../languages/partial-record/partial-record.js";
import type { Question } from "../../languages/partial-record/search.js";
import { everyClaim, holding, refuted, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { rememberByObject } from "../../shared/remember.js";
import { allQuestions, constantQuestion } from "./chain-question.js";

/** The place in an event that a pattern rejects, and why. */
export type Mismatch = { readonly path: readonly string[]; readonly reason: string };

/** One thing that an event must get past on its way to a person. */
export type ChainLink = {
  readonly name: "trail" | "log group" | "filter" | "alarm" | "log alarm" | "rule" | "target" | "action";
  /** ARN, or id where there is none. */
  readonly ref: string;
  /** The name that a person uses. */
  readonly id: string;
  /** What holds of it whatever the event. */
  readonly claim: Claim;
  /** Which events it lets pass, asked of the event as EventBridge has it, the record under `detail`. Absent: all. */
  readonly passes?: Question;
  /** Why it stops this event. */
  readonly stops?: (event: JsonObject) => string;
  /** What of this event its pattern rejects: the place in the event, and why. */
  readonly mismatch?: (event: JsonObject) => Mismatch | undefined;
  /** Its pattern as written. */
  readonly text?: string;
  readonly evidence: () => readonly Evidence[];
  readonly notes?: readonly string[];
  /** Other ways that were looked at beyond this link, such as composite alarms. */
  readonly beyond?: readonly Candidate[];
};

/** What does not match, with the place that decided where it is known. */
export function withReason(words: string, mismatch: Mismatch | undefined): string {
  return mismatch === undefined ? words : `${words}: ${mismatch.reason}`;
}

/** A way from an event to a person, complete or not, link by link in the order in which the event takes it. */
export type Chain = {
  readonly links: readonly ChainLink[];
  /** Whether events that are recorded in a region take this way at all. */
  covers(region: string): Claim;
  readonly claim: Claim;
  readonly question: Question;
};

/** A chain of links. */
export function chainOf(links: readonly ChainLink[], covers: Chain["covers"]): Chain {
  const questions = links.flatMap(({ passes }) => passes ?? []);
  return {
    links,
    covers,
    claim: everyClaim(links.map(({ claim }) => claim)),
    question: questions.length === 0 ? constantQuestion("yes") : allQuestions(questions),
  };
}

/** The refs of a chain's links, each once. */
export const refsOf: (chain: Chain) => ReadonlySet<string> = rememberByObject(
  ({ links }) => new Set(links.map(({ ref }) => ref)),
);

/** Where a chain breaks for one event in one region: the position of the link, and why. `at` -1: it does not cover the region. */
export type Break = {
  readonly at: number;
  readonly link?: ChainLink;
  readonly claim: Exclude<Claim, { readonly is: "yes" }>;
};

/** The first link that does not let an event through for sure; undefined when all do. A broken link goes before doubtful ones. */
export function breakOf(chain: Chain, event: JsonObject, region: string): Break | undefined {
  const covered = chain.covers(region);
  if (covered.is === "no") {
    const link = chain.links.find(({ id }) => id !== "");
    return { at: -1, ...(link === undefined ? {} : { link }), claim: covered };
  }
  let doubt: Break | undefined;
  for (const [at, link] of chain.links.entries()) {
    const claim = link.claim.is === "no" ? link.claim : everyClaim([link.claim, passage(link, event)]);
    if (claim.is === "no") return { at, link, claim };
    if (claim.is === "unknown") doubt ??= { at, link, claim };
  }
  if (doubt !== undefined) return doubt;
  return covered.is === "unknown" ? { at: -1, claim: covered } : undefined;
}

function passage({ passes, stops }: ChainLink, event: JsonObject): Claim {
  const outcome = passes === undefined ? undefined : outcomeOf(passes, event);
  if (outcome === undefined || outcome.kind === "yes") return holding;
  if (outcome.kind === "no") return refuted(stops?.(event) ?? "lets it not pass");
  return undecided(outcome.kind === "unknown" ? outcome : { reason: "the event is not fixed" });
}

// Many chains share a link, and all of them are asked about the same event.
const outcomes = new WeakMap<JsonObject, WeakMap<Question, Outcome>>();

function outcomeOf(question: Question, event: JsonObject): Outcome {
  const ofEvent = outcomes.get(event) ?? new WeakMap<Question, Outcome>();
  outcomes.set(event, ofEvent);
  const outcome = ofEvent.get(question) ?? question.outcome(exactly(event));
  ofEvent.set(question, outcome);
  return outcome;
}
