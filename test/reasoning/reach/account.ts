import type { Account } from "../../../src/core/account.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Gap, Snapshot } from "../../../src/core/snapshot.js";
import { viewAccount } from "../../../src/shared/view-account.js";

/** The account of these tests. */
export const home = "111111111111";
export const topicArn = (name: string, region = "us-east-1", account = home): string =>
  `arn:aws:sns:${region}:${account}:${name}`;
export const keyArn = `arn:aws:kms:us-east-1:${home}:key/k1`;

/** A policy document as AWS returns it. */
export const document = (...Statement: readonly JsonObject[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

/** A grant to AWS services. */
export const toServices = (actions: JsonValue, services: JsonValue, more: JsonObject = {}): JsonObject => ({
  Sid: "services",
  Effect: "Allow",
  Principal: { Service: services },
  Action: actions,
  Resource: "*",
  ...more,
});

/** The policy that SNS gives a new topic. */
export const defaultPolicy = (name: string, owner = home): string =>
  document({
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: [
      "SNS:GetTopicAttributes",
      "SNS:SetTopicAttributes",
      "SNS:AddPermission",
      "SNS:RemovePermission",
      "SNS:DeleteTopic",
      "SNS:Subscribe",
      "SNS:ListSubscriptionsByTopic",
      "SNS:Publish",
    ],
    Resource: topicArn(name),
    Condition: { StringEquals: { "AWS:SourceOwner": owner } },
  });

export const openPolicy = document(
  toServices("sns:Publish", [
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
    "s3.amazonaws.com",
    "glacier.amazonaws.com",
    "cloudtrail.amazonaws.com",
  ]),
);

/** A resource; `unreadable` names the properties that were refused. */
export function resource(
  type: string,
  id: string,
  more: Partial<Resource> & { readonly refused?: readonly string[] } = {},
): Resource {
  const { refused = [], ...rest } = more;
  const unreadable = Object.fromEntries(
    refused.map((property) => [property, { reason: "AccessDenied", action: "x:Get" }]),
  );
  return {
    type,
    id,
    account: home,
    region: "us-east-1",
    properties: {},
    ...rest,
    ...(refused.length === 0 ? {} : { unreadable }),
  };
}

/** A confirmed subscription as ListSubscriptionsByTopic shows it. */
export const listed = (
  name: string,
  Protocol = "email",
  SubscriptionArn = `${topicArn("t")}:${name}`,
): JsonObject => ({ SubscriptionArn, Protocol, Endpoint: `${name}@example.com`, Owner: home });
export const pending = (name: string): JsonObject => listed(name, "email", "PendingConfirmation");

/** A subscription's own attributes. */
export const subscription = (
  name: string,
  properties: JsonObject = {},
  refused: readonly string[] = [],
): Resource => {
  const arn = `${topicArn("t")}:${name}`;
  return resource("AWS::SNS::Subscription", arn, {
    arn,
    properties: { FilterPolicy: null, FilterPolicyScope: null, ...properties },
    refused,
  });
};

/** The topic t: unencrypted, open to services, one person listening, unless said otherwise. */
export function topic(
  observed: JsonObject = {},
  more: Parameters<typeof resource>[2] & { readonly name?: string } = {},
): Resource {
  const { name = "t", ...rest } = more;
  const refused = new Set(rest.refused);
  const all = Object.entries<JsonValue>({
    Policy: openPolicy,
    Subscriptions: [listed("a")],
    ...observed,
  }).filter(([property]) => !refused.has(property));
  return resource("AWS::SNS::Topic", name, {
    arn: topicArn(name),
    properties: { TopicName: name, KmsMasterKeyId: null },
    observed: Object.fromEntries(all),
    ...rest,
  });
}

/** An account that holds these resources, all of them followed from references unless `listed` says that a type was listed. */
export function accountOf(
  resources: readonly Resource[],
  more: { readonly listed?: readonly string[]; readonly gaps?: readonly Gap[] } = {},
): Account {
  const snapshot: Snapshot = {
    format: "watchproof-snapshot/1",
    takenAt: "2026-11-20T12:00:00Z",
    account: { id: home, partition: "aws" },
    regions: ["eu-west-1", "us-east-1"],
    collected: Object.fromEntries([
      ...["AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::KMS::Key"].map(
        (type) => [type, { listed: [], properties: { Policy: "sns:GetTopicAttributes" } }] as const,
      ),
      ...(more.listed ?? []).map(
        (type) => [type, { listed: ["eu-west-1", "us-east-1"], properties: {} }] as const,
      ),
    ]),
    resources,
    gaps: more.gaps ?? [],
    calls: {},
  };
  return viewAccount(snapshot);
}
