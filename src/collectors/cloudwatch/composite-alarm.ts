import type { CompositeAlarm, DescribeAlarmsOutput } from "@aws-sdk/client-cloudwatch";
import { defineCollector, listCall } from "../../core/collector.js";
import { alarmSweep } from "../../shared/aws/alarm-sweep.js";
import { given, pickMembers } from "../../shared/aws/names.js";

const settings = [
  "AlarmName",
  "AlarmDescription",
  "AlarmRule",
  "ActionsEnabled",
  "AlarmActions",
  "OKActions",
  "InsufficientDataActions",
  "ActionsSuppressor",
  "ActionsSuppressorWaitPeriod",
  "ActionsSuppressorExtensionPeriod",
] as const satisfies readonly (keyof CompositeAlarm)[];

const state = [
  "StateValue",
  "StateReason",
  "StateUpdatedTimestamp",
  "StateTransitionedTimestamp",
  "ActionsSuppressedBy",
  "ActionsSuppressedReason",
  "AlarmConfigurationUpdatedTimestamp",
] as const satisfies readonly (keyof CompositeAlarm)[];

/** Composite alarms. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html */
export const cloudwatchCompositeAlarm = defineCollector({
  type: "AWS::CloudWatch::CompositeAlarm",
  summary: "CloudWatch composite alarms: rule, actions, suppressor, state",
  list: listCall<DescribeAlarmsOutput>({
    ...alarmSweep,
    properties: [...settings, ...state],
    found: ({ CompositeAlarms = [] }) =>
      CompositeAlarms.map((alarm) => ({
        id: given(alarm.AlarmName, "AlarmName"),
        ...(alarm.AlarmArn === undefined ? {} : { arn: alarm.AlarmArn }),
        properties: { ...pickMembers(alarm, [...settings, ...state]) },
      })),
  }),
  reads: [],
  observed: state,
});
