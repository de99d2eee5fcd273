import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Finding, Report, ReportGap } from "../../src/core/report.js";

const schema = JSON.parse(readFileSync(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What the published schema says against a report; [] where it holds. */
export function schemaErrors(report: unknown): readonly string[] {
  return validate(report)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

/** A finding; only what matters need be said. */
export function finding(part: Partial<Finding> = {}): Finding {
  return {
    id: "f-0001",
    rule: "cloudtrail.glacier-events",
    title: "CloudTrail captures every S3 Glacier API call, in every region",
    severity: "high",
    status: "pass",
    account: "111111111111",
    region: "global",
    subject: { kind: "account", type: "AWS::Account", id: part.account ?? "111111111111" },
    message: "trail main captures every demanded event",
    ...part,
  };
}

/** A finding about a trail. */
export function trailFinding(name: string, part: Partial<Finding> = {}): Finding {
  const region = part.region ?? "us-east-1";
  const arn = `arn:aws:cloudtrail:${region}:111111111111:trail/${name}`;
  return finding({
    id: `f-${name}`,
    rule: "cloudtrail.log-file-validation",
    title: "Trails validate their log files",
    region,
    subject: { kind: "resource", type: "AWS::CloudTrail::Trail", id: name, arn },
    ...part,
  });
}

/** A report of these findings, its counts right. */
export function reportOf(findings: readonly Finding[], part: Partial<Report> = {}): Report {
  const count = (test: (item: Finding) => boolean): number => findings.filter(test).length;
  const accounts = [...new Set(["111111111111", ...findings.map(({ account }) => account)])].map((id) => ({
    id,
    partition: "aws",
    regions: ["eu-west-1", "us-east-1"],
    source: "recorded",
    takenAt: "2026-11-20T10:00:00.000Z",
  }));
  return {
    format: "watchproof-report/1",
    tool: { name: "watchproof", version: "0.1.0" },
    accounts,
    summary: {
      pass: count(({ status }) => status === "pass"),
      fail: count(({ status }) => status === "fail"),
      "not-applicable": count(({ status }) => status === "not-applicable"),
      unknown: count(({ status }) => status === "unknown"),
      error: count(({ status }) => status === "error"),
      waived: count(({ waiver }) => waiver !== undefined),
      known: count(({ baseline }) => baseline === "known"),
      rules: new Set(findings.map(({ rule }) => rule)).size,
    },
    findings,
    gaps: [],
    ...part,
  };
}

/** A refused call. */
export function refused(action: string, region: string, part: Partial<ReportGap> = {}): ReportGap {
  return {
    account: "111111111111",
    type: "AWS::CloudTrail::Trail",
    region,
    reason: "AccessDenied",
    action,
    ...part,
  };
}
