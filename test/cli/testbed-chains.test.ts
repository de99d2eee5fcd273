import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import { readExpectations } from "../support/facts.js";
import type { Expectation } from "../support/facts.js";
import { findingsOf, readReport } from "../support/report.js";
import { runCli } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";

type Status = Finding["status"];

const statusOf = {
  PASS: "pass",
  WARN: "pass",
  FAIL: "fail",
  NOT_EVALUATED: "unknown",
  NOT_APPLICABLE: "not-applicable",
} satisfies Record<Expectation["verdict"], Status>;

/** The events that controls.json names for single rules, as uses of a template. */
const config = `
packs: [logging-monitoring]
use:
  - { template: events.rule-for-pattern, id: testbed.delete-vault, with: { calls: [{ source: glacier.amazonaws.com, names: [DeleteVault] }] } }
  - { template: events.rule-for-pattern, id: testbed.vault-reads, with: { calls: [{ source: glacier.amazonaws.com, names: [DescribeVault, ListVaults] }] } }
  - { template: events.rule-for-pattern, id: testbed.media, with: { service-events: [{ source: aws.mediapackage, detail-type: [MediaPackage Input Notification, MediaPackage HarvestJob Notification] }] } }
`;

/** Control of expected/*.json → the rule whose findings, or their candidates, judge it. */
const judgedBy: Readonly<Record<string, string>> = {
  "monitor.glacier-changes": "alarmchain.glacier-change",
  "monitor.mediapackage-changes": "alarmchain.mediapackage-change",
  "monitor.cloudtrail-changes": "alarmchain.cloudtrail-change",
  "monitor.root-usage": "alarmchain.root-usage",
  "monitor.unauthorized": "alarmchain.unauthorized-api",
  "monitor.kms-disable": "alarmchain.cmk-disable-delete",
  "monitor.config-changes": "alarmchain.config-change",
  "monitor.console-failures": "alarmchain.console-auth-failure",
  "monitor.console-no-mfa": "alarmchain.console-signin-no-mfa",
  "monitor.iam-changes": "alarmchain.iam-policy-change",
  "monitor.s3-policy-changes": "alarmchain.s3-policy-change",
  "events.glacier": "testbed.delete-vault",
  "events.glacier-reads": "testbed.vault-reads",
  "events.mediapackage": "testbed.media",
  "events.s3-restore": "s3.restore-event-rule",
  "events.target": "events.rule-live",
  "logs.retention": "loggroup.retention",
  "logs.kms": "loggroup.kms",
};

/** Verdicts of whole accounts that follow from the same facts; each with its reason. */
const derived: readonly {
  readonly account: keyof typeof accounts;
  readonly rule: string;
  readonly subject?: string;
  readonly status: Status;
  readonly because: string;
}[] = [
  ...[
    "glacier-change",
    "mediapackage-change",
    "cloudtrail-change",
    "root-usage",
    "unauthorized-api",
    "cmk-disable-delete",
    "config-change",
    "console-auth-failure",
    "console-signin-no-mfa",
    "iam-policy-change",
    "s3-policy-change",
  ].map((name) => ({
    account: "compliant" as const,
    rule: `alarmchain.${name}`,
    status: "pass" as const,
    because: "C15–C25: a trail of all regions feeds a complete chain",
  })),
  {
    account: "compliant",
    rule: "alarmchain.vpc-change",
    status: "fail",
    because: "no filter matches calls of EC2",
  },
  {
    account: "compliant",
    rule: "trustedadvisor.event-rule",
    status: "pass",
    because: "c-trusted-advisor routes WARN and ERROR",
  },
  { account: "compliant", rule: "glacier.event-rule", subject: "us-east-1", status: "pass", because: "C30" },
  { account: "broken", rule: "alarmchain.cloudtrail-change", status: "fail", because: "B16, and B01" },
  { account: "broken", rule: "glacier.event-rule", subject: "us-east-1", status: "fail", because: "B24" },
  { account: "management", rule: "alarmchain.cloudtrail-change", status: "fail", because: "M02: no trail" },
  {
    account: "management",
    rule: "loggroup.retention",
    status: "not-applicable",
    because: "no trail names a log group",
  },
];

const rows = readExpectations().flatMap((expectation) => {
  const rule = judgedBy[expectation.control];
  return rule === undefined
    ? []
    : [{ ...expectation, rule, why: expectation.reason ?? expectation.defect ?? "" }];
});

const seen = new Map<string, Report>();

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "watchproof-chains-"));
  const file = join(folder, "watchproof.yaml");
  await writeFile(file, config);
  const wanted = [...Object.values(judgedBy), ...derived.map(({ rule }) => rule)];
  for (const account of Object.values(accounts)) {
    const aws = await startSimulatedAws();
    try {
      const { stdout, stderr } = await runCli(
        [
          "check",
          "--config",
          file,
          ...[...new Set(wanted)].flatMap((rule) => ["--rule", rule]),
          "--format",
          "json",
        ],
        { env: aws.env(account) },
      );
      if (stdout === "") throw new Error(stderr);
      seen.set(account, readReport(stdout));
      expect(aws.misses()).toEqual([]);
    } finally {
      await aws.stop();
    }
  }
  await rm(folder, { recursive: true });
}, 120_000);

/** What a rule says of a resource: its own finding, or its verdict among the candidates of all findings. */
function said(account: string, rule: string, resource: string): readonly Status[] {
  const isMeant = (ref: string | undefined): boolean =>
    ref === resource ||
    (resource.startsWith("filter ") && ref?.endsWith(`:${resource.slice("filter ".length)}`) === true);
  const findings = findingsOf(seen.get(account)!, rule);
  return [
    ...findings.filter(({ subject }) => isMeant(subject.arn)).map(({ status }) => status),
    ...findings.flatMap(({ candidates = [] }) =>
      candidates.filter(({ ref }) => isMeant(ref)).map(({ status }) => status),
    ),
  ];
}

describe("what expected/*.json says of chains and routes", () => {
  it.each(rows)("$id $verdict by $rule: $resource, $why", ({ account, rule, resource, verdict }) => {
    // A rule in no region but its own, and a bucket's rule with each bucket: every verdict about it must be the same.
    expect([...new Set(said(account, rule, resource))]).toEqual([statusOf[verdict]]);
  });

  it("every control of monitor.*, events.* and logs.* is asked", () => {
    const controls = readExpectations()
      .map(({ control }) => control)
      .filter((control) => /^(?:monitor|events|logs)\./u.test(control));
    expect([...new Set(controls)].filter((control) => judgedBy[control] === undefined)).toEqual([]);
  });
});

describe("what follows from it", () => {
  it.each(derived)("$account: $rule is $status ($because)", ({ account, rule, subject, status }) => {
    const about = findingsOf(seen.get(accounts[account])!, rule).filter((finding) =>
      subject === undefined ? finding.subject.kind === "account" : finding.subject.id === subject,
    );
    expect(about.map((finding) => finding.status)).toEqual([status]);
  });
});
