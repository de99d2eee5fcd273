import type { Account, Blind, Listing } from "../core/account.js";
import { SEEN_IN } from "../core/resource.js";
import type { Resource } from "../core/resource.js";
import { REGIONS_TYPE } from "../core/snapshot.js";
import type { Collected, Gap, Snapshot } from "../core/snapshot.js";
import { isAccountId } from "./aws/account-id.js";
import { byKeys, sortedUnique } from "./order.js";
import { isKnownGone } from "./read-claim.js";
import { isArray, readProperty } from "./read-property.js";

/** What of a snapshot is judged. Named regions that the snapshot does not hold are not-collected. */
export type Judged = { readonly regions?: readonly string[]; readonly exclude?: readonly string[] };

/** Opens a snapshot for evaluators. */
export function viewAccount(snapshot: Snapshot, { regions, exclude = [] }: Judged = {}): Account {
  const judged = sortedUnique((regions ?? snapshot.regions).filter((region) => !exclude.includes(region)));
  const byType = groupByType([...snapshot.resources].sort(canonical));
  const lookups = new Map<string, ReadonlyMap<string, Resource>>();
  const listings = new Map<string, Listing>();
  const regionsGap =
    regions !== undefined ? undefined : snapshot.gaps.find(({ type }) => type === REGIONS_TYPE);
  const account: Account = {
    id: snapshot.account.id,
    label: snapshot.account.id,
    partition: snapshot.account.partition,
    regions: judged,
    ...(regionsGap === undefined ? {} : { blindRegions: blindOf(regionsGap) }),
    takenAt: Date.parse(snapshot.takenAt),
    list: (type) =>
      remember(listings, type, () => listType(snapshot, type, { all: byType.get(type) ?? [], judged })),
    find: (type, arnOrId) => remember(lookups, type, () => lookup(byType.get(type) ?? [])).get(arnOrId),
    origin: (type, property) => snapshot.collected[type]?.properties[property],
  };
  states.set(account, { snapshot, judged: { ...(regions === undefined ? {} : { regions }), exclude } });
  return account;
}

const states = new WeakMap<Account, { readonly snapshot: Snapshot; readonly judged: Judged }>();

/**
 * The account as one rule sees it whose id nobody told: `asked` says whether the rule has used the id. Without an id, "is it ours?" has no answer.
 * undefined where the id is known, or `viewAccount` did not make the account.
 */
export function watchId(
  account: Account,
): { readonly account: Account; readonly asked: () => boolean } | undefined {
  const state = states.get(account);
  if (state === undefined || isAccountId(state.snapshot.account.id)) return undefined;
  let asked = false;
  // Opened anew, so that nothing is remembered of what another rule made of the id.
  const watched = Object.defineProperty(viewAccount(state.snapshot, state.judged), "id", {
    get() {
      asked = true;
      return state.snapshot.account.id;
    },
  });
  return { account: watched, asked: () => asked };
}

/** What an account was opened from, as plain data, for whoever judges it in another thread; undefined for one that `viewAccount` did not make. */
export function stateOf(
  account: Account,
): { readonly snapshot: Snapshot; readonly judged: Judged } | undefined {
  return states.get(account);
}

const canonical = byKeys<Resource>(
  ({ type }) => type,
  ({ region }) => region,
  ({ id }) => id,
  ({ arn }) => arn ?? "",
);

function groupByType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group === undefined) groups.set(resource.type, [resource]);
    else group.push(resource);
  }
  return groups;
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

function lookup(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const byName = new Map<string, Resource>();
  for (const resource of resources) if (!byName.has(resource.id)) byName.set(resource.id, resource);
  for (const resource of resources) if (resource.arn !== undefined) byName.set(resource.arn, resource);
  return byName;
}

function listType(
  snapshot: Snapshot,
  type: string,
  { all, judged }: { readonly all: readonly Resource[]; readonly judged: readonly string[] },
): Listing {
  const collected = snapshot.collected[type];
  const matters = (region: string): boolean =>
    region === "global" || isAccountWide(collected) || judged.includes(region);
  const gaps = snapshot.gaps.filter((gap) => gap.type === type && matters(gap.region));
  const resources = all.filter((resource) =>
    isAccountWide(collected) ? isOwn(resource, snapshot) : isSeen(resource, { judged, snapshot }),
  );
  return { resources, blind: [...gaps.map(blindOf), ...notListed(collected, type, judged)] };
}

function isAccountWide(collected: Collected | undefined): boolean {
  return collected?.listed === "account";
}

function isSeen(
  resource: Resource,
  { judged, snapshot }: { readonly judged: readonly string[]; readonly snapshot: Snapshot },
): boolean {
  // What was deleted between its list and the questions about it is there no more.
  if (isKnownGone(resource)) return false;
  const seenIn = readProperty(resource, SEEN_IN);
  if (seenIn.kind === "set" && isArray(seenIn.value))
    return seenIn.value.some((region) => typeof region === "string" && judged.includes(region));
  return judged.includes(resource.region) && isOwn(resource, snapshot);
}

// What something else only refers to is no part of the account: another account's bucket, or a topic that does not exist.
// A rule that lists a type must not change its mind because another rule in the same run followed a reference.
function isOwn(resource: Resource, { account }: Snapshot): boolean {
  return (
    resource.account === account.id &&
    !isKnownGone(resource) &&
    resource.observed?.["OwnedByAccount"] !== false
  );
}

function notListed(
  collected: Collected | undefined,
  type: string,
  judged: readonly string[],
): readonly Blind[] {
  const listed = collected?.listed ?? [];
  if (listed === "account") return [];
  return judged
    .filter((region) => !listed.includes(region))
    .map((region) => ({ kind: "not-collected", type, region, reason: "not collected" }));
}

function blindOf({ type, region, reason, action, message }: Gap): Blind {
  return {
    kind: "unreadable",
    type,
    region,
    reason,
    ...(action === undefined ? {} : { action }),
    ...(message === undefined ? {} : { message }),
  };
}
