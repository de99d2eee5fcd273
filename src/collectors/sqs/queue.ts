import type { GetQueueAttributesResult } from "@aws-sdk/client-sqs";
import { defineCollector, readCall } from "../../core/collector.js";
import type { Identity } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";
import { hostSuffix } from "../../shared/aws/partitions.js";

/** SQS queues that something refers to. `Policy` and `RedrivePolicy` are JSON text. */
export const sqsQueue = defineCollector({
  type: "AWS::SQS::Queue",
  summary: "SQS queues that rules, buckets and topics send to: policy, key, order",
  reads: [
    readCall<GetQueueAttributesResult>({
      operation: { service: "sqs", name: "GetQueueAttributes", proof: { members: ["Attributes.*"] } },
      // Attributes of FIFO queues may not be asked of others by name. https://github.com/aws/aws-sdk-ruby/issues/1350
      input: (queue) => ({ QueueUrl: urlOf(queue), AttributeNames: ["All"] }),
      properties: [
        "QueueName",
        "KmsMasterKeyId",
        "SqsManagedSseEnabled",
        "FifoQueue",
        "ContentBasedDeduplication",
        "RedrivePolicy",
        "Policy",
      ],
      read: ({ Attributes: attributes = {} }, { id }) => ({
        QueueName: id,
        KmsMasterKeyId: unlessBlank(attributes["KmsMasterKeyId"]),
        SqsManagedSseEnabled: claimIn(attributes["SqsManagedSseEnabled"]),
        FifoQueue: claimIn(attributes["FifoQueue"]),
        ContentBasedDeduplication: claimIn(attributes["ContentBasedDeduplication"]),
        RedrivePolicy: unlessBlank(attributes["RedrivePolicy"]),
        Policy: unlessBlank(attributes["Policy"]),
      }),
      gone: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
    }),
  ],
  refer(reference) {
    const arn = parseArn(reference);
    return arn?.service === "sqs" && /^[\w-]+(?:\.fifo)?$/u.test(arn.resource)
      ? { id: arn.resource, arn: reference, account: arn.account, region: arn.region }
      : undefined;
  },
  observed: ["Policy"],
});

// GetQueueUrl would tell it, too; but AWS's SecurityAudit policy does not allow that, and an ARN holds all that the URL does.
function urlOf({ id, arn = "", account, region }: Identity): string {
  return `https://sqs.${region}.${hostSuffix(parseArn(arn)?.partition ?? "aws")}/${account}/${id}`;
}

function unlessBlank(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function claimIn(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === "true";
}
