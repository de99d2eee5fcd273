import type { Point } from "../../languages/metric-expression/series.js";
import type { MetricDemand } from "./demand.js";
import { rangeStatistic, seenThrough, type RangeStatistic } from "./range-statistic.js";

/**
 * Values to try for the demanded series. `just` is the smallest trouble that must show; undefined where any trouble will do.
 * `share` is the limit of a number of failed requests beside the number of all requests: every share beyond it must show.
 */
export type Levels = {
  readonly good: readonly Point[];
  readonly bad: readonly Point[];
  readonly just?: Point;
  readonly share?: number;
};

const POWERS = [1, 10, 1e2, 1e3, 1e4, 1e6, 1e9, 1e12];
const CLOSE = 1e-6;

/** The values that a statistic of the demanded metric can take. */
export function rangeOfStatistic(
  stat: string,
  { values }: MetricDemand,
): { readonly lo: number; readonly hi: number } {
  const range = rangeStatistic(stat);
  if (range?.kind === "PR") return { lo: 0, hi: 100 };
  if (range?.kind === "TC") return { lo: 0, hi: Infinity };
  if (values === "gauge" && stat !== "SampleCount") return { lo: -Infinity, hi: Infinity };
  return isShare(stat, values) ? { lo: 0, hi: 1 } : { lo: 0, hi: Infinity };
}

/** Whether a statistic of a 0/1 metric is a share of requests, not a number of them. */
export function isShare(stat: string, values: MetricDemand["values"]): boolean {
  return values === "rate01" && stat !== "Sum" && stat !== "SampleCount";
}

/** Good and bad values of the demanded series under a statistic; `near` is the alarm's threshold, for metrics without a natural scale. */
export function levelsOf(stat: string, demand: MetricDemand, near: number): Levels {
  const range = rangeStatistic(stat);
  return range === undefined
    ? plainLevels(stat, demand, near)
    : throughRange(
        range,
        plainLevels("Average", demand, range.kind === "TM" || range.kind === "WM" ? near : middleOf(range)),
      );
}

// Of a range, the end that is given says where the metric's good values end.
function middleOf({ above, upTo }: RangeStatistic): number {
  return Number.isFinite(above) ? above : Number.isFinite(upTo) ? upTo : 0;
}

function throughRange(range: RangeStatistic, { good, bad, just }: Levels): Levels {
  const through = (point: Point): Point => seenThrough(range, point);
  const seen = bad.map(through);
  // One slow request is counted once, a thousand a thousand times.
  const many = range.kind === "TC" && seen.includes(1) ? POWERS.slice(1) : [];
  return {
    good: good.map(through),
    bad: [...seen, ...many],
    ...(just !== undefined && { just: through(just) }),
  };
}

function plainLevels(stat: string, demand: MetricDemand, near: number): Levels {
  if (demand.values === "gauge") return gaugeLevels(demand, near);
  const levels = demand.side === "high" ? highLevels(stat, demand) : lowLevels(stat, demand);
  // Silence is the trouble, unless a limit also makes a low value one.
  if (demand.side === "low" && demand.sparse === true)
    return demand.limit === undefined || demand.limit <= 0
      ? { ...levels, bad: [undefined], just: undefined }
      : { ...levels, bad: [undefined, ...levels.bad] };
  return levels;
}

function highLevels(stat: string, { values, limit }: MetricDemand): Levels {
  if (isShare(stat, values)) {
    // A maximum over zeros and ones is 1 as soon as one request fails.
    if (stat !== "Average") return { good: [0], bad: [1], just: 1 };
    const just = limit === undefined ? undefined : limit + (1 - limit) * CLOSE;
    return {
      good: [0],
      bad: [just ?? 0.01, 0.1, 0.5, 1].filter((share) => share >= (just ?? 0)),
      ...(just !== undefined && { just }),
    };
  }
  // A number of failed requests has no rate as its limit: one failed request must be enough.
  if (values === "rate01")
    return { good: [0], bad: POWERS, just: 1, ...(limit !== undefined && { share: limit }) };
  if (limit === undefined) return { good: [0], bad: POWERS };
  const just = justAbove(limit, values);
  return {
    good: [0],
    bad: [...POWERS.map((power) => just * power), ...POWERS.filter((power) => power > just)],
    just,
  };
}

function justAbove(limit: number, values: MetricDemand["values"]): number {
  return values === "count" && Number.isInteger(limit)
    ? limit + 1
    : limit + Math.max(1, Math.abs(limit)) * CLOSE;
}

function lowLevels(stat: string, { values, limit = 0 }: MetricDemand): Levels {
  if (isShare(stat, values))
    return { good: [1], bad: [Math.max(0, limit * (1 - CLOSE)), 0], just: Math.max(0, limit * (1 - CLOSE)) };
  const just =
    limit <= 0
      ? 0
      : Math.max(0, values === "count" && Number.isInteger(limit) ? limit - 1 : limit * (1 - CLOSE));
  return { good: POWERS.map((power) => Math.max(1, limit) * 10 * power), bad: [just, 0], just };
}

function gaugeLevels({ side, limit, sparse }: MetricDemand, near: number): Levels {
  const base = limit ?? near;
  const step = Math.max(1, Math.abs(base));
  const sign = side === "high" ? 1 : -1;
  const just = limit === undefined ? undefined : limit + sign * step * CLOSE;
  const bad = [just ?? base + sign * step, ...POWERS.map((power) => base + sign * step * power)];
  const good = POWERS.slice(0, 3).map((power) => base - sign * step * power);
  return side === "low" && sparse === true
    ? { good, bad: [undefined, ...bad] }
    : { good, bad, ...(just !== undefined && { just }) };
}
