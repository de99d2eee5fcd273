import { greatest, least } from "../../shared/many.js";

/** How a value moves when one input rises: never down, never up, or either way. An input without a trend has no influence. */
export type Trend = "up" | "down" | "mixed";

/**
 * Bounds on a value, its trend in each input, whether it can be missing, and whether it is surely one number, not a series.
 * An input whose value decides whether there is a point at all (a divisor, the argument of LOG) always has the trend "mixed".
 */
export type Bounds = {
  readonly lo: number;
  readonly hi: number;
  readonly trends: ReadonlyMap<string, Trend>;
  readonly sparse: boolean;
  readonly scalar: boolean;
};

type Range = { readonly lo: number; readonly hi: number };

/** Every number. */
export const ANYTHING: Range = { lo: -Infinity, hi: Infinity };

/** Exactly one number, always there. */
export function constant(value: number): Bounds {
  return { lo: value, hi: value, trends: new Map(), sparse: false, scalar: true };
}

/** An input metric: within a range, it follows itself, and it can be missing. */
export function input(id: string, range: Range): Bounds {
  return { ...range, trends: new Map([[id, "up"]]), sparse: true, scalar: false };
}

/** A value that no longer moves with its inputs, although some of them still decide whether there is a point. */
export function still(value: number, inputs: readonly Bounds[]): Bounds {
  const trends = new Map(inputs.flatMap((item) => [...item.trends]).filter(([, trend]) => trend === "mixed"));
  return { lo: value, hi: value, trends, ...flagsOf(inputs) };
}

function flagsOf(items: readonly Bounds[]): Pick<Bounds, "sparse" | "scalar"> {
  return { sparse: items.some(({ sparse }) => sparse), scalar: items.every(({ scalar }) => scalar) };
}

/** The smallest bounds around several; trends that disagree become mixed. */
export function hull(items: readonly Bounds[]): Bounds {
  return {
    ...merge(items),
    lo: least(items.map(({ lo }) => lo)),
    hi: greatest(items.map(({ hi }) => hi)),
  };
}

/** The trends of several values that all push the result the same way; the range is the caller's. */
export function merge(items: readonly Bounds[]): Bounds {
  const trends = new Map<string, Trend>();
  for (const [id, trend] of items.flatMap((item) => [...item.trends]))
    trends.set(id, (trends.get(id) ?? trend) === trend ? trend : "mixed");
  return { ...ANYTHING, trends, ...flagsOf(items) };
}

/** Values whose influence is not known to go one way. */
export function mixed(items: readonly Bounds[], range: Range): Bounds {
  const { trends } = merge(items);
  return {
    lo: range.lo,
    hi: range.hi,
    trends: new Map([...trends.keys()].map((id) => [id, "mixed"])),
    ...flagsOf(items),
  };
}

/** The bounds of minus a value. */
export function negative(bounds: Bounds): Bounds {
  const flipped = { up: "down", down: "up", mixed: "mixed" } as const satisfies Record<Trend, Trend>;
  return {
    ...bounds,
    lo: -bounds.hi,
    hi: -bounds.lo,
    trends: new Map([...bounds.trends].map(([id, trend]) => [id, flipped[trend]])),
  };
}

/** The bounds under a function that never falls. */
export function mapRange(bounds: Bounds, rising: (value: number) => number): Bounds {
  return { ...bounds, lo: rising(bounds.lo), hi: rising(bounds.hi) };
}

/** The bounds of a sum. */
export function sum(items: readonly Bounds[]): Bounds {
  const total = (pick: (bounds: Bounds) => number): number =>
    items.reduce((found, item) => found + pick(loosened(item, items)), 0);
  const [lo, hi] = [total((bounds) => bounds.lo), total((bounds) => bounds.hi)];
  return { ...merge(items), lo: Number.isNaN(lo) ? -Infinity : lo, hi: Number.isNaN(hi) ? Infinity : hi };
}

// Beside another series a missing point counts as 0.
function loosened(item: Bounds, all: readonly Bounds[]): Bounds {
  const isAlone = all.every((other) => other === item || other.scalar);
  return item.sparse && !isAlone ? { ...item, lo: Math.min(0, item.lo), hi: Math.max(0, item.hi) } : item;
}

/** The bounds of a product. */
export function multiply(left: Bounds, right: Bounds): Bounds {
  const [a, b] = [loosened(left, [left, right]), loosened(right, [left, right])];
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi].map((corner) =>
    Number.isNaN(corner) ? 0 : corner,
  );
  const range = { lo: least(corners), hi: greatest(corners) };
  if (range.lo === 0 && range.hi === 0) return still(0, [left, right]);
  if (a.lo >= 0 && b.lo >= 0) return { ...merge([left, right]), ...range };
  const [fixed, other] = left.trends.size === 0 ? [a, b] : [b, a];
  const flags = flagsOf([left, right]);
  if (fixed.trends.size === 0 && fixed.lo >= 0) return { ...merge([other]), ...range, ...flags };
  if (fixed.trends.size === 0 && fixed.hi <= 0) return { ...merge([negative(other)]), ...range, ...flags };
  return mixed([left, right], range);
}

/** The bounds of a quotient; a division by zero gives no point. */
export function divide(left: Bounds, right: Bounds): Bounds {
  const [a, b] = [loosened(left, [left, right]), loosened(right, [left, right])];
  if (b.lo < 0) return mixed([left, right], ANYTHING);
  const inverse = { ...negative(b), lo: b.hi === 0 ? 0 : 1 / b.hi, hi: b.lo === 0 ? Infinity : 1 / b.lo };
  const quotient = multiply(a, inverse);
  if (right.lo > 0) return { ...quotient, sparse: left.sparse || right.sparse };
  // At zero the point is dropped, and what a later FILL puts there knows no trend.
  return {
    ...quotient,
    trends: new Map([...quotient.trends, ...mixed([right], ANYTHING).trends]),
    sparse: true,
  };
}

/** The bounds of a power; only a fixed positive exponent of something never negative has a trend. */
export function power(left: Bounds, right: Bounds): Bounds {
  if (left.lo < 0 || right.lo !== right.hi || right.lo <= 0) return mixed([left, right], ANYTHING);
  return mapRange(left, (value) => value ** right.lo);
}

/** The bounds of "left is greater than right" (or at least): 0 or 1, or surely one of them. */
export function compare(
  left: Bounds,
  right: Bounds,
  sure: { readonly holds: boolean; readonly fails: boolean },
): Bounds {
  const isSure = ![left, right].some(
    (side) => side.sparse && ![left, right].every((other) => other === side || other.scalar),
  );
  if (sure.holds && isSure) return still(1, [left, right]);
  if (sure.fails && isSure) return still(0, [left, right]);
  return { ...merge([left, negative(right)]), lo: 0, hi: 1 };
}
