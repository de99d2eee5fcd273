import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import type { JsonObject } from "../../core/json.js";
import { decide } from "../../languages/template/conditions.js";
import { evaluateGiven, openScope } from "../../languages/template/evaluate.js";
import { expandLoops, isLoop } from "../../languages/template/loops.js";
import type { Entry } from "../../languages/template/loops.js";
import type { Outside, Scope } from "../../languages/template/scope.js";
import { LANGUAGE_EXTENSIONS, own } from "../../languages/template/template.js";
import { isList, isObject, textOf } from "../../languages/template/values.js";
import { hostSuffix } from "../../shared/aws/partitions.js";
import { attributeGiven, refGiven } from "./names.js";
import { STACK } from "./search.js";
import type { ResourceEntry, Stack, StackSource, World } from "./stack.js";

/** Opens a stack in a world. `isOld`: as it is before the deployment. */
export function openStack(source: StackSource, world: World, isOld = false): Stack {
  const { file, whose } = source;
  // What loops go over is worked out before there are resources.
  const opening: Opening = {};
  const scope: Scope = openScope({
    template: file.template,
    session: world.session,
    whose,
    fault: (fault) => {
      if (!isOld) world.faults.push({ file, fault });
    },
    outside: outsideOf(source, world, opening),
  });
  const { entries, open } = expandLoops(file.template.resources, ["Resources"], scope);
  const stack: Stack = {
    source,
    world,
    scope,
    entries: new Map(entries.flatMap((entry) => resourceOf(entry))),
    open: [...open, ...transformsIn(entries)],
    nested: new Map(),
    names: new Map(),
    properties: new Map(),
    outputs: new Map(),
    replaced: new Map(),
    isOld,
    ...oldOf(source, world),
  };
  opening.stack = stack;
  return stack;
}

type Opening = { stack?: Stack };

function oldOf(source: StackSource, world: World): { readonly old?: Stack } {
  const { existing } = source;
  if (existing?.file === undefined) return {};
  const { file, given, resolved, resources } = existing;
  const before = { ...source, file, given, resolved, existing: { resources, given, resolved } };
  return { old: openStack(before, world, true) };
}

function resourceOf(entry: Entry): readonly (readonly [string, ResourceEntry])[] {
  const { key, node } = entry;
  const type = isObject(node) ? own(node, "Type") : undefined;
  return isObject(node) && typeof type === "string" ? [[key, { ...entry, resource: node, type }]] : [];
}

function transformsIn(entries: readonly Entry[]): Stack["open"] {
  return entries.flatMap(({ key, node, at }) => {
    if (key !== "Fn::Transform") return [];
    const name = isObject(node) ? textOf(own(node, "Name")) : undefined;
    const cause = name === undefined ? "Fn::Transform" : `the transform ${name}`;
    return [{ cause, fragment: { "Fn::Transform": null }, at }];
  });
}

/** Transforms that CloudFormation runs on its side, and nobody else can. */
export function macrosOf({ template }: StackSource["file"]): readonly string[] {
  return template.transforms.filter((name) => name !== LANGUAGE_EXTENSIONS);
}

function outsideOf(source: StackSource, world: World, opening: Opening): Outside {
  const isOpen = macrosOf(source.file).length > 0;
  return {
    given: source.given,
    resolved: source.resolved,
    pseudo: (name) => pseudoOf(name, source),
    hasResource: (id) =>
      isOpen || opening.stack?.entries.has(id) === true || opening.stack?.open.length !== 0,
    resource: (id, attribute) => {
      const { stack } = opening;
      if (stack === undefined) return new Hole(`resource ${id}`);
      if (attribute === undefined) return refGiven(stack, id);
      return nestedOutput(stack, id, attribute) ?? attributeGiven(stack, id, attribute);
    },
    importOf: (name) => exported(name, source, world),
    outputOf: (name, output, region) => {
      const home = { ...source.home, ...(region === undefined ? {} : { region }) };
      const found = world.stacks.find(
        ({ source: other }) =>
          other.name === name && other.home.account === home.account && other.home.region === home.region,
      );
      return found === undefined ? undefined : outputGiven(found, output);
    },
  };
}

