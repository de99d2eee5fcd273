import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { readExpectations } from "../support/facts.js";
import type { Expectation } from "../support/facts.js";
import { judgeAccounts } from "../support/judged-accounts.js";
import type { JudgedAccount } from "../support/judged-accounts.js";
import { findingsOf } from "../support/report.js";
import { accounts } from "../support/simulated-aws.js";

type Status = Finding["status"];

const statusOf = {
  PASS: "pass",
  WARN: "pass",
  FAIL: "fail",
  NOT_EVALUATED: "unknown",
  NOT_APPLICABLE: "not-applicable",
} satisfies Record<Expectation["verdict"], Status>;

/** Control of expected/*.json → the rule that judges it. */
const judgedBy: Readonly<Record<string, string>> = {
  // controls.json: errors or latency. The rule demands both and lost input: the run asks for one of the egress metrics.
  "alarm.mediapackage-egress": "alarm.key-metrics-mediapackage",
  "sns.confirmed": "sns.confirmed-subscription",
  "sns.encrypted": "sns.topic-encrypted",
  "sns.not-public": "sns.topic-not-public",
  "s3.request-metrics": "s3.request-metrics",
};

const config = `
overrides:
  - rule: alarm.key-metrics-mediapackage
    with: { only: [egress-4xx, egress-5xx, egress-response-time], need: some }
`;

const rules = [
  ...new Set(Object.values(judgedBy)),
  "alarm.reaches-someone",
  "alarm.action-target-live",
  "alarm.has-alarm-action",
  "alarm.actions-enabled",
  "alarm.composite-actions",
];

const rows = readExpectations()
  .filter(({ uncertain }) => uncertain !== true)
  .flatMap((expectation) => {
    const rule = judgedBy[expectation.control];
    return rule === undefined
      ? []
      : [{ ...expectation, rule, why: expectation.reason ?? expectation.defect ?? "" }];
  });

/** Verdicts about single alarms that follow from the chain of a monitoring control, whose facts name the broken link. */
const derived: readonly {
  readonly account: keyof typeof accounts;
  readonly rule: string;
  readonly subject: string;
  readonly status: Status;
  readonly because: string;
}[] = [
  {
    account: "broken",
    rule: "alarm.has-alarm-action",
    subject: "b-trail-changes",
    status: "fail",
    because: "B16: no action",
  },
  {
    account: "broken",
    rule: "alarm.actions-enabled",
    subject: "b-root",
    status: "fail",
    because: "B17: actions off",
  },
  { account: "broken", rule: "alarm.reaches-someone", subject: "b-root", status: "fail", because: "B17" },
  {
    account: "broken",
    rule: "alarm.action-target-live",
    subject: "b-kms",
    status: "fail",
    because: "B18: the topic does not exist",
  },
  { account: "broken", rule: "alarm.reaches-someone", subject: "b-kms", status: "fail", because: "B18" },
  {
    account: "broken",
    rule: "alarm.reaches-someone",
    subject: "b-config",
    status: "fail",
    because: "B19: the topic has no subscription",
  },
  {
    account: "broken",
    rule: "alarm.action-target-live",
    subject: "b-config",
    status: "pass",
    because: "B19: the topic exists and admits CloudWatch",
  },
  {
    account: "compliant",
    rule: "alarm.reaches-someone",
    subject: "c-live-egress-5xx",
    status: "pass",
    because: "C27, C28: two confirmed, a key that admits CloudWatch",
  },
  {
    account: "compliant",
    rule: "alarm.composite-actions",
    subject: "c-live-unhealthy",
    status: "pass",
    because: "it notifies c-security",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-mediapackage-child",
    status: "pass",
    because: "T09: the composite above it has an action",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-s3-policy-child",
    status: "fail",
    because: "T10: its composite is never in ALARM",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-trail",
    status: "fail",
    because: "T11: actions off",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-kms",
    status: "fail",
    because: "T12: only OK and INSUFFICIENT_DATA actions",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-config",
    status: "fail",
    because: "T13: every subscription is pending",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-nomfa",
    status: "pass",
    because: "T39: one of two is confirmed",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-glacier-lambda",
    status: "unknown",
    because: "T46: a function",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-glacier-aws-key",
    status: "fail",
    because: "T49: alias/aws/sns",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-glacier-queue",
    status: "unknown",
    because: "T51: only a queue",
  },
  {
    account: "tricky",
    rule: "alarm.reaches-someone",
    subject: "t-glacier-default-policy",
    status: "pass",
    because: "T53: the default policy is enough for CloudWatch",
  },
];

let seen: ReadonlyMap<string, JudgedAccount>;
beforeAll(async () => {
  seen = await judgeAccounts(rules, { "watchproof.yaml": config });
}, 120_000);

const seenOf = (account: string): JudgedAccount => seen.get(account)!;

describe("what expected/*.json says of alarms and topics", () => {
  it.each(rows)("$id $verdict by $rule: $resource, $why", ({ account, rule, resource, verdict }) => {
    const found = findingsOf(seenOf(account).report, rule).filter(({ subject }) => subject.arn === resource);
    expect(found.map(({ status }) => status)).toEqual([statusOf[verdict]]);
  });

  it("is asked of every control that has a rule", () => {
    expect(Object.keys(judgedBy).filter((control) => !rows.some((row) => row.control === control))).toEqual(
      [],
    );
  });

  it.each(derived)(
    "$account: $rule of $subject is $status ($because)",
    ({ account, rule, subject, status }) => {
      expect(
        findingsOf(seenOf(accounts[account]).report, rule)
          .filter((finding) => finding.subject.id === subject)
          .map((finding) => finding.status),
      ).toEqual([status]);
    },
  );

  it("the alarms that b-live needs are computed", () => {
    const [finding] = findingsOf(seenOf(accounts.broken).report, "alarm.key-metrics-mediapackage").filter(
      ({ subject }) => subject.id === "b-live",
    );
    expect(finding?.remediation?.cli).toContain("Name=Channel,Value=b-live");
  });
});

describe("how the accounts are read", () => {
  it.each(Object.values(accounts))("%s: every call has an answer, and nothing is asked twice", (account) => {
    expect(seenOf(account).misses).toEqual([]);
    expect(seenOf(account).stats.repeatedCalls).toEqual([]);
  });

  it.each(Object.values(accounts))("%s: alarms of all kinds once in each enabled region", (account) => {
    expect(seenOf(account).stats.byOperation["monitoring.DescribeAlarms"]).toBe(17);
  });

  it.each(Object.values(accounts))(
    "%s: topics are not listed, only those that something notifies are read",
    (account) => {
      expect(seenOf(account).stats.byOperation["sns.ListTopics"] ?? 0).toBe(0);
    },
  );
});
