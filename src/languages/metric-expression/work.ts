import type { MetricExpression } from "./metric-expression.js";
import { plainMetrics } from "./closure.js";
import type { QueryGraph } from "./closure.js";
import { metricsNamed } from "./evaluate.js";

/** What an expression takes: series that its parts give in all (`work`), and that it gives itself at most (`width`). */
type Size = { readonly work: number; readonly width: number };

type Sizes = { readonly widthOf: (id: string) => number; readonly metrics: readonly string[] };

/**
 * How many series are made while these queries (dependencies first) are evaluated once, at most: an array of arrays holds all
 * their series, so that a few queries can ask for millions.
 */
export function workOf(graph: QueryGraph, ids: readonly string[]): number {
  const widths = new Map<string, number>();
  const sizes: Sizes = { widthOf: (id) => widths.get(id) ?? 1, metrics: plainMetrics(graph) };
  let work = 0;
  for (const id of ids) {
    const expression = graph.get(id);
    const size = expression === undefined ? { work: 1, width: 1 } : sizeOf(expression, sizes);
    widths.set(id, size.width);
    work += size.work;
  }
  return work;
}

function sizeOf(expression: MetricExpression, sizes: Sizes): Size {
  switch (expression.kind) {
    case "number":
    case "text":
    case "word":
      return { work: 1, width: 1 };
    case "id":
      return flat(sizes.widthOf(expression.id));
    case "negate":
      return widest([expression.operand], sizes);
    case "binary":
      return widest([expression.left, expression.right], sizes);
    case "list": {
      const items = expression.items.map((item) => sizeOf(item, sizes));
      const width = items.reduce((sum, item) => sum + item.width, 0);
      return { work: items.reduce((sum, item) => sum + item.work, width), width };
    }
    case "call":
      if (expression.name !== "METRICS") return widest(expression.args, sizes);
      return flat(metricsNamed(expression.args, sizes.metrics)?.length ?? 1);
  }
}

function flat(width: number): Size {
  return { work: Math.max(1, width), width };
}

// What a function gives is never wider than the widest of what it is given.
function widest(parts: readonly MetricExpression[], sizes: Sizes): Size {
  const found = parts.map((part) => sizeOf(part, sizes));
  const width = found.reduce((most, part) => Math.max(most, part.width), 1);
  return { work: found.reduce((sum, part) => sum + part.work, width), width };
}