function pseudoOf(
  name: string,
  { name: stack, home: { account, region, partition } }: StackSource,
): Given | undefined {
  const known: Readonly<Record<string, Given>> = {
    "AWS::AccountId": account,
    "AWS::Region": region,
    "AWS::Partition": partition,
    "AWS::URLSuffix": hostSuffix(partition),
    "AWS::StackName": stack,
    "AWS::StackId": new Hole(`the id of stack ${stack}`),
    "AWS::NotificationARNs": new Hole(`the notification topics of stack ${stack}`),
  };
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** The stack that a resource nests; undefined where its template is not at hand. */
export function nestedStack(stack: Stack, id: string): Stack | undefined {
  const known = stack.nested.get(id);
  const entry = stack.entries.get(id);
  if (known !== undefined || entry?.type !== STACK) return known;
  const { source, world, scope } = stack;
  const file = source.file.nested.get(String(entry.at[1] ?? id)) ?? source.file.nested.get(id);
  if (file === undefined) return undefined;
  const properties = own(entry.resource, "Properties");
  const parameters = isObject(properties) ? own(properties, "Parameters") : undefined;
  const inner = openStack(
    {
      name: `${source.name}-${id}-XXXXXXXXXXXX`,
      address: `${source.address}${id}/`,
      home: source.home,
      file,
      given: (name) => parameterOf(isObject(parameters) ? parameters : {}, name, { scope, at: entry.at }),
      resolved: () => undefined,
      whose: ` of ${source.address}${id}`,
      ...(source.sourceOf === undefined ? {} : { sourceOf: source.sourceOf }),
    },
    world,
  );
  stack.nested.set(id, inner);
  return inner;
}

type Asked = { readonly scope: Scope; readonly at: Entry["at"] };

function parameterOf(parameters: JsonObject, name: string, { scope, at }: Asked): Given | undefined {
  const node = own(parameters, name);
  if (node === undefined) return undefined;
  const value = evaluateGiven(node, [...at, "Properties", "Parameters", name], scope);
  if (isList(value)) {
    const hole = value.find((part) => part instanceof Hole);
    return hole ?? value.map((part) => textOf(part) ?? "").join(",");
  }
  return textOf(value) ?? (value instanceof Hole ? value : undefined);
}

function nestedOutput(stack: Stack, id: string, attribute: string): Given | undefined {
  if (!attribute.startsWith("Outputs.")) return undefined;
  const output = attribute.slice("Outputs.".length);
  const inner = nestedStack(stack, id);
  return (
    (inner === undefined ? undefined : outputGiven(inner, output)) ?? new Hole(`output ${output} of ${id}`)
  );
}

/** An output of a stack; undefined where it has none of that name. */
export function outputGiven(stack: Stack, name: string): Given | undefined {
  if (stack.outputs.has(name))
    return stack.outputs.get(name) ?? new Hole(`output ${name}, which depends on itself`);
  const found = outputsOf(stack).find(({ key }) => key === name);
  if (found === undefined || !isObject(found.node)) return undefined;
  stack.outputs.set(name, undefined);
  const value = evaluateGiven(own(found.node, "Value") ?? null, [...found.at, "Value"], stack.scope);
  stack.outputs.set(name, value);
  return value;
}

function outputsOf({ scope }: Stack): readonly Entry[] {
  return expandLoops(scope.template.outputs, ["Outputs"], scope).entries.filter(({ key }) => !isLoop(key));
}

function exported(name: string, { home }: StackSource, world: World): Given | undefined {
  const key = [home.account, home.region, name].join(" ");
  if (world.exports.has(key)) return world.exports.get(key);
  world.exports.set(key, undefined);
  for (const stack of world.stacks.filter(
    ({ source }) => source.home.account === home.account && source.home.region === home.region,
  ))
    for (const { key: output, node, at } of outputsOf(stack)) {
      if (exportName(node, at, stack) !== name || !isThere(node, at, stack)) continue;
      const value = outputGiven(stack, output);
      world.exports.set(key, value);
      return value;
    }
  return undefined;
}

function exportName(node: Entry["node"], at: Entry["at"], { scope }: Stack): string | undefined {
  const exported = isObject(node) ? own(node, "Export") : undefined;
  const name = isObject(exported) ? own(exported, "Name") : undefined;
  return name === undefined ? undefined : textOf(evaluateGiven(name, [...at, "Export", "Name"], scope));
}

function isThere(node: Entry["node"], at: Entry["at"], { scope }: Stack): boolean {
  const condition = isObject(node) ? own(node, "Condition") : undefined;
  return typeof condition !== "string" || decide(condition, [...at, "Condition"], scope) !== false;
}
