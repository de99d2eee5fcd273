import { Hole } from "../core/declared.js";
import type { DeclaredIdentity } from "../core/declared.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { EXISTS, SEEN_IN } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import type { Born, DeclaredMapping, Standing } from "../mappings/mapping.js";
import { isObserved, mappingOf } from "../mappings/mappings.js";
import { isThere } from "./find-resource.js";
import type { Finder } from "./find-resource.js";
import type { OpenChange } from "./lay.js";
import { typeOf } from "./place.js";
import type { Placed } from "./place.js";
import { settle } from "./settle.js";
import type { Settled } from "./settle.js";

/** What a declared resource is laid over. */
export type Ground = { readonly snapshot: Snapshot; readonly finder: Finder };

/** What becomes of the declared resource itself. */
export type OwnChanges = {
  readonly changes: readonly OpenChange[];
  readonly notes: readonly string[];
};

/** What a declared resource is called and where it stands. */
export function standingOf(
  declared: Placed,
  { account, takenAt, regions }: Snapshot,
  when: "before" | "after",
): Standing {
  const { before, after } = declared;
  const identity: DeclaredIdentity = (when === "before" ? (before ?? after) : (after ?? before)) ?? {
    id: declared.address,
    ref: declared.address,
  };
  const { id, ref, arn } = identity;
  return {
    id,
    ref,
    ...(arn === undefined ? {} : { arn }),
    account: declared.account,
    region: declared.region,
    partition: account.partition,
    takenAt,
    regions,
  };
}

/** The resource that a declaration is about, as the state has it. */
export function foundBefore(declared: Placed, { finder }: Ground): Resource | undefined {
  const identity = declared.before ?? declared.after;
  if (identity === undefined) return undefined;
  const { id, arn } = identity;
  return finder.find({ type: typeOf(declared), id, arn, region: declared.region });
}

/** What goes: the deleted, and the replaced where its place is not taken again. */
export function deathOf(declared: Placed, ground: Ground): readonly OpenChange[] {
  const { action, before, keepsOld } = declared;
  const dies = action === "delete" || (action === "replace" && keepsOld !== true);
  if (!dies || before === undefined || !holds(declared, ground)) return [];
  const dead = foundBefore(declared, ground);
  const { died, takes } = mappingOf(declared.type);
  const target = targetOf(dead ?? { ...before, region: declared.region }, typeOf(declared));
  if (died !== undefined)
    return dead === undefined ? [] : [{ kind: "set", ...target, ...split(died, typeOf(declared), ground) }];
  const gone = dead === undefined || takes === undefined ? [] : ground.finder.all(takes.type);
  const others = gone.filter((other) => dead !== undefined && takes?.goes(other, dead) === true);
  return [
    { kind: "remove", ...target, unseen: true },
    ...others.map((other): OpenChange => ({ kind: "remove", ...targetOf(other, other.type) })),
  ];
}

/** What comes or changes. */
export function lifeOf(declared: Placed, ground: Ground): OwnChanges {
  const { action, after } = declared;
  if (after === undefined || action === "forget" || !holds(declared, ground))
    return { changes: [], notes: [] };
  const there = action === "replace" ? replacedInPlace(declared, ground) : foundThere(declared, ground);
  return there === undefined ? born(declared, ground) : changed(declared, there, ground);
}

function holds(declared: Placed, { snapshot }: Ground): boolean {
  const type = typeOf(declared);
  return Object.hasOwn(snapshot.collected, type) && mappingOf(declared.type).copies === undefined;
}

function foundThere(declared: Placed, ground: Ground): Resource | undefined {
  const found = foundBefore(declared, ground);
  return isThere(found) ? found : undefined;
}

// A replacement under another name may find that name taken.
function replacedInPlace({ after, before, region, type }: Placed, { finder }: Ground): Resource | undefined {
  if (after === undefined || after.id === before?.id) return undefined;
  const found = finder.find({ type: typeOf({ type }), id: after.id, arn: after.arn, region });
  return isThere(found) ? found : undefined;
}

function targetOf(
  { id, arn, region }: { id: string; arn?: string; region: string },
  type: string,
): Pick<OpenChange, "type" | "id" | "arn" | "region"> {
  return { type, id, ...(arn === undefined ? {} : { arn }), region };
}

