import type { JsonArray, JsonObject, JsonValue } from "../core/json.js";
import type { Reading, Resource } from "../core/resource.js";

/** Reads a property, set by hand or observed. null in the snapshot means AWS says it is not set; a missing key was never asked. */
export function readProperty(resource: Resource, property: string): Reading<JsonValue> {
  const because = resource.unreadable?.[property];
  if (because !== undefined) return { kind: "unreadable", because };
  const value = resource.properties[property] ?? resource.observed?.[property];
  if (value !== undefined && value !== null) return { kind: "set", value };
  const wasAsked =
    property in resource.properties || (resource.observed !== undefined && property in resource.observed);
  return wasAsked ? { kind: "absent" } : { kind: "not-collected", property };
}

/** Reads a property that is text; anything else is unreadable as malformed. */
export function readText(resource: Resource, property: string): Reading<string> {
  return narrow(readProperty(resource, property), (value) => (typeof value === "string" ? value : undefined));
}

/** Reads a property that is true or false. */
export function readBoolean(resource: Resource, property: string): Reading<boolean> {
  return narrow(readProperty(resource, property), (value) =>
    typeof value === "boolean" ? value : undefined,
  );
}

/** Reads a property that is a number. */
export function readNumber(resource: Resource, property: string): Reading<number> {
  return narrow(readProperty(resource, property), (value) => (typeof value === "number" ? value : undefined));
}

/** Reads a property that is a list. */
export function readList(resource: Resource, property: string): Reading<JsonArray> {
  return narrow(readProperty(resource, property), (value) => (isArray(value) ? value : undefined));
}

/** Reads a property that is an object. */
export function readObject(resource: Resource, property: string): Reading<JsonObject> {
  return narrow(readProperty(resource, property), (value) => (isObject(value) ? value : undefined));
}

/** Reads a property that is a time; milliseconds since 1970, UTC. */
export function readTime(resource: Resource, property: string): Reading<number> {
  return narrow(readText(resource, property), (value) => {
    const time = Date.parse(value);
    return Number.isNaN(time) ? undefined : time;
  });
}

/** Whether a value is a JSON object, not a list and not null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}

/** Whether a value is a JSON list. */
export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

function narrow<From, To>(reading: Reading<From>, as: (value: From) => To | undefined): Reading<To> {
  if (reading.kind !== "set") return reading;
  const value = as(reading.value);
  return value === undefined
    ? { kind: "unreadable", because: { reason: "Malformed" } }
    : { kind: "set", value };
}
