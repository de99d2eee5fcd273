import type { AuditUnit } from "../../core/audit.js";
import type { Report, ReportGap } from "../../core/report.js";
import type { Unreadable } from "../../core/resource.js";
import type { SelectedRule } from "../../core/rule.js";
import { IDENTITY_TYPE } from "../../core/snapshot.js";
import { version } from "../../core/version.js";
import type { Verdict } from "../../core/verdict.js";
import { overrideRules } from "../../engine/apply-overrides.js";
import type { Override } from "../../engine/apply-overrides.js";
import { canonical, findingOf } from "../../engine/evaluate-rules.js";
import { summarize } from "../../engine/summarize.js";

/** Why nothing could be said about an account: it could not be read, or our code broke. `because` is what failed, as in a gap. */
export type Unread = {
  readonly status: "unknown" | "error";
  readonly message: string;
  readonly because: Unreadable;
};

/** What an account was to be judged by, and when that was tried (ISO 8601). */
export type Asked = {
  readonly rules: readonly SelectedRule[];
  readonly overrides: readonly Override[];
  readonly at: string;
};

/**
 * The report of an account about which nothing can be said: a finding for each of its rules, so that nobody takes them for held or
 * mended, no region judged, and a gap.
 */
export function unreadReport(
  { id, partition, entrance }: AuditUnit,
  { status, message, because }: Unread,
  { rules, overrides, at }: Asked,
): Report {
  const verdict: Verdict =
    status === "error" ? { status, message } : { status, reason: "unreadable", message };
  const subject = { kind: "account" as const, type: "AWS::Account", id };
  const findings = overrideRules(rules, overrides, id)
    .map((rule) => findingOf(rule, { id }, { subject, region: "global", verdict }))
    .sort(canonical);
  const role = entrance.kind === "roles" ? entrance.roles.at(-1)?.arn : undefined;
  const { region = "global", ...facts } = because;
  const type = because.action === "sts:AssumeRole" ? "AWS::IAM::Role" : IDENTITY_TYPE;
  const gap: ReportGap = {
    account: id,
    type,
    region,
    ...facts,
    ...(role === undefined ? {} : { resource: role }),
  };
  return {
    format: "watchproof-report/1",
    tool: { name: "watchproof", version },
    accounts: [{ id, partition, regions: [], source: "live", takenAt: at }],
    summary: summarize(findings, rules.length),
    findings,
    gaps: [gap],
  };
}
