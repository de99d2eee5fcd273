import { asNumber, dimensions, memberOf } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** CloudWatch Logs' types of Terraform's AWS provider. */
export const LOGS: TerraformMappings = {
  aws_cloudwatch_log_group: {
    type: "AWS::Logs::LogGroup",
    properties: { LogGroupName: "name", ...same("RetentionInDays", "KmsKeyId", "LogGroupClass") },
    computed: ["log_group_class", "name"],
    zero: ["retention_in_days"],
    keptBy: "skip_destroy",
  },
  aws_cloudwatch_log_metric_filter: {
    type: "AWS::Logs::MetricFilter",
    properties: {
      FilterName: "name",
      // An empty pattern takes everything; it is a pattern.
      FilterPattern: { from: ["pattern"], shape: (read) => read("pattern") ?? "" },
      ...same("LogGroupName", "ApplyOnTransformedLogs"),
      MetricTransformations: {
        blocks: "metric_transformation",
        members: {
          MetricName: "name",
          MetricNamespace: "namespace",
          MetricValue: "value",
          DefaultValue: asNumber("default_value"),
          Dimensions: dimensions("dimensions", "Key"),
          Unit: "unit",
        },
      },
    },
    computed: ["apply_on_transformed_logs"],
    formulas: { id: "{name}" },
  },
  aws_cloudwatch_log_resource_policy: {
    type: "AWS::Logs::ResourcePolicy",
    properties: same("PolicyName", "PolicyDocument", "ResourceArn"),
    computed: ["resource_arn"],
  },
  aws_cloudwatch_log_delivery_source: {
    type: "AWS::Logs::DeliverySource",
    properties: same("Name", "LogType", "ResourceArn"),
  },
  aws_cloudwatch_log_delivery_destination: {
    type: "AWS::Logs::DeliveryDestination",
    properties: {
      ...same("Name", "DeliveryDestinationType", "OutputFormat"),
      DestinationResourceArn: memberOf("delivery_destination_configuration", "destination_resource_arn"),
    },
    computed: ["delivery_destination_type"],
  },
  aws_cloudwatch_log_delivery: {
    type: "AWS::Logs::Delivery",
    properties: same("DeliverySourceName", "DeliveryDestinationArn", "RecordFields", "FieldDelimiter"),
    computed: ["record_fields", "field_delimiter"],
  },
};
