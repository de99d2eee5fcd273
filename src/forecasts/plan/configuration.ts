import { moduleSteps } from "./address.js";
import { isPlanObject, listAt, memberAt, objectAt, textAt } from "./document.js";
import type { Plan, PlanObject } from "./document.js";

/** A module's call: what it passes, by the names of the module's variables. */
export type ModuleCall = { readonly source: string; readonly expressions: PlanObject };

/** A module as it is written, once for all of its instances. */
export type ConfiguredModule = {
  readonly resources: ReadonlyMap<string, PlanObject>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  readonly outputs: PlanObject;
  readonly variables: PlanObject;
};

/** The configuration inside a plan. */
export type Configuration = {
  /** The module of an instance's address; undefined where the plan does not show it. */
  readonly moduleAt: (address: string) => ConfiguredModule | undefined;
  readonly providers: PlanObject;
};

const MOST_MODULES = 64;

/** Makes a plan's configuration ready for questions. */
export function readConfiguration({ configuration }: Plan): Configuration {
  const modules = new Map<string, ConfiguredModule>();
  const root = memberAt(configuration, "root_module");
  if (isPlanObject(root)) addModule(root, [], modules);
  return {
    moduleAt: (address) => modules.get(pathOf(moduleSteps(address).map(({ name }) => name))),
    providers: objectAt(configuration, "provider_config"),
  };
}

function addModule(module: PlanObject, path: readonly string[], into: Map<string, ConfiguredModule>): void {
  if (path.length > MOST_MODULES) return;
  const resources = listAt(module, "resources")
    .filter(isPlanObject)
    .map((resource) => [textAt(resource, "address") ?? "", resource] as const);
  const calls = Object.entries(objectAt(module, "module_calls")).filter(
    (entry): entry is [string, PlanObject] => isPlanObject(entry[1]),
  );
  into.set(pathOf(path), {
    resources: new Map(resources),
    calls: new Map(
      calls.map(([name, call]) => [
        name,
        { source: textAt(call, "source") ?? "", expressions: objectAt(call, "expressions") },
      ]),
    ),
    outputs: objectAt(module, "outputs"),
    variables: objectAt(module, "variables"),
  });
  for (const [name, call] of calls) addModule(objectAt(call, "module"), [...path, name], into);
}

function pathOf(names: readonly string[]): string {
  return JSON.stringify(names);
}

/** What is written for the attributes of a resource; undefined where the plan does not show its configuration. */
export function expressionsOf(
  configuration: Configuration,
  {
    module,
    mode,
    type,
    name,
  }: { readonly module: string; readonly mode: string; readonly type: string; readonly name: string },
): PlanObject | undefined {
  const resource = resourceOf(configuration, { module, mode, type, name });
  return resource === undefined ? undefined : objectAt(resource, "expressions");
}

/** A resource as it is written; undefined where the plan does not show it. */
export function resourceOf(
  configuration: Configuration,
  {
    module,
    mode,
    type,
    name,
  }: { readonly module: string; readonly mode: string; readonly type: string; readonly name: string },
): PlanObject | undefined {
  const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
  return configuration.moduleAt(module)?.resources.get(address);
}

/**
 * The references of an expression, each the longest of those that a plan lists with their prefixes. One that is written twice
 * stands there twice.
 */
export function referencesIn(expression: unknown): readonly string[] {
  if (!isPlanObject(expression)) return [];
  const found: string[] = [];
  let last = "";
  for (const reference of listAt(expression, "references")) {
    if (typeof reference !== "string") continue;
    const isPrefix =
      last.startsWith(reference) && last !== reference && /^[.[]/u.test(last.slice(reference.length));
    if (!isPrefix) {
      found.push(reference);
      last = reference;
    }
  }
  return found;
}

/** Whether something is an expression of one attribute, and no block with attributes of its own. */
export function isLeafExpression(expression: unknown): expression is PlanObject {
  return (
    isPlanObject(expression) &&
    (Array.isArray(memberAt(expression, "references")) || Object.hasOwn(expression, "constant_value"))
  );
}
