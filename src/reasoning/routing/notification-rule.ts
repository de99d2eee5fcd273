import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import type { Candidate } from "../../core/verdict.js";
import { parseEventPattern } from "../../languages/event-pattern/event-pattern.js";
import type { EventPattern } from "../../languages/event-pattern/event-pattern.js";
import { decideEventPatterns } from "../../languages/event-pattern/match.js";
import type { PartialRecord } from "../../languages/partial-record/partial-record.js";
import { doubtful, holding, refuted, someClaim, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readList, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";

const RULE = "AWS::Events::Rule";

/** What must be read of EventBridge rules to see which events they route. */
export const ruleNeeds: readonly Need[] = [
  { type: RULE, properties: ["Name", "EventPattern", "State", "EventBusName", "Targets"] },
];

/** Whether enabled rules with a target on the default bus of a region take every event of a set. */
export function rulesTake(
  account: Account,
  region: string,
  events: PartialRecord,
): { readonly claim: Claim; readonly candidates: readonly Candidate[] } {
  const { resources, blind } = account.list(RULE);
  const rules = resources.filter(
    (rule) => rule.region === region && textOf(rule, "EventBusName", "default") === "default",
  );
  const live = rules.map((rule) => ({ rule, pattern: patternOf(rule), alive: aliveClaim(rule) }));
  const hidden = blind
    .filter((place) => place.region === region || place.region === "global")
    .map((place) =>
      doubtful(place.kind, `the rules of ${region} could not be listed: ${explainBlind(place)}`),
    );
  const certain = live.flatMap(({ pattern, alive }) =>
    alive.is === "yes" && pattern.kind === "pattern" ? [pattern.pattern] : [],
  );
  const candidates = live.flatMap(({ rule, pattern, alive }) =>
    candidateOf(rule, matchClaim(pattern, events), alive),
  );
  if (certain.length > 0 && decideEventPatterns(certain, events).kind === "always")
    return { claim: holding, candidates };
  const doubts = live.flatMap(({ pattern, alive }) =>
    alive.is === "no" || matchClaim(pattern, events).is === "no"
      ? []
      : alive.is === "unknown"
        ? [alive]
        : pattern.kind === "doubt"
          ? [pattern.claim]
          : [],
  );
  const partly = certain.length > 0 ? decideEventPatterns(certain, events).kind : "never";
  const undecided =
    partly === "unknown"
      ? [doubtful("undecidable", "whether the rules take every event cannot be decided")]
      : [];
  const none =
    partly === "sometimes"
      ? "the rules of its region take only some of them"
      : `no enabled rule of ${region} with a target takes them`;
  return { claim: someClaim([...doubts, ...undecided, ...hidden], none), candidates };
}

type PatternReading =
  | { readonly kind: "pattern"; readonly pattern: EventPattern }
  | { readonly kind: "none" }
  | { readonly kind: "doubt"; readonly claim: Claim };

function patternOf(rule: Resource): PatternReading {
  const reading = readText(rule, "EventPattern");
  if (reading.kind === "absent") return { kind: "none" };
  if (reading.kind !== "set")
    return { kind: "doubt", claim: claimOf(reading, `EventPattern of ${rule.id}`, () => holding) };
  const parsed = parseEventPattern(reading.value);
  return parsed.ok
    ? { kind: "pattern", pattern: parsed.pattern }
    : {
        kind: "doubt",
        claim: doubtful("undecidable", `the pattern of ${rule.id} is not understood: ${parsed.message}`),
      };
}

function aliveClaim(rule: Resource): Claim {
  const state = claimOf(readText(rule, "State"), `State of ${rule.id}`, (is = "ENABLED") =>
    is === "DISABLED" ? refuted("it is disabled") : holding,
  );
  const targets = claimOf(readList(rule, "Targets"), `Targets of ${rule.id}`, (list = []) =>
    list.length > 0 ? holding : refuted("it has no target"),
  );
  return state.is === "no" ? state : targets.is === "no" ? targets : state.is === "unknown" ? state : targets;
}

function matchClaim(pattern: PatternReading, events: PartialRecord): Claim {
  if (pattern.kind === "none") return refuted("it is a schedule");
  if (pattern.kind === "doubt") return pattern.claim;
  const decision = decideEventPatterns([pattern.pattern], events);
  if (decision.kind === "always") return holding;
  if (decision.kind === "unknown") return undecided(decision);
  return decision.kind === "never"
    ? refuted("its pattern takes none of them")
    : doubtful("undecidable", "its pattern takes some of them");
}

// A rule about something else altogether is no candidate.
function candidateOf(rule: Resource, match: Claim, alive: Claim): readonly Candidate[] {
  const ref = rule.arn ?? rule.id;
  if (match.is === "no") return [];
  if (alive.is === "no") return [{ ref, status: "fail", brokenLink: alive.because }];
  const doubt = match.is === "unknown" ? match : alive;
  return doubt.is === "yes"
    ? [{ ref, status: "pass" }]
    : [{ ref, status: "unknown", brokenLink: doubt.because }];
}

function textOf(resource: Resource, property: string, absent: string): string {
  const reading = readText(resource, property);
  return reading.kind === "set" ? reading.value : absent;
}
