import type { DeclaredIdentity, Given } from "../../core/declared.js";
import { isGivenList } from "../../mappings/given.js";
import { isSet, mapMembers } from "../../mappings/terraform.js";
import type { ReadAttribute, TerraformMapping } from "../../mappings/terraform.js";
import type { PlanChange } from "./document.js";
import { mappingOf } from "./names.js";
import type { Resolver } from "./resolver.js";
import { ofBefore } from "./values.js";

/** Whether a resource of its own holds a property of another one, so that the block within that one says nothing. */
export type IsHeldApart = (owner: DeclaredIdentity, part: string) => boolean;

/** Finds the resources of a plan that each hold one property of another resource. */
export function findParts({ plan, after }: Resolver): IsHeldApart {
  const held = new Set<string>();
  for (const change of plan.changes) {
    const mapping = mappingOf(change);
    if (mapping === undefined) continue;
    for (const read of [after(change), beforeReader(change)])
      for (const owner of ownersOf(mapping, read)) held.add(`${mapping.type} ${owner}`);
  }
  return ({ id, ref, arn }, part) => [id, ref, arn ?? id].some((name) => held.has(`${part} ${name}`));
}

/** Answers what a resource has now. */
export function beforeReader(change: PlanChange): ReadAttribute {
  return (name) => {
    const value = ofBefore(change, name);
    const isZero = value === 0 && mappingOf(change)?.zero?.includes(name) === true;
    return isSet(value) && !isZero ? value : undefined;
  };
}

// The first property of such a resource names what it belongs to.
function ownersOf({ properties }: TerraformMapping, read: ReadAttribute): readonly string[] {
  const [first] = Object.entries(properties);
  if (first === undefined) return [];
  const value: Given | undefined = Object.values(mapMembers(Object.fromEntries([first]), read))[0];
  return (isGivenList(value) ? value : [value]).filter((one) => typeof one === "string");
}
