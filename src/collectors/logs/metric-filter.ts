import type { DescribeMetricFiltersResponse, MetricTransformation } from "@aws-sdk/client-cloudwatch-logs";
import { defineCollector, listCall } from "../../core/collector.js";
import { given, unlessEmpty } from "../../shared/aws/names.js";

type Dimensions = readonly { readonly Key: string; readonly Value: string }[];
type Transformation = { readonly [name: string]: string | number | Dimensions | undefined };

/** Metric filters of log groups. The id is the log group's name and the filter's, between them a colon, which neither can have. */
export const logsMetricFilter = defineCollector({
  type: "AWS::Logs::MetricFilter",
  summary: "CloudWatch Logs metric filters: pattern, log group, metric",
  list: listCall<DescribeMetricFiltersResponse>({
    operation: { service: "logs", name: "DescribeMetricFilters", proof: { members: ["metricFilters"] } },
    at: "each-region",
    input: () => ({ limit: 50 }),
    pages: { ask: "nextToken", answer: "nextToken" },
    properties: [
      "FilterName",
      "FilterPattern",
      "LogGroupName",
      "MetricTransformations",
      "ApplyOnTransformedLogs",
      "FieldSelectionCriteria",
      "EmitSystemFieldDimensions",
    ],
    found: ({ metricFilters }) =>
      given(metricFilters, "metricFilters").map(({ filterName = "", logGroupName = "", ...filter }) => ({
        id: `${logGroupName}:${filterName}`,
        properties: {
          FilterName: filterName,
          // An empty pattern takes everything; it is a pattern.
          FilterPattern: filter.filterPattern ?? "",
          LogGroupName: logGroupName,
          MetricTransformations: filter.metricTransformations?.map(transformationOf),
          ApplyOnTransformedLogs: filter.applyOnTransformedLogs,
          FieldSelectionCriteria: filter.fieldSelectionCriteria,
          EmitSystemFieldDimensions: unlessEmpty(filter.emitSystemFieldDimensions),
        },
      })),
  }),
  reads: [],
  observed: [],
});

function transformationOf({
  metricName,
  metricNamespace,
  metricValue,
  defaultValue,
  dimensions = {},
  unit,
}: MetricTransformation): Transformation {
  const pairs = Object.entries(dimensions).map(([Key, Value]) => ({ Key, Value }));
  return {
    MetricName: metricName,
    MetricNamespace: metricNamespace,
    MetricValue: metricValue,
    DefaultValue: defaultValue,
    ...(pairs.length === 0 ? {} : { Dimensions: pairs }),
    Unit: unit,
  };
}
