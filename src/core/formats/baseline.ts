// Generated from the schema of baseline, in schemas/, by `npm run generate`. Do not edit.

/**
 * The failures that were known before; `watchproof baseline update` writes it. A baseline marks failures, it never hides one.
 */
export interface Baseline {
  readonly format: "watchproof-baseline/1";
  /** Sorted by rule, account, region, subject. */
  readonly entries: readonly BaselineEntry[];
}
/** A failure that was known when the baseline was written. */
export interface BaselineEntry {
  /** The finding's id: what is compared. The rest is for people. */
  readonly id: string;
  readonly rule: string;
  readonly account: string;
  /** global for the account. */
  readonly region: string;
  /** ARN, or id where there is none. */
  readonly subject: string;
}
