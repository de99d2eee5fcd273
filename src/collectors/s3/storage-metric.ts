import type { ListMetricsOutput } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall } from "../../core/collector.js";
import { given } from "../../shared/aws/names.js";
import { metricSeries, seriesProperties } from "../../shared/aws/metric-series.js";

/**
 * The daily `AWS/S3 BucketSizeBytes` series, by bucket and storage type: what a bucket holds, however it came there.
 * A series that has been silent for two weeks is not shown.
 */
export const s3StorageMetric = defineCollector({
  type: "AWS::S3::StorageMetric",
  summary: "Which storage types CloudWatch counts bytes of, per bucket",
  list: listCall<ListMetricsOutput>({
    operation: { service: "cloudwatch", name: "ListMetrics", proof: { members: ["Metrics"] } },
    at: "each-region",
    input: () => ({ Namespace: "AWS/S3", MetricName: "BucketSizeBytes" }),
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: seriesProperties,
    found: ({ Metrics }) => metricSeries(given(Metrics, "Metrics")),
  }),
  reads: [],
  observed: seriesProperties,
});
