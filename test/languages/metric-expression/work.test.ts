import { expect, test } from "vitest";
import { closureOf } from "../../../src/languages/metric-expression/closure.js";
import type { QueryGraph } from "../../../src/languages/metric-expression/closure.js";
import { parseMetricExpression } from "../../../src/languages/metric-expression/metric-expression.js";
import { workOf } from "../../../src/languages/metric-expression/work.js";

function graphOf(queries: Readonly<Record<string, string | undefined>>): QueryGraph {
  return new Map(
    Object.entries(queries).map(([id, text]) => {
      const parsed = text === undefined ? undefined : parseMetricExpression(text);
      if (parsed?.kind === "malformed") throw new Error(parsed.why);
      return [id, parsed?.value];
    }),
  );
}

function work(queries: Readonly<Record<string, string | undefined>>): number {
  const graph = graphOf(queries);
  const closure = closureOf(graph, "r");
  if (closure.kind === "broken") throw new Error(closure.why);
  return workOf(graph, closure.ids);
}

test("an expression over two metrics takes a few series", () => {
  expect(work({ a: undefined, b: undefined, r: "100 * a / b" })).toBeLessThan(10);
});

test("arrays of arrays double with each query", () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [
      `e${(at + 1).toString()}`,
      `[e${at.toString()}, e${at.toString()}]`,
    ]),
  );
  expect(work({ e0: undefined, ...doubling, r: "SUM(e20)" })).toBeGreaterThan(2 ** 20);
});

test("queries that nothing depends on take nothing", () => {
  expect(work({ a: undefined, b: undefined, c: "[a, b, a, b, a, b]", r: "a + 1" })).toBeLessThan(5);
});

test("METRICS() is as wide as there are metrics", () => {
  const metrics = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`m${at.toString()}`, undefined]),
  );
  expect(work({ ...metrics, r: "SUM(METRICS()) + SUM(METRICS())" })).toBeGreaterThan(300);
});
