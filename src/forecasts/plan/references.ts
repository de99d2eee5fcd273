import { Hole } from "../../core/declared.js";
import type { Given } from "../../core/declared.js";
import { isGivenList, isGivenObject } from "../../mappings/given.js";
import { indexOf, nameOf, parentModule, stepsOf } from "./address.js";
import type { Step } from "./address.js";
import { referencesIn } from "./configuration.js";
import type { Configuration } from "./configuration.js";
import { isPlanObject, memberAt, objectAt } from "./document.js";
import type { PlanChange } from "./document.js";
import { pickInstance } from "./instances.js";
import type { Instances } from "./instances.js";

/** Where a reference stands: a module instance, and the key of what holds it there. */
export type Scope = { readonly module: string; readonly own?: string | number | undefined };

/**
 * What a reference leads to: something that was known while planning, so that it is no cause; a value that follows from a
 * name; or nothing that can be said, with its cause.
 */
export type Leaf =
  | { readonly kind: "known" }
  | { readonly kind: "value"; readonly value: Given; readonly from: string; readonly isDocument?: true }
  | { readonly kind: "opaque"; readonly cause: string };

/** What is asked of the rest of the plan. */
export type Asked = {
  readonly configuration: Configuration;
  readonly instances: Instances;
  /** The value of an attribute that the plan leaves open, where names tell it; null for one that the plan tells. */
  readonly ask: (change: PlanChange, path: readonly Step[]) => Given | undefined;
  /** The text of a policy document that is read only at the deployment. */
  readonly render: (change: PlanChange) => Given;
};

const KNOWN: Leaf = { kind: "known" };
const DEEPEST = 32;

/** What the references of an expression lead to, each of them once for each place in which it is written. */
export function followExpression(
  expression: unknown,
  scope: Scope,
  {
    asked,
    depth = 0,
  }: {
    readonly asked: Asked;
    readonly depth?: number;
  },
): readonly Leaf[] {
  const references = referencesIn(expression);
  const isKeyed = references.some((one) => one === "each.key" || one === "count.index");
  return references.flatMap((reference) => follow(reference, scope, { asked, depth, isKeyed }));
}

type Following = {
  readonly asked: Asked;
  readonly depth: number;
  /** Whether the key of what asks is among the references: `x[each.key].arn` leaves `x` and each.key, and nothing after it. */
  readonly isKeyed: boolean;
};

function follow(reference: string, scope: Scope, following: Following): readonly Leaf[] {
  if (following.depth > DEEPEST) return [opaque(reference)];
  const steps = stepsOf(reference);
  const first = nameOf(steps[0]) ?? "";
  const handler = Object.hasOwn(HANDLERS, first) ? HANDLERS[first] : undefined;
  return (handler ?? resource)({ reference, steps, scope, following });
}

type Reference = {
  readonly reference: string;
  readonly steps: readonly Step[];
  readonly scope: Scope;
  readonly following: Following;
};

const HANDLERS: Readonly<Record<string, (reference: Reference) => readonly Leaf[]>> = {
  count: () => [KNOWN],
  path: () => [KNOWN],
  terraform: () => [KNOWN],
  tofu: () => [KNOWN],
  each: ({ reference }) => [reference.startsWith("each.key") ? KNOWN : opaque(reference)],
  local: ({ reference }) => [opaque(reference)],
  self: ({ reference }) => [opaque(reference)],
  var: variable,
  module: output,
  data,
};

function opaque(cause: string): Leaf {
  return { kind: "opaque", cause };
}

// The variables of the root are given before anything is planned.
function variable({ reference, steps, scope, following }: Reference): readonly Leaf[] {
  const above = parentModule(scope.module);
  if (above === undefined) return [KNOWN];
  const call = following.asked.configuration.moduleAt(above.parent)?.calls.get(above.step.name);
  if (call === undefined) return [opaque(reference)];
  const passed = memberAt(call.expressions, nameOf(steps[1]) ?? "");
  if (passed === undefined) return [KNOWN];
  const leaves = followExpression(
    passed,
    { module: above.parent, own: above.step.index },
    { asked: following.asked, depth: following.depth + 1 },
  );
  return oneOfMany(leaves, { reference, isPart: steps.length > 2 });
}

