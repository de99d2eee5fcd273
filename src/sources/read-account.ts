import type { Collector, Identity, ListCall, ListedParent, SingleCall } from "../core/collector.js";
import type { JsonObject } from "../core/json.js";
import type { Resource } from "../core/resource.js";
import type { AccountIdentity, Gap } from "../core/snapshot.js";
import { byText, sortedUnique } from "../shared/order.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import type { Ask } from "./caller.js";
import { createRegistry } from "./entry.js";
import type { Entry, Registry } from "./entry.js";
import { lostTo, pluginFailure } from "./failure.js";
import { foreign, isForeign } from "./foreign.js";
import { locateOnce, nowhere } from "./locate.js";
import type { Located } from "./locate.js";
import { foundAt, isListed, parentsOf, readsFor, regionsInScope, regionsToAsk } from "./plan.js";
import type { Demand, Plan, TypePlan } from "./plan.js";
import { rootOf, textsAt } from "./property-path.js";
import { readOnce } from "./read-resource.js";
import { askList, identityOf, mergeSightings, spotsOf } from "./sweep.js";
import type { Listed, Sighting, Spot } from "./sweep.js";
import { shareAnswers } from "./share-answers.js";
import { runTasks } from "./tasks.js";
import type { Spawn } from "./tasks.js";
import { propertiesToJson } from "./to-json.js";

/** One account, and what is to be read of it. */
export type Reading = {
  readonly plan: Plan;
  readonly ask: Ask;
  readonly account: AccountIdentity;
  /** The regions looked at. */
  readonly regions: readonly string[];
  /** Resources that are not there yet: what they refer to is read, too. */
  readonly beside?: readonly Resource[];
};

/** All that was met, and the lists that had gaps, by type. */
export type Readings = {
  readonly entries: readonly Entry[];
  readonly gaps: ReadonlyMap<string, readonly Gap[]>;
};

type Work = Reading & {
  readonly registry: Registry;
  readonly sweeps: Map<string, Promise<readonly Gap[]>>;
  readonly located: Map<string, Promise<Located>>;
  readonly spawn: Spawn;
};

/** Sweeps lists, reads resources and follows references until nothing new is met. Everything runs as early as it can; no result depends on the order in which answers come. */
export async function readAccount(reading: Reading): Promise<Readings> {
  const registry = createRegistry();
  const sweeps = new Map<string, Promise<readonly Gap[]>>();
  const ask = shareAnswers(reading.ask);
  await runTasks((spawn) => {
    const work: Work = { ...reading, ask, registry, sweeps, located: new Map(), spawn };
    for (const type of reading.plan.types.keys()) spawn(() => visitListed(type, work));
    for (const { type, properties, ...identity } of reading.beside ?? [])
      follow({ type, identity }, properties, work);
    return Promise.resolve();
  });
  const gaps = await Promise.all([...sweeps].map(async ([type, sweep]) => [type, await sweep] as const));
  return { entries: registry.all(), gaps: new Map(gaps) };
}

async function visitListed(type: string, work: Work): Promise<void> {
  const plan = work.plan.types.get(type);
  await sweepOnce(type, work);
  if (plan === undefined) return;
  for (const entry of work.registry.of(type)) {
    if (entry.listed === undefined) continue;
    for (const demand of plan.demands)
      if (covers(demand, entry, { plan, regions: work.regions })) visit(entry, demand, work);
  }
}

function covers(
  { only, regions }: Demand,
  { listed }: Entry,
  { plan, regions: lookedAt }: { readonly plan: TypePlan; readonly regions: readonly string[] },
): boolean {
  if (only !== undefined) return false;
  // A list for all regions is of account-wide things, which are judged whatever the regions.
  if (foundAt(plan.collector) === "leader") return true;
  return listed?.seenIn.some((region) => (regions ?? lookedAt).includes(region)) === true;
}

