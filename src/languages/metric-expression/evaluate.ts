import type { BinaryOperator, MetricExpression } from "./metric-expression.js";
import { applyFunction, sortSeries } from "./functions.js";
import {
  combine,
  fill,
  list,
  mapPoints,
  mapSeries,
  scalar,
  series,
  seriesOf,
  type Filler,
  type MetricValue,
  type Point,
} from "./series.js";
import { isTimeFunction, timesOf } from "./time.js";
import { greatest } from "../../shared/many.js";

/** What an expression sees: the values behind ids, the ids of plain metrics for METRICS(), and the points in time that every series has. */
export type MetricWorld = {
  valueOf(id: string): Evaluation;
  readonly metrics: readonly string[];
  /** Seconds between points. */
  readonly period: number;
  /** How many points a series has. */
  readonly length: number;
  /** Milliseconds since 1970, UTC, of the newest point. */
  readonly at: number;
};

/** An expression's value, or why it cannot be said. */
export type Evaluation =
  | { readonly kind: "value"; readonly value: MetricValue }
  | { readonly kind: "unknown"; readonly why: string };

const OPERATORS: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

/** Evaluates an expression. What CloudWatch does not document, or we do not model (SEARCH, SERVICE_QUOTA, …), is unknown. Never throws. */
export function evaluateMetricExpression(expression: MetricExpression, world: MetricWorld): Evaluation {
  switch (expression.kind) {
    case "number":
      return known(scalar(expression.value));
    case "id":
      return world.valueOf(expression.id);
    case "text":
    case "word":
      return undecided("an argument stands where a value is expected");
    case "list":
      return withValues(expression.items, world, (values) =>
        list(
          values.flatMap((value) =>
            value.kind === "scalar" ? [spread(value.value, world)] : seriesOf(value),
          ),
        ),
      );
    case "negate":
      return withValues(
        [expression.operand],
        world,
        ([value]) => value && mapPoints(value, (point) => -point),
      );
    case "binary":
      return withValues(
        [expression.left, expression.right],
        world,
        ([left, right]) => left && right && combine(left, right, OPERATORS[expression.operator]),
      );
    case "call":
      return evaluateCall(expression.name, expression.args, world);
  }
}

type Call = (args: readonly MetricExpression[], world: MetricWorld) => Evaluation;

const SPECIAL: Readonly<Record<string, Call>> = {
  METRICS: evaluateMetrics,
  FILL: evaluateFill,
  SORT: evaluateSort,
  IF: (args, world) => withValues(args, world, choose),
  PERIOD: ([metric, ...others], { period }) =>
    metric?.kind === "id" && others.length === 0
      ? known(scalar(period))
      : undecided("PERIOD takes the id of a metric"),
  TIME_SERIES: (args, world) =>
    withValues(args, world, ([value]) =>
      value?.kind === "scalar" ? series(spread(value.value, world)) : undefined,
    ),
};

function evaluateCall(name: string, args: readonly MetricExpression[], world: MetricWorld): Evaluation {
  const special = SPECIAL[name];
  if (special !== undefined) return special(args, world);
  if (args.length > 1 && name !== "SLICE") return undecided(`${name} with several arguments is not decided`);
  if (isTimeFunction(name))
    return withValues(args, world, ([value]) => value && mapSeries(value, () => timesOf(name, world)));
  const found = withValues(args, world, (values) => applyFunction(name, values, world.period));
  return found.kind === "unknown" && found.why === UNSUPPORTED ? undecided(`${name} is not decided`) : found;
}

function evaluateMetrics(args: readonly MetricExpression[], world: MetricWorld): Evaluation {
  const ids = metricsNamed(args, world.metrics);
  if (ids === undefined) return undecided("METRICS takes one text");
  return withValues(
    ids.map((id) => ({ kind: "id", id })),
    world,
    (values) => list(values.flatMap(seriesOf)),
  );
}

