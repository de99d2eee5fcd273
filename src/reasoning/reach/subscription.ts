import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { acceptsMessage, parseFilterPolicy } from "../../languages/filter-policy/filter-policy.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byKeys } from "../../shared/order.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { isObject, readBoolean, readList, readProperty, readText } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import { plural } from "../../shared/text/words.js";
import type { Sender } from "../admits/publishers.js";
import { indirectClaim } from "./link.js";
import type { ReachOptions } from "./link.js";
import { isReceiver, receiverTakes } from "./receiver.js";
import { organizationOf } from "../admits/organization.js";

/** Whether one subscription of a topic at least is confirmed, is somebody's, and does not drop the message. Others may fail. */
export function subscriptionsClaim(account: Account, topic: Resource, options: ReachOptions): Claim {
  const reading = readList(topic, "Subscriptions");
  if (reading.kind !== "set" && reading.kind !== "absent" && confirmedCount(topic) === 0)
    return refuted("no subscription is confirmed");
  return claimOf(reading, "Subscriptions", (entries = []) => {
    const subscriptions = entries.filter(isObject);
    const confirmed = subscriptions
      .filter(isConfirmed)
      .sort(byKeys(textOf("SubscriptionArn"), textOf("Protocol")));
    const claims = confirmed.map((subscription) =>
      subscriptionClaim(account, subscription, { topic, options }),
    );
    return someClaim(claims, nobodyConfirmed(subscriptions.length));
  });
}

/** Whether a topic has one confirmed subscription at least, whoever listens. */
export function confirmedClaim(topic: Resource): Claim {
  const reading = readList(topic, "Subscriptions");
  const count = confirmedCount(topic);
  if (reading.kind !== "set" && reading.kind !== "absent" && count !== undefined)
    return count > 0 ? holding : refuted("no subscription is confirmed");
  return claimOf(reading, "Subscriptions", (entries = []) => {
    const subscriptions = entries.filter(isObject);
    return subscriptions.some(isConfirmed) ? holding : refuted(nobodyConfirmed(subscriptions.length));
  });
}

// "PendingConfirmation" and "Deleted" stand where an ARN would.
function isConfirmed(subscription: JsonObject): boolean {
  return textOf("SubscriptionArn")(subscription).startsWith("arn:");
}

function nobodyConfirmed(pending: number): string {
  return pending === 0
    ? "it has no subscription"
    : `none of its ${plural(pending, "subscription")} is confirmed`;
}

function confirmedCount(topic: Resource): number | undefined {
  const reading = readProperty(topic, "SubscriptionsConfirmed");
  const count = reading.kind === "set" ? Number(reading.value) : Number.NaN;
  return Number.isNaN(count) ? undefined : count;
}

type Listening = { readonly topic: Resource; readonly options: ReachOptions };

function subscriptionClaim(account: Account, subscription: JsonObject, { topic, options }: Listening): Claim {
  const arn = textOf("SubscriptionArn")(subscription);
  return everyClaim([
    listenerClaim(account, subscription, { topic, options }),
    attributesClaim(account.find("AWS::SNS::Subscription", arn), arn, options),
  ]);
}

const persons: ReadonlySet<string> = new Set(["email", "email-json", "sms", "http", "https", "application"]);
const machines: Readonly<Record<string, string>> = {
  sqs: "a queue",
  lambda: "a function",
  firehose: "a stream",
};

function listenerClaim(
  account: Account,
  subscription: JsonObject,
  { topic, options: { indirect } }: Listening,
): Claim {
  const [protocol, endpoint] = [textOf("Protocol")(subscription), textOf("Endpoint")(subscription)];
  if (persons.has(protocol)) return holding;
  const somebody = indirectClaim(machines[protocol] ?? `a subscription by ${protocol}`, indirect);
  if (!isReceiver(endpoint)) return somebody;
  const sender: Sender = {
    publisher: "sns",
    account: topic.account,
    region: topic.region,
    ...(topic.arn === undefined ? {} : { arn: topic.arn }),
    ...organizationOf(account, topic.account),
  };
  return everyClaim([somebody, receiverTakes(account, endpoint, { sender }).claim]);
}

// Every alarm that sends to its topic asks.
const policyOf = rememberByObject((subscription: Resource) => {
  const reading = readProperty(subscription, "FilterPolicy");
  return parseFilterPolicy(reading.kind === "set" ? reading.value : null);
});

function attributesClaim(subscription: Resource | undefined, arn: string, options: ReachOptions): Claim {
  if (subscription === undefined)
    return doubtful("not-collected", `the filter policy of ${arn} is not in this snapshot`);
  if (isKnownGone(subscription)) return refuted(`subscription ${arn} does not exist`);
  const pending = readBoolean(subscription, "PendingConfirmation");
  if (pending.kind === "set" && pending.value) return refuted(`subscription ${arn} is not confirmed`);
  return claimOf(readProperty(subscription, "FilterPolicy"), `FilterPolicy of ${arn}`, (source) => {
    if (source === undefined) return holding;
    const parsed = policyOf(subscription);
    if (parsed.kind === "malformed")
      return doubtful("undecidable", `the filter policy of ${arn} is not understood`);
    if (parsed.kind === "too-complex")
      return doubtful("too-complex", `the filter policy of ${arn} is larger than SNS accepts`);
    return claimOf(
      readText(subscription, "FilterPolicyScope"),
      `FilterPolicyScope of ${arn}`,
      (scope = "MessageAttributes") => filterClaim(parsed.policy, scope, { arn, options }),
    );
  });
}

function filterClaim(
  policy: JsonObject,
  scope: string,
  { arn, options }: { readonly arn: string; readonly options: ReachOptions },
): Claim {
  const accepts = acceptsMessage({ policy, scope, body: options.message?.() ?? { kind: "unknown" } });
  if (accepts === "yes") return holding;
  const on = scope === "MessageBody" ? "on the message" : "on attributes, which the message does not have,";
  return accepts === "no"
    ? refuted(`the filter policy of ${arn} ${on} drops it`)
    : doubtful("undecidable", `whether the filter policy of ${arn} drops it cannot be said`);
}

function textOf(member: string): (item: JsonObject) => string {
  return (item) => {
    const value = item[member];
    return typeof value === "string" ? value : "";
  };
}
