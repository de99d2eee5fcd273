import type { JsonObject } from "../core/json.js";
import { fail, pass, unknown } from "../core/verdict.js";
import type { Support, Verdict } from "../core/verdict.js";
import type { Claim } from "../shared/claim.js";

/** What is said where a claim holds, and where it does not; the claim's own reason follows after a colon. */
export type ClaimWords = { readonly yes: string; readonly no: string };

/** A claim as a verdict: a refuted one fails with its reason as witness, a doubtful one is unknown. */
export function verdictOfClaim(
  claim: Claim,
  words: ClaimWords,
  { witness, ...support }: Support & { readonly witness?: JsonObject } = {},
): Verdict {
  if (claim.is === "yes") return pass(words.yes, support);
  if (claim.is === "unknown")
    return unknown(claim.reason, `it cannot be said whether ${words.yes}: ${claim.because}`, support);
  return fail(`${words.no}: ${claim.because}`, {
    ...support,
    witness: { ...witness, because: claim.because },
  });
}
