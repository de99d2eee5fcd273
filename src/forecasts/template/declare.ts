import { Hole } from "../../core/declared.js";
import type { Declared, Openness } from "../../core/declared.js";
import type { Diagnostic } from "../../core/diagnostic.js";
import { decide } from "../../languages/template/conditions.js";
import { typesIn } from "../../languages/template/loops.js";
import { findCycle, needsOf, referencesIn } from "../../languages/template/references.js";
import { own } from "../../languages/template/template.js";
import { exploreWorlds } from "../../languages/template/worlds.js";
import type { Session } from "../../languages/template/worlds.js";
import { declareResource, openProperties, policyOf } from "./declare-resource.js";
import { typeFacts } from "./kinds.js";
import { existingIdentity, namingOf, realType } from "./names.js";
import { notesOnResource } from "./notes.js";
import { macrosOf, nestedStack, openStack } from "./open-stack.js";
import { STACK } from "./search.js";
import type { ResourceEntry, Stack, StackSource, World } from "./stack.js";
import { diagnosticOf, placeOf } from "./template-file.js";
import { addAll } from "../../shared/many.js";

/** What stacks declare in one world. */
export type WorldDeclared = {
  readonly given: readonly string[];
  readonly resources: readonly Declared[];
  readonly open: readonly Openness[];
  readonly notes: readonly string[];
};

type Run = Omit<WorldDeclared, "given"> & { readonly diagnostics: readonly Diagnostic[] };

