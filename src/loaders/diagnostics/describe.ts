import { textsOf, member } from "./schema-error.js";

const LONGEST = 60;

/** A value as a person wrote it, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 2)}…"` : text;
}

/** "a", "a or b", "a, b or c". */
export function either(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** What kind of value this is, in plain words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return kinds[typeof value] ?? "something else";
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  object: "a mapping",
};
const types: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  array: "a list",
  null: "nothing",
};

/** JSON Schema's type names in plain words. */
export function typeWords(names: readonly string[]): string {
  return either(names.map((name) => types[name] ?? name));
}

/** What a schema accepts, in a few words, or undefined where it does not tell. */
export function describeSchema(schema: unknown): string | undefined {
  const values = member(schema, "enum");
  if (Array.isArray(values)) return `one of ${values.map(plainValue).join(", ")}`;
  const description = member(schema, "description");
  if (typeof description === "string") return description.replace(/\.$/u, "");
  const type = member(schema, "type");
  const required = textsOf(member(schema, "required"));
  if (required.length > 0) return `a mapping with ${required.join(" and ")}`;
  if (typeof type === "string") return typeWords([type]);
  return Array.isArray(type) ? typeWords(textsOf(type)) : undefined;
}

/** A value in a list of accepted ones: text without quotes. */
export function plainValue(value: unknown): string {
  return typeof value === "string" ? value : show(value);
}

/** A path as a person would say it: `overrides[0].severity`; the root is empty. */
export function sayPath(path: readonly (string | number)[]): string {
  return path.map((step, at) => sayStep(step, at === 0)).join("");
}

function sayStep(step: string | number, isFirst: boolean): string {
  if (typeof step === "number" || /^\d+$/u.test(step)) return `[${step.toString()}]`;
  const name = /^[\w-]+$/u.test(step) ? step : JSON.stringify(step);
  return isFirst ? name : `.${name}`;
}
