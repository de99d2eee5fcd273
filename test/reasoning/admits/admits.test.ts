import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { resourceAdmits, topicAdmits } from "../../../src/reasoning/admits/admits.js";
import { bucketAdmits } from "../../../src/reasoning/admits/bucket.js";
import { keyAdmitsInto } from "../../../src/reasoning/admits/key.js";
import { logGroupAdmits } from "../../../src/reasoning/admits/log-group.js";
import { organizationOf } from "../../../src/reasoning/admits/organization.js";
import { contextOf, serviceOf } from "../../../src/reasoning/admits/publishers.js";
import type { Publisher, Sender } from "../../../src/reasoning/admits/publishers.js";
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

const arns: Readonly<Record<Publisher, string>> = {
  cloudwatch: `arn:aws:cloudwatch:us-east-1:${home}:alarm:a`,
  "alarm-function": `arn:aws:cloudwatch:us-east-1:${home}:alarm:a`,
  events: `arn:aws:events:us-east-1:${home}:rule/r`,
  s3: "arn:aws:s3:::b",
  sns: topicArn("t"),
  glacier: `arn:aws:glacier:us-east-1:${home}:vaults/v`,
  cloudtrail: `arn:aws:cloudtrail:us-east-1:${home}:trail/t`,
  budgets: `arn:aws:budgets::${home}:budget/b`,
};
const from = (publisher: Publisher): Sender => ({
  publisher,
  account: home,
  region: "us-east-1",
  arn: arns[publisher],
});
const sourceAccount = (account: string): JsonObject => ({
  Condition: { StringEquals: { "aws:SourceAccount": account } },
});

type Is = "yes" | "no" | "unknown";

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

describe("other targets of EventBridge", () => {
  const queueArn = `arn:aws:sqs:us-east-1:${home}:q`;
  const queue = (Policy: JsonValue): Resource =>
    resource("AWS::SQS::Queue", "q", { arn: queueArn, observed: { Policy } });
  test.each<readonly [fact: string, policy: JsonValue, is: Is]>([
    [
      "a queue that names EventBridge under the rule admits it",
      document({
        ...toServices("sqs:SendMessage", "events.amazonaws.com"),
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": arns.events } },
      }),
      "yes",
    ],
    [
      "a queue that names another rule does not",
      document(
        toServices("sqs:SendMessage", "events.amazonaws.com", {
          Condition: { ArnEquals: { "aws:SourceArn": `${arns.events}x` } },
        }),
      ),
      "no",
    ],
    ["a queue without a policy does not", null, "no"],
  ])("%s", (_fact, policy, is) => {
    expect(resourceAdmits(queue(policy), from("events"), ["sqs:SendMessage"]).is).toBe(is);
  });
  const group = { arn: `arn:aws:logs:us-east-1:${home}:log-group:/aws/events/a:*`, region: "us-east-1" };
  const events = { service: serviceOf(from("events")), context: contextOf(from("events")) };
  const grant = (Resource: string, more: JsonObject = {}): string =>
    document({
      ...toServices(["logs:CreateLogStream", "logs:PutLogEvents"], "events.amazonaws.com"),
      Resource,
      ...more,
    });
  const rules = (region: string, to: string, more: JsonObject = {}): Resource =>
    resource("AWS::Logs::ResourcePolicy", "p", { region, properties: { PolicyDocument: grant(to, more) } });
  const ownGroup = (ResourcePolicyDocument: JsonValue): Resource =>
    resource("AWS::Logs::LogGroup", "/aws/events/a", {
      arn: group.arn.replace(":*", ""),
      properties: { ResourcePolicyDocument },
    });
  const wide = `arn:aws:logs:us-east-1:${home}:log-group:/aws/events/*:*`;
  test.each<readonly [fact: string, policies: readonly Resource[], listed: readonly string[], is: Is]>([
    [
      "a log group is admitted by its region's policy",
      [rules("us-east-1", wide)],
      ["AWS::Logs::ResourcePolicy"],
      "yes",
    ],
    [
      "a log group is not admitted by another region's policy",
      [rules("eu-west-1", wide)],
      ["AWS::Logs::ResourcePolicy"],
      "no",
    ],
    [
      "a log group is not admitted by a policy for other groups",
      [rules("us-east-1", wide.replace("events", "other"))],
      ["AWS::Logs::ResourcePolicy"],
      "no",
    ],
    [
      "a log group is admitted by a policy of its own",
      [ownGroup(grant(wide))],
      ["AWS::Logs::ResourcePolicy"],
      "yes",
    ],
    [
      "a log group is not admitted by a policy of its own that is for another stream",
      [ownGroup(grant(`arn:aws:logs:us-east-1:${home}:log-group:/aws/events/b:*`))],
      ["AWS::Logs::ResourcePolicy"],
      "no",
    ],
    [
      "a Deny in the account's policy ends what the group's own grants",
      [ownGroup(grant(wide)), rules("us-east-1", wide, { Effect: "Deny" })],
      ["AWS::Logs::ResourcePolicy"],
      "no",
    ],
    [
      "a log group whose own policy was refused is undecided where the account's does not grant",
      [{ ...ownGroup(null), unreadable: { ResourcePolicyDocument: { reason: "AccessDenied" } } }],
      ["AWS::Logs::ResourcePolicy"],
      "unknown",
    ],
    [
      "a log group is admitted by the account's policy, whatever its own says that was refused",
      [
        { ...ownGroup(null), unreadable: { ResourcePolicyDocument: { reason: "AccessDenied" } } },
        rules("us-east-1", wide),
      ],
      ["AWS::Logs::ResourcePolicy"],
      "yes",
    ],
    ["a log group is undecided where the policies were not listed", [], [], "unknown"],
  ])("%s", (...[, policies, listed, is]) => {
    expect(logGroupAdmits(accountOf(policies, { listed }), group, events).is).toBe(is);
  });
});

