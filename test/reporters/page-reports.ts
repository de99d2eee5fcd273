import type { Report } from "../../src/core/report.js";
import type { TrendPoint } from "../../src/core/trend.js";
import { reportOf, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const link = (
  path: string,
  value: string | boolean,
): { readonly path: string; readonly value: string | boolean; readonly from: string } => ({
  path,
  value,
  from: "logs:DescribeMetricFilters us-east-1",
});

/** The sample report with all that a page marks: waivers and baseline, a chain, notes of the report, a second account. */
export const markedReport: Report = reportOf(
  [
    ...sampleReport.findings,
    trailFinding("old", {
      status: "fail",
      severity: "medium",
      message: "log file validation is off",
      baseline: "known",
    }),
    trailFinding("fresh", {
      status: "fail",
      severity: "critical",
      account: "222222222222",
      message: "log file validation is off",
      baseline: "new",
    }),
    trailFinding("chained", {
      rule: "alarmchain.root-usage",
      title: "Somebody hears of any use of the root user",
      status: "fail",
      message: "nobody hears of ConsoleLogin: filter root: does not match",
      witness: {
        eventName: "ConsoleLogin",
        eventSource: "signin.amazonaws.com",
        region: "us-east-1",
        readOnly: false,
        brokenLink: "filter root: does not match",
      },
      evidence: [
        link("trail: arn:aws:cloudtrail:us-east-1:111111111111:trail/main/IsLogging", true),
        link(
          "log group: arn:aws:cloudtrail:us-east-1:111111111111:trail/main/CloudWatchLogsLogGroupArn",
          "logs",
        ),
        link("filter: logs:root/FilterPattern", '{ $.userIdentity.type = "root" }'),
      ],
      controls: [{ framework: "cis-aws-foundations-5.0.0", id: "4.3" }],
    }),
  ],
  {
    accounts: [
      ...sampleReport.accounts,
      {
        id: "222222222222",
        partition: "aws",
        regions: ["us-east-1"],
        source: "recorded",
        takenAt: "2026-11-20T10:00:00.000Z",
      },
    ],
    gaps: sampleReport.gaps,
    notes: [
      { kind: "waiver-unused", message: "the waiver of s3.* matches no failure", place: "waivers.yaml:4:5" },
    ],
  },
);

/** So many audits, one a day; fewer failures from day to day. */
export function trendOf(audits: number, run = "run"): readonly TrendPoint[] {
  return Array.from({ length: audits }, (_, at) => ({
    run,
    at: new Date(Date.UTC(2026, 9, 1 + at, 3)).toISOString(),
    open: { info: 1, low: 9, medium: Math.max(0, 20 - at), high: 4, critical: at % 2 },
    pass: 200 + at,
    unknown: Math.max(0, 12 - at),
  }));
}
