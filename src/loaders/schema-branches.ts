import type { SchemaError } from "./schema-error.js";
import { keysOf, member, stepsOf, textsOf } from "./schema-error.js";

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
      kept.push(...resolveChoice({ error, branches: splitBranches(error, inside, root) }));
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
  if (error === undefined || !isBelow(error.instancePath, choice.instancePath)) return false;
  const parent = choice.schemaPath.slice(0, choice.schemaPath.lastIndexOf("/") + 1);
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) || !error.schemaPath.startsWith(parent);
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

function splitBranches(choice: SchemaError, inside: readonly SchemaError[], root: unknown): readonly Branch[] {
  const schemas: readonly unknown[] = Array.isArray(choice.schema) ? choice.schema : [];
  const prefixes = schemas.map((schema, index) => member(schema, "$ref") ?? `${choice.schemaPath}/${index.toString()}`);
  const direct = inside.map((error) => prefixes.findIndex((prefix) => typeof prefix === "string" && isDirect(error, prefix, choice)));
  return schemas.map((written, index) => {
    const schema = resolveReference(written, root);
    return { schema, errors: inside.filter((error, at) => direct[at] === index || (direct[at] === -1 && covers(schema, deltaOf(error, choice)))) };
  });
}

/** Whether an error was found by the branch itself, not by a schema that it refers to: the steps through schema and data then match. */
function isDirect(error: SchemaError, prefix: string, choice: SchemaError): boolean {
  if (!error.schemaPath.startsWith(`${prefix}/`)) return false;
  const keywords = stepsOf(error.schemaPath.slice(prefix.length)).slice(0, -1);
  return countDataSteps(keywords) === deltaOf(error, choice).length;
}

const named = new Set(["properties", "patternProperties", "prefixItems"]);
const unnamed = new Set(["items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains"]);

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

/** Whether a schema says something about the first step below a value. */
function covers(schema: unknown, [step]: readonly string[]): boolean {
  if (step === undefined) return false;
  return member(member(schema, "properties"), step) !== undefined || member(schema, "items") !== undefined;
}

function resolveReference(schema: unknown, root: unknown): unknown {
  const reference = member(schema, "$ref");
  if (typeof reference !== "string" || !reference.startsWith("#/")) return schema;
  return stepsOf(reference).reduce<unknown>((at, step) => member(at, step), root) ?? schema;
}

function resolveChoice({ error, branches }: Choice): readonly SchemaError[] {
  if (neededKeys(error) !== undefined) return [error];
  const sameKind = branches.filter(({ errors }) => errors.length > 0 && !errors.some((inner) => refusesKind(inner, error)));
  const scores = sameKind.map((branch) => likeness(branch, error.data));
  const likely = sameKind.filter((_, at) => scores[at] === Math.max(...scores));
  const sameTag = likely.filter(({ errors }) => !errors.some(isAboutTag));
  const tag = sameTag.length === 0 && likely.length > 1 ? mergeTags(likely) : undefined;
  if (tag !== undefined) return [tag];
  const [first, ...others] = sameTag.length > 0 ? sameTag : likely;
  return first === undefined || others.length > 0 ? [error] : first.errors;
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
  if (first === undefined || tags.some(({ instancePath }) => instancePath !== first.instancePath)) return undefined;
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
