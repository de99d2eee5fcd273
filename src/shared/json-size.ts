import type { JsonValue } from "../core/json.js";
import { isArray, isObject } from "./read-property.js";

/** How large a JSON value may be: values in it, in all, and how deep one stands in others. */
export type JsonLimits = { readonly values: number; readonly depth: number };

/** Whether a JSON value keeps within limits. Uses no recursion, so that what was nested to overflow a stack is told, too. */
export function keepsWithin(value: JsonValue, { values, depth }: JsonLimits): boolean {
  const open: { readonly value: JsonValue; readonly depth: number }[] = [{ value, depth: 1 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    seen += 1;
    if (seen + open.length > values || next.depth > depth) return false;
    const members = isArray(next.value) ? next.value : isObject(next.value) ? Object.values(next.value) : [];
    if (members.length > values) return false;
    for (const member of members) open.push({ value: member, depth: next.depth + 1 });
  }
  return true;
}