/** What stacks that are deployed together declare, in each world; or what is wrong with them in all of these. */
export function declareStacks(sources: readonly StackSource[]): {
  readonly worlds: readonly WorldDeclared[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const explored = exploreWorlds((session) => runWorld(sources, session));
  // CloudFormation refuses a deployment in a world where the template makes no sense.
  const sound = explored.filter(({ result }) => result.diagnostics.length === 0);
  const [first] = explored;
  if (sound.length === 0) return { worlds: [], diagnostics: first?.result.diagnostics ?? [] };
  return {
    worlds: sound.map(({ given, result: { resources, open, notes } }) => ({ given, resources, open, notes })),
    diagnostics: [],
  };
}

function runWorld(sources: readonly StackSource[], session: Session): Run {
  const world: World = { session, stacks: [], faults: [], exports: new Map() };
  for (const source of sources) world.stacks.push(openStack(source, world));
  const runs = world.stacks.map((stack) => runStack(stack, world));
  if (session.isExhausted) {
    const [stack] = world.stacks;
    const fault = {
      code: "too-large",
      path: [],
      message: "evaluating this template takes more than 500000 steps",
    } as const;
    if (stack !== undefined) world.faults.push({ file: stack.source.file, fault });
  }
  const diagnostics = new Map(
    world.faults.map(({ file, fault }) => {
      const diagnostic = diagnosticOf(file, fault);
      return [JSON.stringify([diagnostic.file, diagnostic.position, fault.message]), diagnostic];
    }),
  );
  return {
    resources: runs.flatMap(({ resources }) => resources),
    open: runs.flatMap(({ open }) => open),
    notes: runs.flatMap(({ notes }) => notes),
    diagnostics: [...diagnostics.values()],
  };
}

type Parts = { readonly resources: Declared[]; readonly open: Openness[]; readonly notes: string[] };

function runStack(stack: Stack, world: World): Parts {
  checkReferences(stack);
  const parts: Parts = { resources: [], open: [...opennessOf(stack)], notes: [] };
  const { session } = world;
  const [watched, other] = [true, false].map((matters) =>
    [...stack.entries.values()].filter((entry) => isWatched(entry.type) === matters),
  );
  for (const entry of watched ?? []) runResource(stack, entry, parts);
  // What no rule looks at is worth no world.
  session.isRecording = false;
  for (const entry of other ?? []) runResource(stack, entry, parts);
  session.isRecording = true;
  addAll(parts.resources, removedOf(stack));
  return parts;
}

function isWatched(type: string): boolean {
  return typeFacts(type) !== undefined || type === STACK || type.startsWith("Custom::");
}

function runResource(stack: Stack, entry: ResourceEntry, parts: Parts): void {
  const { file } = stack.source;
  const condition = own(entry.resource, "Condition");
  const truth =
    typeof condition === "string" ? decide(condition, [...entry.at, "Condition"], stack.scope) : true;
  if (truth === false) return;
  const place = placeOf(file, entry.at);
  if (truth instanceof Hole) {
    parts.open.push({
      types: entry.type === STACK ? "*" : [realType(entry.type)],
      cause: truth.cause,
      place,
    });
    return;
  }
  const inner = nestedStack(stack, entry.key);
  if (inner !== undefined) addParts(parts, runStack(inner, stack.world));
  const opened = opaqueCause(entry, inner !== undefined);
  if (opened !== undefined) parts.open.push({ types: "*", cause: opened, place });
  const transform = openProperties(entry);
  if (transform !== undefined)
    parts.open.push({ types: [realType(entry.type)], cause: transform.cause, place });
  if (entry.type === STACK) return;
  const declared = declareResource(stack, entry);
  parts.resources.push(declared);
  addAll(parts.notes, notesOnResource(declared, namingOf(stack, entry.key)));
}

function addParts(parts: Parts, inner: Parts): void {
  addAll(parts.resources, inner.resources);
  addAll(parts.open, inner.open);
  addAll(parts.notes, inner.notes);
}

// What may hold resources of any type.
function opaqueCause({ type, key }: ResourceEntry, isRead: boolean): string | undefined {
  if (type === STACK) return isRead ? undefined : `nested stack ${key}, whose template is not at hand`;
  if (type === "AWS::CloudFormation::StackSet" || type === "AWS::Serverless::Application")
    return `${type} ${key}`;
  return type.endsWith("::MODULE") ? `module ${key} (${type})` : undefined;
}

function opennessOf(stack: Stack): readonly Openness[] {
  const { file } = stack.source;
  const macros = macrosOf(file).map((name): Openness => ({
    types: "*",
    cause: `the transform ${name}`,
    place: placeOf(file, ["Transform"]),
  }));
  const loops = stack.open.map(({ cause, fragment, at }): Openness => ({
    types: typesIn(fragment),
    cause,
    place: placeOf(file, at),
  }));
  return [...macros, ...loops];
}

function checkReferences(stack: Stack): void {
  const { scope } = stack;
  for (const { resource, at } of stack.entries.values()) {
    const properties = own(resource, "Properties");
    for (const { name, at: path } of referencesIn(properties ?? null, [...at, "Properties"]))
      if (!isKnown(name, stack)) {
        const message = `there is no parameter or resource ${JSON.stringify(name)} in this template`;
        scope.fault({ code: "unknown-name", path, message });
      }
  }
  const needs = new Map(
    [...stack.entries].map(([id, entry]) => [id, needsOf(entry, scope).map(({ name }) => name)]),
  );
  const cycle = findCycle(needs);
  const [first] = cycle ?? [];
  if (cycle === undefined || first === undefined) return;
  scope.fault({
    code: "cyclic-reference",
    path: stack.entries.get(first)?.at ?? [],
    message: `resources wait for each other in a circle: ${cycle.join(" → ")}`,
  });
}

function isKnown(name: string, { scope }: Stack): boolean {
  return name.startsWith("AWS::") || scope.template.parameters.has(name) || scope.outside.hasResource(name);
}

/** What the stack has and its template lacks in this world. */
function removedOf(stack: Stack): readonly Declared[] {
  const { source, old } = stack;
  if (source.existing === undefined) return [];
  return [...source.existing.resources].flatMap(([id, found]) => {
    const entry = stack.entries.get(id);
    const isOther = entry !== undefined && !isLeftOut(stack, entry);
    if (isOther && entry.type === found.type) return [];
    const { home, address, file } = source;
    const was = old?.entries.get(id);
    const policy = old === undefined || was === undefined ? "Delete" : policyOf(old, was, "DeletionPolicy");
    return [
      {
        address: `${address}${id}${isOther ? ` (${found.type})` : ""}`,
        type: realType(found.type),
        action: policy.startsWith("Retain") ? ("forget" as const) : ("delete" as const),
        account: home.account,
        region: home.region,
        before: existingIdentity(found, home, {}),
        properties: {},
        complete: true,
        place: placeOf(file, entry?.at ?? []),
      },
    ];
  });
}

function isLeftOut(stack: Stack, { resource, at }: ResourceEntry): boolean {
  const condition = own(resource, "Condition");
  return typeof condition === "string" && decide(condition, [...at, "Condition"], stack.scope) === false;
}
