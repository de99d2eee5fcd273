import { Hole } from "../core/declared.js";
import type { Given, GivenObject } from "../core/declared.js";

/** Whether a value is one object, and neither a list nor a hole. */
export function isGivenObject(value: Given | undefined): value is GivenObject {
  return typeof value === "object" && value !== null && !(value instanceof Hole) && !isGivenList(value);
}

/** Whether a value is a list. */
export function isGivenList(value: Given | undefined): value is readonly Given[] {
  return Array.isArray(value);
}

/** The first hole in a value, itself included; undefined where all of it is known. */
export function holeIn(value: Given | undefined): Hole | undefined {
  if (value instanceof Hole) return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const member of isGivenList(value) ? value : Object.values(value)) {
    const hole = holeIn(member);
    if (hole !== undefined) return hole;
  }
  return undefined;
}

/** A value as text, where it is one plain value; undefined for a list, an object or a hole. */
export function plainText(value: Given | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** An object of those members that are set. */
export function setMembers(members: Readonly<Record<string, Given | undefined>>): GivenObject {
  const found: Record<string, Given> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) found[name] = value;
  return found;
}
