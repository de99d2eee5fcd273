import type { AccountChoice } from "./formats/config.js";
import type { Summary } from "./report.js";
import type { Severity } from "./severity.js";

/** A role to assume. `sessionName` shows in CloudTrail; `durationSeconds`: 900 to 43200, at most 3600 for a role that is assumed from another. */
export type RoleStep = {
  readonly arn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  readonly durationSeconds?: number;
};

/** How an account is entered: with the credentials at hand, with a profile, or by roles that are assumed one from the other; the last is in the account. */
export type Entrance =
  | { readonly kind: "own" }
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "roles"; readonly roles: readonly RoleStep[] };

/** One account to judge: the unit of an audit. `regions`: only these; default: those of the config, else all that the account has enabled. */
export type AuditUnit = {
  readonly id: string;
  readonly name?: string;
  readonly partition: string;
  readonly entrance: Entrance;
  readonly regions?: readonly string[];
};

/** An account that is not judged, and why: "is suspended". */
export type SkippedAccount = { readonly id: string; readonly name?: string; readonly because: string };

/** Which accounts an audit judges, sorted by id, and which not. `partial`: only some of its accounts were asked for, so that nothing follows from those that are missing. */
export type AuditTargets = {
  readonly units: readonly AuditUnit[];
  readonly skipped: readonly SkippedAccount[];
  readonly partial?: true;
};

/** What has become of one account: judged, `refused` where it could not be entered, `broken` where our code broke, `died` where it ended the process that judged it, more than once. */
export type UnitOutcome = "judged" | "refused" | "broken" | "died";

/** What happens during an audit, for those who wait and for logs. `milliseconds` is how long the account took. */
export type AuditEvent =
  | {
      readonly event: "audit-started" | "audit-resumed";
      readonly run: string;
      readonly accounts: number;
      readonly finished: number;
      readonly skipped: readonly SkippedAccount[];
    }
  | { readonly event: "account-started"; readonly account: string; readonly name?: string }
  | {
      readonly event: "account-finished";
      readonly account: string;
      readonly name?: string;
      readonly outcome: UnitOutcome;
      readonly summary: Summary;
      readonly gaps: number;
      readonly milliseconds: number;
      readonly because?: string;
    }
  | { readonly event: "audit-merged"; readonly run: string; readonly bytes: number }
  | {
      readonly event: "audit-finished";
      readonly run: string;
      readonly accounts: number;
      readonly summary: Summary;
    };

/** One account in one line: counts of its findings, and of its failures that nobody waived, by severity. `unread`: why none of its regions was judged. */
export type AccountResult = {
  readonly id: string;
  readonly regions: number;
  readonly counts: Summary;
  readonly open: Readonly<Record<Severity, number>>;
  readonly unread?: string;
};

/** One rule that fails somewhere: how often, beside what was accepted, by account. */
export type RuleResult = {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly failing: readonly { readonly account: string; readonly count: number }[];
};

export type { AccountChoice };

/** What to include (default: all) and to exclude. */
export type OrganizationChoice = { readonly include?: AccountChoice; readonly exclude?: AccountChoice };

/** An account of the organization that is active. */
export type MemberAccount = { readonly id: string; readonly name: string };

/** The accounts that were chosen, and those of them that are not to be judged. */
export type Members = {
  readonly accounts: readonly MemberAccount[];
  readonly skipped: readonly SkippedAccount[];
};
