import type { JsonObject, JsonValue } from "../core/json.js";
import type { Properties } from "../core/collector.js";
import { byText } from "../shared/order.js";

/** What the SDK answers as JSON, keys sorted: dates become ISO strings, bytes base64, and what is undefined is left out. */
export function toJson(value: unknown): JsonValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" ? objectToJson(value) : undefined;
}

function objectToJson(value: object): JsonValue | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map((item) => toJson(item) ?? null);
  return Object.fromEntries(sortedEntries(value).flatMap(([key, member]) => pair(key, toJson(member))));
}

/** Some properties as a snapshot holds them: null where AWS says that one is not set. */
export function propertiesToJson(declared: readonly string[], found: Properties): JsonObject {
  return Object.fromEntries(declared.map((name) => [name, toJson(found[name]) ?? null]));
}

function sortedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).sort(([a], [b]) => byText(a, b));
}

function pair(key: string, value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return value === undefined ? [] : [[key, value]];
}
