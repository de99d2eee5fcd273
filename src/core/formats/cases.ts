// Generated from the schema of cases, in schemas/, by `npm run generate`. Do not edit.
import type { JsonObject } from "../json.js";

/**
 * Property names and values. A property that is not mentioned is read and not set. A value such as "-5m", "-2h" or "-30d" is that long before takenAt.
 */
export type ResourceBody = JsonObject;
export type ExpectedStatus = "pass" | "fail" | "not-applicable" | "unknown" | "error";

/** Cases of one rule (NAME.test.yaml): an account's state in, verdicts out. `watchproof test` runs them. */
export interface Cases {
  /**
   * The id of a built-in rule or of one in the config, or the path of a rule file, relative to this file. Default: the rule file of the same name beside it.
   */
  readonly rule?: string;
  /** Verdicts that this rule can never give, and why; coverage does not ask for them. */
  readonly impossible?: {
    readonly pass?: string;
    readonly fail?: string;
    readonly unknown?: string;
  };
  /** @minItems 1 */
  readonly cases: readonly Case[];
}
export interface Case {
  /** What the case shows, such as: a stopped trail fails. */
  readonly name: string;
  readonly state?: State;
  /** Instead of state: a file that `watchproof collect` wrote, relative to this file. */
  readonly snapshot?: string;
  /** Options of the rule for this case, over the rule's own, key by key. */
  readonly with?: JsonObject;
  /**
   * Only these regions are judged, as with --region. Default: all of the state.
   *
   * @minItems 1
   */
  readonly judge?: readonly string[];
  /** A verdict that every finding has, or a list that names every finding. */
  readonly expect: ExpectedStatus | (readonly ExpectedFinding[] | ExpectedVerdict);
}
/** An account in the author's words. Without any: an empty account. */
export interface State {
  /** Twelve digits in quotes. Default: "111122223333". */
  readonly account?: string;
  /**
   * The regions looked at. Default: us-east-1.
   *
   * @minItems 1
   */
  readonly regions?: readonly string[];
  /** When the state was read, such as 2026-01-01T00:00:00Z, which is the default. */
  readonly takenAt?: string;
  /** What there is. Types that the rule reads and that are not mentioned are listed and empty. */
  readonly resources?: readonly ResourceEntry[];
  /**
   * Lists that could not be read.
   *
   * @minItems 1
   */
  readonly refused?: readonly Refusal[];
  /**
   * Lists that the snapshot does not hold.
   *
   * @minItems 1
   */
  readonly notCollected?: readonly Omission[];
}
/** A resource type and one resource of it, such as AWS::CloudTrail::Trail: { id: audit, IsLogging: true }. */
export interface ResourceEntry {
  readonly [k: string]: ResourceBody;
}
export interface Refusal {
  /**
   * The resource type whose list was refused, or Watchproof::Account::Regions for the list of enabled regions.
   */
  readonly type: string;
  /** Default: every region of the state. */
  readonly region?: string;
  /** The error's name. Default: AccessDenied. */
  readonly reason?: string;
  /** Default: the IAM action of the call that lists the type. */
  readonly action?: string;
}
export interface Omission {
  readonly type: string;
  /** Default: every region of the state. */
  readonly region?: string;
}
export interface ExpectedFinding {
  /** A resource's id or ARN, a region, or account. */
  readonly subject: string;
  readonly verdict: ExpectedStatus;
  /** The whole message; * stands for any run of characters. */
  readonly message?: string;
  /** Why it is unknown. */
  readonly reason?: "unreadable" | "undecidable" | "not-collected" | "too-complex";
  /** Members that the witness has; others are free. */
  readonly witness?: JsonObject;
}
export interface ExpectedVerdict {
  readonly verdict: ExpectedStatus;
  /** The whole message; * stands for any run of characters. */
  readonly message?: string;
  /** Why it is unknown. */
  readonly reason?: "unreadable" | "undecidable" | "not-collected" | "too-complex";
  /** Members that the witness has; others are free. */
  readonly witness?: JsonObject;
}
