import type { JsonArray, JsonObject, JsonValue } from "../core/json.js";
import { sameValue } from "../shared/same-value.js";
import { isArray } from "../shared/read-property.js";
import type { Settling } from "./mapping.js";

/** Whether a value is a list that holds something. */
export function isFilled(value: JsonValue | undefined): value is JsonArray {
  return isArray(value) && value.length > 0;
}

/** Whether a value that is set anew differs from the one that was there. */
export function isOther(after: JsonValue | undefined, before: JsonValue | undefined): boolean {
  return after !== undefined && !sameValue(after, before ?? null);
}

/** A property made of the declared one of the same name. */
export function reshaped(property: string, shape: (value: JsonValue) => JsonValue): Settling {
  return {
    from: [property],
    make(given) {
      const value = given[property];
      return value === undefined ? null : shape(value);
    },
  };
}

/** What a function leaves of a value, as JSON: nothing is null, and members without a value are left out. */
export function kept(facts: unknown): JsonValue {
  if (facts === undefined || facts === null) return null;
  // What JSON.parse answers is JSON.
  return JSON.parse(JSON.stringify(facts)) as JsonValue;
}

/** An object's members that are set. */
export function withoutNulls(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const found: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(members))
    if (value !== undefined && value !== null) found[name] = value;
  return found;
}

/** A policy as text, whether it was declared as text or as an object. */
export function policyText(document: JsonValue): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** The policy in a declared PolicyDocument as text; null where there is none. */
export function documentText({ PolicyDocument = null }: JsonObject): string | null {
  return PolicyDocument === null ? null : policyText(PolicyDocument);
}
