import {
  fold,
  finite,
  list,
  mapPoints,
  mapSeries,
  scalar,
  series,
  seriesOf,
  type MetricValue,
  type Point,
} from "./series.js";
import { greatest, least } from "../../shared/many.js";

/** The change of every series from its previous point, given both points and the seconds between them. */
type Step = (now: number, before: number, seconds: number) => number;

const POINTWISE: Readonly<Record<string, (point: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
  EXP: Math.exp,
};

const FOLDS: Readonly<Record<string, (points: readonly number[], width: number) => Point>> = {
  // The guide: AVG treats missing values as 0.
  AVG: (points, width) => (width === 0 ? undefined : sum(points) / width),
  SUM: (points) => (points.length === 0 ? undefined : sum(points)),
  MIN: (points) => (points.length === 0 ? undefined : least(points)),
  MAX: (points) => (points.length === 0 ? undefined : greatest(points)),
  STDDEV: deviation,
  DATAPOINT_COUNT: (points) => points.length,
};

const STEPS: Readonly<Record<string, Step>> = {
  DIFF: (now, before) => now - before,
  DIFF_TIME: (_now, _before, seconds) => seconds,
  RATE: (now, before, seconds) => (now - before) / seconds,
};

/** Applies a function of metric maths whose arguments are plain values; undefined where it is none or does not take them. `period` in seconds. */
export function applyFunction(
  name: string,
  args: readonly MetricValue[],
  period: number,
): MetricValue | undefined {
  const [first] = args;
  if (first === undefined) return undefined;
  const pointwise = POINTWISE[name];
  if (pointwise !== undefined) return mapPoints(first, pointwise);
  const reduce = FOLDS[name];
  if (reduce !== undefined) return fold(first, reduce);
  const step = STEPS[name];
  if (step !== undefined)
    return first.kind === "scalar" ? undefined : mapSeries(first, (points) => steps(points, step, period));
  return applyToArray(name, first, args);
}

function applyToArray(
  name: string,
  first: MetricValue,
  args: readonly MetricValue[],
): MetricValue | undefined {
  const items = seriesOf(first);
  if (first.kind === "scalar") return undefined;
  if (name === "RUNNING_SUM") return mapSeries(first, runningSum);
  if (name === "METRIC_COUNT") return scalar(items.length);
  if (name === "REMOVE_EMPTY")
    return list(items.filter((points) => points.some((point) => point !== undefined)));
  if (name === "FIRST") return items[0] && series(items[0]);
  if (name === "LAST") return items.at(-1) && series(items.at(-1) ?? []);
  return name === "SLICE" ? slice(items, args.slice(1)) : undefined;
}

/** Sorts an array of series by one number for each, and keeps the first `limit`. */
export function sortSeries(
  items: readonly (readonly Point[])[],
  by: string,
  options: { readonly descending: boolean; readonly limit?: number },
): MetricValue | undefined {
  const reduce = FOLDS[by];
  if (reduce === undefined) return undefined;
  const key = (points: readonly Point[]): number => {
    const folded = fold(series(points), reduce);
    return folded?.kind === "scalar" ? (folded.value ?? 0) : 0;
  };
  const sign = options.descending ? -1 : 1;
  return list(items.toSorted((a, b) => sign * (key(a) - key(b))).slice(0, options.limit));
}

function slice(
  items: readonly (readonly Point[])[],
  bounds: readonly MetricValue[],
): MetricValue | undefined {
  const [from, to] = bounds.map((bound) => (bound.kind === "scalar" ? bound.value : undefined));
  return from === undefined ? undefined : list(items.slice(from, to));
}

function steps(points: readonly Point[], step: Step, period: number): readonly Point[] {
  let last: { readonly value: number; readonly at: number } | undefined;
  return points.map((point, at) => {
    const before = last;
    if (point === undefined) return undefined;
    last = { value: point, at };
    return before && finite(step(point, before.value, (at - before.at) * period));
  });
}

function runningSum(points: readonly Point[]): readonly Point[] {
  let total = 0;
  return points.map((point) => (point === undefined ? undefined : (total += point)));
}

function sum(points: readonly number[]): number {
  return points.reduce((total, point) => total + point, 0);
}

function deviation(points: readonly number[]): Point {
  if (points.length === 0) return undefined;
  const mean = sum(points) / points.length;
  return Math.sqrt(sum(points.map((point) => (point - mean) ** 2)) / points.length);
}
