import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/report.js";
import { reportToAsff, toAsff } from "../../../src/shared/asff/asff.js";
import type { AsffFinding, AsffPlace } from "../../../src/shared/asff/asff.js";
import { asffBatches } from "../../../src/shared/asff/batches.js";
import { asSdkFinding, asffErrors } from "../../reporters/asff.support.js";
import { finding, reportOf, trailFinding } from "../../reporters/reports.js";

const place: AsffPlace = {
  partition: "aws",
  region: "eu-west-1",
  observedAt: "2026-11-20T10:00:00.000Z",
  updatedAt: "2026-11-21T02:00:00.000Z",
  version: "0.1.0",
};
const asffOf = (part: Partial<Finding>, gone?: string): AsffFinding => toAsff(finding(part), place, gone);

describe("the verdict in Security Hub's words", () => {
  it.each<[string, Partial<Finding>, string, string, string | undefined]>([
    ["a pass", { status: "pass" }, "PASSED", "ACTIVE", undefined],
    ["a failure", { status: "fail" }, "FAILED", "ACTIVE", undefined],
    ["a known failure", { status: "fail", baseline: "known" }, "FAILED", "ACTIVE", undefined],
    ["a waived failure", { status: "fail", waiver: { reason: "sandbox" } }, "WARNING", "ACTIVE", "WAIVED"],
    [
      "what could not be read",
      { status: "unknown", reason: "unreadable" },
      "NOT_AVAILABLE",
      "ACTIVE",
      "UNREADABLE",
    ],
    [
      "what does not decide",
      { status: "unknown", reason: "undecidable" },
      "NOT_AVAILABLE",
      "ACTIVE",
      "UNDECIDABLE",
    ],
    [
      "what was not collected",
      { status: "unknown", reason: "not-collected" },
      "NOT_AVAILABLE",
      "ACTIVE",
      "NOT_COLLECTED",
    ],
    ["an error of ours", { status: "error" }, "NOT_AVAILABLE", "ACTIVE", "EVALUATOR_ERROR"],
    ["what does not apply", { status: "not-applicable" }, "NOT_AVAILABLE", "ARCHIVED", "NOT_APPLICABLE"],
  ])("%s", (_, part, status, record, code) => {
    const { Compliance, RecordState } = asffOf(part);
    expect([Compliance.Status, RecordState, Compliance.StatusReasons?.[0]?.ReasonCode]).toEqual([
      status,
      record,
      code,
    ]);
  });

  it("of what is gone is neither passed nor failed, and archived", () => {
    const { Compliance, RecordState } = asffOf({ status: "fail" }, "the subject is no longer there");
    expect(RecordState).toBe("ARCHIVED");
    expect(Compliance).toEqual({
      Status: "NOT_AVAILABLE",
      StatusReasons: [{ ReasonCode: "GONE", Description: "the subject is no longer there" }],
    });
  });

  it.each([
    ["critical", "CRITICAL"],
    ["high", "HIGH"],
    ["medium", "MEDIUM"],
    ["low", "LOW"],
    ["info", "INFORMATIONAL"],
  ] as const)("%s is %s where it fails, INFORMATIONAL where it passes", (severity, label) => {
    const severityOf = (status: Finding["status"]): unknown =>
      asffOf({ severity, status }).FindingProviderFields.Severity;
    expect(severityOf("fail")).toEqual({ Label: label, Original: severity });
    expect(severityOf("pass")).toEqual({ Label: "INFORMATIONAL", Original: severity });
  });
});

