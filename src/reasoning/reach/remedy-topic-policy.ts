import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Remediation } from "../../core/verdict.js";
import type { Claim } from "../../shared/claim.js";
import { byText } from "../../shared/order.js";
import { isArray, isObject, readText } from "../../shared/read-property.js";
import { listed } from "../../shared/text/words.js";
import { publishers } from "../admits/publishers.js";
import type { Publisher } from "../admits/publishers.js";

const publisherOf: Readonly<Record<string, Publisher>> = {
  "AWS::CloudWatch::Alarm": "cloudwatch",
  "AWS::CloudWatch::CompositeAlarm": "cloudwatch",
  "AWS::CloudWatch::LogAlarm": "cloudwatch",
  "AWS::Events::Rule": "events",
  "AWS::Glacier::Vault": "glacier",
  "AWS::S3::Bucket": "s3",
  "AWS::CloudTrail::Trail": "cloudtrail",
};

/** What a remedy must know: the topic, what notifies it today, and whether a topic with some policy is private. */
export type Opened = {
  readonly topic: Resource;
  readonly by: readonly Resource[];
  readonly isPrivate: (topic: Resource) => Claim;
};

/**
 * A policy for a topic that is open to others: the statements that open it are replaced by one for each service that
 * notifies it today, all others stay. EventBridge meets no Condition, so that its statement has none. undefined where the
 * topic is another account's, or its policy is not understood.
 */
export function privateTopicRemedy(
  account: Account,
  { topic, by, isPrivate }: Opened,
): Remediation | undefined {
  const policy = readText(topic, "Policy");
  const { arn } = topic;
  if (policy.kind !== "set" || arn === undefined || topic.account !== account.id) return undefined;
  const document = policyDocument(policy.value);
  const statements = document === undefined ? [] : statementsOf(document);
  const withStatements = (kept: readonly JsonObject[]): JsonObject => ({ ...document, Statement: kept });
  const isOpen = (statement: JsonObject): boolean =>
    statement["Effect"] === "Allow" && isPrivate(withPolicy(topic, withStatements([statement]))).is === "no";
  const kept = statements.filter((statement) => !isOpen(statement));
  const services = [...new Set(by.flatMap(({ type }) => publisherOf[type] ?? []))].sort(byText);
  const mended = withStatements([
    ...kept,
    ...services.map((service) => statementFor(service, arn, account.id)),
  ]);
  if (document === undefined || isPrivate(withPolicy(topic, mended)).is !== "yes") return undefined;
  return { ...words(topic, mended, services), changes: [policyChange(topic, mended)] };
}

/** A statement of a topic's policy that lets a service publish for this account. */
export function statementFor(publisher: Publisher, arn: string, account: string): JsonObject {
  const { service, hidesSource } = publishers[publisher];
  return {
    Sid: `Watchproof${publisher.replaceAll(/(?:^|-)[a-z]/gu, (text) => text.slice(-1).toUpperCase())}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sns:Publish",
    Resource: arn,
    ...(hidesSource ? {} : { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
  };
}

function words(
  topic: Resource,
  policy: JsonObject,
  services: readonly Publisher[],
): Omit<Remediation, "changes"> {
  const { arn = "", region, id } = topic;
  const text = JSON.stringify(policy);
  const names = services.map((service) => publishers[service].service);
  const bare = services.some((service) => publishers[service].hidesSource)
    ? " EventBridge meets no Condition, so that its statement must have none."
    : "";
  return {
    text: `Replace the policy of ${id} by the one below: the statements that open it are gone, all others stay, and ${listed(names)} may publish, as something in this account has ${names.length === 1 ? "it" : "them"} do today.${bare} Whoever publishes from outside loses the right to: name those who are meant to, by account or organization. Identities of this account publish by their own IAM policies.`,
    cli: `aws sns set-topic-attributes --topic-arn ${arn} --attribute-name Policy --attribute-value '${text.replaceAll("'", String.raw`'\''`)}' --region ${region}\n`,
    cloudformation: `TopicPolicy:\n  Type: AWS::SNS::TopicPolicy\n  Properties:\n    Topics: [${JSON.stringify(arn)}]\n    PolicyDocument: ${text}\n`,
    terraform: `resource "aws_sns_topic_policy" "this" {\n  arn    = ${hcl(arn)}\n  policy = jsonencode(${hcl(policy)})\n}\n`,
  };
}

/** The change that gives a topic a policy. */
export function policyChange(
  { type, id, arn = "", region }: Resource,
  policy: JsonObject,
): NonNullable<Remediation["changes"]>[number] {
  return { kind: "set", type, id, arn, region, observed: { Policy: JSON.stringify(policy) } };
}

/** A topic as it would be with another policy. */
export function withPolicy(topic: Resource, policy: JsonObject): Resource {
  return { ...topic, observed: { ...topic.observed, Policy: JSON.stringify(policy) } };
}

/** The statements of a policy document. */
export function statementsOf({ Statement: statement = null }: JsonObject): readonly JsonObject[] {
  return (isArray(statement) ? statement : [statement]).filter(isObject);
}

/** The document that the text of a policy is; undefined where it is none. */
export function policyDocument(text: string): JsonObject | undefined {
  try {
    // JSON.parse yields JSON.
    const value = JSON.parse(text) as JsonObject[string];
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Terraform would take ${…} and %{…} for its own.
function hcl(value: JsonObject | string): string {
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/gu, (sign) => sign.repeat(2));
}
