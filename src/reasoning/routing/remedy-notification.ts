import type { Account } from "../../core/account.js";
import type { JsonArray, JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import { byText } from "../../shared/order.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";
import type { Sender } from "../admits/publishers.js";
import { notifiesOfRestores } from "./notification-bucket.js";
import { topicIsLive } from "./notification-topic.js";

const PROPERTY = "NotificationConfiguration";
const RESTORED = "s3:ObjectRestore:Completed";

/**
 * A notification of finished restores beside those that a bucket has, since the command replaces them all: to a topic that
 * takes it where one is known, and then proven. undefined where its notifications could not be read, or where one of
 * restores is there already: its target is what must be mended then, and S3 takes no second one.
 */
export function restoreRemedy(account: Account, bucket: Resource): Remediation | undefined {
  const reading = readProperty(bucket, PROPERTY);
  if (reading.kind !== "absent" && reading.kind !== "set") return undefined;
  const before = reading.kind === "set" && isObject(reading.value) ? reading.value : {};
  if (toldOfRestores(before)) return undefined;
  const topic = liveTopic(account, bucket);
  const entry = { Event: RESTORED, Topic: topic?.arn ?? "TOPIC_ARN" };
  const after = { ...before, TopicConfigurations: [...listIn(before["TopicConfigurations"]), entry] };
  const changed = { ...bucket, properties: { ...bucket.properties, [PROPERTY]: after } };
  const isProven = topic !== undefined && notifiesOfRestores(account, changed).claim.is === "yes";
  const { type, id, arn, region } = bucket;
  return {
    ...words(bucket, after, isProven ? topic : undefined),
    ...(isProven
      ? {
          changes: [
            {
              kind: "set",
              type,
              id,
              ...(arn === undefined ? {} : { arn }),
              region,
              properties: { [PROPERTY]: after },
            },
          ],
        }
      : {}),
  };
}

function toldOfRestores(set: JsonObject): boolean {
  return Object.values(set)
    .flatMap(listIn)
    .some((entry) => isObject(entry) && [RESTORED, "s3:ObjectRestore:*"].includes(textOf(entry["Event"])));
}

function liveTopic(account: Account, bucket: Resource): Resource | undefined {
  const sender: Sender = {
    publisher: "s3",
    account: bucket.account,
    region: bucket.region,
    ...(bucket.arn === undefined ? {} : { arn: bucket.arn }),
  };
  const topics = account
    .list("AWS::SNS::Topic")
    .resources.filter(({ account: owner, region }) => owner === account.id && region === bucket.region)
    .toSorted((a, b) => byText(a.arn ?? a.id, b.arn ?? b.id));
  const takes = (confirmed: boolean): Resource | undefined =>
    topics.find(({ arn = "" }) => topicIsLive(account, arn, { sender, confirmed }).claim.is === "yes");
  return takes(true) ?? takes(false);
}

function words({ id, region }: Resource, after: JsonObject, topic: Resource | undefined): Remediation {
  const where =
    topic === undefined
      ? "a topic of the bucket's region whose policy lets s3.amazonaws.com publish: put its ARN in the place of TOPIC_ARN"
      : `topic ${topic.id}, which takes it`;
  const others = Object.keys(after).length > 1 || listIn(after["TopicConfigurations"]).length > 1;
  const kept = others
    ? " The bucket's other notifications stand in the command, too, since it replaces all of them."
    : "";
  return {
    text: `Send ${RESTORED} of ${id} to ${where}.${kept} Or switch EventBridge on for the bucket, and make a rule for Object Restore Completed.`,
    cli: `aws s3api put-bucket-notification-configuration --bucket ${id} --notification-configuration '${JSON.stringify(asApi(after)).replaceAll("'", String.raw`'\''`)}' --region ${region}\n`,
    cloudformation: `# ${id}\nBucket:\n  Type: AWS::S3::Bucket\n  Properties:\n    ${PROPERTY}: ${JSON.stringify(after)}\n`,
  };
}

const lists = {
  TopicConfigurations: { api: "TopicConfigurations", target: "Topic" },
  QueueConfigurations: { api: "QueueConfigurations", target: "Queue" },
  LambdaConfigurations: { api: "LambdaFunctionConfigurations", target: "Function" },
} as const;

/** Notifications as the API spells them. */
function asApi(set: JsonObject): JsonObject {
  const named = Object.entries(lists).flatMap(([name, { api, target }]) => {
    const entries = listIn(set[name]).filter(isObject);
    return entries.length === 0 ? [] : [[api, entries.map((entry) => apiEntry(entry, target))] as const];
  });
  const bridge = set["EventBridgeConfiguration"];
  const isBridged = isObject(bridge) && bridge["EventBridgeEnabled"] !== false;
  return { ...Object.fromEntries(named), ...(isBridged ? { EventBridgeConfiguration: {} } : {}) };
}

function apiEntry(entry: JsonObject, target: "Topic" | "Queue" | "Function"): JsonObject {
  const { Event: event = "", Filter: filter = null } = entry;
  const key = isObject(filter) ? filter["S3Key"] : undefined;
  const rules = isObject(key) ? key["Rules"] : undefined;
  return {
    [target === "Function" ? "LambdaFunctionArn" : `${target}Arn`]: entry[target] ?? "",
    Events: [event],
    ...(rules === undefined ? {} : { Filter: { Key: { FilterRules: rules } } }),
  };
}

function listIn(value: JsonValue | undefined): JsonArray {
  return isArray(value) ? value : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
