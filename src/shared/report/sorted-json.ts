import type { JsonValue } from "../../core/json.js";
import { byText } from "../order.js";

/** The same value, the members of every object sorted by name: free-form members have no order of their own. */
export function sortedJson(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(sortedJson);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byText(a, b))
      .map(([key, member]) => [key, sortedJson(member)]),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
