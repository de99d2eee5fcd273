import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { ACCOUNT_BLOCK, bucketPrivacy, topicPrivacy } from "../../../src/reasoning/access-log/publicness.js";
import {
  accountOf,
  defaultPolicy,
  document,
  home,
  openPolicy,
  resource,
  topic,
  topicArn,
} from "../reach/account.js";

const PublicAccessBlockConfiguration = "PublicAccessBlockConfiguration";
const world: JsonObject = {
  Sid: "World",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::b/*",
};
const under = (Condition: JsonObject): string => document({ ...world, Condition });
const trail: JsonObject = {
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::b/AWSLogs/*",
};
const group = (name: string): JsonObject => ({
  Grantee: { Type: "Group", URI: `http://acs.amazonaws.com/groups/global/${name}` },
  Permission: "READ",
});
const owner: JsonObject = { Grantee: { Type: "CanonicalUser", ID: "c0ffee" }, Permission: "FULL_CONTROL" };
const block = (...on: readonly string[]): JsonObject => ({
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
  ...Object.fromEntries(on.map((flag) => [flag, true])),
});

type Given = {
  readonly policy?: JsonValue;
  readonly grants?: readonly JsonValue[];
  readonly block?: JsonValue;
  readonly accountBlock?: JsonValue;
  readonly refused?: readonly string[];
  readonly noAccountBlock?: boolean;
};

function bucketOf(given: Given): Resource {
  return resource("AWS::S3::Bucket", "b", {
    arn: "arn:aws:s3:::b",
    properties: { [PublicAccessBlockConfiguration]: given.block ?? null },
    observed: { Policy: given.policy ?? null, Grants: given.grants ?? [owner] },
    refused: given.refused ?? [],
  });
}

function privacy(given: Given): ReturnType<typeof bucketPrivacy> {
  const bucket = bucketOf(given);
  const account = resource(ACCOUNT_BLOCK, home, {
    properties: { [PublicAccessBlockConfiguration]: given.accountBlock ?? null },
  });
  return bucketPrivacy(accountOf(given.noAccountBlock === true ? [bucket] : [bucket, account]), bucket);
}

const all = ["Policy", "Grants"];

describe("a bucket", () => {
  test.each<readonly [fact: string, given: Given, is: "yes" | "no" | "unknown"]>([
    ["without policy and grants is private", {}, "yes"],
    ["that serves a log service is private", { policy: document(trail) }, "yes"],
    ["that everybody may read is public", { policy: document(world) }, "no"],
    [
      "that everybody may read, one statement among others, is public",
      { policy: document(trail, world) },
      "no",
    ],
    [
      "that another account may read is not public",
      { policy: document({ ...world, Principal: { AWS: "999999999999" } }) },
      "yes",
    ],
    [
      "that an organization may read is not public",
      { policy: under({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }) },
      "yes",
    ],
    [
      "that one VPC may read is not public",
      { policy: under({ StringEquals: { "aws:SourceVpc": "vpc-91237329" } }) },
      "yes",
    ],
    [
      "that any VPC may read is public",
      { policy: under({ StringLike: { "aws:SourceVpc": "vpc-*" } }) },
      "no",
    ],
    [
      "that a small network may read is not public",
      { policy: under({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }) },
      "yes",
    ],
    [
      "that half of the Internet may read is public",
      { policy: under({ IpAddress: { "aws:SourceIp": "0.0.0.0/1" } }) },
      "no",
    ],
    [
      "that a referrer opens is public",
      { policy: under({ StringLike: { "aws:Referer": "https://example.com/*" } }) },
      "no",
    ],
    [
      "read through one account's access points is not public",
      {
        policy: under({
          ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:us-west-2:123456789012:accesspoint/*" },
        }),
      },
      "yes",
    ],
    [
      "read through anybody's access points is public",
      { policy: under({ ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:us-west-2:*:accesspoint/*" } }) },
      "no",
    ],
    [
      "read under a KMS key header is undecided",
      {
        policy: under({
          StringEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:us-east-1:1:key/k" },
        }),
      },
      "unknown",
    ],
    [
      "that only refuses plain HTTP is still public",
      {
        policy: document(world, {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      },
      "no",
    ],
    [
      "that denies everybody what it grants is private",
      {
        policy: document(world, {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:Get*",
          Resource: "arn:aws:s3:::b/*",
        }),
      },
      "yes",
    ],
    [
      "that denies a part of what it grants is public",
      {
        policy: document(world, {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:Get*",
          Resource: "arn:aws:s3:::b/secret/*",
        }),
      },
      "no",
    ],
    [
      "that denies other actions is public",
      { policy: document(world, { Effect: "Deny", Principal: "*", Action: "s3:Put*", Resource: "*" }) },
      "no",
    ],
    ["granted to AllUsers is public", { grants: [owner, group("AllUsers")] }, "no"],
    ["granted to AuthenticatedUsers is public", { grants: [group("AuthenticatedUsers")] }, "no"],
    [
      "granted to the log delivery group is private",
      {
        grants: [{ Grantee: { URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" }, Permission: "WRITE" }],
      },
      "yes",
    ],
    [
      "that ignores public ACLs is private",
      { grants: [group("AllUsers")], block: block("IgnorePublicAcls") },
      "yes",
    ],
    [
      "whose account ignores public ACLs is private",
      { grants: [group("AllUsers")], accountBlock: block("IgnorePublicAcls") },
      "yes",
    ],
    [
      "that blocks new public ACLs keeps its old ones",
      { grants: [group("AllUsers")], block: block("BlockPublicAcls") },
      "no",
    ],
    [
      "that restricts public policies is private",
      { policy: document(world), block: block("RestrictPublicBuckets") },
      "yes",
    ],
    [
      "whose account restricts public policies is private",
      { policy: document(world), accountBlock: block("RestrictPublicBuckets") },
      "yes",
    ],
    [
      "that blocks new public policies keeps its old one",
      { policy: document(world), block: block("BlockPublicPolicy") },
      "no",
    ],
    [
      "that ignores public ACLs has a public policy still",
      { policy: document(world), block: block("IgnorePublicAcls", "BlockPublicPolicy", "BlockPublicAcls") },
      "no",
    ],
    ["with an unreadable policy is undecided", { refused: ["Policy"] }, "unknown"],
    ["with an unreadable ACL is undecided", { refused: ["Grants"] }, "unknown"],
    [
      "with both blocks is private, whatever else is unreadable",
      { refused: all, block: block("IgnorePublicAcls", "RestrictPublicBuckets") },
      "yes",
    ],
    [
      "with a block of each kind is private, whatever else is unreadable",
      { refused: all, block: block("IgnorePublicAcls"), accountBlock: block("RestrictPublicBuckets") },
      "yes",
    ],
    [
      "with one block is undecided, where the other side is unreadable",
      { refused: all, block: block("RestrictPublicBuckets") },
      "unknown",
    ],
    [
      "with a public policy and unreadable blocks is undecided",
      { policy: document(world), refused: [PublicAccessBlockConfiguration] },
      "unknown",
    ],
    [
      "with a public policy and an account block nobody read is undecided",
      { policy: document(world), noAccountBlock: true },
      "unknown",
    ],
    [
      "with a private policy needs no block",
      { policy: document(trail), refused: [PublicAccessBlockConfiguration], noAccountBlock: true },
      "yes",
    ],
    [
      "with a public policy is public, whatever the ACL says",
      { policy: document(world), refused: ["Grants"] },
      "no",
    ],
    ["with a policy that is no policy is undecided", { policy: "{" }, "unknown"],
  ])("%s", (_fact, given, is) => {
    const claim = privacy(given);
    expect([claim.is, claim]).toEqual([is, claim]);
  });
  test("says which statement opens it", () => {
    expect(privacy({ policy: document(trail, world) })).toEqual({
      is: "no",
      because: 'statement "World" of its policy allows access to everybody',
    });
  });
  test("says whom the ACL grants what", () => {
    expect(privacy({ grants: [group("AuthenticatedUsers")] })).toMatchObject({
      because: "its ACL grants READ to everybody with an AWS account (AuthenticatedUsers)",
    });
  });
});

const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
const rank = { no: 0, unknown: 1, yes: 2 };

test("another block never makes a bucket more public", () => {
  const givens = fc.record({
    policy: fc.constantFrom(null, document(world), document(trail), "{"),
    grants: fc.constantFrom([owner], [group("AllUsers")]),
    refused: fc.subarray([...all, PublicAccessBlockConfiguration]),
    on: fc.subarray(flags),
    accountOn: fc.subarray(flags),
  });
  fc.assert(
    fc.property(
      givens,
      fc.constantFrom(...flags),
      fc.boolean(),
      ({ on, accountOn, ...given }, flag, onAccount) => {
        const before = privacy({ ...given, block: block(...on), accountBlock: block(...accountOn) });
        const after = privacy({
          ...given,
          block: block(...on, ...(onAccount ? [] : [flag])),
          accountBlock: block(...accountOn, ...(onAccount ? [flag] : [])),
        });
        expect(rank[after.is]).toBeGreaterThanOrEqual(rank[before.is]);
      },
    ),
    { numRuns: 300 },
  );
});

describe("a topic", () => {
  const ours = { accounts: [home], organization: "o-home" };
  const everybody: JsonObject = {
    Effect: "Allow",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topicArn("t"),
  };
  test.each<readonly [fact: string, policy: JsonValue, is: "yes" | "no" | "unknown"]>([
    ["with the default policy is private", defaultPolicy("t"), "yes"],
    ["with another account's default policy is not", defaultPolicy("t", "999999999999"), "no"],
    ["for AWS services is private", openPolicy, "yes"],
    ["for everybody is public", document(everybody), "no"],
    ["that everybody may subscribe to is public", document({ ...everybody, Action: "SNS:Subscribe" }), "no"],
    [
      "that everybody may look at is not counted",
      document({ ...everybody, Action: "sns:GetTopicAttributes" }),
      "yes",
    ],
    ["with SNS:* for everybody is public", document({ ...everybody, Action: "SNS:*" }), "no"],
    [
      "for a sister account of the list is private",
      document({ ...everybody, Principal: { AWS: [home] } }),
      "yes",
    ],
    [
      "for a strange account is not",
      document({ ...everybody, Principal: { AWS: "arn:aws:iam::999999999999:root" } }),
      "no",
    ],
    [
      "for the organization is private",
      document({ ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-home" } } }),
      "yes",
    ],
    [
      "for another organization is not",
      document({ ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-else" } } }),
      "no",
    ],
    [
      "for one bucket's notifications is private",
      document({
        ...everybody,
        Principal: { AWS: "*" },
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:b" } },
      }),
      "yes",
    ],
    [
      "for any bucket of an account is private",
      document({
        ...everybody,
        Condition: {
          StringEquals: { "aws:SourceAccount": home },
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
        },
      }),
      "yes",
    ],
    [
      "for another topic's ARN gives nothing here",
      document({ ...everybody, Resource: topicArn("other") }),
      "yes",
    ],
    ["without a policy is private", null, "yes"],
  ])("%s", (_fact, policy, is) => {
    expect(topicPrivacy(topic({ Policy: policy }), ours).is).toBe(is);
  });
  test("is undecided for an organization, where one's own is not known", () => {
    const policy = document({
      ...everybody,
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-home" } },
    });
    expect(topicPrivacy(topic({ Policy: policy }), { accounts: [home] }).is).toBe("unknown");
  });
  test("is undecided where its policy is unreadable", () => {
    expect(topicPrivacy(topic({}, { refused: ["Policy"] }), ours)).toMatchObject({
      is: "unknown",
      reason: "unreadable",
    });
  });
  test("says what a stranger may do", () => {
    expect(
      topicPrivacy(topic({ Policy: document({ ...everybody, Action: "SNS:Subscribe" }) }), ours),
    ).toMatchObject({
      because:
        'statement "#1" of its policy allows sns:Subscribe to somebody outside the account and its organization',
    });
  });
});
