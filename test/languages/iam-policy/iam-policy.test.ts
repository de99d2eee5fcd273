import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/languages/iam-policy/iam-policy.js";
import type { Truth } from "../../../src/shared/truth.js";
import {
  topic,
  publish,
  allow,
  deny,
  service,
  given,
  decide,
  cloudwatch,
  owner,
  anyone,
  outsider,
  context,
} from "./iam-policy.support.js";
import type { Row } from "./iam-policy.support.js";

describe("a service", () => {
  const inService = allow(service("cloudwatch.amazonaws.com"));
  const rows: readonly Row[] = [
    ["is admitted by its name", [inService], "yes"],
    ["is admitted by *", [allow({})], "yes"],
    ["is admitted by AWS: *", [allow({ Principal: { AWS: "*" } })], "yes"],
    [
      "is admitted in a list of services",
      [allow({ Principal: { Service: ["s3.amazonaws.com", "cloudwatch.amazonaws.com"] } })],
      "yes",
    ],
    ["is admitted by its name in China", [allow(service("cloudwatch.amazonaws.com.cn"))], "yes"],
    ["is not admitted by another service's name", [allow(service("events.amazonaws.com"))], "no"],
    [
      "is not admitted by the account's root",
      [allow({ Principal: { AWS: "arn:aws:iam::111111111111:root" } })],
      "no",
    ],
    ["is not admitted by nothing", [], "no"],
    ["is admitted by an action in any case", [{ ...inService, Action: "SNS:PUBLISH" }], "yes"],
    ["is admitted by an action pattern", [{ ...inService, Action: ["sns:Get*", "sns:Pub?ish"] }], "yes"],
    ["is not admitted to another action", [{ ...inService, Action: "sns:Subscribe" }], "no"],
    [
      "is admitted by NotAction of another action",
      [{ Effect: "Allow", Principal: "*", NotAction: "sns:Subscribe", Resource: "*" }],
      "yes",
    ],
    [
      "is not admitted by NotAction of this action",
      [{ Effect: "Allow", Principal: "*", NotAction: "sns:Pub*", Resource: "*" }],
      "no",
    ],
    ["is not admitted to another resource", [{ ...inService, Resource: `${topic}-old` }], "no"],
    [
      "is not admitted by a resource in another case",
      [{ ...inService, Resource: topic.toUpperCase() }],
      "no",
    ],
    [
      "is not admitted by NotResource of this resource",
      [{ Effect: "Allow", Principal: "*", Action: "*", NotResource: topic }],
      "no",
    ],
    [
      "is admitted under its account",
      [{ ...inService, ...given("StringEquals", "AWS:SourceAccount", "111111111111") }],
      "yes",
    ],
    [
      "is not admitted under another account",
      [{ ...inService, ...given("StringEquals", "aws:SourceAccount", "222222222222") }],
      "no",
    ],
    [
      "is admitted under one of several accounts",
      [{ ...inService, ...given("StringEquals", "aws:SourceAccount", ["222222222222", "111111111111"]) }],
      "yes",
    ],
    [
      "is not admitted under an empty list",
      [{ ...inService, ...given("ArnLike", "aws:SourceArn", []) }],
      "no",
    ],
    [
      "is not admitted under an empty list on a key nobody knows",
      [{ ...inService, ...given("StringEquals", "aws:SourceOwner", []) }],
      "no",
    ],
    [
      "is admitted by an ARN pattern",
      [{ ...inService, ...given("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:111111111111:alarm:*") }],
      "yes",
    ],
    [
      "is not admitted by an ARN pattern with fewer parts",
      [{ ...inService, ...given("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*") }],
      "no",
    ],
    [
      "is admitted by the same pattern as text",
      [{ ...inService, ...given("StringLike", "aws:SourceArn", "arn:aws:cloudwatch:*") }],
      "yes",
    ],
    [
      "is undecided under a key nobody knows",
      [{ ...inService, ...given("StringEquals", "aws:SourceOwner", "111111111111") }],
      "unknown",
    ],
    [
      "is undecided under an operator that IAM lacks",
      [{ ...inService, ...given("StringResembles", "aws:SourceAccount", "111111111111") }],
      "unknown",
    ],
    [
      "is undecided under a policy variable",
      [{ ...inService, ...given("StringEquals", "aws:SourceAccount", "${aws:PrincipalAccount}") }],
      "unknown",
    ],
    [
      "is refused where one of two conditions fails, whatever the other",
      [{ ...inService, Condition: { StringEquals: { "aws:SourceOwner": "1", "aws:SourceAccount": "2" } } }],
      "no",
    ],
    [
      "lacks a key, so the condition fails",
      [{ ...inService, ...given("StringEquals", "aws:PrincipalOrgID", "o-home") }],
      "no",
    ],
    [
      "lacks a key, so IfExists passes",
      [{ ...inService, ...given("StringEqualsIfExists", "aws:PrincipalOrgID", "o-home") }],
      "yes",
    ],
    [
      "lacks a key, so the negation passes",
      [{ ...inService, ...given("StringNotEquals", "aws:PrincipalOrgID", "o-evil") }],
      "yes",
    ],
    [
      "lacks a key, so ForAllValues passes",
      [{ ...inService, ...given("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-home") }],
      "yes",
    ],
    [
      "lacks a key, so ForAnyValue fails",
      [{ ...inService, ...given("ForAnyValue:StringNotEquals", "aws:PrincipalOrgID", "o-home") }],
      "no",
    ],
    [
      "lacks a key, as Null demands",
      [{ ...inService, ...given("Null", "aws:PrincipalOrgID", "true") }],
      "yes",
    ],
    ["has a key, against Null", [{ ...inService, ...given("Null", "aws:SourceAccount", true) }], "no"],
    ["is denied whatever else allows it", [inService, deny({})], "no"],
    ["is not denied another action", [inService, deny({ Action: "sns:Subscribe" })], "yes"],
    ["is not denied as another service", [inService, deny(service("events.amazonaws.com"))], "yes"],
    [
      "is not denied by NotPrincipal of itself",
      [inService, { Effect: "Deny", NotPrincipal: { Service: "cloudwatch.amazonaws.com" }, ...publish }],
      "yes",
    ],
    [
      "is denied by NotPrincipal of another one",
      [inService, { Effect: "Deny", NotPrincipal: { Service: "s3.amazonaws.com" }, ...publish }],
      "no",
    ],
    [
      "may be denied under a key nobody knows",
      [inService, deny(given("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"))],
      "unknown",
    ],
    [
      "is not denied under a condition that fails",
      [inService, deny(given("StringNotEquals", "aws:SourceAccount", "111111111111"))],
      "yes",
    ],
  ];
  test.each(rows)("%s", (_fact, statements, is) => {
    expect(decide(statements, { asker: cloudwatch, context }).is).toBe(is);
  });
});

