import type { JsonObject, JsonValue } from "../core/json.js";
import { isArray, isObject } from "../shared/read-property.js";

/** The property at the beginning of a path: `Destinations` of `Destinations[].Arn`. */
export function rootOf(path: string): string {
  return /^[^.[]*/u.exec(path)?.[0] ?? path;
}

/** All non-empty texts at a path such as `S3BucketName`, `AlarmActions[]` or `Destinations[].Arn`. What is not there gives none. */
export function textsAt(properties: JsonObject, path: string): readonly string[] {
  const steps = path.replaceAll("[]", ".[]").split(".");
  const values = steps.reduce<readonly JsonValue[]>(
    (found, step) => found.flatMap((value) => stepInto(value, step)),
    [properties],
  );
  return values.filter((value) => typeof value === "string").filter((text) => text !== "");
}

function stepInto(value: JsonValue, step: string): readonly JsonValue[] {
  if (step === "[]") return isArray(value) ? value : [];
  const member = isObject(value) ? value[step] : undefined;
  return member === undefined ? [] : [member];
}
