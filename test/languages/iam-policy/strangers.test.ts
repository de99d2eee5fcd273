import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Asker } from "../../../src/languages/iam-policy/question.js";
import type { Truth } from "../../../src/shared/truth.js";
import { publish, allow, deny, service, given, decide, anyone, outsider } from "./iam-policy.support.js";

describe("strangers", () => {
  const world = allow({});
  const rows: readonly (readonly [
    fact: string,
    statements: readonly JsonObject[],
    toAnyone: Truth,
    toOutsiders: Truth,
  ])[] = [
    ["get in where everybody may", [world], "yes", "yes"],
    ["stay out of AWS services' grants", [allow(service("s3.amazonaws.com"))], "no", "no"],
    [
      "are outsiders where another account is named",
      [allow({ Principal: { AWS: "999999999999" } })],
      "no",
      "yes",
    ],
    [
      "stay out where this account is named",
      [allow({ Principal: { AWS: "arn:aws:iam::111111111111:role/r" } })],
      "no",
      "no",
    ],
    ["are not a deleted role", [allow({ Principal: { AWS: "AROAEXAMPLE1234567890" } })], "no", "no"],
    ["may be a canonical user", [allow({ Principal: { CanonicalUser: "c0ffee" } })], "no", "unknown"],
    [
      "may be federated",
      [allow({ Principal: { Federated: "cognito-identity.amazonaws.com" } })],
      "unknown",
      "unknown",
    ],
    [
      "get in by NotPrincipal",
      [{ Effect: "Allow", NotPrincipal: { AWS: "222222222222" }, ...publish }],
      "yes",
      "yes",
    ],
    [
      "stay out of the default topic policy",
      [allow({ Principal: { AWS: "*" }, ...given("StringEquals", "AWS:SourceOwner", "111111111111") })],
      "no",
      "no",
    ],
    [
      "are outsiders under another owner",
      [allow(given("StringEquals", "AWS:SourceOwner", "999999999999"))],
      "no",
      "yes",
    ],
    [
      "stay out of their neighbour's organization",
      [allow(given("StringEquals", "aws:PrincipalOrgID", "o-home"))],
      "no",
      "no",
    ],
    [
      "are outsiders in another organization",
      [allow(given("StringEquals", "aws:PrincipalOrgID", "o-else"))],
      "no",
      "yes",
    ],
    [
      "slip through IfExists on the organization",
      [allow(given("StringEqualsIfExists", "aws:PrincipalOrgID", "o-home"))],
      "yes",
      "yes",
    ],
    [
      "stay out of an organization's path",
      [allow(given("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-home/*"))],
      "no",
      "no",
    ],
    [
      "stay out of a fixed source ARN",
      [allow(given("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:111111111111:alarm:*"))],
      "no",
      "no",
    ],
    [
      "may trick a text pattern that runs over colons",
      [allow(given("StringLike", "aws:SourceArn", "arn:aws:cloudwatch:*:111111111111:alarm:*"))],
      "unknown",
      "unknown",
    ],
    [
      "stay out of one bucket's notifications",
      [allow(given("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:my-bucket"))],
      "no",
      "no",
    ],
    [
      "name their bucket to fit",
      [allow(given("ArnLike", "aws:SourceArn", "arn:aws:s3:::my-*"))],
      "yes",
      "yes",
    ],
    [
      "come from everywhere by 0.0.0.0/1",
      [allow(given("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "0.0.0.0/1"]))],
      "yes",
      "yes",
    ],
    [
      "do not sit in a small network",
      [allow(given("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "2001:db8::/32"]))],
      "no",
      "no",
    ],
    [
      "sit in a network of /31 of IPv6",
      [allow(given("IpAddress", "aws:SourceIp", "2001:db8::/31"))],
      "yes",
      "yes",
    ],
    [
      "stay out of a fixed VPC endpoint",
      [allow(given("StringEquals", "aws:SourceVpce", "vpce-1"))],
      "no",
      "no",
    ],
    ["have some VPC", [allow(given("StringLike", "aws:SourceVpc", "vpc-*"))], "yes", "yes"],
    [
      "choose their referrer",
      [allow(given("StringLike", "aws:Referer", "https://example.com/*"))],
      "yes",
      "yes",
    ],
    ["use TLS", [allow(given("Bool", "aws:SecureTransport", "true"))], "yes", "yes"],
    [
      "wait for the hour that nobody told",
      [allow(given("DateGreaterThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"))],
      "unknown",
      "unknown",
    ],
    [
      "use TLS where else they are denied",
      [world, deny(given("Bool", "aws:SecureTransport", "false"))],
      "yes",
      "yes",
    ],
    ["are denied with everybody", [world, deny({})], "no", "no"],
    [
      "are denied outside the organization",
      [world, deny(given("StringNotEquals", "aws:PrincipalOrgID", "o-home"))],
      "no",
      "no",
    ],
    [
      "are denied where no service calls and the organization is not theirs",
      [
        world,
        deny({
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-home" },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        }),
      ],
      "no",
      "no",
    ],
    [
      "are denied as everybody but this account",
      [world, { Effect: "Deny", NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" }, ...publish }],
      "no",
      "no",
    ],
    [
      "of one account are denied, the others not",
      [world, deny({ Principal: { AWS: "999999999999" } })],
      "yes",
      "yes",
    ],
    [
      "of the one account that is named are denied",
      [
        allow({ Principal: { AWS: "999999999999" } }),
        deny({ Principal: { AWS: "arn:aws:iam::999999999999:root" } }),
      ],
      "no",
      "no",
    ],
    [
      "of two accounts are denied one by one",
      [
        allow({ Principal: { AWS: ["999999999999", "888888888888"] } }),
        deny({ Principal: { AWS: "999999999999" } }),
        deny({ Principal: { AWS: "888888888888" } }),
      ],
      "no",
      "no",
    ],
    [
      "cannot choose one key two ways in one statement",
      [allow({ Condition: { StringLike: { "aws:Referer": "a*" }, StringNotLike: { "aws:Referer": "a*" } } })],
      "no",
      "no",
    ],
    [
      "cannot choose one key twice",
      [allow(given("StringEquals", "aws:Referer", "a")), deny(given("StringEquals", "aws:Referer", "a"))],
      "no",
      "no",
    ],
    [
      "come over TLS, which one statement allows and another one asks for",
      [
        allow(given("Bool", "aws:SecureTransport", "true")),
        deny(given("Bool", "aws:SecureTransport", "false")),
      ],
      "yes",
      "yes",
    ],
    [
      "come over TLS, which is denied",
      [
        allow(given("Bool", "aws:SecureTransport", "true")),
        deny(given("Bool", "aws:SecureTransport", "true")),
      ],
      "no",
      "no",
    ],
    [
      "come without a key that another statement forbids",
      [
        allow(given("Null", "aws:PrincipalOrgID", "true")),
        deny(given("Null", "aws:PrincipalOrgID", "false")),
      ],
      "yes",
      "yes",
    ],
    [
      "come with a key that another statement demands",
      [allow(given("Null", "aws:Referer", "false")), deny(given("Null", "aws:Referer", "true"))],
      "yes",
      "yes",
    ],
    [
      "come with and without a key",
      [allow(given("Null", "aws:Referer", "false")), deny(given("Null", "aws:Referer", "false"))],
      "no",
      "no",
    ],
    [
      "choose a referer that is not forbidden",
      [allow(given("StringLike", "aws:Referer", "a*")), deny(given("StringEquals", "aws:Referer", "ab"))],
      "yes",
      "yes",
    ],
    [
      "choose a referer, all of which are forbidden by two statements",
      [
        allow(given("StringEquals", "aws:Referer", ["a", "b"])),
        deny(given("StringEquals", "aws:Referer", "a")),
        deny(given("StringLike", "aws:Referer", "b*")),
      ],
      "no",
      "no",
    ],
    [
      "come over TLS, if TLS is used at all",
      [
        allow(given("BoolIfExists", "aws:SecureTransport", "true")),
        deny(given("BoolIfExists", "aws:SecureTransport", "false")),
      ],
      "yes",
      "yes",
    ],
    [
      "bear an account with dashes",
      [allow(given("StringEquals", "aws:SourceOwner", "2222-2222-2222"))],
      "no",
      "no",
    ],
    [
      "bear an account that is an ARN",
      [allow(given("StringEquals", "AWS:SourceOwner", "arn:aws:iam::222222222222:root"))],
      "no",
      "no",
    ],
    [
      "bear an account or nonsense",
      [allow(given("StringEquals", "AWS:SourceOwner", ["arn:aws:iam::2:root", "222222222222"]))],
      "no",
      "yes",
    ],
    [
      "bear an account that is too short",
      [allow(given("StringLike", "aws:PrincipalAccount", "22222"))],
      "no",
      "no",
    ],
    [
      "bear an account that begins so",
      [allow(given("StringLike", "aws:PrincipalAccount", "22222*"))],
      "yes",
      "yes",
    ],
    [
      "bear an organization that is an account",
      [allow(given("StringEquals", "aws:PrincipalOrgID", "222222222222"))],
      "no",
      "no",
    ],
    [
      "bear an organization in capitals",
      [allow(given("StringEquals", "aws:PrincipalOrgID", "O-EVIL"))],
      "no",
      "no",
    ],
    [
      "bear an ARN that is an account",
      [allow(given("ArnLike", "aws:SourceArn", "222222222222"))],
      "no",
      "no",
    ],
    [
      "bear the ARN of a session, which is the role's there",
      [allow(given("ArnLike", "aws:PrincipalArn", "arn:aws:sts::222222222222:assumed-role/admin/*"))],
      "no",
      "no",
    ],
    [
      "are no account with dashes",
      [world, deny(given("StringNotEquals", "aws:PrincipalAccount", "1111-1111-1111"))],
      "no",
      "no",
    ],
    [
      "are denied as an account with dashes",
      [world, deny(given("StringEquals", "aws:PrincipalAccount", "2222-2222-2222"))],
      "yes",
      "yes",
    ],
    ["are true or false", [allow(given("Bool", "aws:SecureTransport", "yes"))], "no", "no"],
    [
      "come from a network, compared as a text",
      [allow(given("StringEquals", "aws:SourceIp", "0.0.0.0/0"))],
      "no",
      "no",
    ],
  ];
  test.each(rows)("%s", (...[, statements, toAnyone, toOutsiders]) => {
    expect({
      anyone: decide(statements, { asker: anyone }).is,
      outsider: decide(statements, { asker: outsider }).is,
    }).toEqual({ anyone: toAnyone, outsider: toOutsiders });
  });
  test("an organization is undecided where one's own is not known", () => {
    const asker: Asker = { kind: "outsider", home: { accounts: ["111111111111"] } };
    expect(decide([allow(given("StringEquals", "aws:PrincipalOrgID", "o-home"))], { asker }).is).toBe(
      "unknown",
    );
  });
});
