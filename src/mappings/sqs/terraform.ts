import { listed } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** SQS's types of Terraform's AWS provider. */
export const SQS: TerraformMappings = {
  aws_sqs_queue: {
    type: "AWS::SQS::Queue",
    properties: {
      QueueName: "name",
      ...same(
        "ContentBasedDeduplication",
        "FifoQueue",
        "KmsMasterKeyId",
        "RedrivePolicy",
        "SqsManagedSseEnabled",
      ),
      Policy: "policy",
    },
    computed: ["name", "policy", "redrive_policy", "sqs_managed_sse_enabled"],
    formulas: { url: "{ref}" },
    inline: { Policy: "AWS::SQS::QueuePolicy", RedrivePolicy: "Terraform::SQS::QueueRedrivePolicy" },
  },
  aws_sqs_queue_policy: {
    type: "AWS::SQS::QueuePolicy",
    properties: { Queues: listed("queue_url"), PolicyDocument: "policy" },
  },
  aws_sqs_queue_redrive_policy: {
    type: "Terraform::SQS::QueueRedrivePolicy",
    properties: { Queue: "queue_url", RedrivePolicy: "redrive_policy" },
  },
};