function visit(entry: Entry, demand: Demand, work: Work): void {
  const plan = work.plan.types.get(entry.type);
  if (plan === undefined || entry.visited.has(demand)) return;
  const first = entry.visited.size === 0;
  entry.visited.add(demand);
  const { collector } = plan;
  if (first && entry.listed !== undefined)
    follow(entry, propertiesToJson(collector.list?.properties ?? [], entry.listed.properties), work);
  for (const read of readsFor(collector, demand.properties, entry.listed !== undefined)) {
    if (entry.reads.has(read)) continue;
    const outcome = readOnce(entry, read, {
      ask: work.ask,
      partition: work.account.partition,
      collector,
      listed: () => listedBeside(entry, work.registry),
    });
    work.spawn(async () => {
      const answer = await outcome;
      if (answer.kind === "read") follow(entry, answer.properties, work);
    });
  }
}

function listedBeside({ type, identity }: Entry, registry: Registry): readonly Identity[] {
  return registry
    .of(type)
    .flatMap((other) =>
      other.listed !== undefined && other.identity.region === identity.region ? [other.identity] : [],
    );
}

function follow(entry: Pick<Entry, "type" | "identity">, known: JsonObject, work: Work): void {
  for (const { path, to, demand } of work.plan.types.get(entry.type)?.follows ?? []) {
    if (!(rootOf(path) in known)) continue;
    for (const reference of new Set(textsAt(known, path)))
      work.spawn(() => visitReferred(reference, { from: entry.identity, to, demand }, work));
  }
}

async function visitReferred(
  reference: string,
  { from, to, demand }: { readonly from: Identity; readonly to: string; readonly demand: Demand },
  work: Work,
): Promise<void> {
  const collector = work.plan.types.get(to)?.collector;
  if (collector === undefined) return;
  await sweepOnce(to, work);
  const entry =
    collector.refer === undefined
      ? work.registry.named(to, reference)
      : await enterNamed(collector, reference, { from, work });
  if (entry !== undefined) visit(entry, demand, work);
}

// What a reference names, where a plugin cannot say it, is a resource of which nothing can be read.
async function enterNamed(
  collector: Collector,
  reference: string,
  { from, work }: { readonly from: Identity; readonly work: Work },
): Promise<Entry | undefined> {
  try {
    return await enterReferred(collector, collector.refer?.(reference, from), { from, work });
  } catch (error) {
    return work.registry.enter(
      collector.type,
      { id: reference, account: from.account, region: nowhere },
      { lost: lostTo(error) },
    );
  }
}

async function enterReferred(
  collector: Collector,
  identity: Identity | undefined,
  { from, work }: { readonly from: Identity; readonly work: Work },
): Promise<Entry | undefined> {
  if (identity === undefined) return undefined;
  const { registry, located, ask, account } = work;
  // Asking would be refused in every member of an organization, for each trail that its management account shares.
  if (isForeign(identity, account) && from.account === identity.account)
    return registry.enter(
      collector.type,
      { ...identity, region: identity.region || "unknown" },
      { lost: foreign(identity) },
    );
  const known = registry.find(collector.type, identity);
  if (known !== undefined || identity.region !== "") return known ?? registry.enter(collector.type, identity);
  const { region, lost } = await locateOnce(collector, identity, {
    ask,
    partition: account.partition,
    located,
  });
  return registry.enter(collector.type, { ...identity, region }, lost === undefined ? {} : { lost });
}

function sweepOnce(type: string, work: Work): Promise<readonly Gap[]> {
  const made = work.sweeps.get(type) ?? sweep(type, work);
  work.sweeps.set(type, made);
  return made;
}

async function sweep(type: string, work: Work): Promise<readonly Gap[]> {
  const plan = work.plan.types.get(type);
  if (plan === undefined || !isListed(plan)) return [];
  if (plan.collector.single !== undefined) return enterSingles(type, plan.collector.single, { plan, work });
  const collector = { ...plan.collector, list: listOf(plan.collector) };
  const { spots, hidden } = await spotsFor(collector, plan, work);
  const listed = await Promise.all(spots.map((spot) => askList(work.ask, collector, spot)));
  await Promise.all(mergeSightings(listed).map((sighting) => enterListed(collector, sighting, work)));
  return [...hidden, ...listed.flatMap(({ gap }: Listed) => gap ?? [])];
}

