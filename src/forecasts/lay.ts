import type { Change } from "../core/change.js";
import { targetOf } from "../core/change.js";
import type { JsonObject } from "../core/json.js";
import { EXISTS } from "../core/resource.js";
import type { Resource } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import { byKeys } from "../shared/order.js";

/**
 * The state as it would be after some changes, in their order. What is created answers every property that was asked of
 * its type, absent where no change names it; what is removed stays as something that is known to be gone; what is set on
 * a resource that the snapshot does not hold changes nothing. Nothing else follows by itself.
 */
export function lay(snapshot: Snapshot, changes: readonly Change[]): Snapshot {
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

function layOne(snapshot: Snapshot, change: Change, before: Resource | undefined): Resource | undefined {
  if (change.kind === "remove") return before && buried(before);
  if (before !== undefined && before.observed?.[EXISTS] !== false) return changed(before, change);
  return change.kind === "create" ? created(snapshot, change) : undefined;
}

function changed(before: Resource, { properties = {}, observed = {} }: Change): Resource {
  const { unreadable, ...readable } = before;
  const unread = Object.entries(unreadable ?? {}).filter(
    ([property]) => !Object.hasOwn(properties, property) && !Object.hasOwn(observed, property),
  );
  return {
    ...readable,
    properties: { ...before.properties, ...properties },
    ...(before.observed === undefined && Object.keys(observed).length === 0
      ? {}
      : { observed: { ...before.observed, ...observed } }),
    ...(unread.length === 0 ? {} : { unreadable: Object.fromEntries(unread) }),
  };
}

function created(snapshot: Snapshot, change: Change): Resource {
  const { type, id, arn, region, properties = {}, observed = {} } = change;
  const asked = Object.keys(snapshot.collected[type]?.properties ?? {});
  return {
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account: snapshot.account.id,
    region,
    properties: { ...absent(asked.filter((property) => !Object.hasOwn(observed, property))), ...properties },
    observed: { ...observed, [EXISTS]: true },
  };
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
