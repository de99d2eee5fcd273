import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { readProperty } from "../../shared/read-property.js";
import { valueAt } from "./tree.js";

const placeholder = /\{([A-Za-z][\w.]*)\}/g;

/** What a message names in braces: the path, and where it stands in the text. */
export function placeholdersOf(
  template: string,
): readonly { readonly path: string; readonly offset: number }[] {
  return [...template.matchAll(placeholder)].map(({ 1: path = "", index }) => ({ path, offset: index + 1 }));
}

/** A message with `{id}`, `{arn}`, `{region}` and `{Property.path}` filled in from a resource; what is not set reads "not set". */
export function fillMessage(template: string, resource: Resource): string {
  return template.replaceAll(placeholder, (_, path: string) => show(resource, path));
}

function show(resource: Resource, path: string): string {
  if (path === "id" || path === "region" || path === "account") return resource[path];
  if (path === "arn") return resource.arn ?? resource.id;
  const [property = path, ...rest] = path.split(".");
  const reading = readProperty(resource, property);
  if (reading.kind === "unreadable" || reading.kind === "not-collected") return "unknown";
  return reading.kind === "absent"
    ? "not set"
    : text(rest.length === 0 ? reading.value : valueAt(reading.value, rest.join(".")));
}

function text(value: JsonValue | undefined): string {
  if (value === undefined) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}
