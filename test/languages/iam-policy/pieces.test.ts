import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { decidePolicy } from "../../../src/languages/iam-policy/decision.js";
import { parsePolicy } from "../../../src/languages/iam-policy/iam-policy.js";
import type { Policy } from "../../../src/languages/iam-policy/iam-policy.js";
import type { PolicyQuestion } from "../../../src/languages/iam-policy/decision.js";

const outsider = { kind: "outsider", home: { accounts: ["111111111111"], organization: "o-home" } } as const;

function policyOf(statements: readonly JsonObject[]): Policy {
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: statements });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.policy;
}

const numbered = (count: number, name: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => name(at));
const accounts = (count: number): string[] => numbered(count, (at) => String(200_000_000_000 + at));

describe("a policy of many principals, actions and resources", () => {
  test("is decided without multiplying them out", () => {
    const wide = {
      Effect: "Allow",
      Principal: { AWS: accounts(200) },
      Action: numbered(500, (at) => `s3:A${String(at)}`),
      Resource: numbered(200, (at) => `arn:aws:s3:::bucket/${String(at)}`),
    };
    const all = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    expect(decidePolicy(policyOf([wide]), { asker: outsider }).is).toBe("yes");
    expect(decidePolicy(policyOf([wide, all]), { asker: outsider })).toMatchObject({
      is: "no",
      denied: true,
    });
  });

  test("is unknown, and says so, where denials tell apart more pieces than are gone through", () => {
    const count = 60;
    const wide = {
      Sid: "wide",
      Effect: "Allow",
      Principal: { AWS: accounts(count) },
      Action: numbered(count, (at) => `s3:A${String(at)}`),
      Resource: numbered(count, (at) => `arn:aws:s3:::bucket/${String(at)}`),
    };
    const denials = accounts(count).map((account, at) => ({
      Effect: "Deny",
      Principal: { AWS: account },
      Action: `s3:A${String(at)}`,
      Resource: `arn:aws:s3:::bucket/${String(at)}`,
    }));
    const decision = decidePolicy(policyOf([wide, ...denials]), { asker: outsider });
    expect(decision).toMatchObject({ is: "unknown", tooComplex: true, statement: "wide" });
    const open = { Sid: "open", Effect: "Allow", Principal: "*", Action: "s3:Get*", Resource: "*" };
    expect(decidePolicy(policyOf([wide, ...denials, open]), { asker: outsider })).toMatchObject({
      is: "yes",
      statement: "open",
    });
  });
});

const names = fc.subarray(["s3:GetObject", "s3:PutObject", "s3:*", "s3:Get*"], { minLength: 1 });
const places = fc.subarray(["arn:aws:s3:::a/*", "arn:aws:s3:::a/x", "arn:aws:s3:::b", "*"], { minLength: 1 });
const people = fc.subarray(["222222222222", "333333333333", "111111111111", "*"], { minLength: 1 });
const statement = fc
  .record({ Effect: fc.constantFrom("Allow", "Deny"), AWS: people, Action: names, Resource: places })
  .map(({ AWS, ...rest }) => ({ ...rest, Principal: { AWS } }));

/** Each grant written out as one statement for each principal, action and resource. */
function writtenOut({ statements }: Policy): Policy {
  return {
    statements: statements.flatMap((one) =>
      one.effect === "Deny"
        ? [one]
        : one.principals.of.flatMap((principal) =>
            one.actions.of.flatMap((action) =>
              one.resources.of.map((resource) => ({
                ...one,
                principals: { not: false, of: [principal] },
                actions: { not: false, of: [action] },
                resources: { not: false, of: [resource] },
              })),
            ),
          ),
    ),
  };
}

test("pieces that no denial tells apart are decided as all of them written out are", () => {
  const questions: readonly PolicyQuestion[] = [
    { asker: outsider },
    { asker: outsider, action: "s3:GetObject" },
    { asker: { kind: "anyone" }, resource: "arn:aws:s3:::a/x" },
  ];
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), (statements) => {
      const policy = policyOf(statements);
      for (const question of questions)
        expect(decidePolicy(policy, question).is).toBe(decidePolicy(writtenOut(policy), question).is);
    }),
  );
});
