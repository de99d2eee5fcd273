import type { DescribeAlarmsOutput, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { alarmSweep } from "../../shared/aws/alarm-sweep.js";
import { given, pickMembers, unlessEmpty } from "../../shared/aws/names.js";

const settings = [
  "AlarmName",
  "AlarmDescription",
  "ActionsEnabled",
  "AlarmActions",
  "OKActions",
  "InsufficientDataActions",
  "Namespace",
  "MetricName",
  "Dimensions",
  "Statistic",
  "ExtendedStatistic",
  "Period",
  "Unit",
  "Metrics",
  "ThresholdMetricId",
  "EvaluationPeriods",
  "DatapointsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "EvaluateLowSampleCountPercentile",
  "EvaluationCriteria",
  "EvaluationInterval",
  "EvaluationWindow",
  "WarmUpConfiguration",
] as const satisfies readonly (keyof MetricAlarm)[];

const state = [
  "StateValue",
  "StateReason",
  "StateUpdatedTimestamp",
  "StateTransitionedTimestamp",
  "EvaluationState",
  "AlarmConfigurationUpdatedTimestamp",
] as const satisfies readonly (keyof MetricAlarm)[];

/**
 * Metric alarms, of one metric, of metric maths, of a query or of an anomaly band.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
 */
export const cloudwatchAlarm = defineCollector({
  type: "AWS::CloudWatch::Alarm",
  summary: "CloudWatch metric alarms: metric, threshold, actions, state",
  list: listCall<DescribeAlarmsOutput>({
    ...alarmSweep,
    properties: [...settings, ...state],
    found: ({ MetricAlarms }) =>
      given(MetricAlarms, "MetricAlarms").map((alarm) => ({
        id: given(alarm.AlarmName, "AlarmName"),
        ...(alarm.AlarmArn === undefined ? {} : { arn: alarm.AlarmArn }),
        properties: propertiesOf(alarm),
      })),
  }),
  reads: [],
  observed: state,
});

// An alarm has one metric or several queries; some answers carry an empty list of the other.
function propertiesOf(alarm: MetricAlarm): Properties {
  return { ...pickMembers(alarm, [...settings, ...state]), Metrics: unlessEmpty(alarm.Metrics) };
}
