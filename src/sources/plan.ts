import type { Collector, ListCall, ReadCall } from "../core/collector.js";
import type { Need, Reference } from "../core/need.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import { byText, sortedUnique } from "../shared/order.js";
import { isServed } from "../shared/aws/served-regions.js";
import { rootOf } from "./property-path.js";
import { addAll } from "../shared/many.js";

/** Properties wanted of some resources of a type: of all of them (in some regions), or of those that others refer to. */
export type Demand = {
  readonly properties: readonly string[];
  readonly regions?: readonly string[];
  readonly only?: Reference;
};

/** A reference to follow: what stands at `path` names a resource of type `to`, of which `demand` is wanted. */
export type Follow = { readonly path: string; readonly to: string; readonly demand: Demand };

/** What is read of one type. */
export type TypePlan = {
  readonly collector: Collector;
  readonly demands: readonly Demand[];
  readonly follows: readonly Follow[];
};

/** What a run reads, by type; sorted. Types that no collector reads are `uncollected`. */
export type Plan = { readonly types: ReadonlyMap<string, TypePlan>; readonly uncollected: readonly string[] };

/** Collectors by type. */
export type Collectors = ReadonlyMap<string, Collector>;

/** Turns the needs of all rules into what must be read: references make their roots needed, children their parents. */
export function makePlan(needs: readonly Need[], collectors: Collectors): Plan {
  const demands = expand(needs, collectors);
  const types = sortedUnique(demands.keys());
  const plans = types.flatMap((type) => {
    const collector = collectors.get(type);
    return collector === undefined
      ? []
      : [
          [
            type,
            { collector, demands: demandsOf(demands, type), follows: followsFrom(demands, type) },
          ] as const,
        ];
  });
  return { types: new Map(plans), uncollected: types.filter((type) => !collectors.has(type)) };
}

/** The types whose resources say where another is listed. */
export function parentsOf(at: ListCall["at"] | undefined): readonly string[] {
  if (typeof at !== "object") return [];
  return "each" in at ? [at.each] : at.where;
}

/** Where all resources of a type are found; undefined where they can only be followed from references. */
export function foundAt({ list, single }: Collector): ListCall["at"] | undefined {
  return list?.at ?? single?.at;
}

/** Whether a type is listed in this plan; else its resources are only followed from references. */
export function isListed({ collector, demands }: TypePlan): boolean {
  return foundAt(collector) !== undefined && demands.some(({ only }) => only === undefined);
}

/** The regions whose resources of a type are looked at, sorted; `lookedAt` are those of the run. */
export function regionsInScope({ demands }: TypePlan, lookedAt: readonly string[]): readonly string[] {
  return sortedUnique(
    demands.filter(({ only }) => only === undefined).flatMap(({ regions }) => regions ?? lookedAt),
  );
}

/** The regions in scope where the service is, so that a list can be asked there. */
export function regionsToAsk(plan: TypePlan, lookedAt: readonly string[]): readonly string[] {
  const { servedAs } = plan.collector;
  return regionsInScope(plan, lookedAt).filter(
    (region) => servedAs === undefined || isServed(servedAs, region),
  );
}

/** The calls that read these properties of one resource, in declared order; a list that showed it has answered its own. */
export function readsFor(
  { list, reads }: Collector,
  properties: readonly string[],
  wasListed: boolean,
): readonly ReadCall[] {
  const answered = new Set<string>([SEEN_IN, ...(wasListed ? [EXISTS, ...(list?.properties ?? [])] : [])]);
  const chosen = new Set<ReadCall>();
  const want = (property: string): void => {
    if (answered.has(property)) return;
    const read = reads.find((candidate) => answers(candidate, property));
    if (read === undefined || chosen.has(read)) return;
    chosen.add(read);
    for (const name of read.properties) answered.add(name);
    for (const name of read.after ?? []) want(name);
  };
  for (const property of properties) want(property);
  return reads.filter((read) => chosen.has(read));
}

/** Whether a call answers a property. One that can find a resource gone answers whether it exists. */
export function answers({ properties, gone }: ReadCall, property: string): boolean {
  return properties.includes(property) || (property === EXISTS && gone !== undefined);
}

