import type { Snapshot } from "../core/snapshot.js";
import type { Resource } from "../core/resource.js";
import { sameValue } from "../shared/same-value.js";
import { isThere, openFinder } from "./find-resource.js";
import type { Finder } from "./find-resource.js";
import type { Attached } from "./attach.js";
import type { Touched } from "./foreseen.js";
import { typeOf } from "./place.js";
import type { Placed } from "./place.js";

/** The states on both sides, and what was attached to what. */
export type Sides = {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly attached: readonly Attached[];
};

/** What the declared resources did, one entry each for themselves, and one for each owner of what they set. */
export function touchedBy(placed: readonly Placed[], { before, after, attached }: Sides): readonly Touched[] {
  const finders = { before: openFinder(before), after: openFinder(after) };
  return placed.flatMap((declared) => [
    ...ownEntries(declared, finders),
    ...attached
      .filter((one) => one.declared === declared)
      .map(({ owner }) => entry(declared, owner, { kind: kindOf(owner, finders) })),
  ]);
}

type Finders = { readonly before: Finder; readonly after: Finder };

function ownEntries(declared: Placed, finders: Finders): readonly Touched[] {
  const { before, after, action, region } = declared;
  const type = typeOf(declared);
  const identity = after ?? before;
  if (identity === undefined) return [];
  const sought = { type, id: identity.id, arn: identity.arn, region };
  const found = finders.after.find(sought) ?? finders.before.find(sought);
  if (found === undefined) return [];
  const kind = action === "delete" ? "gone" : kindOf(found, finders);
  const was = wasOf(declared);
  return [entry(declared, found, { kind, ...(was === undefined ? {} : { was }) })];
}

function wasOf({ before, after }: Placed): Touched["was"] {
  if (before === undefined || after === undefined || before.id === after.id) return undefined;
  return { id: before.id, ...(before.arn === undefined ? {} : { arn: before.arn }) };
}

function kindOf({ type, id, arn, region }: Resource, { before, after }: Finders): Touched["kind"] {
  const old = before.find({ type, id, arn, region });
  const now = after.find({ type, id, arn, region });
  if (!isThere(now)) return isThere(old) ? "gone" : "unchanged";
  if (!isThere(old)) return "new";
  return sameValue(old, now) ? "unchanged" : "changed";
}

function entry(
  { address, type, place, places }: Placed,
  resource: Resource,
  { kind, was }: Pick<Touched, "kind" | "was">,
): Touched {
  const { id, arn, region } = resource;
  return {
    address,
    declaredType: type,
    type: resource.type,
    id,
    ...(arn === undefined ? {} : { arn }),
    region,
    kind,
    ...(was === undefined ? {} : { was }),
    ...(place === undefined ? {} : { place }),
    ...(places === undefined ? {} : { places }),
  };
}
