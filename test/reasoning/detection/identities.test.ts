import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/core/verdict.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import { isKnownName, knownCalls } from "../../../src/shared/aws/known-calls.js";
import { accountOf, alarm, filter, group, home, ireland, rule, topic, trail, virginia } from "./account.js";

type Options = Parameters<typeof detects.evaluate>[1];

const regions = [ireland, virginia];
const judge = (pattern: string, options: Options): Verdict =>
  detects.evaluate(
    accountOf([trail(), group(), filter(pattern), alarm(), ...topic()], { regions }),
    options,
  )[0]!.verdict;
const custom = (source: string, name: string, more: object = {}): Options => ({
  events: [{ source, names: [name], ...more }],
});
const root: Options = { demand: "root-usage" };
const noMfa: Options = { demand: "console-signin-no-mfa" };
const failures: Options = { demand: "console-auth-failure" };
const refusals: Options = { demand: "unauthorized-api" };
const login = '$.eventName = "ConsoleLogin"';
const signIn = { eventType: "AwsConsoleSignIn" };

describe("what an event's identity fixes", () => {
  it.each([
    [
      "root by its ARN",
      `{ $.userIdentity.arn = "arn:aws:iam::${home}:root" && $.userIdentity.invokedBy NOT EXISTS }`,
    ],
    [
      "root by the end of its ARN",
      '{ $.userIdentity.arn = "*:root" && $.userIdentity.invokedBy NOT EXISTS }',
    ],
    [
      "root by its principal",
      `{ $.userIdentity.principalId = "${home}" && $.userIdentity.invokedBy NOT EXISTS }`,
    ],
    [
      "root, told apart by what it never carries",
      '{ $.userIdentity.type = "Root" && $.userIdentity.identityProvider NOT EXISTS }',
    ],
  ])("%s: heard of", (_, pattern) => {
    expect(judge(pattern, root).status).toBe("pass");
  });

  it.each([
    [
      "an alias that root need not have",
      '{ $.userIdentity.type = "Root" && $.userIdentity.userName EXISTS }',
    ],
    ["an alias", '{ $.userIdentity.type = "Root" && $.userIdentity.userName = * }'],
    [
      "a session that root need not have",
      '{ $.userIdentity.type = "Root" && $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }',
    ],
    ["root of another account", '{ $.userIdentity.arn = "arn:aws:iam::222222222222:root" }'],
  ])("%s: not heard of", (_, pattern) => {
    expect(judge(pattern, root).status).toBe("fail");
  });

  it("a user's sign-in comes through no SAML provider, and has an ARN when it succeeds", () => {
    const base = `${login} && $.additionalEventData.MFAUsed != "Yes"`;
    for (const more of [
      "$.additionalEventData.SamlProviderArn NOT EXISTS",
      '$.responseElements.ConsoleLogin = "Success" && $.additionalEventData.SamlProviderArn NOT EXISTS',
      '$.userIdentity.arn = "arn:aws:iam::*"',
      "$.userIdentity.userName = * && $.userIdentity.invokedBy NOT EXISTS",
    ])
      expect([more, judge(`{ ${base} && ${more} }`, noMfa).status]).toEqual([more, "pass"]);
    expect(judge(`{ ${base} && $.userIdentity.arn = "*role*" }`, noMfa).status).toBe("fail");
    expect(judge(`{ ${base} && $.sourceIPAddress = "10.*" }`, noMfa).status).toBe("fail");
  });

  it("a failed sign-in of an unknown name has no ARN", () => {
    const base = `${login} && $.errorMessage = "Failed authentication"`;
    expect(judge(`{ ${base} }`, failures).status).toBe("pass");
    expect(judge(`{ ${base} && $.responseElements.ConsoleLogin != "Success" }`, failures).status).toBe(
      "pass",
    );
    const byArn = judge(`{ ${base} && $.userIdentity.arn = "arn:*" }`, failures);
    expect(byArn).toMatchObject({
      status: "fail",
      witness: { userIdentity: { type: "IAMUser", userName: "HIDDEN_DUE_TO_SECURITY_REASONS" } },
    });
  });

  it("demands of one's own get the same model", () => {
    const federated = custom("signin.amazonaws.com", "ConsoleLogin", {
      ...signIn,
      fields: { "userIdentity.type": ["AssumedRole"] },
    });
    expect(
      judge(`{ ${login} && $.userIdentity.sessionContext.sessionIssuer.type = "Role" }`, federated).status,
    ).toBe("pass");
    expect(judge(`{ ${login} && $.userIdentity.userName NOT EXISTS }`, federated).status).toBe("pass");
    expect(judge(`{ ${login} && $.additionalEventData.SamlProviderArn NOT EXISTS }`, federated).status).toBe(
      "fail",
    );
    const anyone = custom("signin.amazonaws.com", "ConsoleLogin", signIn);
    expect(judge(`{ ${login} && $.additionalEventData.SamlProviderArn NOT EXISTS }`, anyone)).toMatchObject({
      status: "fail",
      witness: {
        userIdentity: { type: "AssumedRole" },
        additionalEventData: { SamlProviderArn: expect.any(String) },
      },
    });
    const service = custom("ec2.amazonaws.com", "RunInstances", {
      fields: { "userIdentity.type": ["AWSService"] },
    });
    expect(judge("{ $.userIdentity.invokedBy = * }", service).status).toBe("pass");
    expect(judge("{ $.userIdentity.arn = * }", service).status).toBe("fail");
    const strange = custom("ec2.amazonaws.com", "RunInstances", {
      fields: { "userIdentity.type": ["Martian"] },
    });
    expect(judge('{ $.userIdentity.type = "Martian" }', strange).status).toBe("pass");
  });
});

