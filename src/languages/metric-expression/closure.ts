import type { MetricExpression } from "./metric-expression.js";
import { metricsNamed } from "./evaluate.js";

/** The queries of one alarm by id: an expression, or undefined for a plain metric. */
export type QueryGraph = ReadonlyMap<string, MetricExpression | undefined>;

/** The ids that a query needs, itself included, dependencies first; or what is wrong with the graph. */
export type Closure =
  | { readonly kind: "closure"; readonly ids: readonly string[] }
  | { readonly kind: "broken"; readonly why: string };

/** The ids of plain metrics, in order. */
export function plainMetrics(graph: QueryGraph): readonly string[] {
  return [...graph].filter(([, expression]) => expression === undefined).map(([id]) => id);
}

/** Every query that the result of `root` depends on. METRICS() counts as all plain metrics, METRICS("s") as those whose id contains s. */
export function closureOf(graph: QueryGraph, root: string): Closure {
  const metrics = plainMetrics(graph);
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): string | undefined => {
    if (done.has(id)) return undefined;
    if (open.has(id)) return `${id} depends on itself`;
    if (!graph.has(id)) return `there is no query ${id}`;
    open.add(id);
    const expression = graph.get(id);
    for (const dependency of expression === undefined ? [] : idsIn(expression, metrics)) {
      const problem = visit(dependency);
      if (problem !== undefined) return problem;
    }
    open.delete(id);
    done.add(id);
    return undefined;
  };
  const why = visit(root);
  return why === undefined ? { kind: "closure", ids: [...done] } : { kind: "broken", why };
}

/** The ids that an expression mentions, in order, each once. */
export function idsIn(expression: MetricExpression, metrics: readonly string[]): readonly string[] {
  return [...new Set(collect(expression, metrics))];
}

function collect(expression: MetricExpression, metrics: readonly string[]): readonly string[] {
  switch (expression.kind) {
    case "id":
      return [expression.id];
    case "list":
      return expression.items.flatMap((item) => collect(item, metrics));
    case "negate":
      return collect(expression.operand, metrics);
    case "binary":
      return [...collect(expression.left, metrics), ...collect(expression.right, metrics)];
    case "call":
      if (expression.name === "METRICS") return metricsNamed(expression.args, metrics) ?? [];
      return expression.args.flatMap((arg) => collect(arg, metrics));
    case "number":
    case "text":
    case "word":
      return [];
  }
}
