import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import { readExpectations } from "../support/facts.js";
import type { Expectation } from "../support/facts.js";
import { judgeAccounts } from "../support/judged-accounts.js";
import type { JudgedAccount } from "../support/judged-accounts.js";
import { findingsOf } from "../support/report.js";
import { inFolder, root, runCli } from "../support/run-cli.js";
import { accounts } from "../support/simulated-aws.js";

type Status = Finding["status"];
type Row = Expectation & { readonly account: string };
type Find = (findings: readonly Finding[], expectation: Row) => readonly Status[];

const statusOf = {
  PASS: "pass",
  WARN: "pass",
  FAIL: "fail",
  NOT_EVALUATED: "unknown",
  NOT_APPLICABLE: "not-applicable",
} satisfies Record<Expectation["verdict"], Status>;
const statuses = (findings: readonly Finding[]): readonly Status[] => findings.map(({ status }) => status);

const ofResource: Find = (findings, { resource }) =>
  statuses(findings.filter(({ subject }) => subject.arn === resource));
const ofAccount: Find = (findings) => statuses(findings.filter(({ subject }) => subject.kind === "account"));
// Without access there is one finding about the account, and none about a check.
const ofCheck: Find = (findings, expectation) => {
  const about = findings.filter(({ subject }) => subject.id === expectation.resource);
  return about.length > 0 ? statuses(about) : ofAccount(findings, expectation);
};
const ofRegion: Find = (findings, { region }) =>
  statuses(findings.filter(({ subject }) => subject.kind === "region" && subject.id === region));
// Keys are named by an alias there; the recording says which key that is.
const ofKey: Find = (findings, { account, resource }) =>
  statuses(
    findings.filter(
      ({ subject }) =>
        subject.id === resource ||
        keyIds(account, resource).some(
          (id) => subject.id === id || subject.arn?.endsWith(`key/${id}`) === true,
        ),
    ),
  );

const judgedBy: Readonly<Record<string, { readonly rule: string; readonly find: Find }>> = {
  "mediapackage.live-egress-logs": { rule: "mediapackage.egress-access-logs", find: ofResource },
  "mediapackage.live-ingress-logs": { rule: "mediapackage.ingress-access-logs", find: ofResource },
  "mediapackage.vod-egress-logs": { rule: "mediapackage.vod-access-logs", find: ofResource },
  "mediapackagev2.logs": { rule: "mediapackage.v2-access-logs", find: ofResource },
  "glacier.notifications": { rule: "glacier.vault-notifications", find: ofResource },
  "s3.access-logging": { rule: "s3.access-logging", find: ofResource },
  "s3.restore-notification": { rule: "s3.restore-notifications", find: ofResource },
  "trustedadvisor.cloudtrail": { rule: "trustedadvisor.logging-checks-green", find: ofCheck },
  "trustedadvisor.s3-access-logs": { rule: "trustedadvisor.logging-checks-green", find: ofCheck },
  "trustedadvisor.fresh": { rule: "trustedadvisor.checks-fresh", find: ofCheck },
  "trustedadvisor.access": { rule: "trustedadvisor.available", find: ofAccount },
  "config.recorder": { rule: "config.recorder", find: ofRegion },
  "kms.rotation": { rule: "kms.rotation", find: ofKey },
};

const alsoRun = [
  "glacier.vault-lock",
  "s3.access-logging-target",
  "s3.event-notifications",
  "config.delivery",
  "trustedadvisor.no-open-flags",
  "mediapackage.manifest-updates",
];
const rules = [...new Set([...Object.values(judgedBy).map(({ rule }) => rule), ...alsoRun])];

const rows = readExpectations()
  .filter(({ uncertain }) => uncertain !== true)
  .flatMap((expectation) => {
    const judge = judgedBy[expectation.control];
    return judge === undefined
      ? []
      : [{ ...expectation, ...judge, why: expectation.reason ?? expectation.defect ?? "" }];
  });

