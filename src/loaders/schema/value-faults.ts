import { nearest } from "../../shared/nearest.js";
import { describeSchema, plainValue, sayPath, show } from "../diagnostics/describe.js";
import type { Fault, Path } from "../diagnostics/fault.js";
import { keysOf, member, textsOf } from "../diagnostics/schema-error.js";
import type { SchemaError } from "../diagnostics/schema-error.js";
import { wrongType, typeName } from "./type-faults.js";
import type { Words } from "./type-faults.js";

/** `text`: how the value was written, where that is known. */
type Explain = (error: SchemaError, text: string | undefined) => Words;

/** What an error about a value itself means. `text` is how it was written. */
export function explainValue(error: SchemaError, path: Path, text: string | undefined): Fault {
  const explain = Object.hasOwn(byKeyword, error.keyword) ? byKeyword[error.keyword] : undefined;
  const { code, message, hint, below } = (explain ?? other)(error, text);
  const name = sayPath(path);
  return {
    path: below === undefined ? path : [...path, below],
    at: "value",
    code,
    message: name === "" ? message : `${name}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

const byKeyword: Readonly<Record<string, Explain>> = {
  type: ({ schema, data }, text) =>
    wrongType(typeof schema === "string" ? [schema] : textsOf(schema), data, text),
  enum: ({ schema, data }) => notAmong(Array.isArray(schema) ? schema : [], data),
  const: ({ schema, data }) => notAmong([schema], data),
  pattern,
  format: ({ schema, data }) => ({
    code: "bad-value",
    message: `${show(data)} is not a ${plainValue(schema)}`,
  }),
  minLength: ({ schema, data }) =>
    data === ""
      ? { code: "empty-value", message: "is empty" }
      : bound(`${show(data)} is shorter than ${plainValue(schema)} characters`),
  maxLength: ({ schema, data }) => bound(`${show(data)} is longer than ${plainValue(schema)} characters`),
  minimum: ({ schema, data }) => bound(`${show(data)} is less than ${plainValue(schema)}`),
  maximum: ({ schema, data }) => bound(`${show(data)} is more than ${plainValue(schema)}`),
  exclusiveMinimum: ({ schema, data }) => bound(`${show(data)} is not more than ${plainValue(schema)}`),
  exclusiveMaximum: ({ schema, data }) => bound(`${show(data)} is not less than ${plainValue(schema)}`),
  multipleOf: ({ schema, data }) => bound(`${show(data)} is not a multiple of ${plainValue(schema)}`),
  minItems: ({ schema, data }) =>
    lengthOf(data) === 0
      ? { code: "empty-value", message: "is an empty list; it needs at least one entry" }
      : bound(`has fewer than ${plainValue(schema)} entries`),
  maxItems: ({ schema }) => bound(`has more than ${plainValue(schema)} entries`),
  minProperties: emptyMapping,
  maxProperties: ({ schema, data }) => ({
    ...bound(`has more than ${plainValue(schema)} keys: ${keysOf(data).join(", ")}`),
    hint: "remove one, or say each in a mapping of its own",
  }),
  uniqueItems: ({ params, data }) => duplicate(params, data),
  anyOf: (error, text) => choice(error, text),
  oneOf: (error, text) => choice(error, text),
  not: ({ parentSchema, data }) => notAllowed(parentSchema, data),
  "false schema": ({ parentSchema, data }) => notAllowed(parentSchema, data),
};

function notAmong(accepted: readonly unknown[], data: unknown): Words {
  const near = typeof data === "string" ? nearest(data, textsOf(accepted)) : undefined;
  const names = accepted.map(plainValue).join(", ");
  const message =
    accepted.length === 1
      ? `${show(data)} is not accepted; only ${names} is`
      : `${show(data)} is not one of ${names}`;
  return { code: "bad-value", message, hint: near === undefined ? undefined : `did you mean "${near}"?` };
}

function pattern({ schema, parentSchema, data }: SchemaError): Words {
  const description = member(parentSchema, "description");
  const accepted =
    typeof description === "string"
      ? description.replace(/\.$/u, "")
      : `text that matches ${plainValue(schema)}`;
  const mended = typeof data === "string" ? toKebab(data) : "";
  const fits = typeof schema === "string" && mended !== "" && mended !== data && safeTest(schema, mended);
  return {
    code: data === "" ? "empty-value" : "bad-value",
    message: `${show(data)} is not accepted; expected: ${accepted}`,
    hint: fits ? `did you mean "${mended}"?` : undefined,
  };
}

// Only for schemas that ask for a name: their patterns know no other characters.
function toKebab(text: string): string {
  return text.length > 100
    ? ""
    : text
        .trim()
        .replace(/([a-z0-9])([A-Z])/gu, "$1-$2")
        .toLowerCase()
        .replace(/[^a-z0-9.]+/gu, "-")
        .replace(/^-+|-+$/gu, "");
}

function safeTest(schemaPattern: string, text: string): boolean {
  return schemaPattern.startsWith("^[a-z0-9]") && new RegExp(schemaPattern, "u").test(text);
}

function bound(message: string): Words {
  return { code: "bad-value", message };
}

function lengthOf(data: unknown): number | undefined {
  return Array.isArray(data) ? data.length : undefined;
}

function emptyMapping({ schema, parentSchema, data }: SchemaError): Words {
  const accepted = keysOf(member(parentSchema, "properties")).filter((key) => !keysOf(data).includes(key));
  if (keysOf(data).length > 0)
    return {
      ...bound(`has fewer than ${plainValue(schema)} keys`),
      hint: accepted.length === 0 ? undefined : `add one of ${accepted.join(", ")}`,
    };
  return {
    code: "empty-value",
    message: `is empty; it needs at least one key${accepted.length === 0 ? "" : ` of ${accepted.join(", ")}`}`,
  };
}

function duplicate(params: SchemaError["params"], data: unknown): Words {
  const at = Math.max(Number(params["i"]), Number(params["j"]));
  const value: unknown = Array.isArray(data) ? data[at] : undefined;
  return {
    code: "duplicate-item",
    message: `${show(value)} stands twice in this list`,
    hint: "remove one",
    below: at.toString(),
  };
}

function choice({ schema, data, params }: SchemaError, text: string | undefined): Words {
  if (Array.isArray(params["passingSchemas"]))
    return { code: "bad-value", message: "fits several of the accepted forms at once, and only one may fit" };
  const branches: readonly unknown[] = Array.isArray(schema) ? schema : [];
  const types = [
    ...new Set(branches.map((branch) => member(branch, "type")).filter((type) => typeof type === "string")),
  ];
  const values = branches.map((branch) => member(branch, "const")).filter((value) => value !== undefined);
  if (values.length === branches.length) return notAmong(values, data);
  const forms = branches.map(describeSchema).filter((form) => form !== undefined);
  if (values.length === 0 && types.length === branches.length && !types.includes(typeName(data)))
    return wrongType(types, data, text);
  const accepted = [...values.map(plainValue), ...forms];
  return {
    code: "bad-value",
    message: `${show(data)} fits none of the accepted forms${accepted.length === 0 ? "" : `: ${[...new Set(accepted)].join("; ")}`}`,
  };
}

function notAllowed(parentSchema: unknown, data: unknown): Words {
  const description = member(parentSchema, "description");
  return {
    code: "not-allowed-here",
    message:
      typeof description === "string" ? description.replace(/\.$/u, "") : `${show(data)} is not allowed here`,
  };
}

function other({ data }: SchemaError): Words {
  return { code: "bad-value", message: `${show(data)} is not accepted here` };
}
