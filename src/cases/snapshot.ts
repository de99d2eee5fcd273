import type { CaseState } from "../core/case.js";
import type { Collected, Gap, Snapshot } from "../core/snapshot.js";
import { REGIONS_TYPE } from "../core/snapshot.js";
import { sortedUnique } from "../shared/order.js";
import { leaderRegion, partitionOf } from "../shared/aws/partitions.js";
import { buildResource } from "./resource.js";
import type { CaseEntry, CasePlace } from "./resource.js";
import type { CaseTypes } from "../core/case-type.js";

/** The account of a case that names none. */
export const caseAccount = "111122223333";
/** When the state of a case was read that does not say so. */
export const caseTakenAt = "2026-01-01T00:00:00.000Z";

/** The regions of a case. */
export function regionsOf({ regions = ["us-east-1"] }: CaseState): readonly string[] {
  return sortedUnique(regions);
}

/** Where a case's resources stand when they do not say so. */
export function placeOf(state: CaseState): CasePlace {
  const regions = regionsOf(state);
  const partition = partitionOf(regions[0] ?? "");
  const leader = leaderRegion(partition);
  const home = regions.includes(leader) ? leader : (regions[0] ?? leader);
  return {
    account: state.account ?? caseAccount,
    partition,
    regions,
    home,
    takenAt: Date.parse(state.takenAt ?? caseTakenAt),
  };
}

/** The snapshot that a case means. `read` are the types that the rule reads: those that the case does not mention are listed and empty. */
export function buildSnapshot(state: CaseState, types: CaseTypes, read: readonly string[]): Snapshot {
  const place = placeOf(state);
  const written = entriesOf(state);
  const entries = [
    ...written,
    ...read.flatMap((type) => (isHidden(type, state) ? [] : unwritten(type, written, { types, place }))),
  ];
  const named = sortedUnique([...read, ...entries.map(({ type }) => type)]);
  return {
    format: "watchproof-snapshot/1",
    takenAt: new Date(place.takenAt).toISOString(),
    account: { id: place.account, partition: place.partition },
    regions: place.regions,
    collected: Object.fromEntries(named.map((type) => [type, collectedOf(type, state, { types, place })])),
    resources: entries.map((entry) => buildResource(entry, types(entry.type), place)),
    gaps: gapsOf(state, types, place),
    calls: {},
  };
}

/** The resources of a case, counted within their type from 1. */
export function entriesOf({ resources = [] }: CaseState): readonly CaseEntry[] {
  const counts = new Map<string, number>();
  return resources.flatMap((resource) =>
    Object.entries(resource).map(([type, body]) => {
      const ordinal = (counts.get(type) ?? 0) + 1;
      counts.set(type, ordinal);
      return { type, body, ordinal };
    }),
  );
}

// What is always there is there in a case that does not mention it, unless it was not read.
function unwritten(
  type: string,
  written: readonly CaseEntry[],
  { types, place }: Surroundings,
): readonly CaseEntry[] {
  const all = types(type).always?.({ id: place.account, partition: place.partition }, place.regions) ?? [];
  const mentioned = written
    .filter((entry) => entry.type === type)
    .map(({ body }) => body["region"] ?? place.home);
  return all
    .filter(({ region }) => (all.length > 1 ? !mentioned.includes(region) : mentioned.length === 0))
    .map(({ id, region }) => ({ type, body: { id, region }, ordinal: 1 }));
}

function isHidden(type: string, { refused = [], notCollected = [] }: CaseState): boolean {
  return [...refused, ...notCollected].some((place) => place.type === type);
}

type Surroundings = { readonly types: CaseTypes; readonly place: CasePlace };

function collectedOf(
  type: string,
  { notCollected = [] }: CaseState,
  { types, place }: Surroundings,
): Collected {
  const { collected = { listed: place.regions, properties: {} } } = types(type);
  const omissions = notCollected.filter((omission) => omission.type === type);
  if (omissions.length === 0) return collected;
  const listed = collected.listed === "account" ? place.regions : collected.listed;
  return {
    ...collected,
    listed: listed.filter((region) =>
      omissions.every((omission) => omission.region !== undefined && omission.region !== region),
    ),
  };
}

function gapsOf(
  { refused = [] }: CaseState,
  types: CaseTypes,
  { account, regions, home }: CasePlace,
): readonly Gap[] {
  return refused.flatMap(({ type, region, reason = "AccessDenied", action = actionOf(type, types) }) => {
    const isOne = type === REGIONS_TYPE || types(type).collected?.listed === "account";
    const where = region === undefined ? (isOne ? [home] : regions) : [region];
    return where.map((place) => ({
      account,
      type,
      region: place,
      reason,
      ...(action === undefined ? {} : { action }),
    }));
  });
}

function actionOf(type: string, types: CaseTypes): string | undefined {
  return type === REGIONS_TYPE ? "account:ListRegions" : types(type).listAction;
}
