import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import { isPlanObject, memberAt } from "./document.js";
import type { PlanChange } from "./document.js";

/** Stands where the plan says no more than that a value is known after the deployment. */
export const UNKNOWN = new Hole("what is known only after the deployment");

/** Stands where the plan marks a value as sensitive. It is never looked at. */
const SENSITIVE = new Hole("a sensitive value", "sensitive");

/** Nothing real is nested deeper. */
const DEEPEST = 32;

/** A value of a plan, with the marks that stand beside it. */
export type Marked = { readonly value: unknown; readonly unknown?: unknown; readonly sensitive?: unknown };

/** A plan's value with holes where it is marked as unknown or sensitive. */
export function givenOf(marked: Marked, depth = 0): Given {
  const { value, unknown, sensitive } = marked;
  if (sensitive === true) return SENSITIVE;
  if (unknown === true || depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(value) || Array.isArray(unknown)) return listOf(marked, depth);
  if (isPlanObject(value) || isPlanObject(unknown)) return objectOf(marked, depth);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function listOf({ value, unknown, sensitive }: Marked, depth: number): Given {
  const [values, unknowns, marks] = [itemsOf(value), itemsOf(unknown), itemsOf(sensitive)];
  const length = Math.max(values.length, unknowns.length);
  return Array.from({ length }, (_one, at) =>
    givenOf({ value: values[at], unknown: unknowns[at], sensitive: marks[at] }, depth + 1),
  );
}

function objectOf({ value, unknown, sensitive }: Marked, depth: number): Given {
  const [values, unknowns, marks] = [membersOf(value), membersOf(unknown), membersOf(sensitive)];
  const names = [...new Set([...Object.keys(values), ...Object.keys(unknowns)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      givenOf(
        { value: own(values, name), unknown: own(unknowns, name), sensitive: own(marks, name) },
        depth + 1,
      ),
    ]),
  );
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlanObject(value) ? value : {};
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An attribute after the deployment, as far as the plan itself tells it. */
export function ofAfter({ after, afterUnknown, afterSensitive }: PlanChange, name: string): Given {
  return givenOf({
    value: memberAt(after, name),
    unknown: afterUnknown === true ? true : memberAt(afterUnknown, name),
    sensitive: afterSensitive === true ? true : memberAt(afterSensitive, name),
  });
}

/** An attribute before the deployment. */
export function ofBefore({ before, beforeSensitive }: PlanChange, name: string): Given {
  return givenOf({
    value: memberAt(before, name),
    sensitive: beforeSensitive === true ? true : memberAt(beforeSensitive, name),
  });
}

/** An attribute before the deployment that is a text, and not sensitive. */
export function textBefore(change: PlanChange, name: string): string | undefined {
  const value = ofBefore(change, name);
  return typeof value === "string" ? value : undefined;
}