describe("a known request", () => {
  const rows: readonly (readonly [operator: string, wanted: JsonValue, had: string, is: Truth])[] = [
    ["Bool", "false", "false", "yes"],
    ["Bool", true, "false", "no"],
    ["StringEqualsIgnoreCase", "ABC", "abc", "yes"],
    ["StringNotLike", "a*", "abc", "no"],
    ["NumericLessThan", "10", "9.5", "yes"],
    ["NumericGreaterThanEquals", 10, "9.5", "no"],
    ["NumericEquals", "ten", "10", "unknown"],
    ["DateGreaterThan", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "yes"],
    ["DateLessThan", "1767225600", "2026-06-01T00:00:00Z", "no"],
    ["IpAddress", "203.0.113.0/24", "203.0.113.9", "yes"],
    ["IpAddress", "203.0.113.0/24", "203.0.114.9", "no"],
    ["IpAddress", "2001:db8::/32", "2001:db8:0:1::7", "yes"],
    ["IpAddress", "0.0.0.0/0", "2001:db8::7", "no"],
    ["NotIpAddress", ["203.0.113.0/24", "198.51.100.7"], "198.51.100.7", "no"],
    ["IpAddress", "office", "203.0.113.9", "unknown"],
    ["ArnNotLike", "arn:aws:s3:::b", "arn:aws:s3:::c", "yes"],
  ];
  test.each(rows)("%s %j holds of %s: %s", (...[operator, wanted, had, is]) => {
    expect(decide([allow(given(operator, "k", wanted))], { asker: owner, context: { k: [had] } }).is).toBe(
      is,
    );
  });
  test.each([
    ["ForAnyValue:StringEquals", ["a", "x"], "yes"],
    ["ForAllValues:StringEquals", ["a", "x"], "no"],
    ["ForAllValues:StringEquals", ["a", "b"], "yes"],
    ["StringEquals", ["a", "x"], "unknown"],
  ] as const)("%s a or b holds of %j: %s", (operator, had, is) => {
    expect(decide([allow(given(operator, "k", ["a", "b"]))], { asker: owner, context: { k: had } }).is).toBe(
      is,
    );
  });
});

