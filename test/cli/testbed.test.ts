import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import { readExpectations } from "../support/facts.js";
import type { Expectation } from "../support/facts.js";
import { findingsOf, readReport } from "../support/report.js";
import { runCli } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { Miss, Stats } from "../support/simulated-aws.js";

type Status = Finding["status"];

const statusOf = {
  PASS: "pass",
  WARN: "pass",
  FAIL: "fail",
  NOT_EVALUATED: "unknown",
  NOT_APPLICABLE: "not-applicable",
} satisfies Record<Expectation["verdict"], Status>;

/** Where a rule's findings say what an expectation is about. */
type Find = (findings: readonly Finding[], expectation: Expectation) => readonly Status[];

const ofAccount: Find = (findings) =>
  findings.filter(({ subject }) => subject.kind === "account").map(({ status }) => status);
const ofResource: Find = (findings, { resource }) =>
  findings.filter(({ subject }) => subject.arn === resource).map(({ status }) => status);
const ofCandidate: Find = (findings, { resource }) =>
  findings.flatMap(({ candidates = [] }) =>
    candidates.filter(({ ref }) => ref === resource).map(({ status }) => status),
  );
const ofAccountOrCandidate: Find = (findings, expectation) =>
  (expectation.resource === "account" ? ofAccount : ofCandidate)(findings, expectation);
const ofAccountOrResource: Find = (findings, expectation) =>
  (expectation.resource === "account" ? ofAccount : ofResource)(findings, expectation);
// "Every region is covered" fails when one is not.
const worstRegion: Find = (findings) =>
  [
    ["fail", "unknown", "pass"].find((status) => findings.some((finding) => finding.status === status)) ??
      "error",
  ] as Status[];

/** The region that a run is narrowed to, or "all". */
type Scope = (expectation: Expectation) => string;

const everywhere: Scope = () => "all";
// controls.json judges a trail "in the regions it covers"; the account, in all.
const inItsRegion: Scope = ({ resource, region }) => (resource === "account" ? "all" : region);

/** Control of expected/*.json → the rules that judge it, in which run, and where its findings say so. New rules add lines here. */
const judgedBy: Readonly<
  Record<string, readonly { readonly rule: string; readonly find: Find; readonly scope: Scope }[]>
