import { dimensions, memberOf, metricQueries } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { Members, TerraformMappings } from "../terraform.js";

const ACTIONS: Members = same(
  "AlarmName",
  "AlarmDescription",
  "ActionsEnabled",
  "AlarmActions",
  "OKActions",
  "InsufficientDataActions",
);

/** CloudWatch's types of Terraform's AWS provider. */
export const CLOUDWATCH: TerraformMappings = {
  aws_cloudwatch_metric_alarm: {
    type: "AWS::CloudWatch::Alarm",
    properties: {
      ...ACTIONS,
      ...same(
        "ComparisonOperator",
        "DatapointsToAlarm",
        "EvaluationInterval",
        "EvaluationPeriods",
        "ExtendedStatistic",
        "MetricName",
        "Namespace",
        "Period",
        "Statistic",
        "Threshold",
        "ThresholdMetricId",
        "TreatMissingData",
        "Unit",
      ),
      EvaluateLowSampleCountPercentile: "evaluate_low_sample_count_percentiles",
      Dimensions: dimensions(),
      Metrics: metricQueries,
      EvaluationCriteria: {
        block: "evaluation_criteria",
        members: {
          PromQLCriteria: {
            block: "promql_criteria",
            members: same("Query", "PendingPeriod", "RecoveryPeriod"),
          },
        },
      },
      WarmUpConfiguration: {
        block: "warm_up_configuration",
        members: same("WarmUpPeriod", "WarmUpAction", "Mode", "Duration"),
      },
    },
    computed: ["evaluate_low_sample_count_percentiles"],
    zero: ["datapoints_to_alarm", "evaluation_interval", "period"],
    formulas: { id: "{name}" },
  },
  aws_cloudwatch_composite_alarm: {
    type: "AWS::CloudWatch::CompositeAlarm",
    properties: {
      ...ACTIONS,
      AlarmRule: "alarm_rule",
      ActionsSuppressor: memberOf("actions_suppressor", "alarm"),
      ActionsSuppressorWaitPeriod: memberOf("actions_suppressor", "wait_period"),
      ActionsSuppressorExtensionPeriod: memberOf("actions_suppressor", "extension_period"),
    },
    formulas: { id: "{name}" },
  },
  aws_cloudwatch_alarm_mute_rule: {
    type: "AWS::CloudWatch::AlarmMuteRule",
    properties: {
      ...same("Name", "Description", "StartDate", "ExpireDate"),
      Rule: {
        block: "rule",
        members: {
          Schedule: { block: "schedule", members: same("Expression", "Duration", "Timezone") },
        },
      },
      MuteTargets: { block: "mute_targets", members: same("AlarmNames") },
    },
  },
};
