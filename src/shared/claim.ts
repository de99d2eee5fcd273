import type { UnknownReason } from "../core/verdict.js";

/** A three-valued statement that says why where it does not hold: "is not logging". */
export type Claim =
  | { readonly is: "yes" }
  | { readonly is: "no"; readonly because: string }
  | { readonly is: "unknown"; readonly because: string; readonly reason: UnknownReason };

/** It holds. */
export const holding: Claim = { is: "yes" };

/** It does not hold, and why. */
export function refuted(because: string): Claim {
  return { is: "no", because };
}

/** It cannot be said, and why. */
export function doubtful(reason: UnknownReason, because: string): Claim {
  return { is: "unknown", because, reason };
}

/** What a language could not decide: `too-complex` where it stopped at a limit. */
export function undecided({
  reason,
  tooComplex,
}: {
  readonly reason: string;
  readonly tooComplex?: true | undefined;
}): Claim & { readonly is: "unknown" } {
  return { is: "unknown", because: reason, reason: tooComplex === undefined ? "undecidable" : "too-complex" };
}

/** All must hold: the first refuted claim decides, else the first doubtful one. */
export function everyClaim(claims: readonly Claim[]): Claim {
  return claims.find(({ is }) => is === "no") ?? claims.find(({ is }) => is === "unknown") ?? holding;
}

/** One must hold; where none does, the first doubtful claim decides, else the first refuted one. */
export function someClaim(claims: readonly Claim[], whenEmpty: string): Claim {
  return (
    claims.find(({ is }) => is === "yes") ??
    claims.find(({ is }) => is === "unknown") ??
    claims[0] ??
    refuted(whenEmpty)
  );
}