describe("a bucket for logs", () => {
  const bucket = (
    Policy: JsonValue,
    more: { readonly Grants?: JsonValue; readonly refused?: readonly string[] } = {},
  ): Resource =>
    resource("AWS::S3::Bucket", "b", {
      arn: "arn:aws:s3:::b",
      observed: { Policy, Grants: more.Grants ?? [] },
      refused: more.refused ?? [],
    });
  const access = {
    service: "logging.s3.amazonaws.com",
    prefix: "logs/",
    account: home,
    arn: "arn:aws:s3:::source",
  };
  const delivery = { service: "delivery.logs.amazonaws.com", prefix: "AWSLogs/", account: home };
  const put = (service: string, Resource: string, more: JsonObject = {}): JsonObject => ({
    ...toServices("s3:PutObject", service, more),
    Resource,
  });
  const group: JsonObject = {
    Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
    Permission: "WRITE",
  };
  const noPlain: JsonObject = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  test.each<readonly [fact: string, bucket: Resource, writer: typeof delivery, is: Is]>([
    [
      "admits access logs of the account",
      bucket(document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/*", sourceAccount(home)), noPlain)),
      access,
      "yes",
    ],
    [
      "does not admit access logs of another account",
      bucket(document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/*", sourceAccount("999999999999")))),
      access,
      "no",
    ],
    [
      "admits access logs of the source bucket",
      bucket(
        document(
          put("logging.s3.amazonaws.com", "arn:aws:s3:::b/logs/*", {
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::source" } },
          }),
        ),
      ),
      access,
      "yes",
    ],
    [
      "does not admit access logs under another prefix",
      bucket(document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/other/*"))),
      access,
      "no",
    ],
    [
      "is undecided where only a part of the prefix is open",
      bucket(document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/logs/2026/*"))),
      access,
      "unknown",
    ],
    ...(
      [
        ["another algorithm", "StringNotEquals", "s3:x-amz-server-side-encryption", "AES256", "no"],
        ["no encryption header", "Null", "s3:x-amz-server-side-encryption", "true", "no"],
        [
          "another key",
          "StringNotEqualsIfExists",
          "s3:x-amz-server-side-encryption-aws-kms-key-id",
          "k",
          "no",
        ],
        ["an encryption header", "Null", "s3:x-amz-server-side-encryption", "false", "yes"],
        ["one algorithm", "StringEquals", "s3:x-amz-server-side-encryption", "AES256", "yes"],
        [
          "another algorithm, if any",
          "ForAnyValue:StringNotEquals",
          "s3:x-amz-server-side-encryption",
          "AES256",
          "yes",
        ],
      ] as const
    ).map(
      ([what, operator, key, value, is]) =>
        [
          `admits access logs, which say nothing of encryption, beside a denial of ${what}: ${is}`,
          bucket(
            document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/*"), {
              ...noPlain,
              Condition: { [operator]: { [key]: value } },
            }),
          ),
          access,
          is,
        ] as const,
    ),
    [
      "does not admit access logs by its ACL against a denial of uploads without encryption",
      bucket(document({ ...noPlain, Condition: { Null: { "s3:x-amz-server-side-encryption": "true" } } }), {
        Grants: [group],
      }),
      access,
      "no",
    ],
    ["does not admit access logs by nothing", bucket(null), access, "no"],
    ["admits access logs by its ACL", bucket(null, { Grants: [group] }), access, "yes"],
    [
      "does not admit access logs by an ACL that grants reading",
      bucket(null, { Grants: [{ ...group, Permission: "READ_ACP" }] }),
      access,
      "no",
    ],
    [
      "does not admit access logs by an ACL against its policy",
      bucket(document({ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*" }), {
        Grants: [group],
      }),
      access,
      "no",
    ],
    ["is undecided with an unreadable ACL", bucket(null, { refused: ["Grants"] }), access, "unknown"],
    [
      "needs no ACL where its policy admits",
      bucket(document(put("logging.s3.amazonaws.com", "arn:aws:s3:::b/*")), { refused: ["Grants"] }),
      access,
      "yes",
    ],
    [
      "admits delivered logs that go to its owner",
      bucket(
        document(
          put("delivery.logs.amazonaws.com", "arn:aws:s3:::b/AWSLogs/*", {
            Condition: {
              StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": home },
            },
          }),
        ),
      ),
      delivery,
      "yes",
    ],
    ["does not admit delivered logs by its ACL", bucket(null, { Grants: [group] }), delivery, "no"],
    [
      "is undecided with an unreadable policy",
      resource("AWS::S3::Bucket", "b", { refused: ["Policy"] }),
      delivery,
      "unknown",
    ],
  ])("%s", (...[, given, writer, is]) => {
    expect(bucketAdmits(given, writer).is).toBe(is);
  });
});

describe("the organization of a source", () => {
  const byOrganization = (organization: string): Resource =>
    topic({
      Policy: document(
        toServices("sns:Publish", "cloudwatch.amazonaws.com", {
          Condition: { StringEquals: { "aws:SourceOrgID": organization } },
        }),
      ),
    });
  const alarmOf = (facts: JsonObject | undefined): Sender => ({
    ...from("cloudwatch"),
    ...organizationOf(
      accountOf(
        facts === undefined
          ? []
          : [resource("AWS::Organizations::Organization", home, { properties: facts })],
      ),
      home,
    ),
  });
  const member = { InOrganization: true, OrganizationId: "o-home" };

  test.each<readonly [string, string, JsonObject | undefined, Is]>([
    ["its own", "o-home", member, "yes"],
    ["another one", "o-other", member, "no"],
    ["one, of an account outside of any", "o-home", { InOrganization: false, OrganizationId: null }, "no"],
    ["one, of an account whose organization was not read", "o-home", undefined, "unknown"],
    ["a number, which is none", home, undefined, "no"],
  ])("a topic that asks for %s", (_, asked, facts, is) => {
    expect(topicAdmits(byOrganization(asked), alarmOf(facts)).is).toBe(is);
  });

  test("is known of the account that was read alone", () => {
    const account = accountOf([resource("AWS::Organizations::Organization", home, { properties: member })]);
    expect(organizationOf(account, home)).toEqual({ organization: "o-home" });
    expect(organizationOf(account, "999999999999")).toEqual({});
  });
});