type Demands = ReadonlyMap<string, ReadonlyMap<string, Demand>>;

function expand(needs: readonly Need[], collectors: Collectors): Demands {
  const demands = new Map<string, Map<string, Demand>>();
  const named = new Set(needs.map(({ type }) => type));
  const queue = [...needs];
  for (let need = queue.shift(); need !== undefined; need = queue.shift()) {
    const grown = addDemand(demands, need);
    if (!grown) continue;
    if (need.only !== undefined) addAll(queue, rootNeeds(need.only, { demands, named }));
    // A demand that came after the reference also needs the reference's root.
    const roots = rootsOf(demands, need);
    if (roots.length > 0) queue.push({ ...need, properties: roots });
    addAll(queue, impliedNeeds(need, collectors.get(need.type)));
  }
  return demands;
}

function addDemand(
  demands: Map<string, Map<string, Demand>>,
  { type, properties, regions, only }: Need,
): boolean {
  const scope = {
    ...(regions === undefined ? {} : { regions: sortedUnique(regions) }),
    ...(only === undefined ? {} : { only }),
  };
  const key = JSON.stringify([scope.regions, referenceKey(only)]);
  const ofType = demands.get(type) ?? new Map<string, Demand>();
  demands.set(type, ofType);
  const { properties: known } = ofType.get(key) ?? { properties: undefined };
  const merged = sortedUnique([...(known ?? []), ...properties]);
  ofType.set(key, { ...scope, properties: merged });
  return known?.length !== merged.length;
}

// A type that refers, but that no rule names, is listed everywhere for what it refers to.
function rootNeeds(
  { referencedBy: type, path, of }: Reference,
  { demands, named }: { readonly demands: Demands; readonly named: ReadonlySet<string> },
): readonly Need[] {
  const properties = [rootOf(path)];
  const known = [...(demands.get(type)?.values() ?? [])]
    .filter(({ only }) => of === undefined || referenceKey(only) === referenceKey(of))
    .map((demand) => ({ ...demand, type, properties }));
  return named.has(type) ? known : [...known, { type, properties }];
}

function rootsOf(demands: Demands, { type, only }: Need): readonly string[] {
  const asked = followsFrom(demands, type).filter(({ demand: { only: { of } = {} } }) => {
    return of === undefined || referenceKey(of) === referenceKey(only);
  });
  return sortedUnique(asked.map(({ path }) => rootOf(path)));
}

function referenceKey(reference: Reference | undefined): string | undefined {
  if (reference === undefined) return undefined;
  const { referencedBy, path, of } = reference;
  return JSON.stringify([referencedBy, path, referenceKey(of)]);
}

function impliedNeeds(need: Need, collector: Collector | undefined): readonly Need[] {
  const list = collector?.list;
  if (collector === undefined || list === undefined) return [];
  if (need.only === undefined) return parentsOf(list.at).map((parent) => parentNeed(need, parent));
  const reads = readsFor(collector, need.properties, false);
  const wanted = [...need.properties, ...reads.flatMap(({ after = [] }) => after)];
  const onlyListed = wanted.filter(
    (property) => list.properties.includes(property) && !reads.some((read) => answers(read, property)),
  );
  const existence = need.properties.includes(EXISTS) && !reads.some((read) => answers(read, EXISTS));
  return onlyListed.length > 0 || existence ? [{ type: need.type, properties: onlyListed }] : [];
}

function parentNeed({ regions }: Need, type: string): Need {
  return { type, properties: [], ...(regions === undefined ? {} : { regions }) };
}

function demandsOf(demands: Demands, type: string): readonly Demand[] {
  return [...(demands.get(type) ?? [])].sort(([a], [b]) => byText(a, b)).map(([, demand]) => demand);
}

function followsFrom(demands: Demands, type: string): readonly Follow[] {
  return sortedUnique(demands.keys()).flatMap((to) =>
    demandsOf(demands, to).flatMap((demand) =>
      demand.only?.referencedBy === type ? [{ path: demand.only.path, to, demand }] : [],
    ),
  );
}