async function enterListed(
  collector: Collector,
  { identity, properties, seenIn }: Sighting,
  { registry, located, ask, account }: Work,
): Promise<void> {
  const listed = { properties, seenIn };
  const { region, lost } =
    identity.region === ""
      ? await locateOnce(collector, identity, { ask, partition: account.partition, located })
      : { region: identity.region, lost: undefined };
  registry.enter(
    collector.type,
    { ...identity, region },
    { listed, ...(lost === undefined ? {} : { lost }) },
  );
}

function enterSingles(
  type: string,
  single: SingleCall,
  { plan, work }: { readonly plan: TypePlan; readonly work: Work },
): readonly Gap[] {
  const regions =
    single.at === "leader" ? [leaderRegion(work.account.partition)] : regionsToAsk(plan, work.regions);
  return regions.flatMap((region) => {
    const place = { account: work.account, region };
    try {
      work.registry.enter(type, identityOf({ ...single.found(place), properties: {} }, place), {
        listed: { properties: {}, seenIn: [region] },
      });
      return [];
    } catch (error) {
      const { reason, message } = pluginFailure(error);
      return [{ account: work.account.id, type, region, reason, message }];
    }
  });
}

function listOf({ list, type }: Collector): ListCall {
  if (list === undefined) throw new Error(`${type} has no list`);
  return list;
}

type Spots = { readonly spots: readonly Spot[]; readonly hidden: readonly Gap[] };

async function spotsFor(
  collector: Collector & { readonly list: ListCall },
  plan: TypePlan,
  work: Work,
): Promise<Spots> {
  const regions = regionsToAsk(plan, work.regions);
  const { at } = collector.list;
  if (typeof at !== "object") return { spots: spotsOf(collector, work.account, regions), hidden: [] };
  const scope = regionsInScope(plan, work.regions);
  const found = await Promise.all(parentsOf(at).map((type) => parentsIn(type, scope, work)));
  const entries = found.flatMap((one) => one.entries);
  // Children of parents that could not be listed are as unseen as these.
  const hidden = found.flatMap((one) => one.gaps).map((gap) => ({ ...gap, type: collector.type }));
  const parents = "each" in at ? entries.map((entry) => asParent(entry, listIn(work.plan, entry.type))) : [];
  const places = "each" in at ? [] : sortedUnique(entries.map(({ identity }) => identity.region));
  return {
    spots: [
      ...places
        .filter((region) => regions.includes(region))
        .map((region) => ({ place: { account: work.account, region } })),
      ...parents
        .sort((a, b) => byText(a.arn ?? a.id, b.arn ?? b.id))
        .map((parent) => ({ place: { account: work.account, region: parent.region }, parent })),
    ],
    hidden,
  };
}

const listIn = (plan: Plan, type: string): ListCall | undefined => plan.types.get(type)?.collector.list;

async function parentsIn(
  type: string,
  scope: readonly string[],
  work: Work,
): Promise<{ readonly entries: readonly Entry[]; readonly gaps: readonly Gap[] }> {
  const gaps = await sweepOnce(type, work);
  const isIn = (region: string): boolean =>
    listIn(work.plan, type)?.at === "leader" || scope.includes(region);
  return {
    entries: work.registry.of(type).filter(({ listed }) => listed?.seenIn.some(isIn) === true),
    gaps: gaps.filter(({ region }) => isIn(region)),
  };
}

function asParent({ identity, listed }: Entry, list: ListCall | undefined): ListedParent {
  return { ...identity, properties: propertiesToJson(list?.properties ?? [], listed?.properties ?? {}) };
}
