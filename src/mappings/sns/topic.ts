import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isObject, readList } from "../../shared/read-property.js";
import { isGivenList, isGivenObject } from "../given.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import type { Expanded, Standing } from "../mapping.js";
import { documentText, policyText } from "../shapes.js";

/** Topics. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topic.html */
export const topic = defineDeclared({
  type: "AWS::SNS::Topic",
  settle: {
    Policy: {
      from: ["Policy"],
      make: ({ Policy: policy }, standing) =>
        policy === undefined ? defaultTopicPolicy(standing) : policyText(policy),
      keeps: "unless-given",
    },
  },
  defaults: { FifoTopic: false },
  born: (_settled, { account }) => ({
    observed: { Owner: account, Subscriptions: [], SubscriptionsConfirmed: 0, SubscriptionsPending: 0 },
  }),
  derive: { properties: ["SubscriptionsConfirmed", "SubscriptionsPending"], of: countsOf },
  takes: {
    type: "AWS::SNS::Subscription",
    goes: (subscription, dead) => dead.arn !== undefined && subscription.id.startsWith(`${dead.arn}:`),
  },
  expand: ({ Subscription: list }, { arn }) => (arn === undefined ? [] : subscriptionsIn(list, arn)),
});

function countsOf(resource: Resource): JsonObject {
  const reading = readList(resource, "Subscriptions");
  if (reading.kind !== "set") return {};
  const arns = reading.value.map((entry) => (isObject(entry) ? entry["SubscriptionArn"] : undefined));
  return {
    SubscriptionsConfirmed: arns.filter((arn) => typeof arn === "string" && arn.startsWith("arn:")).length,
    SubscriptionsPending: arns.filter((arn) => arn === "PendingConfirmation").length,
  };
}

function subscriptionsIn(list: Given | undefined, TopicArn: string): readonly Expanded[] {
  if (list instanceof Hole) return [subscription("all", { TopicArn, Protocol: list, Endpoint: list })];
  const entries = isGivenList(list) ? list : [];
  return entries.map((entry, at) => {
    const members: GivenObject = isGivenObject(entry) ? entry : { Protocol: entry, Endpoint: entry };
    return subscription(at.toString(), { ...members, TopicArn });
  });
}

function subscription(name: string, properties: GivenObject): Expanded {
  return { type: "AWS::SNS::Subscription", name, properties };
}

const ACTIONS = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
];

/** The policy that SNS gives a topic without one: it admits the account's own, and with them alarms and buckets, but no EventBridge rule. */
export function defaultTopicPolicy({ arn, account }: Pick<Standing, "arn" | "account">): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ACTIONS.map((action) => `SNS:${action}`),
        Resource: arn ?? "*",
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}

/** The policy of topics. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topicpolicy.html */
export const topicPolicy = defineAttachment({
  type: "AWS::SNS::TopicPolicy",
  to: "AWS::SNS::Topic",
  at: "Topics",
  property: "Policy",
  how: "replace",
  from: ["PolicyDocument"],
  make: documentText,
  gone: defaultTopicPolicy,
});

/** The policy of one topic. */
export const topicInlinePolicy = defineAttachment({
  type: "AWS::SNS::TopicInlinePolicy",
  to: "AWS::SNS::Topic",
  at: "TopicArn",
  property: "Policy",
  how: "replace",
  from: ["PolicyDocument"],
  make: documentText,
  gone: defaultTopicPolicy,
});
