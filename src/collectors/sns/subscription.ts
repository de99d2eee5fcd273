import type { GetSubscriptionAttributesResponse } from "@aws-sdk/client-sns";
import { defineCollector, readCall } from "../../core/collector.js";
import { parseArn } from "../../shared/aws/arn.js";
import { endpointOf } from "../../shared/aws/notified-endpoint.js";

/**
 * SNS subscriptions that a topic's list names. What stands there in the place of an ARN, "PendingConfirmation" or
 * "Deleted", leads to none. `FilterPolicy` is JSON text.
 */
export const snsSubscription = defineCollector({
  type: "AWS::SNS::Subscription",
  summary: "SNS subscriptions: filter policy and its scope",
  reads: [
    readCall<GetSubscriptionAttributesResponse>({
      operation: {
        service: "sns",
        name: "GetSubscriptionAttributes",
        proof: { members: ["Attributes.TopicArn"] },
      },
      input: ({ arn, id }) => ({ SubscriptionArn: arn ?? id }),
      properties: [
        "TopicArn",
        "Protocol",
        "Endpoint",
        "FilterPolicy",
        "FilterPolicyScope",
        "RawMessageDelivery",
        "RedrivePolicy",
        "Owner",
        "PendingConfirmation",
      ],
      read: ({ Attributes: attributes = {} }) => ({
        TopicArn: attributes["TopicArn"],
        Protocol: attributes["Protocol"],
        Endpoint: endpointOf(attributes["Protocol"], attributes["Endpoint"]),
        FilterPolicy: attributes["FilterPolicy"],
        FilterPolicyScope: attributes["FilterPolicyScope"],
        RawMessageDelivery: claimIn(attributes["RawMessageDelivery"]),
        RedrivePolicy: attributes["RedrivePolicy"],
        Owner: attributes["Owner"],
        PendingConfirmation: claimIn(attributes["PendingConfirmation"]),
      }),
      gone: ["NotFoundException", "NotFound"],
    }),
  ],
  refer(reference) {
    const arn = parseArn(reference);
    if (arn?.service !== "sns" || !arn.resource.includes(":")) return undefined;
    // Asked about where the topic is.
    return { id: reference, arn: reference, account: arn.account, region: arn.region };
  },
  observed: ["Owner", "PendingConfirmation"],
});

function claimIn(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === "true";
}
