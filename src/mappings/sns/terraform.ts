import { listed } from "../terraform-shapes.js";
import { same } from "../terraform.js";
import type { TerraformMappings } from "../terraform.js";

/** SNS's types of Terraform's AWS provider. */
export const SNS: TerraformMappings = {
  aws_sns_topic: {
    type: "AWS::SNS::Topic",
    properties: {
      TopicName: "name",
      ...same("DisplayName", "KmsMasterKeyId", "FifoTopic", "ContentBasedDeduplication"),
      Policy: "policy",
    },
    computed: ["name", "policy"],
    inline: { Policy: "AWS::SNS::TopicPolicy" },
  },
  aws_sns_topic_policy: {
    type: "AWS::SNS::TopicPolicy",
    properties: { Topics: listed("arn"), PolicyDocument: "policy" },
  },
  aws_sns_topic_subscription: {
    type: "AWS::SNS::Subscription",
    properties: same(
      "TopicArn",
      "Protocol",
      "Endpoint",
      "FilterPolicy",
      "FilterPolicyScope",
      "RawMessageDelivery",
      "RedrivePolicy",
      "PendingConfirmation",
    ),
    computed: ["filter_policy_scope", "pending_confirmation"],
  },
};
