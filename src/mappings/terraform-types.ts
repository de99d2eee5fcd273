import { CLOUDTRAIL } from "./cloudtrail/terraform.js";
import { CLOUDWATCH } from "./cloudwatch/terraform.js";
import { CONFIG } from "./config/terraform.js";
import { EVENTS } from "./events/terraform.js";
import { GLACIER } from "./glacier/terraform.js";
import { KMS } from "./kms/terraform.js";
import { LAMBDA } from "./lambda/terraform.js";
import { LOGS } from "./logs/terraform.js";
import { MEDIAPACKAGE } from "./mediapackage/terraform.js";
import { ORGANIZATIONS } from "./organizations/terraform.js";
import { S3 } from "./s3/terraform.js";
import { SNS } from "./sns/terraform.js";
import { SQS } from "./sqs/terraform.js";
import { same } from "./terraform.js";
import type { TerraformMapping, TerraformMappings } from "./terraform.js";

/** Terraform's types that are read, of the provider hashicorp/aws → what they are. */
export const TERRAFORM_TYPES: TerraformMappings = {
  ...CLOUDTRAIL,
  ...CLOUDWATCH,
  ...CONFIG,
  ...EVENTS,
  ...GLACIER,
  ...KMS,
  ...LAMBDA,
  ...LOGS,
  ...MEDIAPACKAGE,
  ...ORGANIZATIONS,
  ...S3,
  ...SNS,
  ...SQS,
};

/** Types that nothing is asked of but their names and ARNs, which something that is watched may hold. */
export const NAMED_TYPES: TerraformMappings = {
  aws_iam_role: {
    type: "AWS::IAM::Role",
    properties: { RoleName: "name", Path: "path" },
    formulas: { id: "{name}" },
  },
  aws_kinesis_firehose_delivery_stream: {
    type: "AWS::KinesisFirehose::DeliveryStream",
    properties: { DeliveryStreamName: "name" },
    formulas: { id: "{arn}" },
  },
  aws_kinesis_stream: {
    type: "AWS::Kinesis::Stream",
    properties: same("Name"),
    formulas: { id: "{arn}" },
  },
  aws_sfn_state_machine: {
    type: "AWS::StepFunctions::StateMachine",
    properties: { StateMachineName: "name" },
  },
  aws_ssmincidents_response_plan: {
    type: "AWS::SSMIncidents::ResponsePlan",
    properties: same("Name"),
  },
};

/** The mapping of a type of hashicorp/aws; undefined for one that is not read. */
export function terraformMapping(type: string): TerraformMapping | undefined {
  return Object.hasOwn(TERRAFORM_TYPES, type) ? TERRAFORM_TYPES[type] : undefined;
}

/** The mapping of a type of which at least the names are known. */
export function namedMapping(type: string): TerraformMapping | undefined {
  return terraformMapping(type) ?? (Object.hasOwn(NAMED_TYPES, type) ? NAMED_TYPES[type] : undefined);
}
