import type { AccountSummary, Finding, Report, ReportGap } from "../core/report.js";
import { changesOf } from "./changes.js";
import type { Change } from "./changes.js";
import type { OptionInUse } from "./options.js";
import type { RuleExplanation } from "./explain-rule.js";
import { causesOf, gapsNamed } from "../shared/text/gap-causes.js";
import type { Cause } from "../shared/text/gap-causes.js";

/** A finding, step by step. */
export type FindingExplanation = {
  readonly finding: Finding;
  /** Where and when the account was read; absent where the report does not say. */
  readonly account?: AccountSummary;
  /** What the rule was asked with, where the rule is known. */
  readonly options?: readonly OptionInUse[];
  /** Why something could not be read, as far as it matters to this finding. */
  readonly causes: readonly Cause[];
  /** How many gaps the account has that cannot change this verdict: its rule does not read what they hide. */
  readonly harmlessGaps: number;
  /** Of a pass or a failure: what its rule reads and could not be read. The verdict was reached without it. */
  readonly withoutAnswer: readonly Cause[];
  readonly changes: readonly Change[];
};

/** The findings of a report whose id begins with these characters. */
export function findFindings({ findings }: Report, prefix: string): readonly Finding[] {
  return findings.filter(({ id }) => id.startsWith(prefix.toLowerCase()));
}

/** Explains a finding of a report: what decided it, and what would change it. `rule`: its rule's explanation, where it is at hand. */
export function explainFinding(
  report: Report,
  finding: Finding,
  rule?: Pick<RuleExplanation, "options" | "reads">,
): FindingExplanation {
  const account = report.accounts.find(({ id }) => id === finding.account);
  const gaps = report.gaps.filter((gap) => gap.account === finding.account);
  const read = gaps.filter((gap) => isRead(gap, rule));
  const causes = finding.status === "unknown" && finding.reason === "unreadable" ? behind(finding, read) : [];
  const isDecided = finding.status === "pass" || finding.status === "fail";
  return {
    finding,
    ...(account === undefined ? {} : { account }),
    ...(rule === undefined ? {} : { options: rule.options }),
    causes,
    harmlessGaps: isDecided ? gaps.length - read.length : 0,
    withoutAnswer: isDecided ? causesOf(read) : [],
    changes: changesOf(finding, causes),
  };
}

// Where the rule is not at hand, it may read anything.
function isRead({ type }: ReportGap, rule: Pick<RuleExplanation, "reads"> | undefined): boolean {
  return (
    rule === undefined ||
    type.startsWith("Watchproof::") ||
    rule.reads.some((reading) => reading.type === type)
  );
}

// Another region's gap is behind a finding about one region only where the finding names it.
function behind(finding: Finding, gaps: readonly ReportGap[]): readonly Cause[] {
  const named = causesOf(gapsNamed(finding, gaps));
  if (named.length > 0) return named;
  const isNear = ({ region }: ReportGap): boolean =>
    finding.subject.kind !== "region" || region === finding.region || region === "global";
  return causesOf(gaps.filter(isNear));
}
