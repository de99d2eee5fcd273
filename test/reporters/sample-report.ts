import type { Report } from "../../src/core/report.js";
import { finding, refused, reportOf, trailFinding } from "./reports.js";

const remediation = {
  text: "Turn on log file validation, so that a changed or deleted log file is noticed.",
  cli: "aws cloudtrail update-trail --name TRAIL --enable-log-file-validation",
};
const trailArn = (name: string, region = "us-east-1"): string =>
  `arn:aws:cloudtrail:${region}:111111111111:trail/${name}`;

/** A report that holds one of everything. */
export const sampleReport: Report = reportOf(
  [
    finding({
      id: "3f1c9a52d0e7b846",
      status: "fail",
      message: "no sink captures CreateVault of glacier.amazonaws.com in eu-west-1, and 3 more events",
      witness: {
        eventSource: "glacier.amazonaws.com",
        eventName: "CreateVault",
        region: "eu-west-1",
        readOnly: false,
        kind: "not captured",
      },
      candidates: [
        {
          ref: trailArn("main"),
          status: "fail",
          brokenLink: "is not multi-region, and its home is us-east-1",
        },
        ...Array.from({ length: 12 }, (_, at) => ({
          ref: trailArn(`team-${at.toString().padStart(2, "0")}`),
          status: "fail" as const,
          brokenLink: "is not logging",
        })),
      ],
      evidence: [
        {
          path: `${trailArn("main")} IsMultiRegionTrail`,
          value: false,
          from: "cloudtrail:DescribeTrails us-east-1",
        },
      ],
      controls: [{ framework: "nist-800-53-r5", id: "AU-12" }],
      remediation: {
        text: "Create a multi-region trail that records all management events.",
        cli: "aws cloudtrail create-trail --name all \\\n  --s3-bucket-name BUCKET \\\n  --is-multi-region-trail",
      },
      references: ["https://docs.aws.amazon.com/amazonglacier/latest/dev/audit-logging.html"],
    }),
    trailFinding("main", {
      status: "fail",
      severity: "low",
      message: "log file validation is off",
      remediation,
    }),
    trailFinding("second", {
      status: "fail",
      severity: "low",
      region: "eu-west-1",
      message: "log file validation is off",
      remediation,
      notes: ["the trail is stopped as well"],
    }),
    trailFinding("sandbox", {
      status: "fail",
      severity: "low",
      message: "log file validation is off",
      remediation,
      waiver: { reason: "sandbox", owner: "platform", lastDay: "2027-01-31" },
    }),
    trailFinding("third", {
      message: "log file validation is on",
      notes: ["the newest digest is 23 hours old"],
    }),
    trailFinding("fourth", { message: "log file validation is on" }),
    finding({
      rule: "cloudtrail.any-trail-logging",
      title: "A trail records",
      message: "trail third records",
    }),
    finding({
      rule: "cloudtrail.lake-kms",
      title: "Event data stores use a customer key",
      severity: "info",
      status: "not-applicable",
      message: "there is no event data store",
    }),
    trailFinding("org", {
      rule: "cloudtrail.delivery-healthy",
      title: "Trails deliver",
      status: "unknown",
      reason: "unreadable",
      message: "whether trail org records could not be read (AccessDenied)",
      evidence: [
        { path: `${trailArn("org")} IsLogging`, value: null, from: "cloudtrail:GetTrailStatus us-east-1" },
      ],
    }),
    finding({
      id: "77aa00bb11cc22dd",
      rule: "cloudtrail.mediapackage-events",
      title: "CloudTrail captures every MediaPackage API call, in every region",
      status: "unknown",
      reason: "unreadable",
      message: "it hangs on trail org, whose selectors could not be read",
      witness: {
        eventSource: "mediapackage.amazonaws.com",
        eventName: "ConfigureLogs",
        region: "eu-west-1",
        readOnly: false,
      },
      candidates: [{ ref: trailArn("org"), status: "unknown", brokenLink: "selectors could not be read" }],
    }),
    finding({
      rule: "glacier.vault-lock",
      title: "Vault locks",
      severity: "low",
      status: "unknown",
      reason: "not-collected",
      message: "AWS::Glacier::Vault is not in this snapshot",
    }),
    finding({
      rule: "kms.rotation",
      title: "Keys rotate",
      severity: "low",
      status: "error",
      message: "evaluator kms-rotation failed: keys is undefined",
    }),
  ],
  {
    accounts: [
      {
        id: "111111111111",
        partition: "aws",
        regions: ["eu-west-1", "us-east-1"],
        excludedRegions: [{ region: "me-central-1", reason: "closed by a service control policy" }],
        source: "live",
        takenAt: "2026-11-20T10:00:00.000Z",
      },
    ],
    gaps: [
      refused("cloudtrail:GetEventSelectors", "us-east-1", { resource: trailArn("org") }),
      refused("cloudtrail:GetTrailStatus", "us-east-1"),
      refused("sns:GetTopicAttributes", "eu-west-1", { type: "AWS::SNS::Topic" }),
      {
        account: "111111111111",
        type: "AWS::SNS::Topic",
        region: "us-east-1",
        reason: "TimedOut",
        action: "sns:ListTopics",
      },
    ],
  },
);
