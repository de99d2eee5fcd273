import { breakOf } from "./chain.js";
import type { Break, Chain } from "./chain.js";
import type { Slipped } from "./detection.js";

/** The chains that get furthest with an event before they break, and where, in canonical order. */
export function nearestBreaks(
  chains: readonly Chain[],
  { event, region }: Slipped,
): readonly { readonly chain: Chain; readonly at: Break }[] {
  let nearest: { readonly chain: Chain; readonly at: Break }[] = [];
  for (const chain of chains) {
    const at = breakOf(chain, event, region);
    const furthest = nearest[0]?.at.at ?? -1;
    if (at === undefined || at.at < furthest) continue;
    if (at.at > furthest) nearest = [];
    nearest.push({ chain, at });
  }
  return nearest;
}
