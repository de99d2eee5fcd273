import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { greatest } from "../../shared/many.js";

/** The values of one flagged resource by the check's own headings; a heading without a value is left out. */
export function byHeading(headings: readonly JsonValue[], metadata: JsonValue | undefined): JsonObject {
  const values = valuesOf(metadata);
  return Object.fromEntries(
    headings.flatMap((heading, at) =>
      typeof heading === "string" && values[at] !== undefined ? [[heading, values[at]]] : [],
    ),
  );
}

// One API sends a list, the other an object whose keys are the positions.
function valuesOf(metadata: JsonValue | undefined): readonly (JsonValue | undefined)[] {
  if (isArray(metadata)) return metadata;
  if (!isObject(metadata)) return [];
  const positions = Object.keys(metadata)
    .filter((key) => /^\d{1,3}$/u.test(key))
    .map(Number);
  return Array.from({ length: greatest(positions, -1) + 1 }, (_, at) => metadata[at.toString()]);
}

/** What a person calls a flagged resource: its ARN or name as the headings tell, else what the API calls it. */
export function nameOfFlagged(flagged: JsonObject, headings: readonly JsonValue[]): string {
  const told = byHeading(headings, flagged["Metadata"]);
  const heading =
    namingHeadings.find((name) => isText(told[name])) ??
    Object.keys(told).find(
      (name) => /name|resource|id$/iu.test(name) && !/region/iu.test(name) && isText(told[name]),
    );
  const named = heading === undefined ? undefined : told[heading];
  const region = [flagged["Region"], flagged["RegionCode"], told["Region"]].find(isText);
  const id = [flagged["AwsResourceId"], named].find(isText);
  return id ?? region ?? [flagged["ResourceId"]].find(isText) ?? "a resource";
}

const namingHeadings = ["Resource ARN", "Resource", "Bucket Name", "Resource ID", "Name"];

function isText(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value !== "";
}
