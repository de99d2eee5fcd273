import { defineDeclared } from "../mapping.js";

/** Metric filters: an empty pattern takes everything; it is a pattern. */
export const metricFilter = defineDeclared({
  type: "AWS::Logs::MetricFilter",
  settle: {
    FilterPattern: { from: ["FilterPattern"], make: ({ FilterPattern = "" }) => FilterPattern },
  },
  defaults: { ApplyOnTransformedLogs: false },
});
