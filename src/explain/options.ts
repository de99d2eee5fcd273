import type { JsonObject, JsonSchema, JsonValue } from "../core/json.js";
import { isObject } from "../shared/read-property.js";

/** One option that an evaluator takes. `name` is dotted where it stands within another: `events.source`. */
export type OptionDescription = {
  readonly name: string;
  /** What it accepts, in words: "text", "every | some", "list of text". */
  readonly accepts: string;
  readonly required: boolean;
  readonly default?: JsonValue;
  readonly meaning?: string;
};

/** One option that a rule sets, and what it means. */
export type OptionInUse = { readonly name: string; readonly value: JsonValue; readonly meaning?: string };

/** The options of a JSON Schema, in its order, those within an option after it. */
export function describeOptions(schema: JsonSchema): readonly OptionDescription[] {
  return membersOf(schema, { root: schema, prefix: "" });
}

/** The options that a rule sets, each with its meaning, as deep as the schema names them. */
export function explainOptions(options: JsonObject, schema: JsonSchema): readonly OptionInUse[] {
  const known = new Map(describeOptions(schema).map((option) => [option.name, option]));
  const isBranch = (name: string): boolean => [...known.keys()].some((other) => other.startsWith(`${name}.`));
  const visit = (value: JsonObject, prefix: string): readonly OptionInUse[] =>
    Object.entries(value).flatMap(([key, member]) => {
      const name = `${prefix}${key}`;
      if (isObject(member) && isBranch(name)) return visit(member, `${name}.`);
      const meaning = known.get(name)?.meaning;
      return [{ name, value: member, ...(meaning === undefined ? {} : { meaning }) }];
    });
  return visit(options, "");
}

type Within = { readonly root: JsonSchema; readonly prefix: string };
type Schema = Readonly<Record<string, unknown>>;

function membersOf(schema: Schema, within: Within): readonly OptionDescription[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(record(schema["properties"])).flatMap(([key, written]) => {
    const member = resolve(record(written), within.root);
    const name = `${within.prefix}${key}`;
    const option = {
      name,
      accepts: acceptsOf(member, within.root),
      required: required.includes(key),
      ...detailsOf(member),
    };
    return [option, ...membersOf(member, { ...within, prefix: `${name}.` })];
  });
}

function detailsOf(schema: Schema): Pick<OptionDescription, "default" | "meaning"> {
  const { default: preset, description } = schema;
  return {
    ...(preset === undefined ? {} : { default: preset as JsonValue }), // a schema is JSON
    ...(typeof description === "string" ? { meaning: description } : {}),
  };
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true | false",
  object: "mapping",
  array: "list",
  null: "null",
};

function acceptsOf(schema: Schema, root: JsonSchema): string {
  const { enum: values, const: only, type, items, oneOf, anyOf } = schema;
  if (Array.isArray(values)) return values.map(literal).join(" | ");
  if (only !== undefined) return literal(only);
  if (type === "array" && items !== undefined)
    return `list of ${acceptsOf(resolve(record(items), root), root)}`;
  if (Array.isArray(type)) return type.map((one: unknown) => kinds[String(one)] ?? "anything").join(" | ");
  if (typeof type === "string") return kinds[type] ?? type;
  const branches = [oneOf, anyOf].find(Array.isArray) ?? [];
  return (
    [...new Set(branches.map((branch) => acceptsOf(resolve(record(branch), root), root)))].join(" | ") ||
    "anything"
  );
}

function literal(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// Only references into the same schema, as JSON Schema writes them: #/$defs/condition. What stands beside the reference goes first.
function resolve(schema: Schema, root: JsonSchema): Schema {
  const { $ref, ...beside } = schema;
  if (typeof $ref !== "string") return schema;
  const target = $ref
    .replace(/^#\/?/u, "")
    .split("/")
    .filter((step) => step !== "")
    .reduce<unknown>((at, step) => record(at)[step], root);
  // A definition may refer to itself; its members are its own matter.
  const members = Object.entries(record(target)).filter(([keyword]) => keyword !== "properties");
  return { ...Object.fromEntries(members), ...beside };
}

function record(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {}; // narrowed in the line itself
}
