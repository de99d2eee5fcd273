import { Hole } from "../../core/declared.js";
import type { DeclarationTarget, Given } from "../../core/declared.js";
import { holeIn } from "../../mappings/given.js";
import { isSet } from "../../mappings/terraform.js";
import type { ReadAttribute } from "../../mappings/terraform.js";
import { nameOf } from "./address.js";
import type { Step } from "./address.js";
import { expressionsOf } from "./configuration.js";
import type { Configuration } from "./configuration.js";
import { memberAt } from "./document.js";
import type { Plan, PlanChange } from "./document.js";
import { findHomes } from "./homes.js";
import type { PlanHome } from "./homes.js";
import { indexInstances } from "./instances.js";
import { causeOf, linkValue } from "./links.js";
import type { Written } from "./links.js";
import { formulaValue, identityAfter, madeUpName, mappingOf } from "./names.js";
import type { Naming } from "./names.js";
import { renderPolicyDocument } from "./policy-document.js";
import { stepDown } from "./references.js";
import type { Asked } from "./references.js";
import { makeAskSources } from "./source/answer.js";
import { fillFrom } from "./source/evaluate.js";
import type { Sources } from "./source/sources.js";
import { ofAfter, UNKNOWN } from "./values.js";

/** Answers what the resources of a plan will be, as far as the plan decides it. */
export type Resolver = {
  readonly plan: Plan;
  readonly configuration: Configuration;
  readonly homeOf: (change: PlanChange) => PlanHome;
  /** An attribute after the deployment; undefined where it is not set, and a hole where it is not known. */
  readonly after: (change: PlanChange) => ReadAttribute;
  /** The names of a resource after the deployment. */
  readonly naming: (change: PlanChange) => Naming | undefined;
  /** How many values the plan left open, and its references or the sources told. */
  readonly linked: () => number;
};

/** Stands for the value of something that asks, by a circle, for itself. */
const CIRCLE = new Hole("a circle of references");

/** What making a resolver takes besides the plan. */
export type ResolverOptions = {
  readonly configuration: Configuration;
  readonly target?: DeclarationTarget | undefined;
  readonly sources?: Sources | undefined;
};

/** Makes a plan ready for questions. */
export function makeResolver(plan: Plan, { configuration, target, sources }: ResolverOptions): Resolver {
  const homeOf = findHomes({ plan, configuration }, target);
  const instances = indexInstances(plan);
  let linked = 0;
  const attribute = remembered((change: PlanChange, name: string): Given => {
    const given = ofAfter(change, name);
    if (holeIn(given)?.reason !== "undecided") return given;
    const written = writtenFor(change, name, configuration);
    const told = askSources?.(change, name);
    if (told !== undefined) {
      const rest = new Hole(causeOf(written));
      return fillFrom(given, told, { unknown: UNKNOWN, rest });
    }
    const value = linkValue(given, written, asked);
    if (holeIn(value) === undefined) linked++;
    return value;
  });
  const after = (change: PlanChange): ReadAttribute => readerAfter(change, { attribute, configuration });
  const naming = rememberedOne((change: PlanChange) =>
    identityAfter(change, { home: homeOf(change).home, read: after(change) }),
  );
  const render = rememberedOne((change: PlanChange) => renderPolicyDocument(after(change)));
  const ask = (change: PlanChange, path: readonly Step[]): Given | undefined =>
    askFor(change, path, { attribute, naming, configuration });
  const asked: Asked = { configuration, instances, render, ask };
  const valueOf = (change: PlanChange, path: readonly Step[]): Given | undefined => {
    const answer = ask(change, path);
    return answer === null ? stepDown(ofAfter(change, nameOf(path[0]) ?? ""), path.slice(1)) : answer;
  };
  const askSources =
    sources === undefined
      ? undefined
      : makeAskSources({ plan, configuration, instances, sources, valueOf, render });
  return { plan, configuration, homeOf, after, naming, linked: () => linked };
}

function writtenFor(change: PlanChange, name: string, configuration: Configuration): Written {
  const expressions = expressionsOf(configuration, change);
  return {
    attribute: name,
    expression: expressions === undefined ? undefined : memberAt(expressions, name),
    cause: `${change.address}.${name}`,
    scope: { module: change.module, own: change.index },
  };
}

function readerAfter(
  change: PlanChange,
  { attribute, configuration }: Pick<Answers, "attribute" | "configuration">,
): ReadAttribute {
  return (name) => {
    if (isLeftToProvider(configuration, change, name))
      return mappingOf(change)?.generated?.includes(name) === true ? madeUpName(change.address) : undefined;
    const value = attribute(change, name);
    return isZero(change, name, value) || !isSet(value) ? undefined : value;
  };
}

type Answers = {
  readonly attribute: (change: PlanChange, name: string) => Given;
  readonly naming: (change: PlanChange) => Naming | undefined;
  readonly configuration: Configuration;
};

/** null for what the plan tells; for what it leaves open, what names or links tell. */
function askFor(
  change: PlanChange,
  [first, ...rest]: readonly Step[],
  { attribute, naming, configuration }: Answers,
): Given | undefined {
  const name = nameOf(first);
  if (name === undefined) return undefined;
  const told = stepDown(ofAfter(change, name), rest);
  if (holeIn(told) === undefined) return null;
  if (told !== UNKNOWN) return told instanceof Hole ? told : undefined;
  const own = rest.length === 0 ? formulaValue(change, name, naming(change)) : undefined;
  if (own !== undefined) return own;
  return expressionsOf(configuration, change) === undefined
    ? undefined
    : stepDown(attribute(change, name), rest);
}

/** Whether nobody sets an attribute, so that it becomes what the provider or AWS makes of it. */
function isLeftToProvider(configuration: Configuration, change: PlanChange, name: string): boolean {
  const { computed = [], generated = [] } = mappingOf(change) ?? {};
  if (![...computed, ...generated].includes(name) || ofAfter(change, name) !== UNKNOWN) return false;
  const expressions = expressionsOf(configuration, change);
  return expressions !== undefined && !Object.hasOwn(expressions, name);
}

function isZero(change: PlanChange, name: string, value: Given): boolean {
  return value === 0 && mappingOf(change)?.zero?.includes(name) === true;
}

function remembered(
  answer: (change: PlanChange, name: string) => Given,
): (change: PlanChange, name: string) => Given {
  const known = new Map<PlanChange, Map<string, Given>>();
  return (change, name) => {
    const own = known.get(change) ?? new Map<string, Given>();
    known.set(change, own);
    const before = own.get(name);
    if (before !== undefined) return before;
    own.set(name, CIRCLE);
    const value = answer(change, name);
    own.set(name, value);
    return value;
  };
}

function rememberedOne<T>(answer: (change: PlanChange) => T): (change: PlanChange) => T {
  const known = new Map<PlanChange, T>();
  return (change) => {
    const before = known.get(change);
    if (before !== undefined || known.has(change)) return before as T; // It was put there as a T.
    const value = answer(change);
    known.set(change, value);
    return value;
  };
}