function output({ reference, steps, scope, following }: Reference): readonly Leaf[] {
  const { asked, depth } = following;
  const name = nameOf(steps[1]) ?? "";
  const index = indexOf(steps[2]);
  const [out, ...rest] = steps.slice(index === undefined ? 2 : 3);
  const instance = pickInstance(asked.instances.ofModule(scope.module, name), {
    indexOfOne: ({ step }) => step.index,
    index,
    own: scope.own,
  });
  const outName = nameOf(out);
  const module = instance === undefined ? undefined : asked.configuration.moduleAt(instance.address);
  if (instance === undefined || module === undefined || outName === undefined) return [opaque(reference)];
  const expression = memberAt(objectAt(module.outputs, outName), "expression");
  if (!isPlanObject(expression)) return [opaque(reference)];
  const leaves = followExpression(expression, { module: instance.address }, { asked, depth: depth + 1 });
  return oneOfMany(leaves, { reference, isPart: rest.length > 0 });
}

// A part of something that is made of several: which one, the plan does not say.
function oneOfMany(
  leaves: readonly Leaf[],
  { reference, isPart }: { readonly reference: string; readonly isPart: boolean },
): readonly Leaf[] {
  return isPart && leaves.filter(({ kind }) => kind !== "known").length > 1 ? [opaque(reference)] : leaves;
}

function data({ reference, steps, scope, following: { asked } }: Reference): readonly Leaf[] {
  const [type, name] = [nameOf(steps[1]) ?? "", nameOf(steps[2]) ?? ""];
  const all = asked.instances.of({ module: scope.module, mode: "data", type, name });
  // It was read while planning.
  if (all.length === 0) return [KNOWN];
  const { change, path } = pick(all, steps.slice(3), scope);
  if (change === undefined) return [opaque(reference)];
  const attribute = nameOf(path[0]) ?? "";
  if (type === "aws_iam_policy_document" && /^(?:minified_)?json$/u.test(attribute)) {
    const value = asked.render(change);
    return value instanceof Hole
      ? [opaque(value.cause)]
      : [{ kind: "value", value, from: reference, isDocument: true }];
  }
  return [asked.ask(change, path) === null ? KNOWN : opaque(reference)];
}

const ARN: readonly Step[] = [{ name: "arn" }];

function resource({ reference, steps, scope, following: { asked, isKeyed } }: Reference): readonly Leaf[] {
  const [type, name] = [nameOf(steps[0]) ?? "", nameOf(steps[1]) ?? ""];
  const all = asked.instances.of({ module: scope.module, mode: "managed", type, name });
  const { change, path } = pick(all, steps.slice(2), scope);
  if (change === undefined) return [opaque(reference)];
  // Where an ARN belongs, it can only be this one's.
  const value = asked.ask(change, path.length === 0 && isKeyed && scope.own !== undefined ? ARN : path);
  if (value === null) return [KNOWN];
  return value === undefined || value instanceof Hole
    ? [opaque(value instanceof Hole ? value.cause : reference)]
    : [{ kind: "value", value, from: reference }];
}

function pick(
  all: readonly PlanChange[],
  steps: readonly Step[],
  { own }: Scope,
): { readonly change: PlanChange | undefined; readonly path: readonly Step[] } {
  const index = indexOf(steps[0]);
  const change = pickInstance(all, { indexOfOne: (one) => one.index, index, own });
  return { change, path: index === undefined ? steps : steps.slice(1) };
}

/** What stands at a path in a value; undefined where nothing does. */
export function stepDown(value: Given | undefined, path: readonly Step[]): Given | undefined {
  let at: Given | undefined = value;
  for (const step of path) {
    if (at === undefined || at instanceof Hole) return at;
    const key = "name" in step ? step.name : step.index;
    if (isGivenList(at)) at = typeof key === "number" ? at[key] : undefined;
    else at = isGivenObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}
