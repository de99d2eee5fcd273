import type {
  GetTopicAttributesResponse,
  ListSubscriptionsByTopicResponse,
  ListTopicsResponse,
  Subscription,
} from "@aws-sdk/client-sns";
import { defineCollector, listCall, readCall } from "../../core/collector.js";
import type { Identity, Operation } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";
import { parseArn } from "../../shared/aws/arn.js";
import { endpointOf } from "../../shared/aws/notified-endpoint.js";

const operation = (name: string, ...members: readonly string[]): Operation => ({
  service: "sns",
  name,
  proof: { members },
});
const byArn = ({ arn, id }: Identity): JsonObject => ({ TopicArn: arn ?? id });
const gone = ["NotFoundException", "NotFound"];

/** SNS topics. `Policy` is JSON text; `Subscriptions` are as the topic's list shows them, pending ones included. */
export const snsTopic = defineCollector({
  type: "AWS::SNS::Topic",
  summary: "SNS topics: key, policy, subscriptions",
  list: listCall<ListTopicsResponse>({
    operation: operation("ListTopics", "Topics"),
    at: "each-region",
    pages: { ask: "NextToken", answer: "NextToken" },
    properties: ["TopicName"],
    found: ({ Topics = [] }) =>
      Topics.flatMap(({ TopicArn: arn = "" }) => {
        const name = parseArn(arn)?.resource;
        return name === undefined ? [] : [{ id: name, arn, properties: { TopicName: name } }];
      }),
  }),
  reads: [
    readCall<GetTopicAttributesResponse>({
      operation: operation("GetTopicAttributes", "Attributes.*"),
      input: byArn,
      properties: [
        "TopicName",
        "DisplayName",
        "KmsMasterKeyId",
        "FifoTopic",
        "Policy",
        "Owner",
        "SubscriptionsConfirmed",
        "SubscriptionsPending",
      ],
      read: ({ Attributes: attributes = {} }, { id }) => ({
        TopicName: id,
        DisplayName: unlessBlank(attributes["DisplayName"]),
        KmsMasterKeyId: unlessBlank(attributes["KmsMasterKeyId"]),
        FifoTopic: attributes["FifoTopic"] === undefined ? undefined : attributes["FifoTopic"] === "true",
        Policy: unlessBlank(attributes["Policy"]),
        Owner: attributes["Owner"],
        SubscriptionsConfirmed: countIn(attributes["SubscriptionsConfirmed"]),
        SubscriptionsPending: countIn(attributes["SubscriptionsPending"]),
      }),
      gone,
    }),
    readCall<ListSubscriptionsByTopicResponse>({
      operation: operation("ListSubscriptionsByTopic", "Subscriptions"),
      input: byArn,
      pages: { ask: "NextToken", answer: "NextToken" },
      properties: ["Subscriptions"],
      read: ({ Subscriptions = [] }) => ({ Subscriptions: Subscriptions.map(subscriptionOf) }),
      gone,
    }),
  ],
  refer(reference) {
    const arn = parseArn(reference);
    return arn?.service === "sns" && /^[\w.-]+$/u.test(arn.resource)
      ? { id: arn.resource, arn: reference, account: arn.account, region: arn.region }
      : undefined;
  },
  observed: ["Policy", "Owner", "Subscriptions", "SubscriptionsConfirmed", "SubscriptionsPending"],
});

function subscriptionOf({ SubscriptionArn, Protocol, Endpoint, Owner }: Subscription): Subscription {
  return { SubscriptionArn, Protocol, Endpoint: endpointOf(Protocol, Endpoint), Owner };
}

function unlessBlank(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function countIn(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}
