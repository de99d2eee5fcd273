import { targetOf } from "../core/change.js";
import type { World } from "../core/declared.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import { isObserved, mappingOf } from "../mappings/mappings.js";
import type { Standing } from "../mappings/mapping.js";
import { groupBy } from "../shared/group-by.js";
import { byKeys, sortedUnique } from "../shared/order.js";
import { attachedBy } from "./attach.js";
import type { Attached } from "./attach.js";
import { combine } from "./combine.js";
import { copiesOf } from "./copies.js";
import { isThere, openFinder } from "./find-resource.js";
import type { Foreseen } from "./foreseen.js";
import { lay } from "./lay.js";
import type { OpenChange } from "./lay.js";
import { openTypes } from "./open-types.js";
import { deathOf, lifeOf, standingOf } from "./own-changes.js";
import { place } from "./place.js";
import type { Placed } from "./place.js";
import { touchedBy } from "./touched.js";

/**
 * The state as it would be after a declaration is deployed: what is declared in the shape of the state, with AWS's defaults,
 * what it would show, and what nobody can say. Only what the state holds of a type is said of it. Pure; the order in which
 * resources are declared does not matter, and once laid they change nothing more.
 */
export function foresee(snapshot: Snapshot, world: Pick<World, "resources" | "open">): Foreseen {
  const { placed, open, notes } = place(world.resources, snapshot);
  const ordered = [...placed].sort(
    byKeys<Placed>(
      ({ address }) => address,
      ({ type }) => type,
    ),
  );
  const ground = { snapshot, finder: openFinder(snapshot) };
  const lives = ordered.map((declared) => lifeOf(declared, ground));
  const deaths = ordered.flatMap((declared) => deathOf(declared, ground));
  const own = lay(snapshot, [...deaths, ...lives.flatMap(({ changes }) => changes)]);
  const { after: attached, all } = attach(own, ordered);
  const copied = lay(attached, copiesOf(ordered, attached));
  const after = openTypes(copied, [...world.open, ...open]);
  return {
    snapshot: after,
    touched: touchedBy(ordered, { before: snapshot, after, attached: all }),
    notes: sortedUnique([...notes, ...lives.flatMap((life) => life.notes)]),
  };
}

// Attachments find owners that came with them.
function attach(
  snapshot: Snapshot,
  placed: readonly Placed[],
): { readonly after: Snapshot; readonly all: readonly Attached[] } {
  const finder = openFinder(snapshot);
  const owners = {
    finder,
    standingOf: (declared: Placed, when: "before" | "after") => standingOf(declared, snapshot, when),
  };
  const all = placed.flatMap((declared) => attachedBy(declared, owners));
  const groups = groupBy(all, ({ owner, mapping }) => `${targetOf(owner)} ${mapping.property}`);
  const set = lay(
    snapshot,
    [...groups.values()].flatMap((group) => attachedChange(group, snapshot)),
  );
  return { after: lay(set, derived(set, all)), all };
}

function attachedChange(group: readonly Attached[], snapshot: Snapshot): readonly OpenChange[] {
  const [first] = group;
  if (first === undefined) return [];
  const { owner, mapping } = first;
  const asked = snapshot.collected[owner.type]?.properties ?? {};
  const combined = Object.hasOwn(asked, mapping.property)
    ? combine(group, ownerOf(owner, snapshot))
    : undefined;
  if (combined === undefined) return [];
  if ("because" in combined)
    return [{ kind: "set", ...identityOf(owner), unreadable: { [mapping.property]: combined.because } }];
  const where = isObserved(owner.type, mapping.property) ? "observed" : "properties";
  return [{ kind: "set", ...identityOf(owner), [where]: { [mapping.property]: combined.value } }];
}

function identityOf({ type, id, arn, region }: Resource): Pick<OpenChange, "type" | "id" | "arn" | "region"> {
  return { type, id, ...(arn === undefined ? {} : { arn }), region };
}

function ownerOf(owner: Resource, { account, takenAt, regions }: Snapshot): Standing {
  const { id, arn } = owner;
  return {
    id,
    ref: arn ?? id,
    ...(arn === undefined ? {} : { arn }),
    account: owner.account,
    region: owner.region,
    partition: account.partition,
    takenAt,
    regions,
  };
}

// What follows from a list, where the list is another one now.
function derived(snapshot: Snapshot, attached: readonly Attached[]): readonly OpenChange[] {
  const finder = openFinder(snapshot);
  const owners = new Map(
    attached.filter(({ mapping }) => mapping.how === "member").map(({ owner }) => [targetOf(owner), owner]),
  );
  return [...owners.values()].flatMap((before): readonly OpenChange[] => {
    const owner = finder.find(before);
    const { derive } = mappingOf(before.type);
    const asked = snapshot.collected[before.type]?.properties ?? {};
    if (!isThere(owner) || derive === undefined) return [];
    const isAsked = (property: string): boolean => Object.hasOwn(asked, property);
    const list = listOf(before, attached);
    const because = list === undefined ? undefined : owner.unreadable?.[list];
    if (because !== undefined) {
      const open = derive.properties
        .filter(isAsked)
        .map((property): [string, Unreadable] => [property, because]);
      return [{ kind: "set", ...identityOf(owner), unreadable: Object.fromEntries(open) }];
    }
    const known = Object.entries(derive.of(owner)).filter(([property]) => isAsked(property));
    return known.length === 0
      ? []
      : [{ kind: "set", ...identityOf(owner), observed: Object.fromEntries(known) }];
  });
}

function listOf(owner: Resource, attached: readonly Attached[]): string | undefined {
  return attached.find((one) => one.mapping.how === "member" && targetOf(one.owner) === targetOf(owner))
    ?.mapping.property;
}
