import { groupBy } from "../../shared/group-by.js";
import { rememberByObject } from "../../shared/remember.js";
import { nearest } from "../../shared/nearest.js";
import { describeSchema, either, sayPath } from "../diagnostics/describe.js";
import type { Fault, Path, TextOf } from "../diagnostics/fault.js";
import { chooseBranches, neededKeys } from "./branches.js";
import { keysOf, member, stepsOf } from "../diagnostics/schema-error.js";
import type { SchemaError } from "../diagnostics/schema-error.js";
import { explainValue } from "./value-faults.js";

/** Where the checked data stands in its document, how its scalars were written, and the schema in which `$ref` is looked up. */
export type Surroundings = { readonly base: Path; readonly textOf: TextOf; readonly root?: unknown };

const alone: Surroundings = { base: [], textOf: () => undefined };

/** What a schema's errors mean to the person who wrote the data: what is wrong, what is accepted, and how to mend it. One fault for one place. */
export function explainErrors(
  errors: readonly SchemaError[],
  surroundings: Surroundings = alone,
): readonly Fault[] {
  const chosen = chooseBranches(errors, surroundings.root);
  const misspelt = new Set(
    chosen.filter(isUnknownKey).map((error) => `${error.instancePath}/${nearAccepted(error) ?? ""}`),
  );
  const missing = groupMissing(
    chosen.filter((error) => !misspelt.has(`${error.instancePath}/${missingKey(error)}`)),
    surroundings.base,
  );
  const lacking = new Set(
    chosen.filter(({ keyword }) => keyword === "required").map(({ instancePath }) => instancePath),
  );
  // Too few keys says nothing more than which ones are missing.
  const isMissed = ({ keyword, instancePath }: SchemaError): boolean =>
    keyword === "minProperties" && lacking.has(instancePath);
  return onePerPlace([
    ...missing,
    ...chosen.filter((error) => !isMissed(error)).flatMap((error) => explainOne(error, surroundings)),
  ]);
}

const conditions = new Set(["if", "required"]);

function onePerPlace(faults: readonly Fault[]): readonly Fault[] {
  const places = new Map<string, Fault>();
  for (const fault of faults) {
    const place = JSON.stringify([fault.at, fault.code === "missing-key", fault.path]);
    if (!places.has(place)) places.set(place, fault);
  }
  return [...places.values()];
}

function explainOne(error: SchemaError, { base, textOf }: Surroundings): readonly Fault[] {
  if (conditions.has(error.keyword)) return [];
  const path = [...base, ...stepsOf(error.instancePath)];
  if (isUnknownKey(error)) return [unknownKey(error, path)];
  if (error.propertyName !== undefined) return [badKey(error, path, error.propertyName)];
  if (error.keyword === "propertyNames") return [];
  if (error.keyword === "dependentRequired" || error.keyword === "dependencies")
    return [missingPartner(error, path)];
  const needed = error.keyword === "anyOf" || error.keyword === "oneOf" ? neededKeys(error) : undefined;
  if (needed !== undefined)
    return [
      {
        path,
        at: "key",
        code: "missing-key",
        message: `${prefix(path)}${either(needed.map(quote))} is missing`,
      },
    ];
  return [explainValue(error, path, textOf(path))];
}

function isUnknownKey({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties" || keyword === "unevaluatedProperties";
}

function unknownKey(error: SchemaError, parent: Path): Fault {
  const key = extraKey(error);
  const accepted = acceptedKeys(error);
  const near = nearAccepted(error);
  const message =
    accepted.length === 0
      ? "unknown key; none is accepted here"
      : `unknown key; accepted are ${accepted.join(", ")}`;
  const path = [...parent, key];
  return {
    path,
    at: "key",
    code: "unknown-key",
    message: `${sayPath(path)}: ${message}`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}

function extraKey({ params }: SchemaError): string {
  return textParam(params, "additionalProperty") ?? textParam(params, "unevaluatedProperty") ?? "";
}

function textParam(params: SchemaError["params"], name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" ? value : undefined;
}

/** The keys that the schema knows here, its branches included. */
function acceptedKeys({ schema, parentSchema }: SchemaError): readonly string[] {
  const branches = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const schemas = member(parentSchema, keyword);
    return Array.isArray(schemas)
      ? schemas.flatMap((branch: unknown) => keysOf(member(branch, "properties")))
      : [];
  });
  return [
    ...new Set([
      ...keysOf(member(schema, "properties")),
      ...keysOf(member(parentSchema, "properties")),
      ...branches,
    ]),
  ];
}

function nearAccepted(error: SchemaError): string | undefined {
  const present = presentKeys(error.data);
  return nearest(
    extraKey(error),
    acceptedKeys(error).filter((key) => !present.has(key)),
  );
}

// A mapping with 10,000 unknown keys is asked for them as often.
const keysOfMapping = rememberByObject((mapping: object): ReadonlySet<string> => new Set(keysOf(mapping)));

function presentKeys(data: unknown): ReadonlySet<string> {
  return typeof data === "object" && data !== null ? keysOfMapping(data) : new Set();
}

function badKey(error: SchemaError, parent: Path, key: string): Fault {
  const { message, hint } = explainValue({ ...error, data: key }, [], undefined);
  const path = [...parent, key];
  return {
    path,
    at: "key",
    code: "bad-key",
    message: `${sayPath(path)}: the key ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function missingKey({ keyword, params }: SchemaError): string {
  return keyword === "required" ? String(params["missingProperty"]) : "";
}

/** One fault for all the keys that one mapping misses: they have one place. */
function groupMissing(errors: readonly SchemaError[], base: Path): readonly Fault[] {
  const required = errors.filter(({ keyword }) => keyword === "required");
  const groups = groupBy(required, ({ instancePath }) => instancePath);
  return [...groups].map(([pointer, group]) => missingKeys([...base, ...stepsOf(pointer)], group));
}

function missingKeys(path: Path, group: readonly SchemaError[]): Fault {
  const keys = group.map(missingKey);
  const told = group.flatMap((error) => {
    const description = describeSchema(member(member(error.parentSchema, "properties"), missingKey(error)));
    return description === undefined ? [] : [`${missingKey(error)}: ${description}`];
  });
  const message = `${prefix(path)}${keys.map(quote).join(", ")} ${keys.length === 1 ? "is" : "are"} missing`;
  return {
    path,
    at: "key",
    code: "missing-key",
    message,
    ...(told.length === 0 ? {} : { hint: told.join("; ") }),
  };
}

function missingPartner({ params }: SchemaError, path: Path): Fault {
  const message = `${prefix(path)}${quote(String(params["missingProperty"]))} is missing; ${quote(String(params["property"]))} needs it`;
  return { path, at: "key", code: "missing-key", message };
}

function prefix(path: Path): string {
  return path.length === 0 ? "" : `${sayPath(path)}: `;
}

function quote(key: string): string {
  return `"${key}"`;
}
