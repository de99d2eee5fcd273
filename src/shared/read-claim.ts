import { EXISTS } from "../core/resource.js";
import type { Reading, Resource } from "../core/resource.js";
import { doubtful } from "./claim.js";
import type { Claim } from "./claim.js";
import { explainUnreadable } from "./text/unreadable-text.js";

/** Turns a reading into a claim: `decide` gets the value, undefined where AWS says it is not set; what could not be read is doubtful. */
export function claimOf<T>(
  reading: Reading<T>,
  property: string,
  decide: (value: T | undefined) => Claim,
): Claim {
  if (reading.kind === "set") return decide(reading.value);
  if (reading.kind === "absent") return decide(undefined);
  if (reading.kind === "not-collected")
    return doubtful("not-collected", `${property} is not in this snapshot`);
  return doubtful("unreadable", `${property} could not be read: ${explainUnreadable(reading.because)}`);
}

/** Whether a resource is known not to exist: something refers to it, and AWS says there is none. */
export function isKnownGone(resource: Resource | undefined): boolean {
  return resource?.observed?.[EXISTS] === false;
}