/** The ids that METRICS(…) means: all plain metrics, or those whose id contains the text; undefined for other arguments. */
export function metricsNamed(
  args: readonly MetricExpression[],
  metrics: readonly string[],
): readonly string[] | undefined {
  const [first, ...others] = args;
  if (first === undefined) return metrics;
  return first.kind === "text" && others.length === 0
    ? metrics.filter((id) => id.includes(first.text))
    : undefined;
}

function evaluateFill(args: readonly MetricExpression[], world: MetricWorld): Evaluation {
  const [value, filler] = args;
  if (value === undefined || filler === undefined || args.length > 2)
    return undecided("FILL takes a metric and a filler");
  if (filler.kind !== "word")
    return withValues([value, filler], world, ([value, by]) => by && fillAll(value, by));
  const way: Filler | undefined =
    filler.word === "REPEAT" || filler.word === "LINEAR" ? filler.word : undefined;
  if (way === undefined) return undecided(`FILL does not know ${filler.word}`);
  return withValues([value], world, ([points]) => fillAll(points, way));
}

// One number has no gaps to fill.
function fillAll(value: MetricValue | undefined, by: Filler): MetricValue | undefined {
  return value === undefined || value.kind === "scalar"
    ? undefined
    : mapSeries(value, (points) => fill(points, by));
}

function evaluateSort(args: readonly MetricExpression[], world: MetricWorld): Evaluation {
  const [items, by, order, limit] = args;
  if (items === undefined || by?.kind !== "word" || order?.kind !== "word" || args.length > 4)
    return undecided("SORT takes an array, a function and an order");
  if (limit !== undefined && limit.kind !== "number") return undecided("SORT takes a number as its limit");
  const options = {
    descending: order.word === "DESC",
    ...(limit === undefined ? {} : { limit: limit.value }),
  };
  return withValues([items], world, ([value]) => value && sortSeries(seriesOf(value), by.word, options));
}

/** IF(condition, then, else): decided point by point. */
function choose(values: readonly MetricValue[]): MetricValue | undefined {
  const [condition, then, otherwise] = values;
  if (condition === undefined || then === undefined || values.length > 3) return undefined;
  if ([condition, then, otherwise].some((value) => value?.kind === "list")) return undefined;
  const length = greatest(values.map((value) => (value.kind === "series" ? value.points.length : 0)));
  if (length === 0) return undefined;
  return series(Array.from({ length }, (_, index) => chooseAt(index, { condition, then, otherwise })));
}

type Branches = {
  readonly condition: MetricValue;
  readonly then: MetricValue;
  readonly otherwise: MetricValue | undefined;
};

function chooseAt(index: number, { condition, then, otherwise }: Branches): Point {
  const decides = pointAt(condition, index);
  if (decides === undefined) return undefined;
  // The guide: a condition that holds over a missing point gives 0, one that does not gives nothing.
  if (decides !== 0) return pointAt(then, index) ?? (condition.kind === "series" ? 0 : undefined);
  return otherwise && pointAt(otherwise, index);
}

function pointAt(value: MetricValue, index: number): Point {
  if (value.kind === "scalar") return value.value;
  return value.kind === "series" ? value.points[index] : undefined;
}

function spread(value: Point, world: MetricWorld): readonly Point[] {
  return Array.from({ length: world.length }, () => value);
}

const UNSUPPORTED = "the arguments do not fit";

function withValues(
  expressions: readonly MetricExpression[],
  world: MetricWorld,
  build: (values: readonly MetricValue[]) => MetricValue | undefined,
): Evaluation {
  const values: MetricValue[] = [];
  for (const expression of expressions) {
    const evaluation = evaluateMetricExpression(expression, world);
    if (evaluation.kind === "unknown") return evaluation;
    values.push(evaluation.value);
  }
  const value = build(values);
  return value === undefined ? undecided(UNSUPPORTED) : known(value);
}

function known(value: MetricValue): Evaluation {
  return { kind: "value", value };
}

function undecided(why: string): Evaluation {
  return { kind: "unknown", why };
}
