import { boundsOfExpression } from "../../languages/metric-expression/bounds.js";
import { evaluateMetricExpression, type Evaluation } from "../../languages/metric-expression/evaluate.js";
import { hull, input, type Bounds } from "../../languages/metric-expression/ranges.js";
import type { Point } from "../../languages/metric-expression/series.js";
import type { MetricAlarm } from "./alarm.js";
import type { Datapoint } from "./window.js";
import { greatest } from "../../shared/many.js";

/** The points of every metric and Metrics Insights query of an alarm, oldest first, all of one length. */
export type InputPoints = ReadonlyMap<string, readonly Point[]>;

/** Noon on a Wednesday: a time at which no special rule for nights, weekends or holidays is likely to hold. */
export const ORDINARY_TIME = Date.UTC(2026, 6, 15, 12);

/** The points of the watched series. An array that is no single series is unknown, as an alarm refuses it. */
export function watchedPoints(
  alarm: MetricAlarm,
  inputs: InputPoints,
  at: number = ORDINARY_TIME,
): readonly Point[] | { readonly unknown: string } {
  const metrics = alarm.ids.filter((id) => alarm.queries.get(id)?.kind !== "maths");
  const length = greatest(
    [...inputs.values()].map((points) => points.length),
    1,
  );
  const values = new Map<string, Evaluation>();
  const valueOf = (id: string): Evaluation =>
    values.get(id) ?? { kind: "unknown", why: `${id} has no value` };
  for (const id of alarm.ids) {
    const source = alarm.queries.get(id);
    const points = inputs.get(id) ?? [];
    if (source?.kind === "maths")
      values.set(
        id,
        evaluateMetricExpression(source.expression, { valueOf, metrics, period: alarm.period, length, at }),
      );
    else values.set(id, { kind: "value", value: { kind: "series", points } });
  }
  const watched = valueOf(alarm.watched);
  if (watched.kind === "unknown") return { unknown: watched.why };
  return watched.value.kind === "series"
    ? watched.value.points
    : { unknown: "the expression does not give one series" };
}

/** Bounds and trends of the watched series while the inputs stay in their ranges; undefined where it is not modelled. */
export function watchedBounds(
  alarm: MetricAlarm,
  rangeOf: (id: string) => { readonly lo: number; readonly hi: number },
): Bounds | undefined {
  const metrics = alarm.ids.filter((id) => alarm.queries.get(id)?.kind !== "maths");
  const known = new Map<string, Bounds | undefined>();
  for (const id of alarm.ids) {
    const source = alarm.queries.get(id);
    const world = { boundsOf: (other: string) => known.get(other), metrics, period: alarm.period };
    known.set(
      id,
      source?.kind === "maths" ? boundsOfExpression(source.expression, world) : input(id, rangeOf(id)),
    );
  }
  const watched = known.get(alarm.watched);
  return watched && hull([watched]);
}

/** How a datapoint counts against a fixed threshold. A band has none: then only missing is certain. */
export function datapointOf(alarm: MetricAlarm, point: Point): Datapoint {
  if (point === undefined) return "missing";
  const { comparison } = alarm;
  if (comparison.kind === "band") return "ok";
  const { operator, threshold } = comparison;
  const holds = {
    ">": point > threshold,
    ">=": point >= threshold,
    "<": point < threshold,
    "<=": point <= threshold,
  };
  return holds[operator] ? "breach" : "ok";
}
