import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { topicAdmits } from "../../../src/reasoning/admits/admits.js";
import { keyAdmitsInto } from "../../../src/reasoning/admits/key.js";
import type { Publisher } from "../../../src/reasoning/admits/publishers.js";
import {
  accountOf,
  defaultPolicy,
  document,
  home,
  keyArn,
  openPolicy,
  resource,
  toServices,
  topic,
  topicArn,
} from "../reach/account.js";
import { from, sourceAccount } from "./admits.support.js";
import type { Is } from "./admits.support.js";

describe("a topic's policy", () => {
  const only = (service: string, more: JsonObject = {}): string =>
    document(toServices("SNS:Publish", service, more));
  const refusal = document(toServices("sns:Publish", ["cloudwatch.amazonaws.com", "events.amazonaws.com"]), {
    Sid: "tls",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  test.each<readonly [fact: string, policy: JsonValue, publisher: Publisher, is: Is]>([
    ["as SNS made it admits alarms of the same account", defaultPolicy("t"), "cloudwatch", "yes"],
    ["as SNS made it does not admit EventBridge", defaultPolicy("t"), "events", "no"],
    ["as SNS made it does not admit S3", defaultPolicy("t"), "s3", "no"],
    ["as SNS made it does not admit CloudTrail", defaultPolicy("t"), "cloudtrail", "no"],
    ["as SNS made it does not admit budgets", defaultPolicy("t"), "budgets", "no"],
    ["as SNS made it admits vaults of the same account", defaultPolicy("t"), "glacier", "yes"],
    [
      "as SNS made it for another account does not admit alarms of this one",
      defaultPolicy("t", "999999999999"),
      "cloudwatch",
      "no",
    ],
    [
      "as SNS made it for another account does not admit vaults of this one",
      defaultPolicy("t", "999999999999"),
      "glacier",
      "no",
    ],
    ["that names the services admits them", openPolicy, "s3", "yes"],
    ["that names EventBridge admits it", only("events.amazonaws.com"), "events", "yes"],
    [
      "that names EventBridge under a source does not admit it",
      only("events.amazonaws.com", {
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${home}:rule/*` } },
      }),
      "events",
      "no",
    ],
    [
      "that names EventBridge under any condition does not admit it",
      only("events.amazonaws.com", { Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      "events",
      "no",
    ],
    [
      "that names CloudWatch under its account admits it",
      only("cloudwatch.amazonaws.com", sourceAccount(home)),
      "cloudwatch",
      "yes",
    ],
    [
      "that names CloudWatch under another account does not admit it",
      only("cloudwatch.amazonaws.com", sourceAccount("999999999999")),
      "cloudwatch",
      "no",
    ],
    [
      "that names CloudWatch under the alarms of its region admits it",
      only("cloudwatch.amazonaws.com", {
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:${home}:alarm:*` } },
      }),
      "cloudwatch",
      "yes",
    ],
    [
      "that names CloudWatch under other alarms does not admit it",
      only("cloudwatch.amazonaws.com", {
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:${home}:alarm:prod-*` } },
      }),
      "cloudwatch",
      "no",
    ],
    [
      "that names S3 under a bucket admits that bucket",
      only("s3.amazonaws.com", {
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:b" },
          StringEquals: { "aws:SourceAccount": home },
        },
      }),
      "s3",
      "yes",
    ],
    [
      "that names S3 under another bucket does not",
      only("s3.amazonaws.com", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:other" } } }),
      "s3",
      "no",
    ],
    [
      "that names the root account admits vaults",
      document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${home}:root` },
        Action: "sns:Publish",
        Resource: topicArn("t"),
      }),
      "glacier",
      "yes",
    ],
    [
      "that names the root account does not admit CloudWatch",
      document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${home}:root` },
        Action: "sns:Publish",
        Resource: topicArn("t"),
      }),
      "cloudwatch",
      "no",
    ],
    ["that names budgets admits them", only("budgets.amazonaws.com"), "budgets", "yes"],
    ["that refuses plain HTTP admits CloudWatch", refusal, "cloudwatch", "yes"],
    ["that refuses plain HTTP admits EventBridge", refusal, "events", "yes"],
    [
      "that refuses everybody outside the organization refuses services",
      document(toServices("sns:Publish", "cloudwatch.amazonaws.com"), {
        Effect: "Deny",
        Principal: "*",
        Action: "sns:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-home" } },
      }),
      "cloudwatch",
      "no",
    ],
    [
      "that spares services from such a refusal admits them",
      document(toServices("sns:Publish", "cloudwatch.amazonaws.com"), {
        Effect: "Deny",
        Principal: "*",
        Action: "sns:*",
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:PrincipalOrgID": "o-home" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
      "cloudwatch",
      "yes",
    ],
    [
      "under a key nobody knows is undecided",
      only("cloudwatch.amazonaws.com", { Condition: { StringEquals: { "aws:SourceOrgID": "o-home" } } }),
      "cloudwatch",
      "unknown",
    ],
    ["that is no policy is undecided", "{", "cloudwatch", "unknown"],
    [
      "for another topic admits nobody here",
      document({ ...toServices("sns:Publish", "cloudwatch.amazonaws.com"), Resource: topicArn("other") }),
      "cloudwatch",
      "no",
    ],
  ])("%s", (...[, policy, publisher, is]) => {
    expect(topicAdmits(topic({ Policy: policy }), from(publisher)).is).toBe(is);
  });
  test("that cannot be read is undecided", () => {
    expect(topicAdmits(topic({}, { refused: ["Policy"] }), from("cloudwatch"))).toMatchObject({
      is: "unknown",
      reason: "unreadable",
    });
  });
  test("is blamed by its condition for EventBridge", () => {
    expect(topicAdmits(topic({ Policy: defaultPolicy("t") }), from("events"))).toMatchObject({
      because:
        "its policy admits events.amazonaws.com under a Condition only, which EventBridge does not support",
    });
  });
});

describe("the key of a topic", () => {
  const root: JsonObject = {
    Sid: "Root",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${home}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const services = ["cloudwatch.amazonaws.com", "events.amazonaws.com", "glacier.amazonaws.com"];
  const good = document(root, toServices(["kms:GenerateDataKey*", "kms:Decrypt"], services));
  const key = (
    KeyPolicy: JsonValue,
    observed: JsonObject = {},
    more: Parameters<typeof resource>[2] = {},
  ): Resource =>
    resource("AWS::KMS::Key", "k1", {
      arn: keyArn,
      properties: { KeyPolicy },
      observed: { KeyState: "Enabled", KeyManager: "CUSTOMER", Aliases: ["alias/audit"], ...observed },
      ...more,
    });
  const ask = (
    given: { readonly key?: Resource; readonly name?: JsonValue },
    publisher: Publisher = "cloudwatch",
  ): Is => {
    const encrypted = topic(
      {},
      { properties: { KmsMasterKeyId: given.name === undefined ? "alias/audit" : given.name } },
    );
    return keyAdmitsInto(
      accountOf(given.key === undefined ? [] : [given.key], { listed: ["AWS::KMS::Key"] }),
      encrypted,
      from(publisher),
    ).is;
  };
  test.each<
    readonly [
      fact: string,
      given: { readonly key?: Resource; readonly name?: JsonValue },
      publisher: Publisher,
      is: Is,
    ]
  >([
    ["is not needed where nothing is encrypted", { name: null }, "cloudwatch", "yes"],
    ["is of no use when AWS manages it, by alias", { name: "alias/aws/sns" }, "cloudwatch", "no"],
    [
      "is of no use when AWS manages it, by alias ARN",
      { name: `arn:aws:kms:us-east-1:${home}:alias/aws/sns` },
      "events",
      "no",
    ],
    [
      "is of no use when AWS manages it, by id",
      { key: key(good, { KeyManager: "AWS" }), name: "k1" },
      "cloudwatch",
      "no",
    ],
    ["is found by an alias", { key: key(good) }, "cloudwatch", "yes"],
    [
      "is found by an alias ARN",
      { key: key(good), name: `arn:aws:kms:us-east-1:${home}:alias/audit` },
      "cloudwatch",
      "yes",
    ],
    ["is found by its id", { key: key(good), name: "k1" }, "cloudwatch", "yes"],
    ["is found by its ARN", { key: key(good), name: keyArn }, "cloudwatch", "yes"],
    [
      "is not the key of that alias in another region",
      { key: key(good, {}, { arn: keyArn.replace("us-east-1", "eu-west-1"), region: "eu-west-1" }) },
      "cloudwatch",
      "unknown",
    ],
    [
      "is found where it is held under the alias",
      {
        key: resource("AWS::KMS::Key", "alias/audit", {
          arn: `arn:aws:kms:us-east-1:${home}:alias/audit`,
          properties: { KeyPolicy: good },
          observed: { KeyState: "Enabled" },
        }),
      },
      "cloudwatch",
      "yes",
    ],
    ["is undecided where the snapshot lacks it", {}, "cloudwatch", "unknown"],
    ["admits EventBridge", { key: key(good) }, "events", "yes"],
    ["admits Glacier", { key: key(good) }, "glacier", "yes"],
    ["does not admit a service that it does not name", { key: key(good) }, "cloudtrail", "no"],
    ["does not admit services by its root statement", { key: key(document(root)) }, "cloudwatch", "no"],
    [
      "does not admit without Decrypt",
      { key: key(document(toServices("kms:GenerateDataKey*", services))) },
      "cloudwatch",
      "no",
    ],
    [
      "does not admit without GenerateDataKey",
      { key: key(document(toServices("kms:Decrypt", services))) },
      "cloudwatch",
      "no",
    ],
    ["admits with kms:*", { key: key(document(toServices("kms:*", services))) }, "cloudwatch", "yes"],
    [
      "admits CloudWatch under its account",
      { key: key(document(toServices("kms:*", services, sourceAccount(home)))) },
      "cloudwatch",
      "yes",
    ],
    [
      "does not admit EventBridge under its account",
      { key: key(document(toServices("kms:*", services, sourceAccount(home)))) },
      "events",
      "no",
    ],
    [
      "admits EventBridge for the topic",
      {
        key: key(
          document(
            toServices("kms:*", services, {
              Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn("t") } },
            }),
          ),
        ),
      },
      "events",
      "yes",
    ],
    ["that is disabled admits nobody", { key: key(good, { KeyState: "Disabled" }) }, "cloudwatch", "no"],
    [
      "that is to be deleted admits nobody",
      { key: key(good, { KeyState: "PendingDeletion" }) },
      "cloudwatch",
      "no",
    ],
    [
      "whose material was never imported admits nobody",
      { key: key(good, { KeyState: "PendingImport" }) },
      "cloudwatch",
      "no",
    ],
    [
      "whose store is gone admits nobody",
      { key: key(good, { KeyState: "Unavailable" }) },
      "cloudwatch",
      "no",
    ],
    ["that is being updated admits", { key: key(good, { KeyState: "Updating" }) }, "cloudwatch", "yes"],
    ["that is gone admits nobody", { key: key(good, { Exists: false }), name: keyArn }, "cloudwatch", "no"],
    [
      "with an unreadable policy is undecided",
      {
        key: resource("AWS::KMS::Key", "k1", {
          arn: keyArn,
          observed: { KeyState: "Enabled", Aliases: ["alias/audit"] },
          refused: ["KeyPolicy"],
        }),
      },
      "cloudwatch",
      "unknown",
    ],
    [
      "that is disabled admits nobody, whatever its policy",
      {
        key: resource("AWS::KMS::Key", "k1", {
          arn: keyArn,
          observed: { KeyState: "Disabled", Aliases: ["alias/audit"] },
          refused: ["KeyPolicy"],
        }),
      },
      "cloudwatch",
      "no",
    ],
    [
      "in an unreadable state is undecided",
      {
        key: resource("AWS::KMS::Key", "k1", {
          arn: keyArn,
          properties: { KeyPolicy: good },
          observed: { Aliases: ["alias/audit"] },
          refused: ["KeyState"],
        }),
      },
      "cloudwatch",
      "unknown",
    ],
  ])("%s", (...[, given, publisher, is]) => {
    expect(ask(given, publisher)).toBe(is);
  });
});
