import type { JsonObject } from "../../core/json.js";
import { anyOf, decide } from "../../languages/partial-record/search.js";
import { isKnownName, isKnownSource } from "../../shared/aws/known-calls.js";
import { isObject } from "../../shared/read-property.js";
import { sortedUnique } from "../../shared/order.js";
import type { Hearing, Part } from "./detection.js";

/**
 * What to tell of events that no catalogue holds and that these chains leave out, such as those of a name that a pattern
 * excludes: that such an event exists is not known, so that it is no failure.
 */
export function notesBeyond(parts: readonly Part[], proof: readonly Hearing[]): readonly string[] {
  const [first] = proof;
  if (first === undefined) return [];
  const { region } = first;
  const chains = proof.filter((one) => one.region === region).flatMap((one) => one.chains);
  const question = anyOf([...new Set(chains)].map((chain) => chain.question));
  return sortedUnique(
    parts.flatMap(({ demand: { beyond } }) => {
      if (beyond === undefined) return [];
      const decision = decide(question, beyond([region]));
      return decision.kind === "sometimes" ? noteOn(decision.witness) : [];
    }),
  );
}

function noteOn({ detail }: JsonObject): readonly string[] {
  const { eventName, eventSource } = isObject(detail) ? detail : {};
  const tell = (what: string): readonly string[] => [
    `Nobody hears of ${what}; that AWS records such events is not known here.`,
  ];
  if (typeof eventName === "string" && !isKnownName(eventName)) return tell(`events named ${eventName}`);
  if (typeof eventSource === "string" && !isKnownSource(eventSource)) return tell(`events of ${eventSource}`);
  return [];
}
