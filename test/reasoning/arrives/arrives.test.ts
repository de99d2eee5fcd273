import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import { arrives } from "../../../src/reasoning/arrives/arrives.js";
import { accountOf, document, home, resource, toServices } from "../reach/account.js";

const groupArn = `arn:aws:logs:us-east-1:${home}:log-group:/app`;
const sourceArn = `arn:aws:logs:us-east-1:${home}:delivery-source:s`;
const delivery = { kind: "delivery", account: home, region: "us-east-1", arn: sourceArn } as const;
const service = { kind: "service", account: home, region: "us-east-1" } as const;
const writer = "delivery.logs.amazonaws.com";
const write = ["logs:CreateLogStream", "logs:PutLogEvents"];
const listed = { listed: ["AWS::Logs::ResourcePolicy"] };

const group = (own: JsonValue = null, more: JsonObject = {}): Resource =>
  resource("AWS::Logs::LogGroup", "/app", {
    arn: groupArn,
    properties: { ResourcePolicyDocument: own, RetentionInDays: null, LogGroupClass: "STANDARD" },
    observed: { Exists: true, ...more },
  });
const policy = (...statements: readonly JsonObject[]): Resource =>
  resource("AWS::Logs::ResourcePolicy", `p${statements.length.toString()}`, {
    region: "us-east-1",
    properties: { PolicyDocument: document(...statements) },
  });
const bucket = (Policy: JsonValue, facts: JsonObject = {}): Resource =>
  resource("AWS::S3::Bucket", "logs", {
    arn: "arn:aws:s3:::logs",
    properties: { BucketEncryption: null, ObjectLockEnabled: null, ObjectLockConfiguration: null, ...facts },
    observed: { Exists: true, Policy, RequestPayment: "BucketOwner" },
  });
const put = (Resource: string, more: JsonObject = {}): string =>
  document({ ...toServices("s3:PutObject", writer), Resource, ...more });

const is = (resources: readonly Resource[], arn: string, origin: typeof delivery | typeof service): string =>
  arrives(accountOf(resources, listed), arn, { origin }).claim.is;

describe("what log deliveries write", () => {
  test.each<readonly [fact: string, resources: readonly Resource[], arn: string, answer: string]>([
    ["arrives in a group that is opened", [group(), policy(toServices(write, writer))], groupArn, "yes"],
    ["takes both actions", [group(), policy(toServices("logs:PutLogEvents", writer))], groupArn, "no"],
    ["does not arrive in a group that is gone", [group(null, { Exists: false })], groupArn, "no"],
    ["is not known of a group that was not read", [policy(toServices(write, writer))], groupArn, "unknown"],
    [
      "arrives below the prefix of a bucket",
      [bucket(put(`arn:aws:s3:::logs/web/AWSLogs/${home}/*`))],
      "arn:aws:s3:::logs/web",
      "yes",
    ],
    [
      "does not arrive below a prefix that the policy does not name",
      [bucket(put(`arn:aws:s3:::logs/web/AWSLogs/${home}/*`))],
      "arn:aws:s3:::logs",
      "no",
    ],
    [
      "arrives in a bucket with Object Lock",
      [bucket(put("arn:aws:s3:::logs/*"), { ObjectLockEnabled: true })],
      "arn:aws:s3:::logs",
      "yes",
    ],
    [
      "does not arrive under the key that AWS manages for S3",
      [
        bucket(put("arn:aws:s3:::logs/*"), {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } },
            ],
          },
        }),
      ],
      "arn:aws:s3:::logs",
      "no",
    ],
    ["is not known of what is no place for logs", [], "arn:aws:sns:us-east-1:111111111111:t", "unknown"],
  ])("%s", (_fact, resources, arn, answer) => {
    expect(is(resources, arn, delivery)).toBe(answer);
  });
});

describe("what a service writes by a role that AWS made", () => {
  it("arrives where the place exists, whatever policies say", () => {
    expect(is([group()], groupArn, service)).toBe("yes");
    expect(is([bucket(null)], "arn:aws:s3:::logs", service)).toBe("yes");
    expect(is([group(null, { Exists: false })], groupArn, service)).toBe("no");
  });
});

describe("whatever the policies", () => {
  const statement = fc.record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Principal: fc.constantFrom<JsonValue>("*", { Service: writer }, { Service: "es.amazonaws.com" }),
    Action: fc.subarray(["logs:*", ...write], { minLength: 1 }),
    Resource: fc.constantFrom("*", `${groupArn}:*`, `${groupArn}-other:*`),
  });
  const policies = fc.array(statement, { minLength: 1, maxLength: 4 });

  it("a Deny of all ends it, and never opens what was closed", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "logs:*", Resource: "*" };
    fc.assert(
      fc.property(policies, (statements) => {
        expect(is([group(), policy(...statements, deny)], groupArn, delivery)).toBe("no");
      }),
    );
  });

  it("it is one whether a statement stands in the account's policy or in the group's own", () => {
    fc.assert(
      fc.property(policies, fc.nat(4), (statements, at) => {
        const [ours, theirs] = [statements.slice(0, at), statements.slice(at)];
        const split = [group(ours.length === 0 ? null : document(...ours)), policy(...theirs)];
        expect(is(split, groupArn, delivery)).toBe(is([group(), policy(...statements)], groupArn, delivery));
      }),
    );
  });

  it("nothing arrives without an Allow", () => {
    fc.assert(
      fc.property(policies, (statements) => {
        const denials = statements.filter(({ Effect }) => Effect === "Deny");
        fc.pre(denials.length > 0);
        expect(is([group(), policy(...denials)], groupArn, delivery)).toBe("no");
      }),
    );
  });
});
