import type { Path } from "./partial-record.js";

/** What a pattern says about a record. `unknown`: AWS does not document it, or it is too complex to be gone through; `open`: it depends on a part of the record that is not fixed. */
export type Outcome =
  | { readonly kind: "yes" }
  | { readonly kind: "no" }
  | { readonly kind: "unknown"; readonly reason: string; readonly tooComplex?: true }
  | { readonly kind: "open"; readonly at: Path };

export const YES: Outcome = { kind: "yes" };
export const NO: Outcome = { kind: "no" };

/** A definite answer. */
export function definitely(holds: boolean): Outcome {
  return holds ? YES : NO;
}

/** What AWS leaves undocumented. */
export function undocumented(reason: string): Outcome {
  return { kind: "unknown", reason };
}

/** What is larger than a search goes through, by a limit that nothing written for its purpose reaches. */
export function beyondLimits(reason: string): Outcome {
  return { kind: "unknown", reason, tooComplex: true };
}

/** Yes when every item is yes, no as soon as one is no. Judges no further item than it must. */
export function all<T>(items: readonly T[], judge: (item: T) => Outcome): Outcome {
  return combine(items, judge, { stop: NO, otherwise: YES });
}

/** Yes as soon as one item is yes, no when every item is no. Judges no further item than it must. */
export function any<T>(items: readonly T[], judge: (item: T) => Outcome): Outcome {
  return combine(items, judge, { stop: YES, otherwise: NO });
}

/** The opposite; what is not known stays so. */
export function not(outcome: Outcome): Outcome {
  if (outcome.kind === "yes") return NO;
  return outcome.kind === "no" ? YES : outcome;
}

function combine<T>(
  items: readonly T[],
  judge: (item: T) => Outcome,
  ends: { readonly stop: Outcome; readonly otherwise: Outcome },
): Outcome {
  let undecided: Outcome | undefined;
  for (const item of items) {
    const outcome = judge(item);
    if (outcome.kind === ends.stop.kind) return outcome;
    // An open part goes before an undocumented one: fixing it may still decide.
    if (outcome.kind === "open" && undecided?.kind !== "open") undecided = outcome;
    if (outcome.kind === "unknown") undecided ??= outcome;
  }
  return undecided ?? ends.otherwise;
}
