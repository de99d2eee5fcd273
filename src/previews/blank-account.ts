import type { Declaration, DeclarationTarget } from "../core/declared.js";
import type { Need } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import type { Collected, Snapshot } from "../core/snapshot.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import { sortedUnique } from "../shared/order.js";
import { collectedOf } from "../sources/collected.js";
import { loadCollectors } from "../sources/load-collectors.js";
import { makePlan } from "../sources/plan.js";
import type { Plan } from "../sources/plan.js";

/** An account in which nothing is yet: what would be read of it, where, and as of when. */
export type Blank = {
  readonly needs: readonly Need[];
  readonly collectors: Plugins["collectors"];
  readonly target: DeclarationTarget;
  /** Default: the target's. */
  readonly regions?: readonly string[];
  readonly takenAt: string;
};

/** A blank account, and what would be read of it. */
export type BlankAccount = { readonly closed: Snapshot; readonly open: Snapshot; readonly plan: Plan };

/**
 * A blank account twice: `closed`, in which nothing is there, and `open`, in which nobody looked. What is declared is laid over both:
 * the first is the account if there is nothing else, the second tells where something else would decide.
 */
export async function blankAccount({
  needs,
  collectors,
  target,
  regions = [],
  takenAt,
}: Blank): Promise<BlankAccount> {
  const plan = makePlan(needs, await loadCollectors(collectors, needs));
  // Global services are watched in the leader region, so that it is looked at whatever is declared there.
  const declaredIn = regions.length === 0 ? [target.region] : regions;
  const judged = sortedUnique([...declaredIn, leaderRegion(target.account.partition)]);
  const collected = Object.fromEntries(
    [...plan.types.keys()].map((type) => [type, declared(collectedOf(type, plan, judged))]),
  );
  const closed: Snapshot = {
    format: "watchproof-snapshot/1",
    takenAt,
    account: target.account,
    regions: judged,
    collected,
    resources: [],
    gaps: [],
    calls: {},
  };
  const unlisted = Object.entries(collected).map(([type, { properties }]): readonly [string, Collected] => [
    type,
    { listed: [], properties },
  ]);
  return { plan, closed, open: { ...closed, collected: Object.fromEntries(unlisted) } };
}

/** The regions in which something is declared for the target's account. */
export function regionsOf({ worlds }: Declaration, { account }: DeclarationTarget): readonly string[] {
  return sortedUnique(
    worlds.flatMap(({ resources }) =>
      resources.flatMap((resource) =>
        typeof resource.region === "string" && resource.account === account.id ? [resource.region] : [],
      ),
    ),
  );
}

// No operation was asked: evidence comes from what is declared.
function declared({ listed, properties }: Collected): Collected {
  return {
    listed,
    properties: Object.fromEntries(Object.keys(properties).map((property) => [property, "declared"])),
  };
}