describe("events that can exist", () => {
  const witnesses = (pattern: string, options: Options = root): object => {
    const verdict = judge(pattern, options);
    if (verdict.status !== "fail") return { status: verdict.status };
    const { eventSource, eventName, readOnly } = verdict.witness ?? {};
    return { eventSource, eventName, readOnly };
  };
  const ofRoot = '$.userIdentity.type = "Root"';

  it.each([
    [`{ ${ofRoot} && $.eventName != "ListBuckets" }`, "s3.amazonaws.com", "ListBuckets", true],
    [`{ ${ofRoot} && $.eventSource != "kms.amazonaws.com" }`, "kms.amazonaws.com", "ListKeys", true],
    [`{ ${ofRoot} && $.eventName != "ConsoleLogin" }`, "signin.amazonaws.com", "ConsoleLogin", false],
    [`{ ${ofRoot} && $.eventName != "RunInstances" }`, "ec2.amazonaws.com", "RunInstances", false],
    [`{ ${ofRoot} && $.readOnly IS TRUE }`, "s3.amazonaws.com", "CreateBucket", false],
    [
      `{ ${ofRoot} && $.eventType != "AwsConsoleAction" }`,
      "billingconsole.amazonaws.com",
      "SetContactAddress",
      false,
    ],
  ])("%s misses a real event", (pattern, eventSource, eventName, readOnly) => {
    expect(witnesses(pattern)).toEqual({ eventSource, eventName, readOnly });
  });

  it("a refused call is a real one, too", () => {
    expect(witnesses('{ $.errorCode = "*UnauthorizedOperation" }', refusals)).toEqual({
      eventSource: "s3.amazonaws.com",
      eventName: "ListBuckets",
      readOnly: true,
    });
  });

  it("calls of global services are witnesses in their region alone", () => {
    const verdict = judge(`{ ${ofRoot} && $.eventSource != "iam.amazonaws.com" }`, root);
    expect(verdict).toMatchObject({
      status: "fail",
      witness: { eventSource: "iam.amazonaws.com", region: virginia },
    });
  });

  it("a name or a source that nothing known bears may be left out, which is told", () => {
    expect(judge(`{ ${ofRoot} && $.eventName != "Frobnicate" }`, root)).toMatchObject({
      status: "pass",
      notes: [expect.stringMatching(/events named Frobnicate/u)],
    });
    expect(judge(`{ ${ofRoot} && $.eventSource != "frob.amazonaws.com" }`, root)).toMatchObject({
      status: "pass",
      notes: [expect.stringMatching(/events of frob/u)],
    });
    expect(judge(`{ ${ofRoot} }`, root).notes).toBeUndefined();
  });

  it("words of a pattern are asked of every known call", () => {
    expect(judge("?ListBuckets", refusals).status).toBe("unknown");
    expect(judge('{ $.errorCode = "*" && $.eventName = "*Buckets*" }', refusals).status).toBe("fail");
  });

  it("no name stands twice under one source", () => {
    const keys = knownCalls.map(({ eventSource, eventName }) => `${eventSource} ${eventName}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(isKnownName("HeadBucket")).toBe(false);
  });
});

describe("whether a call reads", () => {
  const half = { $: "$.readOnly IS FALSE" };
  const runs = custom("ec2.amazonaws.com", "RunInstances");

  it("follows from its verb", () => {
    expect(judge(`{ $.eventName = RunInstances && ${half.$} }`, runs).status).toBe("pass");
    const eventRule = rule(
      "runs",
      { source: ["aws.ec2"], detail: { eventName: ["RunInstances"] } },
      { region: virginia },
    );
    const verdict = detects.evaluate(
      accountOf([trail(), eventRule, ...topic()], { regions: [virginia] }),
      runs,
    )[0]!.verdict;
    expect(verdict.status).toBe("pass");
    expect(
      judge(
        `{ $.eventName = DescribeThings && ${half.$} }`,
        custom("athena.amazonaws.com", "DescribeThings"),
      ),
    ).toMatchObject({
      status: "fail",
      witness: { readOnly: true },
    });
  });

  it("is unknown where neither the catalogue nor the verb says it, and no witness is made of it", () => {
    const frob = custom("ec2.amazonaws.com", "Frobnicate");
    expect(judge("{ $.eventName = Frobnicate }", frob).status).toBe("pass");
    const doubt = judge(`{ $.eventName = Frobnicate && ${half.$} }`, frob);
    expect(doubt).toMatchObject({ status: "unknown", reason: "undecidable" });
    expect(JSON.stringify(doubt)).not.toMatch(/"readOnly"|\(read\)|\(write\)/u);
    const missed = judge("{ $.eventName = Other }", frob);
    expect(missed.status).toBe("fail");
    expect(JSON.stringify(missed)).not.toMatch(/"readOnly"|\(read\)|\(write\)/u);
  });

  it("a verb ends where a word begins", () => {
    expect(judge(`{ $.eventName = Settle && ${half.$} }`, custom("ec2.amazonaws.com", "Settle")).status).toBe(
      "unknown",
    );
    expect(judge(`{ $.eventName = SetTle && ${half.$} }`, custom("ec2.amazonaws.com", "SetTle")).status).toBe(
      "pass",
    );
  });
});