describe("a finding in ASFF", () => {
  it("is one that the SDK's own type takes", () => {
    const made = structuredClone(asffOf({ status: "fail" })) as Parameters<typeof asSdkFinding>[0];
    expect(asSdkFinding(made)).toEqual(made);
  });

  it("keeps its id, whatever becomes of the rest", () => {
    expect(asffOf({ id: "abc", status: "fail", message: "x" }).Id).toBe("watchproof-abc");
    expect(asffOf({ id: "abc", status: "pass", severity: "low", title: "other" }).Id).toBe("watchproof-abc");
    const [one, other] = [asffOf({ id: "x".repeat(600) }).Id, asffOf({ id: `${"x".repeat(600)}y` }).Id];
    expect(one).not.toBe(other);
    expect(one.length).toBeLessThanOrEqual(512);
  });

  it.each<[string, Partial<Finding>, object]>([
    ["an account", {}, { Type: "AwsAccount", Id: "AWS::::Account:111111111111", Partition: "aws" }],
    [
      "a region",
      { region: "eu-west-1", subject: { kind: "region", type: "AWS::Region", id: "eu-west-1" } },
      { Type: "AwsAccount", Id: "AWS::::Account:111111111111", Partition: "aws", Region: "eu-west-1" },
    ],
    [
      "a trail",
      trailFinding("main"),
      {
        Type: "AwsCloudTrailTrail",
        Id: "arn:aws:cloudtrail:us-east-1:111111111111:trail/main",
        Partition: "aws",
        Region: "us-east-1",
      },
    ],
    [
      "a type that Security Hub has no name for",
      { region: "eu-west-1", subject: { kind: "resource", type: "AWS::Glacier::Vault", id: "tapes" } },
      { Type: "Other", Id: "tapes", Partition: "aws", Region: "eu-west-1" },
    ],
    [
      "a type with the name of a method",
      { subject: { kind: "resource", type: "constructor", id: "x" } },
      { Type: "Other", Id: "x", Partition: "aws" },
    ],
  ])("names %s", (_, part, resource) => {
    expect(asffOf(part).Resources).toEqual([resource]);
  });

  it("names the standards that its rule belongs to, else best practice", () => {
    const types = (frameworks: readonly string[]): readonly string[] =>
      asffOf({ controls: frameworks.map((framework) => ({ framework, id: "1" })) }).FindingProviderFields
        .Types;
    const standard = "Software and Configuration Checks/Industry and Regulatory Standards";
    expect(types(["nist-800-53-r5", "cis-aws-5.0.0", "cis-aws-foundations-3.0.0", "own"])).toEqual([
      `${standard}/CIS AWS Foundations Benchmark`,
      `${standard}/NIST 800-53 Controls (USA)`,
    ]);
    expect(types(["own"])).toEqual(["Software and Configuration Checks/AWS Security Best Practices"]);
    expect(types([])).toEqual(["Software and Configuration Checks/AWS Security Best Practices"]);
  });

  it("names 32 requirements, and all controls in its own fields", () => {
    const made = asffOf({
      controls: Array.from({ length: 40 }, (_, at) => ({ framework: "own", id: `C-${at.toString()}` })),
    });
    expect(made.Compliance.RelatedRequirements).toHaveLength(32);
    expect(made.Compliance.RelatedRequirements?.[0]).toBe("own C-0");
    expect(made.ProductFields["watchproof/controls"]).toContain("own C-39");
  });

  it("says what proves the failure, how to mend it and where to read on", () => {
    const made = asffOf({
      status: "fail",
      message: "no trail records it",
      witness: { eventName: "CreateVault", eventSource: "glacier.amazonaws.com" },
      remediation: { text: " Create a trail. " },
      references: ["http://plain", "https://docs.aws.amazon.com/x"],
    });
    expect(made.Description).toBe("no trail records it. Witness: CreateVault of glacier.amazonaws.com");
    expect(made.Remediation).toEqual({
      Recommendation: { Text: "Create a trail.", Url: "https://docs.aws.amazon.com/x" },
    });
  });
});

describe("a report in ASFF", () => {
  it.each([
    ["aws", "eu-west-1", "arn:aws:securityhub:eu-west-1:111111111111:product/111111111111/default"],
    ["aws-cn", "global", "arn:aws-cn:securityhub:cn-north-1:111111111111:product/111111111111/default"],
    [
      "aws-us-gov",
      "global",
      "arn:aws-us-gov:securityhub:us-gov-west-1:111111111111:product/111111111111/default",
    ],
    ["aws", "global", "arn:aws:securityhub:us-east-1:111111111111:product/111111111111/default"],
  ])("is imported in %s as %s under %s, at the time when the account was read", (partition, region, arn) => {
    const report = reportOf([finding({ region })]);
    const [made] = reportToAsff({
      ...report,
      accounts: report.accounts.map((account) => ({
        ...account,
        partition,
        takenAt: "2026-01-02T03:04:05.000Z",
      })),
    });
    expect(made).toMatchObject({
      ProductArn: arn,
      CreatedAt: "2026-01-02T03:04:05.000Z",
      UpdatedAt: "2026-01-02T03:04:05.000Z",
    });
  });

  it("drops no finding of an account that it does not list", () => {
    const made = reportToAsff({ ...reportOf([finding({ region: "cn-north-1" })]), accounts: [] });
    expect(made.map(({ ProductArn }) => ProductArn.split(":")[1])).toEqual(["aws-cn"]);
    expect(asffErrors([{ Findings: made }])).toEqual([]);
  });
});

it("batches hold no more than 6 MB, and every finding in its order", () => {
  const large = Array.from({ length: 60 }, (_, at) => asffOf({ id: at.toString(), notes: ["x"] }));
  // No finding of ours is as large as Security Hub allows, so that these are made so.
  const findings = large.map((made) => ({ ...made, ProductFields: { filler: "ä".repeat(120_000) } }));
  const batches = asffBatches(findings);
  expect(batches.map(({ length }) => length)).toEqual([24, 24, 12]);
  for (const Findings of batches)
    expect(Buffer.byteLength(JSON.stringify({ Findings }))).toBeLessThan(6_000_000);
  expect(batches.flat()).toEqual(findings);
});