/** Verdicts that follow from the same facts but have no entry of their own; each with its reason. */
const derived: readonly {
  readonly account: keyof typeof accounts;
  readonly rule: string;
  readonly subject: string;
  readonly status: Status;
  readonly because: string;
}[] = [
  {
    account: "compliant",
    rule: "glacier.vault-lock",
    subject: "c-vault",
    status: "pass",
    because: "its lock is in state Locked",
  },
  {
    account: "compliant",
    rule: "s3.access-logging-target",
    subject: "c-archive-111111111111",
    status: "pass",
    because: "c-access-logs admits the log service, in the same region",
  },
  {
    account: "compliant",
    rule: "s3.event-notifications",
    subject: "c-archive-111111111111",
    status: "pass",
    because: "C34",
  },
  {
    account: "compliant",
    rule: "config.delivery",
    subject: "us-east-1",
    status: "pass",
    because: "its history is delivered",
  },
  {
    account: "compliant",
    rule: "trustedadvisor.no-open-flags",
    subject: "c25hn9x03v",
    status: "pass",
    because: "C41",
  },
  {
    account: "compliant",
    rule: "mediapackage.manifest-updates",
    subject: "c-live-hls",
    status: "unknown",
    because: "no probe was asked for",
  },
  {
    account: "broken",
    rule: "glacier.vault-lock",
    subject: "b-vault",
    status: "fail",
    because: "it has no lock",
  },
  {
    account: "broken",
    rule: "s3.event-notifications",
    subject: "b-archive-222222222222",
    status: "fail",
    because: "B33",
  },
  {
    account: "broken",
    rule: "config.recorder",
    subject: "eu-west-1",
    status: "fail",
    because: "B31: no other region has a recorder",
  },
  {
    account: "broken",
    rule: "trustedadvisor.no-open-flags",
    subject: "c25hn9x03v",
    status: "fail",
    because: "B30",
  },
  {
    account: "broken",
    rule: "trustedadvisor.no-open-flags",
    subject: "c1fd6b96l4",
    status: "pass",
    because: "B41: yellow is a note there",
  },
  {
    account: "tricky",
    rule: "glacier.vault-notifications",
    subject: "t-vault-ok",
    status: "pass",
    because: "both events, a confirmed topic that admits the vault",
  },
  {
    account: "tricky",
    rule: "mediapackage.ingress-access-logs",
    subject: "t-live",
    status: "pass",
    because: "T43: ingress is on",
  },
  {
    account: "management",
    rule: "trustedadvisor.checks-fresh",
    subject: "account",
    status: "unknown",
    because: "M01: no plan",
  },
  {
    account: "management",
    rule: "glacier.vault-notifications",
    subject: "account",
    status: "not-applicable",
    because: "it has no vault",
  },
  {
    account: "management",
    rule: "config.recorder",
    subject: "us-east-1",
    status: "fail",
    because: "absence fails",
  },
];

let seen: ReadonlyMap<string, JudgedAccount>;
beforeAll(async () => {
  seen = await judgeAccounts(rules);
}, 60_000);

const findings = (account: string, rule: string): readonly Finding[] =>
  findingsOf(seen.get(account)!.report, rule);

describe("what expected/*.json says of the recorded accounts", () => {
  it.each(rows)("$id $verdict by $rule: $resource, $why", ({ rule, find, ...expectation }) => {
    expect(find(findings(expectation.account, rule), expectation)).toEqual([statusOf[expectation.verdict]]);
  });

  it("is asked of every control that has a rule", () => {
    expect(Object.keys(judgedBy).filter((control) => !rows.some((row) => row.control === control))).toEqual(
      [],
    );
  });

  it.each(derived)(
    "$account: $rule of $subject is $status ($because)",
    ({ account, rule, subject, status }) => {
      const about = findings(accounts[account], rule).filter((finding) =>
        subject === "account" ? finding.subject.kind === "account" : finding.subject.id === subject,
      );
      expect(statuses(about)).toEqual([status]);
    },
  );
});

describe("how the accounts are read", () => {
  it.each(Object.values(accounts))("%s: every call has an answer, and nothing is asked twice", (account) => {
    expect([seen.get(account)?.misses, seen.get(account)?.stats.repeatedCalls]).toEqual([[], []]);
  });

  it("no password of an ingest endpoint is printed", () => {
    expect(JSON.stringify(seen.get(accounts.broken)!.report)).not.toContain("Password");
  });

  it("a failed v2 group says what is missing (T29)", () => {
    const [finding] = findings(accounts.tricky, "mediapackage.v2-access-logs").filter(
      ({ status }) => status === "fail",
    );
    expect(finding?.message).toContain("has no delivery, and sends nothing");
  });

  it("a refused vault names what to grant (T41)", () => {
    const [finding] = findings(accounts.tricky, "glacier.vault-notifications").filter(
      ({ status }) => status === "unknown",
    );
    expect(finding?.message).toContain("grant glacier:GetVaultNotifications in us-east-1");
  });
});

describe("a rule with a check id that AWS withdrew", () => {
  it("is refused when it loads, with the replacement (T54)", async () => {
    const rule =
      "id: own.trails\ntitle: Trails\nseverity: low\nevaluator: trusted-advisor\nwith: { demand: flags, checks: [vjafUGJ9H0] }\n";
    const { exitCode, stderr } = await inFolder({ "own.yaml": rule }, (cwd) =>
      runCli(["validate", "own.yaml"], { cwd }),
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("own.yaml:5:")]);
    expect(stderr).toContain('write c25hn9x03v, "AWS CloudTrail Management Event(s) Logging"');
  });
});

function keyIds(account: string, alias: string): readonly string[] {
  const tape = readFileSync(`${root}test/support/aws/cassettes/testbed.json`, "utf8");
  const pattern = new RegExp(
    `arn:aws:kms:[a-z0-9-]+:${account}:${alias}[^}]{0,400}?TargetKeyId[\\\\":\\s]+([0-9a-f-]{36})`,
    "gu",
  );
  const reversed = new RegExp(
    `TargetKeyId[\\\\":\\s]+([0-9a-f-]{36})[^}]{0,400}?arn:aws:kms:[a-z0-9-]+:${account}:${alias}\\b`,
    "gu",
  );
  return [...tape.matchAll(pattern), ...tape.matchAll(reversed)].map((match) => match[1] ?? "");
}
