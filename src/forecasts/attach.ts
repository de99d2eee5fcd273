import { Hole } from "../core/declared.js";
import type { Given, GivenObject } from "../core/declared.js";
import type { JsonValue } from "../core/json.js";
import type { Resource } from "../core/resource.js";
import { holeIn, isGivenList } from "../mappings/given.js";
import { attachmentsOf } from "../mappings/mappings.js";
import type { AttachmentMapping, Standing } from "../mappings/mapping.js";
import { isObject } from "../shared/read-property.js";
import { isThere } from "./find-resource.js";
import type { Finder } from "./find-resource.js";
import type { Placed } from "./place.js";
import { givenOf, isUnchanged, textsIn } from "./settle.js";

/** What one attachment does to a property of one owner. */
export type Attached = {
  readonly declared: Placed;
  readonly mapping: AttachmentMapping;
  readonly owner: Resource;
  /** Its value, statement or entry; a hole where that is not known, undefined where it goes. */
  readonly value: JsonValue | Hole | undefined;
  /** What tells its statement or entry from others, and what told the one before it. */
  readonly keys: readonly string[];
  /** Its statement or entry as it was. */
  readonly was: JsonValue;
};

/** Where attachments find their owners, and what they are called. */
export type Owners = {
  readonly finder: Finder;
  readonly standingOf: (declared: Placed, when: "before" | "after") => Standing;
};

type Named = { readonly owner: Resource; readonly doubt?: Hole };

/** What a declared resource does to the owners of the properties that it sets. */
export function attachedBy(declared: Placed, owners: Owners): readonly Attached[] {
  if (declared.action === "forget") return [];
  return attachmentsOf(declared.type).flatMap((mapping) => {
    if (isUnchanged(declared, [mapping.at, ...mapping.from])) return [];
    const after =
      declared.after === undefined ? [] : ownersIn(declared.properties, { declared, mapping, owners });
    const set = after.map((named) => settingOf(named, { declared, mapping, owners }));
    const leaving = ownersBefore({ declared, mapping, owners }).filter(
      ({ owner }) => !after.some((named) => named.owner === owner),
    );
    return [...set, ...leaving.map((named) => leavingOf(named, { declared, mapping, owners }))];
  });
}

type Context = { readonly declared: Placed; readonly mapping: AttachmentMapping; readonly owners: Owners };

function ownersIn(
  properties: GivenObject,
  { declared, mapping, owners: { finder, standingOf } }: Context,
): readonly Named[] {
  const { to, at, unnamed } = mapping;
  const said = (Object.hasOwn(properties, at) ? properties[at] : undefined) ?? unnamed ?? [];
  const home = standingOf(declared, "after");
  const found = new Map<Resource, Named>();
  for (const name of isGivenList(said) ? said : [said])
    for (const named of ownersOf(name, () => finder.all(to).filter((owner) => isHere(owner, home, to))))
      found.set(named.owner, named);
  return [...found.values()];

  function ownersOf(name: Given, everyOwner: () => readonly Resource[]): readonly Named[] {
    if (name instanceof Hole) return everyOwner().map((owner) => ({ owner, doubt: name }));
    if (typeof name !== "string") return [];
    const owner = finder.named(to, name, { home, properties: textsIn(properties) });
    return isThere(owner) ? [{ owner }] : [];
  }
}

// A bucket may be named from any region.
function isHere(owner: Resource, { account, region }: Standing, type: string): boolean {
  return (
    isThere(owner) && owner.account === account && (owner.region === region || type === "AWS::S3::Bucket")
  );
}

function ownersBefore(context: Context): readonly Named[] {
  const { before, action, properties } = context.declared;
  if (before === undefined || action === "create") return [];
  const named = before.properties ?? (action === "delete" ? properties : {});
  if (Object.hasOwn(named, context.mapping.at)) return ownersIn(named, context);
  // Some policies are known by the name of what they belong to.
  return action === "delete" ? ownersIn({ [context.mapping.at]: before.ref }, context) : [];
}

function settingOf({ owner, doubt }: Named, context: Context): Attached {
  const { declared, mapping, owners } = context;
  const given = givenOf(declared, neededOf(context));
  const before = entryBefore(owner, context);
  const hole = doubt ?? (given instanceof Hole ? given : undefined);
  if (hole !== undefined || given instanceof Hole)
    return { declared, mapping, owner, value: hole ?? null, ...before };
  const value = mapping.make(given, { self: owners.standingOf(declared, "after"), owner });
  return { declared, mapping, owner, value, ...before, keys: [...before.keys, ...keyIn(value, mapping)] };
}

function neededOf({ declared, mapping: { from, spares } }: Context): readonly string[] {
  const spared = spares?.(declared.properties) ?? [];
  return from.filter((name) => !spared.includes(name) || holeIn(declared.properties[name]) === undefined);
}

function leavingOf({ owner, doubt }: Named, context: Context): Attached {
  const { declared, mapping } = context;
  return { declared, mapping, owner, value: doubt, ...entryBefore(owner, context) };
}

function entryBefore(
  owner: Resource,
  { declared, mapping, owners }: Context,
): Pick<Attached, "keys" | "was"> {
  const { before, action } = declared;
  if (mapping.key === undefined || before === undefined || action === "create")
    return { keys: [], was: null };
  const properties = before.properties ?? (action === "delete" ? declared.properties : {});
  const given = givenOf({ properties }, mapping.from);
  const was =
    given instanceof Hole || Object.keys(given).length === 0
      ? null
      : mapping.make(given, { self: owners.standingOf(declared, "before"), owner });
  const keys = keyIn(was, mapping);
  return { keys: keys.length > 0 ? keys : [before.arn ?? before.id], was };
}

function keyIn(value: JsonValue, { key = "" }: AttachmentMapping): readonly string[] {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === "string" ? [text] : [];
}
