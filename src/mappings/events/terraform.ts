import { busCondition } from "../terraform-shapes.js";
import { attributesOf, mapMembers, same } from "../terraform.js";
import type { Members, Origin, TerraformMappings } from "../terraform.js";

const TARGET: Members = {
  Id: "target_id",
  ...same("Arn", "RoleArn", "Input", "InputPath"),
  InputTransformer: {
    block: "input_transformer",
    members: { InputPathsMap: "input_paths", InputTemplate: "input_template" },
  },
  DeadLetterConfig: { block: "dead_letter_config", members: same("Arn") },
  RetryPolicy: {
    block: "retry_policy",
    members: {
      MaximumEventAgeInSeconds: "maximum_event_age_in_seconds",
      MaximumRetryAttempts: "maximum_retry_attempts",
    },
  },
  SqsParameters: { block: "sqs_target", members: same("MessageGroupId") },
};

// `state` came after `is_enabled`; the provider allows one of them, and reads both back.
const ruleState: Origin = {
  from: ["state", "is_enabled"],
  shape: (read) => {
    const isEnabled = read("is_enabled");
    return (
      read("state") ?? (typeof isEnabled === "boolean" ? (isEnabled ? "ENABLED" : "DISABLED") : isEnabled)
    );
  },
};

/** EventBridge's types of Terraform's AWS provider. Of connections, what authorizes stays out, as do the parameters of HTTP targets. */
export const EVENTS: TerraformMappings = {
  aws_cloudwatch_event_rule: {
    type: "AWS::Events::Rule",
    properties: {
      ...same("Name", "Description", "EventPattern", "ScheduleExpression", "RoleArn", "EventBusName"),
      State: ruleState,
    },
    computed: ["name", "state", "is_enabled"],
    formulas: { id: "{resource}" },
  },
  aws_cloudwatch_event_target: {
    type: "Terraform::Events::RuleTarget",
    properties: {
      Rule: "rule",
      EventBusName: "event_bus_name",
      Target: {
        from: Object.values(TARGET).flatMap(attributesOf),
        shape: (read) => mapMembers(TARGET, read),
      },
    },
    generated: ["target_id"],
  },
  aws_cloudwatch_event_bus: {
    type: "AWS::Events::EventBus",
    properties: {
      ...same("Name", "KmsKeyIdentifier"),
      DeadLetterConfig: { block: "dead_letter_config", members: same("Arn") },
    },
    formulas: { id: "{name}" },
  },
  aws_cloudwatch_event_bus_policy: {
    type: "Terraform::Events::EventBusPolicy",
    properties: { EventBusName: "event_bus_name", Policy: "policy" },
  },
  aws_cloudwatch_event_permission: {
    type: "AWS::Events::EventBusPolicy",
    properties: { ...same("EventBusName", "StatementId", "Action", "Principal"), Condition: busCondition },
  },
  aws_cloudwatch_event_api_destination: {
    type: "AWS::Events::ApiDestination",
    properties: same("Name", "ConnectionArn", "HttpMethod", "InvocationEndpoint"),
    formulas: { id: "{name}" },
  },
  aws_cloudwatch_event_connection: {
    type: "AWS::Events::Connection",
    properties: same("Name", "AuthorizationType"),
    formulas: { id: "{name}" },
  },
};
