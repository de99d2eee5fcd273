import type { Point } from "../../languages/metric-expression/series.js";

/** A statistic over the observations between two absolute bounds, such as PR(1000:) or TC(2000:5000). The lower bound is exclusive. */
export type RangeStatistic = {
  /** PR gives a share in per cent, TC a number of observations, TM a mean of those inside, WM one of values moved to the bounds. */
  readonly kind: "PR" | "TC" | "TM" | "WM";
  readonly above: number;
  readonly upTo: number;
};

const FORM = /^(?<kind>PR|TC|TM|WM)\((?<above>\d+(?:\.\d+)?)?:(?<upTo>\d+(?:\.\d+)?)?\)$/u;

/** Reads a statistic with absolute bounds; undefined for any other, those with percentages included. */
export function rangeStatistic(stat: string): RangeStatistic | undefined {
  const parts = FORM.exec(stat.toUpperCase().replaceAll(/\s/gu, ""))?.groups;
  if (parts === undefined) return undefined;
  const { kind, above, upTo } = parts;
  if (kind !== "PR" && kind !== "TC" && kind !== "TM" && kind !== "WM") return undefined;
  return {
    kind,
    above: above === undefined ? -Infinity : Number(above),
    upTo: upTo === undefined ? Infinity : Number(upTo),
  };
}

/** What the statistic shows in a period whose observations all have one value; one observation where it counts. */
export function seenThrough({ kind, above, upTo }: RangeStatistic, value: Point): Point {
  if (value === undefined) return undefined;
  const isInside = value > above && value <= upTo;
  const seen = {
    PR: isInside ? 100 : 0,
    TC: isInside ? 1 : 0,
    TM: isInside ? value : undefined,
    WM: Math.min(Math.max(value, above), upTo),
  };
  return seen[kind];
}