function settled(
  declared: Placed,
  ground: Ground,
  before?: Resource,
): Settled & { readonly standing: Standing } {
  const type = typeOf(declared);
  const standing = standingOf(declared, ground.snapshot, "after");
  const asked = Object.keys(ground.snapshot.collected[type]?.properties ?? {});
  const settlement = {
    declared,
    mapping: mappingOf(declared.type),
    standing,
    asked,
    isObserved: (property: string) => isObserved(type, property),
    before,
  };
  return { ...settle(settlement), standing };
}

function changed(declared: Placed, before: Resource, ground: Ground): OwnChanges {
  const { values, unreadable, standing } = settled(declared, ground, before);
  const { follows } = mappingOf(declared.type);
  const followed = follows?.(values, before, standing) ?? {};
  const seen = seenIn(declared, standing);
  const isNewName = declared.action === "create" || declared.action === "replace";
  return {
    changes: [
      {
        kind: "set",
        ...targetOf(before, before.type),
        ...split({ ...followed, ...values, ...seen }, before.type, ground),
        unreadable,
      },
    ],
    notes: isNewName ? [`${declared.address}: ${before.id} exists already, and is taken over`] : [],
  };
}

function born(declared: Placed, ground: Ground): OwnChanges {
  const type = typeOf(declared);
  const { values, unreadable, standing } = settled(declared, ground);
  // What exists and was never read shows what it shows.
  const isUnseen = declared.action === "update" && ground.snapshot.collected[type]?.listed.length === 0;
  const birth = isUnseen ? { observed: {} } : birthOf(mappingOf(declared.type), values, standing);
  const asked = Object.keys(ground.snapshot.collected[type]?.properties ?? {});
  const unsaid = asked.filter((property) => isObserved(type, property) && !Object.hasOwn(values, property));
  const nothing = isUnseen ? {} : Object.fromEntries(unsaid.map((property) => [property, null]));
  const opened = Object.entries(birth.open ?? {}).map(([property, cause]): [string, Unreadable] => [
    property,
    { reason: "KnownAfterDeployment", message: `depends on ${cause}` },
  ]);
  const open = { ...Object.fromEntries(opened), ...unreadable };
  const known = { ...nothing, ...birth.observed, ...values, ...seenIn(declared, standing) };
  return {
    changes: [
      {
        kind: "create",
        ...targetOf({ ...standing }, type),
        ...split(without(known, open), type, ground),
        unreadable: Object.fromEntries(Object.entries(open).filter(([property]) => asked.includes(property))),
        unasked: isUnseen ? unsaid : [],
      },
    ],
    notes: birth.note === undefined ? [] : [`It is taken for granted that ${birth.note}`],
  };
}

function birthOf(mapping: DeclaredMapping, values: JsonObject, standing: Standing): Born {
  return mapping.born?.(values, standing) ?? { observed: {} };
}

function without(values: JsonObject, open: Readonly<Record<string, Unreadable>>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([property]) => !Object.hasOwn(open, property)));
}

// One that may be of many regions is looked at in all of them, and says there that it is not known.
function seenIn(declared: Placed, { region, regions }: Standing): JsonObject {
  const { wide } = mappingOf(declared.type);
  const isWide = wide === undefined ? false : declared.properties[wide];
  if (wide !== undefined && isWide === undefined && !declared.complete) return {};
  return { [SEEN_IN]: isWide === true || isWide instanceof Hole ? regions : [region] };
}

// Only what was asked of the type is said of it.
function split(
  values: JsonObject,
  type: string,
  { snapshot }: Ground,
): Pick<OpenChange, "properties" | "observed"> {
  const asked = snapshot.collected[type]?.properties ?? {};
  const properties: Record<string, JsonValue> = {};
  const observed: Record<string, JsonValue> = {};
  for (const [property, value] of Object.entries(values)) {
    if (!Object.hasOwn(asked, property)) continue;
    if (property === EXISTS || property === SEEN_IN || isObserved(type, property)) observed[property] = value;
    else properties[property] = value;
  }
  return { properties, observed };
}
