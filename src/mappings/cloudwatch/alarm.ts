import type { JsonValue } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";
import { defineDeclared } from "../mapping.js";
import { isFilled, isOther } from "../shapes.js";
import { bornState } from "./alarm-state.js";

const METRIC = [
  "Namespace",
  "MetricName",
  "Dimensions",
  "Statistic",
  "ExtendedStatistic",
  "Period",
  "Unit",
  "Metrics",
  "EvaluationCriteria",
];

/** Metric alarms. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html */
export const alarm = defineDeclared({
  type: "AWS::CloudWatch::Alarm",
  settle: {
    Metrics: {
      from: ["Metrics"],
      make: ({ Metrics: metrics }) => (isFilled(metrics) ? metrics.map(returning) : null),
    },
  },
  defaults: { ActionsEnabled: true, TreatMissingData: "missing" },
  born: bornState,
  // The state of another metric is not known before it was looked at.
  follows: (after, { properties }, { takenAt }) =>
    METRIC.some((property) => isOther(after[property], properties[property]))
      ? {
          StateValue: "INSUFFICIENT_DATA",
          StateReason: null,
          StateUpdatedTimestamp: takenAt,
          StateTransitionedTimestamp: takenAt,
          EvaluationState: null,
        }
      : {},
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
function returning(query: JsonValue): JsonValue {
  return isObject(query) ? { ReturnData: true, ...query } : query;
}
