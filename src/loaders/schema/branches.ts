import type { SchemaError } from "../diagnostics/schema-error.js";
import { keysOf, member, stepsOf, textsOf } from "../diagnostics/schema-error.js";
import { addAll, greatest } from "../../shared/many.js";

/** An `anyOf` or `oneOf` that none of whose branches fits. */
type Choice = { readonly error: SchemaError; readonly branches: readonly Branch[] };
type Branch = { readonly schema: unknown; readonly errors: readonly SchemaError[] };

/**
 * Replaces the errors of every `anyOf` and `oneOf` by those of the branch that the person most likely meant. The choice itself
 * stays as one error where no branch is likelier than the others. `root` is the schema in which `$ref` is looked up.
 */
export function chooseBranches(errors: readonly SchemaError[], root: unknown): readonly SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (!isChoice(error)) kept.push(error);
    else {
      const inside = takeInside(kept, error);
      const schemas = (Array.isArray(error.schema) ? error.schema : []).map((schema: unknown) =>
        resolveReference(schema, root),
      );
      addAll(
        kept,
        resolveChoice({
          error: { ...error, schema: schemas },
          branches: splitBranches(error, inside, schemas),
        }),
      );
    }
  }
  return kept;
}

function isChoice({ keyword, params }: SchemaError): boolean {
  return keyword === "anyOf" || (keyword === "oneOf" && !Array.isArray(params["passingSchemas"]));
}

// ajv tells the errors of the branches right before the choice itself. What stands in the same schema beside the choice is not of them.
function takeInside(kept: SchemaError[], choice: SchemaError): readonly SchemaError[] {
  let first = kept.length;
  while (first > 0 && isInside(kept[first - 1], choice)) first--;
  return kept.splice(first);
}

function isInside(error: SchemaError | undefined, choice: SchemaError): boolean {
  if (error === undefined) return false;
  if (error.instancePath === choice.instancePath) return error.parentSchema !== choice.parentSchema;
  return error.instancePath.startsWith(`${choice.instancePath}/`);
}

function splitBranches(
  choice: SchemaError,
  inside: readonly SchemaError[],
  schemas: readonly unknown[],
): readonly Branch[] {
  const owners = inside.map((error) => schemas.findIndex((schema) => isDirect(error, schema, choice)));
  return schemas.map((schema, index) => ({
    schema,
    errors: inside.filter(
      (error, at) => owners[at] === index || (owners[at] === -1 && covers(schema, deltaOf(error, choice))),
    ),
  }));
}

/**
 * Whether an error was found by the branch itself, not by a schema that it refers to. Its schema is then a part of the branch, as many steps
 * into the data as the error is. (The text of `schemaPath` does not tell: ajv lets it begin anew in a schema that refers to itself.)
 */
function isDirect(error: SchemaError, branch: unknown, choice: SchemaError): boolean {
  const keywords = pathWithin(branch, error.parentSchema);
  return keywords !== undefined && countDataSteps(keywords) === deltaOf(error, choice).length;
}

