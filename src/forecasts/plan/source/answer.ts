import { Hole } from "../../../core/declared.js";
import type { Given } from "../../../core/declared.js";
import { bracketed, indexOf, moduleSteps, nameOf, parentModule } from "../address.js";
import type { Step } from "../address.js";
import { referencesIn, resourceOf } from "../configuration.js";
import type { Configuration } from "../configuration.js";
import { isPlanObject, memberAt, objectAt } from "../document.js";
import type { Plan, PlanChange } from "../document.js";
import { priorData } from "../homes.js";
import { pickInstance } from "../instances.js";
import type { Instances } from "../instances.js";
import { stepDown } from "../references.js";
import type { Scope } from "../references.js";
import { givenOf } from "../values.js";
import type { SourceAttribute, SourceBlock } from "./block.js";
import { evaluateText } from "./evaluate.js";
import { namesIn, parseExpression } from "./expression.js";
import type { SourceModule, Sources } from "./sources.js";

/** What answering from sources takes. */
export type SourceQuestions = {
  readonly plan: Plan;
  readonly configuration: Configuration;
  readonly instances: Instances;
  readonly sources: Sources;
  /** What stands at a path in a resource, by the plan or by its names. */
  readonly valueOf: (change: PlanChange, path: readonly Step[]) => Given | undefined;
  readonly render: (change: PlanChange) => Given;
};

/** Answers what the sources write for an attribute of a resource; undefined where they do not, or are those of another plan. */
export type AskSources = (change: PlanChange, attribute: string) => Given | undefined;

/** Makes sources ready for questions. */
export function makeAskSources(questions: SourceQuestions): AskSources {
  const context: Context = { ...questions, prior: indexPrior(questions.plan) };
  return (change, attribute) => {
    const module = moduleOf(context, change.module);
    const kind = change.mode === "data" ? "data" : "resource";
    const block = module?.blocks.get(`${kind} ${change.type} ${change.name}`);
    if (block === undefined) return undefined;
    const scope: Scope = { module: change.module, own: change.index };
    const written = block.attributes.get(attribute);
    if (written === undefined) return blocksOf(block, attribute, { scope, context });
    return isOfThisPlan(context, change, { attribute, written })
      ? evaluateText(written.expression, scope, evaluating(context))
      : undefined;
  };
}

type Context = SourceQuestions & { readonly prior: ReadonlyMap<string, Given> };

function evaluating(context: Context, depth = 0): Parameters<typeof evaluateText>[2] {
  return { depth, resolve: (steps, scope, at) => resolve(steps, scope, { context, depth: at }) };
}

function moduleOf({ sources }: Context, address: string): SourceModule | undefined {
  return sources.moduleAt(moduleSteps(address).map(({ name }) => name));
}

// Everything that an expression names must be among the references of the plan, else it was changed since.
function isOfThisPlan(
  { configuration }: Context,
  change: PlanChange,
  { attribute, written }: { readonly attribute: string; readonly written: SourceAttribute },
): boolean {
  const resource = resourceOf(configuration, change);
  if (resource === undefined) return true;
  const references = referencesIn(memberAt(objectAt(resource, "expressions"), attribute));
  return namesIn(parseExpression(written.expression)).every((name) =>
    references.some((reference) => reference === name || reference.startsWith(name)),
  );
}

type Standing = { readonly scope: Scope; readonly context: Context };

function blocksOf(block: SourceBlock, type: string, standing: Standing): Given | undefined {
  if (block.blocks.some((one) => one.type === "dynamic" && one.labels[0] === type)) return undefined;
  const own = block.blocks.filter((one) => one.type === type);
  return own.length === 0 ? undefined : own.map((one) => valueOfBlock(one, standing));
}

function valueOfBlock(block: SourceBlock, { scope, context }: Standing): Given {
  const found: Record<string, Given> = {};
  for (const [name, { expression }] of block.attributes)
    found[name] = evaluateText(expression, scope, evaluating(context));
  for (const { type } of block.blocks) {
    const below = blocksOf(block, type, { scope, context });
    if (below !== undefined) found[type] = below;
  }
  return found;
}

type Resolving = { readonly context: Context; readonly depth: number };
type Reference = { readonly steps: readonly Step[]; readonly scope: Scope; readonly resolving: Resolving };

function resolve(steps: readonly Step[], scope: Scope, resolving: Resolving): Given {
  const first = nameOf(steps[0]) ?? "";
  const handler = Object.hasOwn(HANDLERS, first) ? HANDLERS[first] : undefined;
  return (handler ?? resource)({ steps, scope, resolving }) ?? new Hole(textOf(steps));
}

function textOf(steps: readonly Step[]): string {
  return steps
    .map((step, at) => ("name" in step ? `${at === 0 ? "" : "."}${step.name}` : bracketed(step.index)))
    .join("");
}

