import type { MetricExpression } from "./metric-expression.js";
import type { Point } from "./series.js";

const TIME_FUNCTIONS: Readonly<Record<string, (time: Date) => number>> = {
  MINUTE: (time) => time.getUTCMinutes(),
  HOUR: (time) => time.getUTCHours(),
  // Monday is 1, Sunday 7: DAY(m1)<6 means weekdays.
  DAY: (time) => time.getUTCDay() || 7,
  DATE: (time) => time.getUTCDate(),
  MONTH: (time) => time.getUTCMonth() + 1,
  YEAR: (time) => time.getUTCFullYear(),
  EPOCH: (time) => Math.floor(time.getTime() / 1000),
};

/** Whether a function gives the time of each point instead of its value. */
export function isTimeFunction(name: string): boolean {
  return Object.hasOwn(TIME_FUNCTIONS, name);
}

/** The times of `length` points, the last at `at` (milliseconds since 1970, UTC), `period` seconds apart. */
export function timesOf(
  name: string,
  { at, period, length }: { readonly at: number; readonly period: number; readonly length: number },
): readonly Point[] {
  const read = TIME_FUNCTIONS[name];
  return Array.from({ length }, (_, index) => read?.(new Date(at - (length - 1 - index) * period * 1000)));
}

/** Whether an expression's value depends on the time of day, week or year. */
export function dependsOnTime(expression: MetricExpression): boolean {
  if (expression.kind === "call")
    return isTimeFunction(expression.name) || expression.args.some(dependsOnTime);
  if (expression.kind === "binary") return dependsOnTime(expression.left) || dependsOnTime(expression.right);
  if (expression.kind === "negate") return dependsOnTime(expression.operand);
  return expression.kind === "list" && expression.items.some(dependsOnTime);
}
