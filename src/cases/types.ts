import { iamAction } from "../aws/services.js";
import type { CaseType, CaseReading } from "../core/case-type.js";
import type { Collector, Operation, SingleCall } from "../core/collector.js";
import type { Need } from "../core/need.js";
import type { Plugins } from "../core/plugins.js";
import { sortedUnique } from "../shared/order.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import { collectedOf } from "../sources/collected.js";
import { loadCollectors } from "../sources/load-collectors.js";
import { makePlan } from "../sources/plan.js";
import type { Plan } from "../sources/plan.js";

/** What a live run with these needs would hold of each type, and what else is known of types. */
export async function readingOf(
  needs: readonly Need[],
  regions: readonly string[],
  collectors: Plugins["collectors"],
): Promise<CaseReading> {
  const loaded = await loadCollectors(collectors, needs);
  const others = await Promise.all(
    Object.keys(collectors)
      .filter((type) => !loaded.has(type))
      .map(async (type) => collectors[type]?.()),
  );
  const plan = makePlan(needs, loaded);
  const all = new Map(
    [...loaded.values(), ...others].flatMap((collector) =>
      collector === undefined ? [] : [[collector.type, collector] as const],
    ),
  );
  const read = sortedUnique([...plan.types.keys(), ...plan.uncollected]);
  const known = new Map(
    read.map((type) => [type, typeOf(type, { plan, needs, regions, collector: all.get(type) })]),
  );
  return { read, types: (type) => known.get(type) ?? outsider(all.get(type)) };
}

type Surroundings = {
  readonly plan: Plan;
  readonly needs: readonly Need[];
  readonly regions: readonly string[];
  readonly collector: Collector | undefined;
};

function typeOf(type: string, { plan, needs, regions, collector }: Surroundings): CaseType {
  // A type that nobody collects can still be described: a case is where its evaluator is first tried.
  if (collector === undefined)
    return {
      ...outsider(undefined),
      collected: { listed: regions, properties: unnamed(needs.filter((need) => need.type === type)) },
    };
  return { ...outsider(collector), collected: collectedOf(type, plan, regions) };
}

function unnamed(needs: readonly Need[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    needs.flatMap(({ properties }) => properties.map((name) => [name, "nobody"] as const)),
  );
}

function outsider(collector: Collector | undefined): CaseType {
  if (collector === undefined) return { calls: [], observed: [] };
  const { list, single, reads, observed } = collector;
  return {
    calls: reads.map(({ operation, properties }) => ({ properties, action: actionOf(operation) })),
    ...(list === undefined ? {} : { listAction: actionOf(list.operation) }),
    ...(single === undefined ? {} : { always: alwaysThere(single) }),
    observed,
  };
}

function alwaysThere(single: SingleCall): NonNullable<CaseType["always"]> {
  return (account, regions) =>
    (single.at === "leader" ? [leaderRegion(account.partition)] : regions).map((region) => ({
      id: single.found({ account, region }).id,
      region,
    }));
}

function actionOf({ service, name, actions }: Operation): string {
  return actions?.[0] ?? iamAction(service, name);
}
