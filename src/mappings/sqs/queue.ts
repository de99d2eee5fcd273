import { defineAttachment, defineDeclared } from "../mapping.js";
import { documentText, policyText } from "../shapes.js";

/** Queues. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html */
export const queue = defineDeclared({
  type: "AWS::SQS::Queue",
  settle: {
    // A key of one's own takes the place of the key of SQS.
    SqsManagedSseEnabled: {
      from: ["SqsManagedSseEnabled", "KmsMasterKeyId"],
      make: ({ SqsManagedSseEnabled, KmsMasterKeyId }) =>
        SqsManagedSseEnabled ?? KmsMasterKeyId === undefined,
    },
  },
});

/** The policy of queues, which it names by URL. */
export const queuePolicy = defineAttachment({
  type: "AWS::SQS::QueuePolicy",
  to: "AWS::SQS::Queue",
  at: "Queues",
  property: "Policy",
  how: "replace",
  from: ["PolicyDocument"],
  make: documentText,
});

/** The policy of one queue. */
export const queueInlinePolicy = defineAttachment({
  type: "AWS::SQS::QueueInlinePolicy",
  to: "AWS::SQS::Queue",
  at: "Queue",
  property: "Policy",
  how: "replace",
  from: ["PolicyDocument"],
  make: documentText,
});

/** Where a queue's dead letters go, of Terraform's own. */
export const queueRedrivePolicy = defineAttachment({
  type: "Terraform::SQS::QueueRedrivePolicy",
  to: "AWS::SQS::Queue",
  at: "Queue",
  property: "RedrivePolicy",
  how: "replace",
  from: ["RedrivePolicy"],
  make: ({ RedrivePolicy: policy = null }) => (policy === null ? null : policyText(policy)),
});