function pathWithin(schema: unknown, part: unknown): readonly string[] | undefined {
  if (schema === part) return [];
  if (typeof schema !== "object" || schema === null) return undefined;
  for (const [key, value] of Object.entries(schema)) {
    const path = pathWithin(value, part);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

const named = new Set(["properties", "patternProperties", "prefixItems"]);
const unnamed = new Set([
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contains",
]);

function countDataSteps(keywords: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < keywords.length; at++) {
    const keyword = keywords[at] ?? "";
    if (named.has(keyword)) at++;
    if (named.has(keyword) || unnamed.has(keyword)) count++;
  }
  return count;
}

function deltaOf({ instancePath }: SchemaError, choice: SchemaError): readonly string[] {
  return stepsOf(instancePath.slice(choice.instancePath.length));
}

/** Whether a schema, or one of its branches, says something about the first step below a value. */
function covers(schema: unknown, delta: readonly string[]): boolean {
  const [step] = delta;
  if (step === undefined) return false;
  if (member(member(schema, "properties"), step) !== undefined || member(schema, "items") !== undefined)
    return true;
  return ["allOf", "anyOf", "oneOf"].some((keyword) => {
    const branches = member(schema, keyword);
    return Array.isArray(branches) && branches.some((branch: unknown) => covers(branch, delta));
  });
}

function resolveReference(schema: unknown, root: unknown): unknown {
  const reference = member(schema, "$ref");
  if (typeof reference !== "string" || !reference.startsWith("#/")) return schema;
  return stepsOf(reference).reduce<unknown>((at, step) => member(at, step), root) ?? schema;
}

function resolveChoice({ error, branches }: Choice): readonly SchemaError[] {
  if (neededKeys(error) !== undefined) return [error];
  const sameKind = branches.filter(
    ({ errors }) => errors.length > 0 && !errors.some((inner) => refusesKind(inner, error)),
  );
  const scores = sameKind.map((branch) => likeness(branch, error.data));
  const likely = sameKind.filter((_, at) => scores[at] === greatest(scores));
  const sameTag = likely.filter(({ errors }) => !errors.some(isAboutTag));
  const tag = sameTag.length === 0 && likely.length > 1 ? mergeTags(likely) : undefined;
  if (tag !== undefined) return [tag];
  const [first, ...others] = sameTag.length > 0 ? sameTag : likely;
  if (first !== undefined && others.length === 0) return first.errors;
  const strange = keysOfNoBranch(error, sameKind);
  return strange.length > 0 ? strange : [error];
}

/** An error for each key that every branch refuses, as if the branches were one schema; its `schema` holds what they accept. */
function keysOfNoBranch(choice: SchemaError, branches: readonly Branch[]): readonly SchemaError[] {
  const known = Object.fromEntries(
    branches.flatMap(({ schema }) => keysOf(member(schema, "properties")).map((key) => [key, true])),
  );
  const refuses = ({ errors }: Branch, key: string): boolean =>
    errors.some(
      ({ params, instancePath }) =>
        params["additionalProperty"] === key && instancePath === choice.instancePath,
    );
  const strange = keysOf(choice.data).filter(
    (key) =>
      branches.length > 0 && branches.every((branch) => refuses(branch, key)) && !Object.hasOwn(known, key),
  );
  return strange.map((key) => ({
    ...choice,
    keyword: "additionalProperties",
    params: { additionalProperty: key },
    schema: { properties: known },
  }));
}

/** The value itself is of another type, or another constant, than the branch wants. */
function refusesKind({ keyword, instancePath }: SchemaError, choice: SchemaError): boolean {
  return instancePath === choice.instancePath && ["type", "const", "enum"].includes(keyword);
}

/** A member that tells the branches apart has another value. */
function isAboutTag({ keyword }: SchemaError): boolean {
  return keyword === "const";
}

/** Where each branch wants another constant in one place: all that is accepted there, as one error. */
function mergeTags(branches: readonly Branch[]): SchemaError | undefined {
  const tags = branches.flatMap(({ errors }) => errors.filter(isAboutTag).slice(0, 1));
  const [first] = tags;
  if (first === undefined || tags.some(({ instancePath }) => instancePath !== first.instancePath))
    return undefined;
  return { ...first, keyword: "enum", schema: tags.map(({ schema }) => schema) };
}

/** How many of the data's keys a branch knows, less the keys that it misses. */
function likeness({ schema, errors }: Branch, data: unknown): number {
  const known = new Set([...keysOf(member(schema, "properties")), ...textsOf(member(schema, "required"))]);
  const missing = errors.filter(({ keyword }) => keyword === "required").length;
  return keysOf(data).filter((key) => known.has(key)).length - missing;
}

/** The keys of which one is needed, where every branch of a choice only asks for a key. */
export function neededKeys({ schema }: SchemaError): readonly string[] | undefined {
  const branches: readonly unknown[] = Array.isArray(schema) ? schema : [];
  const isPure = branches.length > 0 && branches.every((branch) => keysOf(branch).join() === "required");
  return isPure ? branches.flatMap((branch) => textsOf(member(branch, "required"))) : undefined;
}
