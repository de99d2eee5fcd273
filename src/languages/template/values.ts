import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";

/** Ref of AWS::NoValue: the key, or the element of a list, is not there. */
export const REMOVED = Symbol("AWS::NoValue");

/** What an expression of a template stands for. */
export type Value = Given | typeof REMOVED;

/** The way from a template's root to a value, as it is written. */
export type TemplatePath = readonly (string | number)[];

/** Whether a value has named members. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of a list; none for anything else. */
export function elementsOf(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}

/** Whether JSON data is a list. */
export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** Whether a given value is a list. */
export function isList(value: Value): value is readonly Given[] {
  return Array.isArray(value);
}

/** Whether a given value has named members. */
export function isGivenObject(value: Value | undefined): value is GivenObject {
  return typeof value === "object" && value !== null && !(value instanceof Hole) && !Array.isArray(value);
}

/** The text of a scalar as CloudFormation writes it; undefined for what has none. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** One hole for what depends on several; sensitive where one of them is. */
export function joinHoles(holes: readonly Hole[]): Hole | undefined {
  const [first] = holes;
  if (first === undefined) return undefined;
  const causes = [...new Set(holes.map(({ cause }) => cause))];
  const isSensitive = holes.some(({ reason }) => reason === "sensitive");
  return new Hole(causes.slice(0, 3).join(" and "), isSensitive ? "sensitive" : "undecided");
}

/** Every hole in a value, at any depth. */
export function holesIn(value: Value): readonly Hole[] {
  if (value instanceof Hole) return [value];
  if (isList(value)) return value.flatMap(holesIn);
  return isGivenObject(value) ? Object.values(value).flatMap(holesIn) : [];
}

/** Whether two values without holes are the same, scalars by their text. */
export function sameValue(a: Value, b: Value): boolean {
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== undefined || right !== undefined) return left === right;
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, at) => sameValue(item, b[at] ?? null));
  if (!isGivenObject(a) || !isGivenObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key] ?? null))
  );
}

const SSM = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]*)\}\}/u;

/** A text of a template; one that CloudFormation resolves elsewhere is a hole, and a secret's says nothing of it. */
export function written(text: string): string | Hole {
  if (!text.includes("{{resolve:")) return text;
  const found = SSM.exec(text);
  if (found === null) return new Hole("a dynamic reference");
  if (found[1] === "ssm") return new Hole(`the SSM parameter ${(found[2] ?? "").replace(/:\d+$/u, "")}`);
  const store = found[1] === "ssm-secure" ? "Systems Manager" : "Secrets Manager";
  return new Hole(`a secret of ${store}`, "sensitive");
}
