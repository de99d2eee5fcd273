import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Sender } from "../../../src/reasoning/admits/publishers.js";
import { isReceiver, receiverLinks, receiverTakes } from "../../../src/reasoning/reach/receiver.js";
import type { Delivery } from "../../../src/reasoning/reach/receiver.js";
import { accountOf, document, home, keyArn, resource, toServices, topicArn } from "./account.js";

type Is = "yes" | "no" | "unknown";
type Row = readonly [
  fact: string,
  is: Is,
  resources: readonly Resource[],
  delivery?: Delivery,
  link?: string,
];

const other = "999999999999";
const region = "us-east-1";
const ruleArn = `arn:aws:events:${region}:${home}:rule/r`;
const alarmArn = `arn:aws:cloudwatch:${region}:${home}:alarm:a`;
const byRule: Delivery = { sender: { publisher: "events", account: home, region, arn: ruleArn } };
const byBucket: Delivery = {
  sender: { publisher: "s3", account: home, region, arn: "arn:aws:s3:::archive" },
};
const byAlarm: Delivery = { sender: { publisher: "cloudwatch", account: home, region, arn: alarmArn } };
const byTopic: Delivery = { sender: { publisher: "sns", account: home, region, arn: topicArn("t") } };
const role: Delivery = { ...byRule, roleArn: `arn:aws:iam::${home}:role/r` };
const under = (key: string, value: string): JsonObject => ({ Condition: { ArnLike: { [key]: value } } });
const equals = (key: string, value: string): JsonObject => ({
  Condition: { StringEquals: { [key]: value } },
});

