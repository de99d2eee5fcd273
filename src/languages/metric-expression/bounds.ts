import type { BinaryOperator, MetricExpression } from "./metric-expression.js";
import { metricsNamed } from "./evaluate.js";
import {
  ANYTHING,
  compare,
  constant,
  divide,
  hull,
  mapRange,
  merge,
  mixed,
  multiply,
  negative,
  power,
  still,
  sum,
  type Bounds,
} from "./ranges.js";
import { isTimeFunction } from "./time.js";
import { greatest, least } from "../../shared/many.js";

/** What is known of the ids: their bounds, which are plain metrics, and the period in seconds. */
export type BoundsWorld = {
  boundsOf(id: string): Bounds | undefined;
  readonly metrics: readonly string[];
  readonly period: number;
};

type Known = Bounds | readonly Bounds[] | undefined;

/**
 * Bounds on every value that an expression can take while its inputs stay in theirs, and how it moves with each input.
 * Undefined where it holds a function that we do not model. An array of series has the bounds of all its series.
 */
export function boundsOfExpression(expression: MetricExpression, world: BoundsWorld): Bounds | undefined {
  const known = visit(expression, world);
  return isMany(known) ? hull(known) : known;
}

function visit(expression: MetricExpression, world: BoundsWorld): Known {
  switch (expression.kind) {
    case "number":
      return constant(expression.value);
    case "id":
      return world.boundsOf(expression.id);
    case "text":
    case "word":
      return undefined;
    case "list":
      return many(expression.items.map((item) => visit(item, world)));
    case "negate":
      return each(visit(expression.operand, world), negative);
    case "binary":
      return binary(expression, world);
    case "call":
      return call(expression.name, expression.args, world);
  }
}

const OPERATORS: Readonly<Record<BinaryOperator, (left: Bounds, right: Bounds) => Bounds>> = {
  "+": (left, right) => sum([left, right]),
  "-": (left, right) => sum([left, negative(right)]),
  "*": multiply,
  "/": divide,
  "^": power,
  ">": (left, right) => compare(left, right, { holds: left.lo > right.hi, fails: left.hi <= right.lo }),
  ">=": (left, right) => compare(left, right, { holds: left.lo >= right.hi, fails: left.hi < right.lo }),
  "<": (left, right) => compare(right, left, { holds: left.hi < right.lo, fails: left.lo >= right.hi }),
  "<=": (left, right) => compare(right, left, { holds: left.hi <= right.lo, fails: left.lo > right.hi }),
  "==": (left, right) => mixed([left, right], { lo: 0, hi: 1 }),
  "!=": (left, right) => mixed([left, right], { lo: 0, hi: 1 }),
  AND: logical,
  OR: logical,
};

function logical(left: Bounds, right: Bounds): Bounds {
  const range = { lo: 0, hi: 1 };
  return left.lo >= 0 && right.lo >= 0 ? { ...merge([left, right]), ...range } : mixed([left, right], range);
}

function binary(expression: MetricExpression & { readonly kind: "binary" }, world: BoundsWorld): Known {
  const [left, right] = [visit(expression.left, world), visit(expression.right, world)];
  if (left === undefined || right === undefined) return undefined;
  // Interval arithmetic forgets that both sides are the same number.
  const isSame = JSON.stringify(expression.left) === JSON.stringify(expression.right);
  if (isSame && expression.operator === "-") return each(left, (bounds) => still(0, [bounds]));
  if (isSame && expression.operator === "/")
    return each(left, (bounds) => ({ ...mixed([bounds], { lo: 1, hi: 1 }), sparse: true }));
  const apply = OPERATORS[expression.operator];
  return each(left, (a) => (isMany(right) ? hull(right.map((b) => apply(a, b))) : apply(a, right)));
}

const POINTWISE: Readonly<Record<string, (bounds: Bounds) => Bounds>> = {
  ABS: (bounds) =>
    bounds.lo >= 0 ? bounds : mixed([bounds], { lo: 0, hi: Math.max(-bounds.lo, bounds.hi) }),
  CEIL: (bounds) => mapRange(bounds, Math.ceil),
  FLOOR: (bounds) => mapRange(bounds, Math.floor),
  LOG: (bounds) => logarithm(bounds, Math.log),
  LOG10: (bounds) => logarithm(bounds, Math.log10),
  // What is too large for a number is dropped.
  EXP: (bounds) => mixed([{ ...bounds, sparse: true }], mapRange(bounds, Math.exp)),
  RUNNING_SUM: (bounds) => ({
    ...bounds,
    lo: bounds.lo >= 0 ? bounds.lo : -Infinity,
    hi: bounds.hi <= 0 ? bounds.hi : Infinity,
  }),
  TIME_SERIES: (bounds) => ({ ...bounds, scalar: false }),
  DIFF: (bounds) => mixed([bounds], ANYTHING),
  RATE: (bounds) => mixed([bounds], ANYTHING),
  DIFF_TIME: (bounds) => ({ ...still(0, [bounds]), hi: Infinity, sparse: true }),
};

