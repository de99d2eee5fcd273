import type { Declared, DeclaredAction, DeclaredIdentity, GivenObject } from "../../core/declared.js";
import { formulaOf } from "../../mappings/identify.js";
import { attributesOf, mapMembers } from "../../mappings/terraform.js";
import type { Origin, ReadAttribute, TerraformMapping } from "../../mappings/terraform.js";
import { leaderRegion } from "../../shared/aws/partitions.js";
import { expressionsOf } from "./configuration.js";
import type { PlanChange } from "./document.js";
import { beforeReader } from "./inline.js";
import type { IsHeldApart } from "./inline.js";
import { identityBefore, mappingOf } from "./names.js";
import type { Naming } from "./names.js";
import type { Resolver } from "./resolver.js";
import type { WrittenAt } from "./source/place.js";

/** What declaring takes. */
export type Declaring = {
  readonly resolver: Resolver;
  readonly isHeldApart: IsHeldApart;
  readonly placeOf: (change: PlanChange, mapping: TerraformMapping) => WrittenAt;
};

type Fate = { readonly action: DeclaredAction; readonly keepsOld?: true };

/** What the actions of a plan come to; undefined for none that is known. */
function fateOf({ actions, before }: PlanChange, mapping: TerraformMapping): Fate | undefined {
  const keeps = mapping.keptBy !== undefined && before[mapping.keptBy] === true;
  const sorted = [...actions].sort().join(" ");
  if (sorted === "create delete") return { action: "replace", ...(keeps ? { keepsOld: true } : {}) };
  if (sorted === "create forget") return { action: "replace", keepsOld: true };
  if (sorted === "delete") return { action: keeps ? "forget" : "delete" };
  return Object.hasOwn(FATES, sorted) ? FATES[sorted] : undefined;
}

const FATES: Readonly<Record<string, Fate>> = {
  create: { action: "create" },
  update: { action: "update" },
  // It stays as it is, and the plan tells how that is.
  "no-op": { action: "update" },
  forget: { action: "forget" },
};

/** What one change of a plan declares; undefined for nothing that is read, and null for actions that are not known. */
export function declare(change: PlanChange, declaring: Declaring): Declared | undefined | null {
  const mapping = mappingOf(change);
  if (mapping === undefined || change.actions.every((action) => action === "read")) return undefined;
  // What is deposed of an attachment says nothing of its owner.
  if (change.deposed !== undefined && formulaOf(mapping.type) === undefined) return undefined;
  const fate = fateOf(change, mapping);
  if (fate === undefined) return null;
  const { account, region, home } = declaring.resolver.homeOf(change);
  return {
    address: change.deposed === undefined ? change.address : `${change.address} (deposed ${change.deposed})`,
    type: mapping.type,
    ...fate,
    account,
    region: mapping.once === true ? leaderRegion(home.partition) : region,
    ...sidesOf(change, { mapping, fate, declaring }),
    complete: fate.action === "create" || fate.action === "replace",
    ...declaring.placeOf(change, mapping),
  };
}

type Sides = { readonly mapping: TerraformMapping; readonly fate: Fate; readonly declaring: Declaring };

/** What it is before and after. */
function sidesOf(
  change: PlanChange,
  { mapping, fate, declaring }: Sides,
): Pick<Declared, "before" | "after" | "properties"> {
  const { resolver } = declaring;
  const { home } = resolver.homeOf(change);
  const before = fate.action === "create" ? undefined : identityBefore(change, home);
  const isGoing = fate.action === "delete" || fate.action === "forget";
  const after = isGoing ? undefined : resolver.naming(change);
  return {
    ...(before === undefined
      ? {}
      : {
          before: {
            ...before.identity,
            properties: propertiesBefore(change, mapping, { declaring, before }),
          },
        }),
    ...(after === undefined ? {} : { after: afterOf(after) }),
    properties: after === undefined ? {} : propertiesAfter(change, mapping, { declaring, after, fate }),
  };
}

function afterOf({ identity, placeholder }: Naming): DeclaredIdentity & { readonly placeholder?: true } {
  return { ...identity, ...(placeholder === undefined ? {} : { placeholder }) };
}

/** The properties that are said in this resource, and not in one of its own. */
function ownOrigins(
  mapping: TerraformMapping,
  identity: DeclaredIdentity,
  { isHeldApart }: Declaring,
): readonly (readonly [string, Origin])[] {
  return Object.entries(mapping.properties).filter(([property]) => {
    const part = mapping.inline?.[property];
    return part === undefined || !isHeldApart(identity, part);
  });
}

function propertiesBefore(
  change: PlanChange,
  mapping: TerraformMapping,
  { declaring, before }: { readonly declaring: Declaring; readonly before: Naming },
): GivenObject {
  const origins = ownOrigins(mapping, before.identity, declaring);
  return {
    ...nulls(origins),
    ...mapMembers(Object.fromEntries(origins), beforeReader(change)),
    ...mapping.constant,
  };
}

function propertiesAfter(
  change: PlanChange,
  mapping: TerraformMapping,
  { declaring, after, fate }: { readonly declaring: Declaring; readonly after: Naming; readonly fate: Fate },
): GivenObject {
  const { resolver } = declaring;
  const isNew = fate.action === "create" || fate.action === "replace";
  const origins = ownOrigins(mapping, after.identity, declaring);
  const read = named(resolver.after(change), mapping, after);
  const found = mapMembers(Object.fromEntries(origins), read);
  if (isNew) return { ...mapping.born, ...found, ...mapping.constant };
  const expressions = expressionsOf(resolver.configuration, change);
  const isSaid = ([, origin]: readonly [string, Origin]): boolean =>
    attributesOf(origin).some(
      (name) =>
        mapping.computed?.includes(name) !== true ||
        (expressions !== undefined && Object.hasOwn(expressions, name)),
    );
  return { ...nulls(origins.filter(isSaid)), ...found, ...mapping.constant };
}

// A name that AWS or Terraform makes up is known as far as its placeholder says.
function named(read: ReadAttribute, mapping: TerraformMapping, { name, placeholder }: Naming): ReadAttribute {
  const property = placeholder === undefined ? undefined : formulaOf(mapping.type)?.name;
  const attribute = property === undefined ? undefined : mapping.properties[property];
  return (asked) => (asked === attribute ? name : read(asked));
}

function nulls(origins: readonly (readonly [string, Origin])[]): GivenObject {
  return Object.fromEntries(origins.map(([property]) => [property, null]));
}
