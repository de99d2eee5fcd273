import type { Identity } from "../core/collector.js";
import { EXISTS } from "../core/resource.js";
import type { Resource } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import type { Plan } from "./plan.js";
import { textsAt } from "./property-path.js";

/**
 * A state that is all that there is: what its resources refer to and it does not hold, is known not to exist. What another account
 * owns stays unknown.
 */
export function withoutUnmetReferences(snapshot: Snapshot, plan: Plan): Snapshot {
  const known = new Set(snapshot.resources.flatMap(namesOf));
  const missing = new Map<string, Resource>();
  for (const resource of snapshot.resources)
    for (const { type, identity } of referencesOf(resource, plan)) {
      const isOurs = identity.account === snapshot.account.id;
      const names = namesOf({ type, ...identity });
      if (!isOurs || names.some((name) => known.has(name))) continue;
      missing.set(names.join(" "), gone({ type, identity, snapshot }));
    }
  return missing.size === 0
    ? snapshot
    : { ...snapshot, resources: [...snapshot.resources, ...missing.values()] };
}

function referencesOf(
  resource: Resource,
  plan: Plan,
): readonly { readonly type: string; readonly identity: Identity }[] {
  const follows = plan.types.get(resource.type)?.follows ?? [];
  return follows.flatMap(({ path, to }) =>
    textsAt(resource.properties, path).flatMap((reference) => {
      const identity = plan.types.get(to)?.collector.refer?.(reference, resource);
      return identity === undefined
        ? []
        : [{ type: to, identity: { ...identity, region: identity.region || resource.region } }];
    }),
  );
}

function namesOf({
  type,
  id,
  arn,
  region,
}: Pick<Resource, "type" | "id" | "arn" | "region">): readonly string[] {
  const named = JSON.stringify([type, region, id]);
  return arn === undefined ? [named] : [named, JSON.stringify([type, arn])];
}

function gone({
  type,
  identity: { id, arn, account, region },
  snapshot,
}: {
  readonly type: string;
  readonly identity: Identity;
  readonly snapshot: Snapshot;
}): Resource {
  const asked = Object.keys(snapshot.collected[type]?.properties ?? {}).filter((name) => name !== EXISTS);
  return {
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account,
    region,
    properties: Object.fromEntries(asked.map((name) => [name, null])),
    observed: { [EXISTS]: false },
  };
}