// The logarithm of 0 is dropped, and what a later FILL puts there knows no trend.
function logarithm(bounds: Bounds, rising: (value: number) => number): Bounds {
  const range = mapRange({ ...bounds, lo: Math.max(0, bounds.lo), hi: Math.max(0, bounds.hi) }, rising);
  return bounds.lo > 0 ? range : mixed([{ ...bounds, sparse: true }], range);
}

// CloudWatch counts a missing value as 0 in sums and averages, and leaves it out of minima and maxima.
const FOLDS: Readonly<Record<string, (items: readonly Bounds[]) => Bounds>> = {
  SUM: (items) => sum(items.map(withZero)),
  AVG: (items) => mapRange(sum(items.map(withZero)), (value) => value / items.length),
  MIN: (items) => ({ ...hull(items), hi: least((steady(items) ?? [hull(items)]).map(({ hi }) => hi)) }),
  MAX: (items) => ({ ...hull(items), lo: greatest((steady(items) ?? [hull(items)]).map(({ lo }) => lo)) }),
  STDDEV: (items) => mixed(items, { lo: 0, hi: Infinity }),
  DATAPOINT_COUNT: (items) => ({ ...still(0, items), hi: Infinity, sparse: false }),
  METRIC_COUNT: (items) => constant(items.length),
};

const REORDERING: ReadonlySet<string> = new Set(["SORT", "SLICE", "FIRST", "LAST", "REMOVE_EMPTY"]);

function call(name: string, args: readonly MetricExpression[], world: BoundsWorld): Known {
  const [first] = args;
  if (name === "METRICS")
    return many((metricsNamed(args, world.metrics) ?? []).map((id) => world.boundsOf(id)));
  if (name === "PERIOD") return constant(world.period);
  if (name === "FILL") return fillBounds(args, world);
  if (name === "IF") return ifBounds(args.map((arg) => visit(arg, world)));
  if (first === undefined) return undefined;
  if (isTimeFunction(name)) return { ...constant(0), hi: Infinity, scalar: false };
  const inner = visit(first, world);
  if (inner === undefined) return undefined;
  const pointwise = POINTWISE[name];
  if (pointwise !== undefined) return each(inner, pointwise);
  return arrayBounds(name, inner);
}

function arrayBounds(name: string, inner: Bounds | readonly Bounds[]): Known {
  const items = isMany(inner) ? inner : [inner];
  if (items.length === 0) return undefined;
  if (REORDERING.has(name)) return mixed(items, hull(items));
  const fold = FOLDS[name];
  // Over time, a single series adds up an unknown number of points.
  if (fold !== undefined && name === "SUM" && !isMany(inner))
    return POINTWISE["RUNNING_SUM"]?.(withZero(inner));
  const folded = fold?.(items);
  return folded && { ...folded, scalar: name === "METRIC_COUNT" };
}

function fillBounds([value, filler]: readonly MetricExpression[], world: BoundsWorld): Known {
  const inner = value && visit(value, world);
  if (inner === undefined || filler === undefined || filler.kind === "word") return inner;
  const by = boundsOfExpression(filler, world);
  return by && each(inner, (bounds) => ({ ...hull([bounds, by]), sparse: by.sparse }));
}

function ifBounds([condition, then, otherwise]: readonly Known[]): Known {
  if (condition === undefined || then === undefined || isMany(condition) || isMany(then) || isMany(otherwise))
    return undefined;
  if (condition.lo > 0 || condition.hi < 0)
    return {
      ...hull([then, constant(0)]),
      trends: merge([then, still(0, [condition])]).trends,
      sparse: true,
      scalar: false,
    };
  // A condition that does not hold over no else gives no point at all.
  if (otherwise === undefined)
    return { ...mixed([condition, then], withZero(then)), sparse: true, scalar: false };
  const range = { ...hull([withZero(then), otherwise]), sparse: true, scalar: false };
  return { ...range, trends: branchTrends(condition, then, otherwise) };
}

function branchTrends(condition: Bounds, then: Bounds, otherwise: Bounds): Bounds["trends"] {
  const branches = merge([then, otherwise]);
  if (condition.lo >= 0 && withZero(then).lo >= otherwise.hi) return merge([condition, branches]).trends;
  if (condition.lo >= 0 && withZero(then).hi <= otherwise.lo)
    return merge([negative(condition), branches]).trends;
  return new Map([...branches.trends, ...mixed([condition], condition).trends]);
}

function withZero(bounds: Bounds): Bounds {
  return bounds.sparse ? { ...bounds, lo: Math.min(0, bounds.lo), hi: Math.max(0, bounds.hi) } : bounds;
}

function steady(items: readonly Bounds[]): readonly Bounds[] | undefined {
  const found = items.filter(({ sparse }) => !sparse);
  return found.length === 0 ? undefined : found;
}

function each(known: Known, change: (bounds: Bounds) => Bounds): Known {
  return isMany(known) ? known.map(change) : known && change(known);
}

function many(known: readonly Known[]): Known {
  const flat = known.flat();
  const found = flat.filter((bounds) => bounds !== undefined);
  return found.length === flat.length ? found : undefined;
}

function isMany(known: Known): known is readonly Bounds[] {
  return Array.isArray(known);
}