const HANDLERS: Readonly<Record<string, (reference: Reference) => Given | undefined>> = {
  each: ({ steps, scope }) => (nameOf(steps[1]) === "key" ? scope.own : undefined),
  count: ({ steps, scope }) => (nameOf(steps[1]) === "index" ? scope.own : undefined),
  local,
  var: variable,
  module: output,
  data,
};

function local({ steps, scope, resolving: { context, depth } }: Reference): Given | undefined {
  const written = moduleOf(context, scope.module)?.locals.get(nameOf(steps[1]) ?? "");
  if (written === undefined) return undefined;
  const value = evaluateText(written.expression, { module: scope.module }, evaluating(context, depth));
  return stepDown(value, steps.slice(2));
}

function variable({ steps, scope, resolving: { context, depth } }: Reference): Given | undefined {
  const name = nameOf(steps[1]) ?? "";
  const declared = objectAt(context.configuration.moduleAt(scope.module)?.variables ?? {}, name);
  if (memberAt(declared, "sensitive") === true)
    return new Hole(`the sensitive variable ${name}`, "sensitive");
  const above = parentModule(scope.module);
  if (above === undefined) {
    const given = memberAt(objectAt(context.plan.variables, name), "value");
    return given === undefined ? undefined : stepDown(givenOf({ value: given }), steps.slice(2));
  }
  const call = moduleOf(context, above.parent)?.blocks.get(`module ${above.step.name}`);
  const written = call?.attributes.get(name);
  const value =
    written === undefined
      ? defaultOf(declared)
      : evaluateText(
          written.expression,
          { module: above.parent, own: above.step.index },
          evaluating(context, depth),
        );
  return stepDown(value, steps.slice(2));
}

function defaultOf(declared: ReturnType<typeof objectAt>): Given | undefined {
  return Object.hasOwn(declared, "default") ? givenOf({ value: declared["default"] }) : undefined;
}

function output({ steps, scope, resolving: { context, depth } }: Reference): Given | undefined {
  const index = indexOf(steps[2]);
  const [out, ...rest] = steps.slice(index === undefined ? 2 : 3);
  const all = context.instances.ofModule(scope.module, nameOf(steps[1]) ?? "");
  const instance = pickInstance(all, { indexOfOne: ({ step }) => step.index, index });
  if (instance === undefined) return undefined;
  const written = moduleOf(context, instance.address)
    ?.blocks.get(`output ${nameOf(out) ?? ""}`)
    ?.attributes.get("value");
  if (written === undefined) return undefined;
  const value = evaluateText(written.expression, { module: instance.address }, evaluating(context, depth));
  return stepDown(value, rest);
}

function data({ steps, scope, resolving: { context } }: Reference): Given | undefined {
  const [type, name] = [nameOf(steps[1]) ?? "", nameOf(steps[2]) ?? ""];
  const { index, path } = indexed(steps.slice(3));
  const read = context.prior.get(priorKey({ module: scope.module, type, name, index }));
  if (read !== undefined) return stepDown(read, path);
  const all = context.instances.of({ module: scope.module, mode: "data", type, name });
  const change = pickInstance(all, { indexOfOne: (one) => one.index, index });
  if (change === undefined) return undefined;
  return type === "aws_iam_policy_document" && /^(?:minified_)?json$/u.test(nameOf(path[0]) ?? "")
    ? context.render(change)
    : context.valueOf(change, path);
}

function resource({ steps, scope, resolving: { context } }: Reference): Given | undefined {
  const [type, name] = [nameOf(steps[0]) ?? "", nameOf(steps[1]) ?? ""];
  const { index, path } = indexed(steps.slice(2));
  const all = context.instances.of({ module: scope.module, mode: "managed", type, name });
  const change = pickInstance(all, { indexOfOne: (one) => one.index, index });
  return change === undefined ? undefined : context.valueOf(change, path);
}

function indexed(steps: readonly Step[]): {
  readonly index?: string | number;
  readonly path: readonly Step[];
} {
  const index = indexOf(steps[0]);
  return index === undefined ? { path: steps } : { index, path: steps.slice(1) };
}

type PriorName = {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: unknown;
};

function priorKey({ module, type, name, index = null }: PriorName): string {
  return JSON.stringify([module, type, name, index]);
}

function indexPrior({ priorState }: Plan): ReadonlyMap<string, Given> {
  const root = objectAt(objectAt(priorState, "values"), "root_module");
  return new Map(
    priorData(root).map(
      ({ module, resource: { type, name, index, values, sensitive_values: sensitive } }) => [
        priorKey({ module, type: String(type), name: String(name), index }),
        givenOf({ value: isPlanObject(values) ? values : {}, sensitive }),
      ],
    ),
  );
}