> = {
  "cloudtrail.management-events": [
    { rule: "cloudtrail.glacier-events", find: ofAccountOrCandidate, scope: inItsRegion },
    { rule: "cloudtrail.mediapackage-events", find: ofAccountOrCandidate, scope: inItsRegion },
    { rule: "cloudtrail.glacier-events", find: ofAccountOrCandidate, scope: everywhere },
  ],
  "cloudtrail.multi-region": [{ rule: "cloudtrail.trail-per-region", find: worstRegion, scope: everywhere }],
  "cloudtrail.log-validation": [
    { rule: "cloudtrail.log-file-validation", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.logging": [{ rule: "cloudtrail.delivery-healthy", find: ofResource, scope: everywhere }],
  "cloudtrail.global-events": [
    { rule: "cloudtrail.global-service-events", find: ofCandidate, scope: everywhere },
  ],
  "cloudtrail.s3-data-events": [
    { rule: "cloudtrail.glacier-object-events", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.kms": [{ rule: "cloudtrail.kms", find: ofResource, scope: everywhere }],
  "cloudtrail.cloudwatch-logs": [
    { rule: "cloudtrail.cloudwatch-logs-fresh", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.bucket-private": [
    { rule: "cloudtrail.bucket-not-public", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.bucket-access-logging": [
    { rule: "cloudtrail.bucket-access-logging", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.bucket-versioning": [
    { rule: "cloudtrail.bucket-versioning", find: ofResource, scope: everywhere },
  ],
  "cloudtrail.lake": [{ rule: "cloudtrail.lake-multi-region", find: ofAccountOrResource, scope: everywhere }],
};

/** Expectations that say nothing about the account that was checked. */
const elsewhere = new Set([
  "M03", // a suspended member of the organization: the account itself has no finding about it
]);

const rules = ["cloudtrail.*"];

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
    rule: "cloudtrail.glacier-events",
    subject: "account",
    status: "pass",
    because: "C01, C04: c-audit records all management events in every region",
  },
  {
    account: "compliant",
    rule: "cloudtrail.mediapackage-events",
    subject: "account",
    status: "pass",
    because: "C01, C04",
  },
  {
    account: "compliant",
    rule: "cloudtrail.any-trail-logging",
    subject: "account",
    status: "pass",
    because: "C02: c-audit is logging",
  },
  {
    account: "broken",
    rule: "cloudtrail.glacier-events",
    subject: "account",
    status: "fail",
    because: "B01: in us-west-2 there is no trail at all",
  },
  {
    account: "broken",
    rule: "cloudtrail.mediapackage-events",
    subject: "account",
    status: "fail",
    because: "B01",
  },
  {
    account: "broken",
    rule: "cloudtrail.any-trail-logging",
    subject: "account",
    status: "pass",
    because: "B07, B12: b-main and b-nodeliver are logging",
  },
  {
    account: "broken",
    rule: "cloudtrail.trail-per-region",
    subject: "us-east-1",
    status: "pass",
    because: "B12: b-main and b-nodeliver record there",
  },
  {
    account: "broken",
    rule: "cloudtrail.trail-per-region",
    subject: "eu-west-1",
    status: "fail",
    because: "B05: its only trail, b-stopped, is stopped",
  },
  {
    account: "broken",
    rule: "cloudtrail.trail-per-region",
    subject: "us-west-2",
    status: "fail",
    because: "B01: none at all",
  },
  {
    account: "broken",
    rule: "cloudtrail.log-file-validation",
    subject: "b-nodeliver",
    status: "pass",
    because: "LogFileValidationEnabled is true",
  },
  {
    account: "broken",
    rule: "cloudtrail.log-file-validation",
    subject: "b-stopped",
    status: "pass",
    because: "LogFileValidationEnabled is true; whether it runs is another rule's",
  },
  {
    account: "tricky",
    rule: "cloudtrail.any-trail-logging",
    subject: "account",
    status: "pass",
    because: "T01: t-write-only and t-read-only are logging",
  },
  {
    account: "tricky",
    rule: "cloudtrail.trail-per-region",
    subject: "sa-east-1",
    status: "pass",
    because: "T01: shadows of trails that record",
  },
  {
    account: "tricky",
    rule: "cloudtrail.log-file-validation",
    subject: "t-read-only",
    status: "pass",
    because: "LogFileValidationEnabled is true",
  },
  {
    account: "tricky",
    rule: "cloudtrail.log-file-validation",
    subject: "t-stopped",
    status: "pass",
    because: "LogFileValidationEnabled is true",
  },
  {
    account: "tricky",
    rule: "cloudtrail.log-file-validation",
    subject: "org-trail",
    status: "pass",
    because: "DescribeTrails shows it to a member, LogFileValidationEnabled is true",
  },
  {
    account: "compliant",
    rule: "cloudtrail.multi-region-management-rw",
    subject: "account",
    status: "pass",
    because: "C01, C04",
  },
  {
    account: "compliant",
    rule: "cloudtrail.bucket-exists-owned",
    subject: "c-audit",
    status: "pass",
    because: "C09: its bucket is the account's own",
  },
  {
    account: "compliant",
    rule: "cloudtrail.security-trail",
    subject: "account",
    status: "pass",
    because: "C01, C03, C04, C06, C07: c-audit does it all",
  },
  {
    account: "compliant",
    rule: "cloudtrail.lake-kms",
    subject: "c-lake",
    status: "pass",
    because: "its key is named by an alias of the account",
  },
  {
    account: "broken",
    rule: "cloudtrail.multi-region-management-rw",
    subject: "account",
    status: "fail",
    because: "B01",
  },
  {
    account: "broken",
    rule: "cloudtrail.security-trail",
    subject: "account",
    status: "fail",
    because: "B01: no trail is multi-region",
  },
  {
    account: "tricky",
    rule: "cloudtrail.multi-region-management-rw",
    subject: "account",
    status: "pass",
    because: "T07: reads of one, writes of the other",
  },
  {
    account: "tricky",
    rule: "cloudtrail.organization-trail",
    subject: "account",
    status: "pass",
    because: "T40: org-trail is multi-region and logging, and every region shows it",
  },
  {
    account: "tricky",
    rule: "cloudtrail.bucket-access-logging",
    subject: "org-trail-logs-999999999999",
    status: "unknown",
    because: "a bucket of another account",
  },
  {
    account: "tricky",
    rule: "cloudtrail.kms",
    subject: "org-trail",
    status: "unknown",
    because: "a key of another account",
  },
  {
    account: "tricky",
    rule: "cloudtrail.delivery-healthy",
    subject: "org-trail",
    status: "pass",
    because: "log files arrived minutes ago, without an error",
  },
  {
    account: "management",
    rule: "cloudtrail.s3-data-events-all",
    subject: "account",
    status: "fail",
    because: "M02: absence fails",
  },
  {
    account: "management",
    rule: "cloudtrail.delivery-healthy",
    subject: "account",
    status: "fail",
    because: "M02: absence fails",
  },
  {
    account: "management",
    rule: "cloudtrail.bucket-not-public",
    subject: "account",
    status: "not-applicable",
    because: "M02: no trail, no trail's bucket",
  },
  {
    account: "management",
    rule: "cloudtrail.glacier-events",
    subject: "account",
    status: "fail",
    because: "M02: no trail, so nothing is captured",
  },
  {
    account: "management",
    rule: "cloudtrail.mediapackage-events",
    subject: "account",
    status: "fail",
    because: "M02",
  },
  {
    account: "management",
    rule: "cloudtrail.any-trail-logging",
    subject: "account",
    status: "fail",
    because: "M02: absence fails",
  },
  {
    account: "management",
    rule: "cloudtrail.trail-per-region",
    subject: "us-east-1",
    status: "fail",
    because: "M02: absence fails",
  },
  {
    account: "management",
    rule: "cloudtrail.log-file-validation",
    subject: "account",
    status: "fail",
    because: "M02: absence fails",
  },
];

const asserted = readExpectations().filter(({ id, uncertain }) => uncertain !== true && !elsewhere.has(id));
const rows = asserted.flatMap((expectation) =>
  (judgedBy[expectation.control] ?? []).map(({ rule, find, scope }) => ({
    ...expectation,
    rule,
    find,
    where: scope(expectation),
    why: expectation.reason ?? expectation.defect ?? "",
  })),
);

type Seen = { readonly report: Report; readonly stats: Stats; readonly misses: readonly Miss[] };
const seen = new Map<string, Seen>();
const runs = new Set([
  ...Object.values(accounts).map((account) => `${account} all`),
  ...rows.map(({ account, where }) => `${account} ${where}`),
]);

beforeAll(async () => {
  for (const run of runs) {
    const [account = "", where = ""] = run.split(" ");
    const aws = await startSimulatedAws();
    try {
      const words = [
        "check",
        ...rules.flatMap((rule) => ["--rule", rule]),
        ...(where === "all" ? [] : ["--region", where]),
        "--format",
        "json",
      ];
      const { stdout, stderr } = await runCli(words, { env: aws.env(account) });
      if (stdout === "") throw new Error(stderr);
      seen.set(run, { report: readReport(stdout), stats: aws.stats(), misses: aws.misses() });
    } finally {
      await aws.stop();
    }
  }
}, 120_000);

const seenOf = (account: string, where = "all"): Seen => seen.get(`${account} ${where}`)!;
const findings = (account: string, rule: string): readonly Finding[] =>
  findingsOf(seenOf(account).report, rule);

describe("what expected/*.json says of the recorded accounts", () => {
  it.each(rows)(
    "$id $verdict by $rule in $where: $resource, $why",
    ({ account, rule, where, find, ...expectation }) => {
      expect(find(findingsOf(seenOf(account, where).report, rule), expectation)).toEqual([
        statusOf[expectation.verdict],
      ]);
    },
  );

  it("is asked of every control that has a rule", () => {
    expect(Object.keys(judgedBy).filter((control) => !rows.some((row) => row.control === control))).toEqual(
      [],
    );
  });
});

describe("what follows from it", () => {
  it.each(derived)(
    "$account: $rule of $subject is $status ($because)",
    ({ account, rule, subject, status }) => {
      const about = findings(accounts[account], rule).filter((finding) =>
        subject === "account" ? finding.subject.kind === "account" : finding.subject.id === subject,
      );
      expect(about.map((finding) => finding.status)).toEqual([status]);
    },
  );

  it("broken: nothing but us-east-1 has a trail that records", () => {
    const covered = findings(accounts.broken, "cloudtrail.trail-per-region").filter(
      ({ status }) => status === "pass",
    );
    expect(covered.map(({ region }) => region)).toEqual(["us-east-1"]);
  });

  it("broken: the witness is an event that no trail records", () => {
    const { witness } = findings(accounts.broken, "cloudtrail.glacier-events")[0]!;
    expect(witness).toMatchObject({
      eventSource: "glacier.amazonaws.com",
      region: "ap-northeast-1",
      eventName: "AbortMultipartUpload",
      readOnly: false,
    });
  });

  it.each(Object.values(accounts))(
    "%s: each trail is one subject, however many regions show it",
    (account) => {
      const arns = findings(account, "cloudtrail.log-file-validation").map(
        ({ subject }) => subject.arn ?? subject.id,
      );
      expect(new Set(arns).size).toBe(arns.length);
    },
  );

  it.each(Object.values(accounts))("%s: the 17 enabled regions are judged, and no other (T45)", (account) => {
    expect(findings(account, "cloudtrail.trail-per-region").map(({ region }) => region)).toEqual(
      seenOf(account).report.accounts[0]!.regions,
    );
    expect(seenOf(account).report.accounts[0]!.regions).toHaveLength(17);
  });
});

describe("how the accounts are read", () => {
  it.each(Object.values(accounts))("%s: every call has an answer", (account) => {
    expect(seenOf(account).misses).toEqual([]);
  });

  it.each(Object.values(accounts))("%s: nothing is asked twice", (account) => {
    expect(seenOf(account).stats.repeatedCalls).toEqual([]);
  });

  it.each(Object.values(accounts))("%s: DescribeTrails once in each enabled region", (account) => {
    expect(seenOf(account).stats.byOperation["cloudtrail.DescribeTrails"]).toBe(17);
  });

  it.each([
    ["compliant", 1],
    ["broken", 3],
    ["tricky", 8],
    ["management", 0],
  ] as const)("%s: status and selectors once for each of %i trails", (account, trails) => {
    const { byOperation } = seenOf(accounts[account]).stats;
    expect([
      byOperation["cloudtrail.GetTrailStatus"] ?? 0,
      byOperation["cloudtrail.GetEventSelectors"] ?? 0,
    ]).toEqual([trails, trails]);
  });
});
