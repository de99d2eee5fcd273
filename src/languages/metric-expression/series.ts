/** A point of a series: a finite number, or undefined where there is no data. */
export type Point = number | undefined;

/** What an expression is at some moment: one number, a series (oldest point first), or an array of series. */
export type MetricValue =
  | { readonly kind: "scalar"; readonly value: Point }
  | { readonly kind: "series"; readonly points: readonly Point[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Point[])[] };

/** A number that exists, or undefined for what CloudWatch drops: division by zero, the logarithm of nothing. */
export function finite(value: number): Point {
  return Number.isFinite(value) ? value : undefined;
}

/** One number. */
export function scalar(value: Point): MetricValue {
  return { kind: "scalar", value };
}

/** One series. */
export function series(points: readonly Point[]): MetricValue {
  return { kind: "series", points };
}

/** An array of series. */
export function list(items: readonly (readonly Point[])[]): MetricValue {
  return { kind: "list", items };
}

/** Every series of a value. */
export function seriesOf(value: MetricValue): readonly (readonly Point[])[] {
  if (value.kind === "list") return value.items;
  return value.kind === "series" ? [value.points] : [];
}

/** Applies a function to each point that exists. */
export function mapPoints(value: MetricValue, change: (point: number) => number): MetricValue {
  const at = (point: Point): Point => (point === undefined ? undefined : finite(change(point)));
  return mapSeries(value, (points) => points.map(at), at);
}

/** Applies a function to each series; to a scalar only where one is given. */
export function mapSeries(
  value: MetricValue,
  change: (points: readonly Point[]) => readonly Point[],
  onScalar: (value: Point) => Point = (same) => same,
): MetricValue {
  if (value.kind === "scalar") return scalar(onScalar(value.value));
  return value.kind === "series" ? series(change(value.points)) : list(value.items.map(change));
}

/**
 * Combines two values point by point. Where one of two series has no point it counts as 0; where both have none, neither has the result.
 * A missing point beside a scalar stays missing.
 */
export function combine(
  left: MetricValue,
  right: MetricValue,
  change: (a: number, b: number) => number,
): MetricValue | undefined {
  const both = (a: Point, b: Point): Point =>
    a === undefined && b === undefined ? undefined : finite(change(a ?? 0, b ?? 0));
  if (right.kind === "scalar") return mapAgainst(left, right.value, change);
  if (left.kind === "scalar") return mapAgainst(right, left.value, (b, a) => change(a, b));
  const zip = (a: readonly Point[], b: readonly Point[]): readonly Point[] =>
    a.map((point, index) => both(point, b[index]));
  if (left.kind === "series" && right.kind === "series") return series(zip(left.points, right.points));
  if (left.kind === "series") return list(seriesOf(right).map((points) => zip(left.points, points)));
  if (right.kind === "series") return list(left.items.map((points) => zip(points, right.points)));
  if (left.items.length !== right.items.length) return undefined;
  return list(left.items.map((points, index) => zip(points, right.items[index] ?? [])));
}

function mapAgainst(
  value: MetricValue,
  other: Point,
  change: (point: number, other: number) => number,
): MetricValue {
  const at = (point: Point): Point =>
    point === undefined || other === undefined ? undefined : finite(change(point, other));
  return mapSeries(value, (points) => points.map(at), at);
}

/** Folds the points that exist: over time for one series (a scalar), across series at each moment for an array (a series). */
export function fold(
  value: MetricValue,
  reduce: (points: readonly number[], width: number) => Point,
): MetricValue | undefined {
  const present = (points: readonly Point[]): readonly number[] =>
    points.filter((point) => point !== undefined);
  if (value.kind === "series") return scalar(reduce(present(value.points), present(value.points).length));
  if (value.kind === "scalar") return undefined;
  const [first] = value.items;
  return series(
    (first ?? []).map((_, index) =>
      reduceAcross(
        value.items.map((points) => points[index]),
        reduce,
      ),
    ),
  );
}

function reduceAcross(
  column: readonly Point[],
  reduce: (points: readonly number[], width: number) => Point,
): Point {
  const present = column.filter((point) => point !== undefined);
  return present.length === 0 ? undefined : reduce(present, column.length);
}

/** The filler of FILL: another series, a number, the last point before the gap, or a line across it. */
export type Filler = MetricValue | "REPEAT" | "LINEAR";

/** Fills the points of a series that are missing. A gap at an end has no line across it and no point before it. */
export function fill(points: readonly Point[], filler: Filler): readonly Point[] {
  if (filler === "REPEAT") return repeat(points);
  if (filler === "LINEAR") return points.map((point, index) => point ?? interpolate(points, index));
  if (filler.kind === "scalar") return points.map((point) => point ?? filler.value);
  const [other] = seriesOf(filler);
  return points.map((point, index) => point ?? other?.[index]);
}

function repeat(points: readonly Point[]): readonly Point[] {
  let last: Point;
  return points.map((point) => (last = point ?? last));
}

function interpolate(points: readonly Point[], index: number): Point {
  const before = points.findLastIndex((point, at) => at < index && point !== undefined);
  const after = points.findIndex((point, at) => at > index && point !== undefined);
  const [from, to] = [points[before], points[after]];
  if (from === undefined || to === undefined) return undefined;
  return from + ((to - from) * (index - before)) / (after - before);
}