describe("an account", () => {
  test.each([
    ["is its root", { AWS: "arn:aws:iam::111111111111:root" }, "yes"],
    ["is its number", { AWS: "111111111111" }, "yes"],
    ["is not one of its roles", { AWS: "arn:aws:iam::111111111111:role/r" }, "no"],
    ["is not another account", { AWS: ["222222222222"] }, "no"],
  ] as const)("%s", (_fact, Principal, is) => {
    expect(decide([allow({ Principal })], { asker: owner }).is).toBe(is);
  });
});

describe("a question about everything under a prefix", () => {
  const ask = (Resource: string): Truth =>
    decide([allow({ Action: "s3:PutObject", Resource })], {
      asker: cloudwatch,
      action: "s3:PutObject",
      resource: "arn:aws:s3:::b/logs/*",
    }).is;
  test.each([
    ["arn:aws:s3:::b/*", "yes"],
    ["arn:aws:s3:::b/logs/*", "yes"],
    ["*", "yes"],
    ["arn:aws:s3:::b/logs/2026/*", "unknown"],
    ["arn:aws:s3:::b/other/*", "no"],
    ["arn:aws:s3:::b", "no"],
    ["arn:aws:s3:::b/logs/?", "unknown"],
    ["arn:aws:s3:::b/${aws:username}/*", "unknown"],
  ])("is answered by %s: %s", (resource, is) => {
    expect(ask(resource)).toBe(is);
  });
});

describe("a decision", () => {
  test("names the statement that allows", () => {
    expect(
      decide([deny({ Action: "sns:Subscribe" }), allow({ Sid: "world" })], { asker: anyone }),
    ).toMatchObject({ statement: "world", because: 'statement "world" allows it' });
  });
  test("names the condition that fails", () => {
    expect(
      decide([allow({ Sid: "s", ...given("StringEquals", "AWS:SourceAccount", "222222222222") })], {
        asker: cloudwatch,
        context,
      }).because,
    ).toBe('statement "s" allows it under a condition on aws:sourceaccount that does not hold');
  });
  test("says so where a condition matches nobody", () => {
    for (const asker of [cloudwatch, anyone, outsider])
      expect(
        decide([allow({ Sid: "s", ...given("StringEquals", "AWS:SourceOwner", "1111-1111-1111") })], {
          asker,
        }).because,
      ).toBe('statement "s" allows it under a condition on aws:sourceowner that matches nobody');
  });
  test("names a statement without Sid by its place", () => {
    expect(decide([allow({ Sid: "" }), deny({})], { asker: anyone }).statement).toBe("#2");
  });
  test("tells a denial from a missing grant", () => {
    expect(decide([allow({}), deny({ Sid: "d" })], { asker: anyone })).toMatchObject({
      denied: true,
      statement: "d",
    });
    expect(decide([allow(service("s3.amazonaws.com"))], { asker: anyone }).denied).toBe(false);
  });
  test("says so where nothing comes near", () => {
    expect(decide([], { asker: anyone })).toEqual({
      is: "no",
      because: "no statement allows it",
      denied: false,
    });
  });
});

