import type { JsonObject, JsonValue } from "../../core/json.js";
import { isArray, isObject, textOf } from "./values.js";

/** A parameter as a template declares it. */
export type ParameterDeclaration = {
  readonly type: string;
  readonly default?: string;
  readonly allowed: readonly string[];
  readonly noEcho: boolean;
};

/** The sections of a template that decide what it declares; intrinsics in their long form. */
export type Template = {
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly resources: JsonObject;
  readonly outputs: JsonObject;
  /** Names of macros and of CloudFormation's own transforms, in their order. */
  readonly transforms: readonly string[];
  /** Parameter → the texts that conditions compare it with. */
  readonly compared: ReadonlyMap<string, readonly string[]>;
};

/** CloudFormation expands this transform from the template alone. */
export const LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";

/** Opens a template's sections; a section that is none is empty. */
export function openTemplate(document: JsonObject): Template {
  const conditions = section(document, "Conditions");
  return {
    parameters: new Map(
      Object.entries(section(document, "Parameters")).map(([name, declared]) => [
        name,
        parameterOf(declared),
      ]),
    ),
    mappings: section(document, "Mappings"),
    conditions,
    resources: section(document, "Resources"),
    outputs: section(document, "Outputs"),
    transforms: transformsOf(own(document, "Transform")),
    compared: comparedIn(conditions),
  };
}

/** Whether a document is a template: resources by name, each with a type, or a loop or transform that makes some. */
export function isTemplate(document: JsonValue): document is JsonObject {
  if (!isObject(document)) return false;
  const resources = own(document, "Resources");
  if (!isObject(resources)) return false;
  const entries = Object.entries(resources);
  if (entries.length === 0) return Object.hasOwn(document, "AWSTemplateFormatVersion");
  return entries.some(
    ([name, resource]) =>
      name.startsWith("Fn::") || (isObject(resource) && typeof own(resource, "Type") === "string"),
  );
}

/** A member that an object has itself. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function section(document: JsonObject, name: string): JsonObject {
  const found = own(document, name);
  return isObject(found) ? found : {};
}

function parameterOf(declared: JsonValue): ParameterDeclaration {
  const members = isObject(declared) ? declared : {};
  const preset = textOf(own(members, "Default") ?? null);
  const allowed = own(members, "AllowedValues");
  return {
    type: textOf(own(members, "Type") ?? null) ?? "String",
    ...(preset === undefined ? {} : { default: preset }),
    allowed: isArray(allowed) ? allowed.flatMap((item: JsonValue) => textOf(item) ?? []) : [],
    noEcho: /^(?:true|yes|on)$/iu.test(textOf(own(members, "NoEcho") ?? null) ?? ""),
  };
}

function transformsOf(written: JsonValue | undefined): readonly string[] {
  if (typeof written === "string") return [written];
  if (isArray(written)) return written.flatMap((item: JsonValue) => transformsOf(item));
  const name = isObject(written) ? own(written, "Name") : undefined;
  return typeof name === "string" ? [name] : [];
}

function comparedIn(conditions: JsonObject): Template["compared"] {
  const compared = new Map<string, string[]>();
  const visit = (node: JsonValue): void => {
    if (isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    note(own(node, "Fn::Equals"), compared);
    Object.values(node).forEach(visit);
  };
  visit(conditions);
  return compared;
}

function note(pair: JsonValue | undefined, compared: Map<string, string[]>): void {
  if (!isArray(pair)) return;
  const names = pair.flatMap((side: JsonValue) => refOf(side) ?? []);
  const texts = pair.flatMap((side: JsonValue) => textOf(side) ?? []);
  for (const name of names) compared.set(name, [...new Set([...(compared.get(name) ?? []), ...texts])]);
}

/** The name in `{ Ref: name }`; undefined for anything else. */
export function refOf(node: JsonValue): string | undefined {
  const name = isObject(node) && Object.keys(node).length === 1 ? own(node, "Ref") : undefined;
  return typeof name === "string" ? name : undefined;
}
