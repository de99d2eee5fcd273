import type { ListMetricsOutput } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";
import { metricSeries, seriesProperties } from "../../shared/aws/metric-series.js";

/** The series of the namespace that live, VOD and v2 share. One that has been silent for two weeks is not shown. */
export const mediapackageMetric = defineCollector({
  type: "AWS::MediaPackage::Metric",
  summary: "Which AWS/MediaPackage metrics exist, with their dimensions",
  servedAs: "mediapackagev2",
  list: listCall<ListMetricsOutput>({
    operation: { service: "cloudwatch", name: "ListMetrics", proof: { members: ["Metrics"] } },
    at: "each-region",
    input: () => ({ Namespace: "AWS/MediaPackage" }),
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: seriesProperties,
    found: ({ Metrics }) => metricSeries(given(Metrics, "Metrics")),
  }),
  reads: [],
  observed: seriesProperties,
});