describe("what is no policy", () => {
  test.each([
    ["{"],
    ["null"],
    ["[]"],
    ['{"Statement":[1]}'],
    ['{"Statement":{"Effect":"Maybe","Principal":"*","Action":"*"}}'],
    ['{"Statement":{"Effect":"Allow","Action":"*"}}'],
    ['{"Statement":{"Effect":"Allow","Principal":"*"}}'],
    ['{"Statement":{"Effect":"Allow","Principal":{"Who":"x"},"Action":"*"}}'],
    ['{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Condition":{"StringEquals":"x"}}}'],
    ['{"Statement":{"Effect":"Allow","Principal":"*","Action":["a",1]}}'],
  ])("%s", (text) => {
    expect(parsePolicy(text).ok).toBe(false);
  });
  test("any text and any JSON is parsed or refused, never thrown at", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof parsePolicy(text).ok === "boolean"),
      { numRuns: 300 },
    );
  });
});

const arbitraryStatement = fc
  .record({
    principal: fc.constantFrom<JsonObject>(
      { Principal: "*" },
      { Principal: { AWS: "999999999999" } },
      { Principal: { AWS: ["999999999999", "111111111111"] } },
      service("cloudwatch.amazonaws.com"),
      { NotPrincipal: { AWS: "111111111111" } },
      { NotPrincipal: { AWS: "999999999999" } },
    ),
    action: fc.constantFrom<JsonObject>(
      { Action: "*" },
      { Action: "sns:Publish" },
      { Action: ["sns:Sub*", "sns:Get*"] },
      { NotAction: "sns:Publish" },
    ),
    condition: fc.constantFrom<JsonObject>(
      {},
      given("StringEquals", "aws:SourceAccount", "111111111111"),
      given("StringNotEquals", "aws:PrincipalOrgID", "o-home"),
      given("StringEqualsIfExists", "aws:PrincipalOrgID", "o-home"),
      given("Bool", "aws:SecureTransport", "false"),
      given("StringLike", "aws:Referer", "a*"),
      given("DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"),
    ),
  })
  .map(({ principal, action, condition }): JsonObject => ({
    ...principal,
    ...action,
    Resource: "*",
    ...condition,
  }));
const allowing = arbitraryStatement.map((statement): JsonObject => ({ ...statement, Effect: "Allow" }));
const denying = arbitraryStatement.map((statement): JsonObject => ({ ...statement, Effect: "Deny" }));
const arbitraryStatements = fc.array(fc.oneof(allowing, denying), { maxLength: 5 });
const arbitraryAsker = fc.constantFrom(cloudwatch, owner, anyone, outsider);
const rank: Readonly<Record<Truth, number>> = { no: 0, unknown: 1, yes: 2 };

describe("laws", () => {
  test("another Deny never admits more", () => {
    fc.assert(
      fc.property(arbitraryStatements, denying, arbitraryAsker, (statements, more, asker) => {
        expect(rank[decide([...statements, more], { asker, context }).is]).toBeLessThanOrEqual(
          rank[decide(statements, { asker, context }).is],
        );
      }),
      { numRuns: 500 },
    );
  });
  test("another Allow never admits less", () => {
    fc.assert(
      fc.property(arbitraryStatements, allowing, arbitraryAsker, (statements, more, asker) => {
        expect(rank[decide([...statements, more], { asker }).is]).toBeGreaterThanOrEqual(
          rank[decide(statements, { asker }).is],
        );
      }),
      { numRuns: 500 },
    );
  });
  test("the order of statements does not matter", () => {
    fc.assert(
      fc.property(
        arbitraryStatements.chain((statements) =>
          fc.tuple(
            fc.constant(statements),
            fc.shuffledSubarray(statements, { minLength: statements.length }),
          ),
        ),
        arbitraryAsker,
        ([statements, shuffled], asker) => {
          expect(decide(shuffled, { asker, context }).is).toBe(decide(statements, { asker, context }).is);
        },
      ),
      { numRuns: 300 },
    );
  });
  test("whom an unconditional Deny of everybody meets stays out", () => {
    fc.assert(
      fc.property(
        arbitraryStatements,
        arbitraryAsker,
        (statements, asker) =>
          decide([...statements, deny({ Action: "*", Resource: "*" })], { asker }).is === "no",
      ),
      { numRuns: 200 },
    );
  });
});
