import type { Found } from "../../core/collector.js";
import { byText } from "../order.js";

type Dimension = { readonly Name?: string | undefined; readonly Value?: string | undefined };
type Metric = {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly Dimension[] | undefined;
};

/** What `metricSeries` says of each series. */
export const seriesProperties = ["Namespace", "MetricName", "Dimensions"] as const;

/** Metrics that exist, each once: a series is its namespace, name and exact set of dimensions, in whatever order. */
export function metricSeries(metrics: readonly Metric[]): readonly Found[] {
  const found = metrics.map(({ Namespace = "", MetricName = "", Dimensions = [] }) => {
    const sorted = [...Dimensions].sort((a, b) => byText(a.Name ?? "", b.Name ?? ""));
    const id = [MetricName, ...sorted.map(({ Name = "", Value = "" }) => `${Name}=${Value}`)].join(" ");
    return { id, properties: { Namespace, MetricName, Dimensions: sorted } };
  });
  return [...new Map(found.map((series) => [series.id, series])).values()];
}
