import type { Operation, Pages } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";

/** The one sweep that shows alarms of every type; without AlarmTypes the API shows metric alarms only. */
export const alarmSweep: {
  readonly operation: Operation;
  readonly at: "each-region";
  readonly input: () => JsonObject;
  readonly pages: Pages;
} = {
  operation: {
    service: "cloudwatch",
    name: "DescribeAlarms",
    proof: { members: ["MetricAlarms", "CompositeAlarms"] },
  },
  at: "each-region",
  input: () => ({ AlarmTypes: ["MetricAlarm", "CompositeAlarm", "LogAlarm"], MaxRecords: 100 }),
  pages: { ask: "NextToken", answer: "NextToken" },
};
