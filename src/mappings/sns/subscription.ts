import type { JsonObject, JsonValue } from "../../core/json.js";
import { endpointOf } from "../../shared/aws/notified-endpoint.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import type { Born, Standing } from "../mapping.js";
import { withoutNulls } from "../shapes.js";

const endpoint = {
  from: ["Endpoint", "Protocol"],
  make: ({ Endpoint, Protocol }: JsonObject): JsonValue =>
    typeof Endpoint === "string" && typeof Protocol === "string"
      ? (endpointOf(Protocol, Endpoint) ?? null)
      : null,
};

/** Subscriptions. Whoever must confirm one is taken to have done so. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const snsSubscription = defineDeclared({
  type: "AWS::SNS::Subscription",
  settle: {
    Endpoint: endpoint,
    // SNS tells the scope of a policy alone.
    FilterPolicyScope: {
      from: ["FilterPolicyScope", "FilterPolicy"],
      make: ({ FilterPolicyScope = "MessageAttributes", FilterPolicy }) =>
        FilterPolicy === undefined ? null : FilterPolicyScope,
    },
  },
  defaults: { RawMessageDelivery: false },
  born: confirmed,
});

function confirmed({ Protocol }: JsonObject, { account }: Standing): Born {
  const mustConfirm = typeof Protocol === "string" && /^(?:email|email-json|https?)$/u.test(Protocol);
  return {
    observed: { Owner: account, PendingConfirmation: false },
    ...(mustConfirm
      ? { note: "new subscriptions by e-mail or HTTP are confirmed by whoever receives them" }
      : {}),
  };
}

/** The topic's list shows its subscriptions, too. */
export const topicSubscription = defineAttachment({
  type: "AWS::SNS::Subscription",
  to: "AWS::SNS::Topic",
  at: "TopicArn",
  property: "Subscriptions",
  how: "member",
  key: "SubscriptionArn",
  from: ["Protocol", "Endpoint"],
  // People are reached by protocol, whatever their address; what else is sent to must be there.
  spares: ({ Protocol }) =>
    typeof Protocol === "string" && /^(?:email|email-json|https?|sms)$/u.test(Protocol) ? ["Endpoint"] : [],
  make: (given, { self }) =>
    withoutNulls({
      SubscriptionArn: self.arn ?? self.id,
      Protocol: given["Protocol"],
      Endpoint: endpoint.make(given),
      Owner: self.account,
    }),
});
