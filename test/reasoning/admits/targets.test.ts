import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { resourceAdmits, topicAdmits } from "../../../src/reasoning/admits/admits.js";
import { bucketAdmits } from "../../../src/reasoning/admits/bucket.js";
import { logGroupAdmits } from "../../../src/reasoning/admits/log-group.js";
import { organizationOf } from "../../../src/reasoning/admits/organization.js";
import { contextOf, serviceOf } from "../../../src/reasoning/admits/publishers.js";
import type { Sender } from "../../../src/reasoning/admits/publishers.js";
import { accountOf, document, home, resource, toServices, topic } from "../reach/account.js";
import { arns, from, sourceAccount } from "./admits.support.js";
import type { Is } from "./admits.support.js";

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
