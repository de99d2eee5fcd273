import { Hole } from "../../core/declared.js";
import type { Declared, DeclaredIdentity, DeclaredPlace, Given, GivenObject } from "../../core/declared.js";
import { transformed, evaluateGiven } from "../../languages/template/evaluate.js";
import { isLoop } from "../../languages/template/loops.js";
import { own } from "../../languages/template/template.js";
import { isGivenObject, isObject, textOf } from "../../languages/template/values.js";
import { identify } from "../../mappings/identify.js";
import { coerceProperties } from "./kinds.js";
import { identityBefore, isReplaced, namingOf, realType } from "./names.js";
import type { ResourceEntry, Stack } from "./stack.js";
import { placeOf } from "./template-file.js";

/** One resource as the deployment will leave it, or none for what stands for nothing that is known. */
export function declareResource(stack: Stack, entry: ResourceEntry): Declared {
  const { source } = stack;
  const { account, region } = source.home;
  const properties = propertiesOf(stack, entry);
  const before = identityBefore(stack, entry);
  const shared = {
    address: `${source.address}${entry.key}`,
    account,
    region,
    complete: true,
    ...placesOf(stack, entry, properties),
  };
  if (entry.type === "Custom::LogRetention") return { ...shared, ...retention(stack, entry, properties) };
  const naming = namingOf(stack, entry.key);
  const after = naming?.identity ?? { id: shared.address, ref: shared.address };
  const replaced = isReplaced(stack, entry);
  const action = before === undefined ? "create" : replaced ? "replace" : "update";
  return {
    ...shared,
    type: realType(entry.type),
    action,
    ...beforeOf(stack, entry, before),
    after: { ...after, ...(naming?.isPlaceholder === true ? { placeholder: true as const } : {}) },
    properties,
    ...(replaced && keepsOld(stack, entry) ? { keepsOld: true as const } : {}),
  };
}

// The CDK's function sets the retention of a log group, which it makes where there is none.
function retention(
  { source }: Stack,
  { key }: ResourceEntry,
  properties: GivenObject,
): Pick<Declared, "type" | "action" | "after" | "properties" | "complete"> {
  const type = "AWS::Logs::LogGroup";
  const name = textOf(properties["LogGroupName"]) ?? `${source.name}-${key}-XXXXXXXXXXXX`;
  const { LogGroupName = null, RetentionInDays = null } = properties;
  return {
    type,
    action: "create",
    after: identify(type, name, { home: source.home }) ?? { id: name, ref: name },
    properties: coerceProperties(type, { LogGroupName, RetentionInDays }),
    complete: false,
  };
}

function beforeOf(
  stack: Stack,
  entry: ResourceEntry,
  before: DeclaredIdentity | undefined,
): Pick<Declared, "before"> {
  if (before === undefined) return {};
  const old = stack.old?.entries.get(entry.key);
  const properties = stack.old === undefined || old === undefined ? undefined : propertiesOf(stack.old, old);
  return { before: { ...before, ...(properties === undefined ? {} : { properties }) } };
}

function keepsOld(stack: Stack, { resource, at }: ResourceEntry): boolean {
  return /^Retain$/u.test(policyOf(stack, { resource, at }, "UpdateReplacePolicy"));
}

/** A resource's DeletionPolicy or UpdateReplacePolicy; "Delete" where it has none. */
export function policyOf(
  { scope }: Stack,
  { resource, at }: Pick<ResourceEntry, "resource" | "at">,
  name: "DeletionPolicy" | "UpdateReplacePolicy",
): string {
  const node = own(resource, name);
  return node === undefined ? "Delete" : (textOf(evaluateGiven(node, [...at, name], scope)) ?? "Delete");
}

/** The properties of a resource in this world, each worked out once. */
export function propertiesOf(stack: Stack, entry: ResourceEntry): GivenObject {
  const known = stack.properties.get(entry.key);
  if (known !== undefined) return known;
  const properties = makeProperties(stack, entry);
  stack.properties.set(entry.key, properties);
  return properties;
}

function makeProperties({ scope }: Stack, { resource, at, type }: ResourceEntry): GivenObject {
  const node = own(resource, "Properties");
  if (!isObject(node)) return {};
  const value = evaluateGiven(node, [...at, "Properties"], scope);
  if (isGivenObject(value)) return coerceProperties(realType(type), reduced(type, value));
  const hole = value instanceof Hole ? value : new Hole("its properties");
  return Object.fromEntries(
    Object.keys(node)
      .filter(isPlainKey)
      .map((key): [string, Given] => [key, hole]),
  );
}

// What the transform makes of a function is not known, but for its name.
function reduced(type: string, properties: GivenObject): GivenObject {
  if (type !== "AWS::Serverless::Function") return properties;
  const { FunctionName } = properties;
  return FunctionName === undefined ? {} : { FunctionName };
}

/** What holds a transform among its properties may have any. */
export function openProperties({
  resource,
  type,
}: ResourceEntry): { readonly cause: string; readonly type: string } | undefined {
  const parts = [resource, own(resource, "Properties")].filter((part) => isObject(part));
  const part = parts.find((held) => Object.hasOwn(held, "Fn::Transform"));
  return part === undefined
    ? undefined
    : { cause: transformed(own(part, "Fn::Transform") ?? null).cause, type };
}

function placesOf(
  { source }: Stack,
  { key, at, resource }: ResourceEntry,
  properties: GivenObject,
): { readonly place: DeclaredPlace; readonly places: Readonly<Record<string, DeclaredPlace>> } {
  const sourcePlace = source.sourceOf?.(key, resource);
  const node = own(resource, "Properties");
  const written = isObject(node) ? node : {};
  const names = Object.keys(properties).filter((name) => Object.hasOwn(written, name));
  const places = names.map((name) => [name, placeOf(source.file, [...at, "Properties", name])] as const);
  // A line of the program that made the template says more than any line of the template.
  return sourcePlace === undefined
    ? { place: placeOf(source.file, at), places: Object.fromEntries(places) }
    : { place: sourcePlace, places: {} };
}

function isPlainKey(key: string): boolean {
  return key !== "Fn::Transform" && !isLoop(key);
}
