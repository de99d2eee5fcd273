import type { Change } from "../core/change.js";
import { targetOf } from "../core/change.js";
import type { JsonObject } from "../core/json.js";
import { EXISTS } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import { byKeys } from "../shared/order.js";

/** A change some of whose values are not known. */
export type OpenChange = Change & {
  /** Property → why its value is not known; it has none then. */
  readonly unreadable?: Readonly<Record<string, Unreadable>>;
  /** Of what is created: properties of which nothing can be said, as of one that nobody asked for. */
  readonly unasked?: readonly string[];
  /** Of what is removed: it is known to be gone even where the state does not hold it. */
  readonly unseen?: true;
};

/**
 * The state as it would be after some changes, in their order. What is created answers every property that was asked of
 * its type, absent where no change names it; what is removed stays as something that is known to be gone; what is set on
 * a resource that the snapshot does not hold changes nothing. Nothing else follows by itself.
 */
export function lay(snapshot: Snapshot, changes: readonly OpenChange[]): Snapshot {
  if (changes.length === 0) return snapshot;
  const resources = new Map(snapshot.resources.map((resource) => [targetOf(resource), resource]));
  for (const change of changes) {
    const target = targetOf(change);
    const laid = layOne(snapshot, change, resources.get(target));
    if (laid !== undefined) resources.set(target, laid);
  }
  return { ...snapshot, resources: [...resources.values()].sort(canonical) };
}

const canonical = byKeys<Resource>(
  ({ type }) => type,
  ({ region }) => region,
  ({ id }) => id,
  ({ arn }) => arn ?? "",
);

function layOne(snapshot: Snapshot, change: OpenChange, before: Resource | undefined): Resource | undefined {
  if (change.kind === "remove") return removed(snapshot, change, before);
  if (before !== undefined && before.observed?.[EXISTS] !== false) return changed(before, change);
  return change.kind === "create" ? created(snapshot, change) : undefined;
}

function changed(
  before: Resource,
  { properties = {}, observed = {}, unreadable = {} }: OpenChange,
): Resource {
  const { unreadable: unreadBefore, ...readable } = before;
  const unread = Object.entries({ ...unreadBefore, ...unreadable }).filter(
    ([property]) => !Object.hasOwn(properties, property) && !Object.hasOwn(observed, property),
  );
  const known = (values: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(values).filter(([property]) => !Object.hasOwn(unreadable, property)));
  return {
    ...readable,
    properties: { ...known(before.properties), ...properties },
    ...(before.observed === undefined && Object.keys(observed).length === 0
      ? {}
      : { observed: { ...known(before.observed ?? {}), ...observed } }),
    ...(unread.length === 0 ? {} : { unreadable: Object.fromEntries(unread) }),
  };
}

function created(snapshot: Snapshot, change: OpenChange): Resource {
  const { type, id, arn, region, properties = {}, observed = {}, unreadable = {}, unasked = [] } = change;
  const asked = Object.keys(snapshot.collected[type]?.properties ?? {});
  const hasWord = (property: string): boolean =>
    property === EXISTS ||
    Object.hasOwn(observed, property) ||
    Object.hasOwn(unreadable, property) ||
    unasked.includes(property);
  return {
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account: snapshot.account.id,
    region,
    properties: { ...absent(asked.filter((property) => !hasWord(property))), ...properties },
    observed: { ...observed, [EXISTS]: true },
    ...(Object.keys(unreadable).length === 0 ? {} : { unreadable }),
  };
}

function removed(snapshot: Snapshot, change: OpenChange, before: Resource | undefined): Resource | undefined {
  if (before !== undefined) return buried(before);
  return change.unseen === true ? buried(created(snapshot, change)) : undefined;
}

/** A resource that is known to be gone: whatever still refers to it is told so. */
function buried(before: Resource): Resource {
  const { unreadable, ...readable } = before;
  const observed = Object.keys(before.observed ?? {}).filter((property) => property !== EXISTS);
  return {
    ...readable,
    properties: absent([...Object.keys(before.properties), ...Object.keys(unreadable ?? {})]),
    observed: { ...absent(observed), [EXISTS]: false },
  };
}

function absent(properties: readonly string[]): JsonObject {
  return Object.fromEntries(properties.map((property) => [property, null]));
}
