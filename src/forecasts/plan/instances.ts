import { childModule, moduleSteps } from "./address.js";
import type { ModuleStep } from "./address.js";
import type { Plan, PlanChange } from "./document.js";

/** The resources and module instances that will be there after the deployment, by what references name. */
export type Instances = {
  /** All instances of a resource in one module instance. */
  readonly of: (resource: Pick<PlanChange, "module" | "mode" | "type" | "name">) => readonly PlanChange[];
  /** All instances of a module call in one module instance, as addresses and keys. */
  readonly ofModule: (
    parent: string,
    name: string,
  ) => readonly { readonly address: string; readonly step: ModuleStep }[];
};

/** Makes the instances of a plan ready for questions. */
export function indexInstances({ changes }: Plan): Instances {
  const resources = new Map<string, PlanChange[]>();
  const modules = new Map<string, Map<string, ModuleStep>>();
  for (const change of changes) {
    if (change.deposed !== undefined || isGoing(change)) continue;
    const key = keyOf(change);
    const known = resources.get(key);
    if (known === undefined) resources.set(key, [change]);
    else known.push(change);
    addModules(change.module, modules);
  }
  return {
    of: (resource) => resources.get(keyOf(resource)) ?? [],
    ofModule: (parent, name) =>
      [...(modules.get(JSON.stringify([parent, name])) ?? [])].map(([address, step]) => ({ address, step })),
  };
}

function keyOf({ module, mode, type, name }: Pick<PlanChange, "module" | "mode" | "type" | "name">): string {
  return JSON.stringify([module, mode, type, name]);
}

function addModules(address: string, into: Map<string, Map<string, ModuleStep>>): void {
  let parent = "";
  for (const step of moduleSteps(address)) {
    const own = childModule(parent, step);
    const key = JSON.stringify([parent, step.name]);
    const known = into.get(key) ?? new Map<string, ModuleStep>();
    known.set(own, step);
    into.set(key, known);
    parent = own;
  }
}

function isGoing({ actions }: PlanChange): boolean {
  return actions.every((action) => action === "delete" || action === "forget");
}

/** The one of several instances that a reference means: that of its index, the only one, or the one with the asker's own index. */
export function pickInstance<T>(
  all: readonly T[],
  {
    indexOfOne,
    index,
    own,
  }: {
    readonly indexOfOne: (one: T) => string | number | undefined;
    readonly index?: string | number | undefined;
    readonly own?: string | number | undefined;
  },
): T | undefined {
  if (index !== undefined) return all.find((one) => indexOfOne(one) === index);
  if (all.length === 1) return all[0];
  return own === undefined ? undefined : all.find((one) => indexOfOne(one) === own);
}
