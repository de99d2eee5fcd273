import type { DescribeAlarmsOutput, LogAlarm } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall } from "../../core/collector.js";
import type { Properties } from "../../core/collector.js";
import { alarmSweep } from "../../shared/aws/alarm-sweep.js";
import { given, pickMembers } from "../../shared/aws/names.js";

const settings = [
  "AlarmName",
  "AlarmDescription",
  "ActionsEnabled",
  "AlarmActions",
  "OKActions",
  "InsufficientDataActions",
  "ScheduledQueryConfiguration",
  "QueryResultsToEvaluate",
  "QueryResultsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "WarmUpConfiguration",
] as const satisfies readonly (keyof LogAlarm)[];

const state = [
  "StateValue",
  "StateReason",
  "StateUpdatedTimestamp",
  "StateTransitionedTimestamp",
  "EvaluationState",
  "AlarmConfigurationUpdatedTimestamp",
] as const satisfies readonly (keyof LogAlarm)[];

/** Log alarms: alarms on the results of a scheduled query. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogAlarm.html */
export const cloudwatchLogAlarm = defineCollector({
  type: "AWS::CloudWatch::LogAlarm",
  summary: "CloudWatch log alarms: query, threshold, actions, state",
  list: listCall<DescribeAlarmsOutput>({
    ...alarmSweep,
    properties: [...settings, ...state],
    found: ({ LogAlarms = [] }) =>
      LogAlarms.map((alarm) => ({
        id: given(alarm.AlarmName, "AlarmName"),
        ...(alarm.AlarmArn === undefined ? {} : { arn: alarm.AlarmArn }),
        properties: { ...pickMembers(alarm, [...settings, ...state]), ...queryOf(alarm) },
      })),
  }),
  reads: [],
  observed: state,
});

// Tags are anybody's words.
function queryOf({ ScheduledQueryConfiguration: query }: LogAlarm): Properties {
  if (query === undefined) return {};
  const known = Object.keys(query).filter((name) => name !== "Tags");
  return { ScheduledQueryConfiguration: pickMembers(query, known) };
}
