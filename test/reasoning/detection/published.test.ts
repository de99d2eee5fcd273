import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/core/verdict.js";
import { detects } from "../../../src/evaluators/detection/detects.js";
import type { DemandName } from "../../../src/reasoning/detection/demanded-events.js";
import published from "../../languages/data/cis-controls.json" with { type: "json" };
import { accountOf, alarm, filter, group, topic, trail } from "./account.js";

const demands: readonly DemandName[] = [
  "root-usage",
  "unauthorized-api",
  "console-signin-no-mfa",
  "iam-policy-change",
  "cloudtrail-change",
  "console-auth-failure",
  "cmk-disable-delete",
  "s3-policy-change",
  "config-change",
  "security-group-change",
  "nacl-change",
  "gateway-change",
  "route-table-change",
  "vpc-change",
  "organizations-change",
];

const or = (names: readonly string[]): string => names.map((name) => `($.eventName = ${name})`).join(" || ");
const judge = (pattern: string, demand: DemandName): Verdict =>
  detects.evaluate(accountOf([trail(), group(), filter(pattern), alarm(), ...topic()]), { demand })[0]!
    .verdict;

const texts = published.map((control, at) => {
  const {
    pattern,
    E = [],
    from5 = [],
    source,
  } = control as { pattern?: string; E?: string[]; from5?: string[]; source?: string };
  const names = or([...E, ...from5]);
  return {
    demand: demands[at]!,
    pattern:
      pattern ?? (source === undefined ? `{ ${names} }` : `{ ($.eventSource = ${source}) && (${names}) }`),
  };
});

describe("the filters that CIS publishes", () => {
  it.each(texts)("$demand: the published pattern hears of everything", ({ demand, pattern }) => {
    expect(judge(pattern, demand).status).toBe("pass");
  });

  it.each(texts)("$demand: no other demand is met by it by accident", ({ demand, pattern }) => {
    const met = demands.filter((other) => other !== demand && judge(pattern, other).status === "pass");
    // Refused calls and root use are found by their outcome and caller, never by these names.
    expect(met).toEqual([]);
  });

  it.each(texts.filter(({ pattern }) => pattern.includes(" || ($.eventName")))(
    "$demand: without its last name it does not",
    ({ demand, pattern }) => {
      const names = [...pattern.matchAll(/eventName = (\w+)/gu)].map(([, name]) => name!);
      const last = names.at(-1)!;
      expect(judge(pattern.replace(` || ($.eventName = ${last})`, ""), demand)).toMatchObject({
        status: "fail",
        witness: { eventName: last },
      });
    },
  );
});

const unauthorized = '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")';
const groups =
  "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup".split(
    " ",
  );
const routes =
  "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable".split(
    " ",
  );

const variants: readonly {
  readonly title: string;
  readonly demand: DemandName;
  readonly pattern: string;
  readonly says: RegExp;
}[] = [
  {
    title: "1.4 lets everything in, which covers it and is told as too broad",
    demand: "unauthorized-api",
    pattern: `{ ${unauthorized} || ($.sourceIPAddress != "delivery.logs.amazonaws.com") || ($.eventName != "HeadBucket") }`,
    says: /^pass .*matches nearly every event/u,
  },
  {
    title: "later texts leave out the log delivery service and HeadBucket, of refusals only",
    demand: "unauthorized-api",
    pattern: `{ ${unauthorized} && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }`,
    says: /^pass/u,
  },
  {
    title: "leaving out a real call is another matter",
    demand: "unauthorized-api",
    pattern:
      '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventName != "GetBucketPolicy") }',
    says: /^fail .*GetBucketPolicy/u,
  },
  {
    title: "one spelling of a refusal is not all",
    demand: "unauthorized-api",
    pattern: '{ ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    says: /^fail .*Client\.UnauthorizedOperation/u,
  },
  {
    title: "3.0 forgets the brackets after the source, which changes nothing",
    demand: "route-table-change",
    pattern: `{ ($.eventSource = ec2.amazonaws.com) && ${or(routes)} }`,
    says: /^pass/u,
  },
  {
    title: "filters before 5.0 leave out ModifySecurityGroupRules",
    demand: "security-group-change",
    pattern: `{ ${or(groups)} }`,
    says: /^fail .*ModifySecurityGroupRules/u,
  },
  {
    title: "lost quotes make a pattern that AWS refuses",
    demand: "console-auth-failure",
    pattern: "{ ($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication) }",
    says: /^fail .*would refuse/u,
  },
  {
    title: "the two first terms suffice for sign-ins without MFA",
    demand: "console-signin-no-mfa",
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    says: /^pass/u,
  },
  {
    title: "asking for the opposite does not",
    demand: "console-signin-no-mfa",
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed = "Yes") }',
    says: /^fail/u,
  },
  {
    title: "root in another order",
    demand: "root-usage",
    pattern:
      '{ $.eventType != "AwsServiceEvent" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type = "Root" }',
    says: /^pass/u,
  },
  {
    title: "root's calls without its sign-ins",
    demand: "root-usage",
    pattern: '{ $.userIdentity.type = "Root" && $.eventType = "AwsApiCall" }',
    says: /^fail .*AwsConsole/u,
  },
  {
    title: "root and IAM user at once",
    demand: "root-usage",
    pattern: '{ ($.userIdentity.type = "Root") && ($.userIdentity.type = "IAMUser") }',
    says: /^fail/u,
  },
  {
    title: "the API's name of the lifecycle call, which CloudTrail does not use",
    demand: "s3-policy-change",
    pattern: `{ ($.eventSource = s3.amazonaws.com) && (($.eventName = "PutBucketLifecycleConfiguration") || ${or("PutBucketAcl PutBucketPolicy PutBucketCors PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication".split(" "))}) }`,
    says: /^fail .*PutBucketLifecycle /u,
  },
  {
    title: "one source of three",
    demand: "mediapackage-change",
    pattern: '{ ($.eventSource = "mediapackage.amazonaws.com") && ($.eventName = "*") }',
    says: /^fail .*mediapackage-vod/u,
  },
  {
    title: "all three by prefix",
    demand: "mediapackage-change",
    pattern: '{ $.eventSource = "mediapackage*" }',
    says: /^pass/u,
  },
];

describe("published texts with a flaw, and their kin", () => {
  it.each(variants)("$demand: $title", ({ demand, pattern, says }) => {
    const verdict = judge(pattern, demand);
    expect(
      `${verdict.status} ${verdict.message} ${JSON.stringify("witness" in verdict ? verdict.witness : {})} ${(verdict.notes ?? []).join()}`,
    ).toMatch(says);
  });
});