describe("a queue", () => {
  const arn = (name = "q", owner = home, where = region): string => `arn:aws:sqs:${where}:${owner}:${name}`;
  const send = (services: JsonValue, more: JsonObject = {}): string =>
    document(toServices("sqs:SendMessage", services, more));
  const everyService = send(["events.amazonaws.com", "s3.amazonaws.com", "sns.amazonaws.com"]);
  type Facts = {
    readonly Policy?: JsonValue;
    readonly KmsMasterKeyId?: JsonValue;
    readonly ContentBasedDeduplication?: JsonValue;
  };
  const queue = (
    facts: Facts = {},
    more: Parameters<typeof resource>[2] & { readonly name?: string; readonly owner?: string } = {},
  ): Resource => {
    const { name = "q", owner = home, ...rest } = more;
    const { Policy = everyService, KmsMasterKeyId = null, ContentBasedDeduplication = null } = facts;
    const all = { Policy, KmsMasterKeyId, ContentBasedDeduplication };
    const properties = Object.fromEntries(
      Object.entries(all).filter(([property]) => rest.refused?.includes(property) !== true),
    );
    return resource("AWS::SQS::Queue", name, { arn: arn(name, owner), account: owner, properties, ...rest });
  };
  const key = (...statements: readonly JsonObject[]): Resource =>
    resource("AWS::KMS::Key", "k1", {
      arn: keyArn,
      properties: { KeyPolicy: document(...statements) },
      observed: { KeyState: "Enabled", KeyManager: "CUSTOMER" },
    });
  const use = (service: string, more: JsonObject = {}): JsonObject =>
    toServices(["kms:Decrypt", "kms:GenerateDataKey"], service, more);
  const encrypted = { KmsMasterKeyId: keyArn };
  const fifo = { name: "q.fifo" };
  const grouped: Delivery = { ...byRule, messageGroup: "g" };
  const rows: readonly Row[] = [
    ["that names EventBridge takes its events", "yes", [queue()], byRule],
    [
      "that names EventBridge for the rule takes its events",
      "yes",
      [queue({ Policy: send("events.amazonaws.com", under("aws:SourceArn", ruleArn)) })],
      byRule,
    ],
    [
      "that names EventBridge for another rule does not",
      "no",
      [queue({ Policy: send("events.amazonaws.com", under("aws:SourceArn", `${ruleArn}2`)) })],
      byRule,
      "policy",
    ],
    [
      "that names EventBridge for another account does not",
      "no",
      [queue({ Policy: send("events.amazonaws.com", equals("aws:SourceAccount", other)) })],
      byRule,
      "policy",
    ],
    [
      "that names another service does not",
      "no",
      [queue({ Policy: send("s3.amazonaws.com") })],
      byRule,
      "policy",
    ],
    ["without a policy admits no service", "no", [queue({ Policy: null })], byRule, "policy"],
    ["takes what a role of its account sends", "yes", [queue({ Policy: null })], role],
    [
      "of another account that a role sends to is undecided",
      "unknown",
      [queue({}, { owner: other })],
      role,
      "role",
    ],
    [
      "that denies requests without TLS takes events",
      "yes",
      [
        queue({
          Policy: document(toServices("sqs:SendMessage", "events.amazonaws.com"), {
            Effect: "Deny",
            Principal: "*",
            Action: "sqs:*",
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        }),
      ],
      byRule,
    ],
    [
      "that names the bucket takes its notifications",
      "yes",
      [
        queue({
          Policy: send("s3.amazonaws.com", {
            Condition: {
              ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:archive" },
              StringEquals: { "aws:SourceAccount": home },
            },
          }),
        }),
      ],
      byBucket,
    ],
    [
      "that names another bucket does not",
      "no",
      [queue({ Policy: send("s3.amazonaws.com", under("aws:SourceArn", "arn:aws:s3:::other")) })],
      byBucket,
      "policy",
    ],
    [
      "that names the topic takes its messages",
      "yes",
      [queue({ Policy: send("sns.amazonaws.com", under("aws:SourceArn", topicArn("t"))) })],
      byTopic,
    ],
    [
      "that names the topic's account is undecided",
      "unknown",
      [queue({ Policy: send("sns.amazonaws.com", equals("aws:SourceAccount", home)) })],
      byTopic,
      "policy",
    ],
    [
      "takes messages of topics in other regions",
      "yes",
      [queue()],
      { sender: { ...byTopic.sender, region: "eu-west-1" } },
    ],
    [
      "does not take events of rules in other regions",
      "no",
      [queue()],
      { sender: { ...byRule.sender, region: "eu-west-1" } },
      "target",
    ],
    ["that is gone takes nothing", "no", [queue({}, { observed: { Exists: false } })], byRule, "target"],
    [
      "of another account that is not shown may be there",
      "unknown",
      [queue({}, { owner: other, observed: { Exists: false } })],
      byRule,
      "target",
    ],
    ["that nobody read is undecided", "unknown", [], byRule, "target"],
    [
      "with an unreadable policy is undecided",
      "unknown",
      [queue({}, { refused: ["Policy"] })],
      byRule,
      "policy",
    ],
    [
      "that may not be looked at is undecided",
      "unknown",
      [queue({}, { refused: ["Exists", "Policy", "KmsMasterKeyId", "ContentBasedDeduplication"] })],
      byRule,
      "target",
    ],
    [
      "with a key that admits EventBridge takes events",
      "yes",
      [queue(encrypted), key(use("events.amazonaws.com"))],
      byRule,
    ],
    [
      "with a key that does not, does not",
      "no",
      [queue(encrypted), key(use("s3.amazonaws.com"))],
      byRule,
      "key",
    ],
    [
      "with a key under EventBridge's account is undecided",
      "unknown",
      [queue(encrypted), key(use("events.amazonaws.com", equals("aws:SourceAccount", home)))],
      byRule,
      "key",
    ],
    [
      "with a key under the bucket's account takes notifications",
      "yes",
      [queue(encrypted), key(use("s3.amazonaws.com", equals("aws:SourceAccount", home)))],
      byBucket,
    ],
    [
      "with a key under the topic is undecided",
      "unknown",
      [queue(encrypted), key(use("sns.amazonaws.com", under("aws:SourceArn", topicArn("t"))))],
      byTopic,
      "key",
    ],
    [
      "with the key that AWS manages does not",
      "no",
      [queue({ KmsMasterKeyId: "alias/aws/sqs" })],
      byRule,
      "key",
    ],
    ["with a key that nobody read is undecided", "unknown", [queue(encrypted)], byRule, "key"],
    [
      "with a key that nobody read, and that keeps the sender out, does not",
      "no",
      [queue({ ...encrypted, Policy: null })],
      byRule,
      "policy",
    ],
    [
      "in order takes events of a message group",
      "yes",
      [queue({ ContentBasedDeduplication: true }, fifo)],
      grouped,
    ],
    [
      "in order takes no events without a group",
      "no",
      [queue({ ContentBasedDeduplication: true }, fifo)],
      byRule,
      "target",
    ],
    [
      "in order takes no events without deduplication by content",
      "no",
      [queue({ ContentBasedDeduplication: false }, fifo)],
      grouped,
      "target",
    ],
    [
      "in order whose deduplication is unreadable is undecided",
      "unknown",
      [queue({}, { ...fifo, refused: ["ContentBasedDeduplication"] })],
      grouped,
      "target",
    ],
    [
      "in order takes no notifications of a bucket",
      "no",
      [queue({ ContentBasedDeduplication: true }, fifo)],
      byBucket,
      "target",
    ],
    ["in order takes messages of a topic", "yes", [queue({}, fifo)], byTopic],
  ];
  test.each(rows.map((row): readonly [string, Row] => [row[0], row]))(
    "%s",
    (_fact, [, is, resources, delivery = byRule, link]) => {
      const target = resources[0]?.arn ?? arn();
      const links = receiverLinks(accountOf(resources), target, delivery);
      const { claim } = receiverTakes(accountOf(resources), target, delivery);
      expect({
        is: claim.is,
        link: claim.is === "yes" ? undefined : links.find((one) => one.claim.is === claim.is)?.name,
      }).toEqual({ is, link });
      if (claim.is !== "yes") expect(claim.because).toContain(target);
    },
  );
});

describe("a function", () => {
  const arn = (qualifier = "", owner = home): string =>
    `arn:aws:lambda:${region}:${owner}:function:page${qualifier}`;
  const invoke = (service: string, more: JsonObject = {}): string =>
    document(toServices("lambda:InvokeFunction", service, { Resource: arn(), ...more }));
  const made = (Policy: JsonValue, more: Parameters<typeof resource>[2] = {}): Resource =>
    resource("AWS::Lambda::Function", "page", {
      arn: arn(),
      ...more,
      observed: {
        State: "Active",
        ...(more.refused?.includes("Policy") === true ? {} : { Policy }),
        ...more.observed,
      },
    });
  const alarms = "lambda.alarms.cloudwatch.amazonaws.com";
  const rows: readonly Row[] = [
    [
      "that names EventBridge for the rule is invoked",
      "yes",
      [made(invoke("events.amazonaws.com", under("AWS:SourceArn", ruleArn)))],
      byRule,
    ],
    [
      "that names EventBridge for another rule is not",
      "no",
      [made(invoke("events.amazonaws.com", under("AWS:SourceArn", `${ruleArn}2`)))],
      byRule,
    ],
    ["without a policy is not", "no", [made(null)], byRule],
    ["without a policy is invoked by a role", "yes", [made(null)], role],
    [
      "that names the principal of alarms is invoked by an alarm",
      "yes",
      [
        made(
          invoke(alarms, {
            Condition: {
              StringEquals: { "aws:SourceAccount": home },
              ArnLike: { "aws:SourceArn": alarmArn },
            },
          }),
        ),
      ],
      byAlarm,
    ],
    [
      "that names CloudWatch is not invoked by an alarm",
      "no",
      [made(invoke("cloudwatch.amazonaws.com"))],
      byAlarm,
    ],
    [
      "that names another alarm is not",
      "no",
      [made(invoke(alarms, under("aws:SourceArn", `${alarmArn}2`)))],
      byAlarm,
    ],
    [
      "that names S3 for the bucket is invoked",
      "yes",
      [
        made(
          invoke("s3.amazonaws.com", {
            Condition: {
              StringEquals: { "AWS:SourceAccount": home },
              ArnLike: { "AWS:SourceArn": "arn:aws:s3:::archive" },
            },
          }),
        ),
      ],
      byBucket,
    ],
    [
      "that names the topic is invoked",
      "yes",
      [made(invoke("sns.amazonaws.com", under("AWS:SourceArn", topicArn("t"))))],
      byTopic,
    ],
    [
      "whose alias is not named by its policy is not",
      "no",
      [made(invoke("events.amazonaws.com"), { arn: arn(":live") })],
      byRule,
    ],
    [
      "whose alias is, is",
      "yes",
      [made(invoke("events.amazonaws.com", { Resource: arn(":live") }), { arn: arn(":live") })],
      byRule,
    ],
    [
      "that failed is not",
      "no",
      [made(invoke("events.amazonaws.com"), { observed: { State: "Failed" } })],
      byRule,
    ],
    [
      "that is asleep is",
      "yes",
      [made(invoke("events.amazonaws.com"), { observed: { State: "Inactive" } })],
      byRule,
    ],
    ["that is gone is not", "no", [made(null, { observed: { Exists: false } })], byRule],
    [
      "of another region is not",
      "no",
      [made(invoke("events.amazonaws.com"))],
      { sender: { ...byRule.sender, region: "eu-west-1" } },
    ],
    ["with an unreadable policy is undecided", "unknown", [made(null, { refused: ["Policy"] })], byRule],
    ["that nobody read is undecided", "unknown", [], byRule],
  ];
  test.each(rows.map((row): readonly [string, Row] => [row[0], row]))(
    "%s",
    (_fact, [, is, resources, delivery = byRule]) => {
      expect(receiverTakes(accountOf(resources), resources[0]?.arn ?? arn(), delivery).claim.is).toBe(is);
    },
  );
});

test.each<[string, boolean]>([
  [`arn:aws:sqs:${region}:${home}:q`, true],
  [`arn:aws-cn:lambda:cn-north-1:${home}:function:f`, true],
  [topicArn("t"), false],
  ["constructor", false],
  ["arn:aws:constructor:us-east-1:1:x", false],
])("%s is a queue or function: %s", (arn, is) => {
  expect(isReceiver(arn)).toBe(is);
  const sender: Sender = byRule.sender;
  if (!is) expect(receiverTakes(accountOf([]), arn, { sender }).claim.is).toBe("unknown");
});
