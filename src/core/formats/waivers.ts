// Generated from the schema of waivers, in schemas/, by `npm run generate`. Do not edit.

/** Failures that somebody accepts until a day. A waiver marks a failure, it never hides one. */
export interface Waivers {
  readonly waivers: readonly Waiver[];
}
/** Accepts failures of a rule until a day, with a reason. */
export interface Waiver {
  /** A rule id, or a pattern with *. */
  readonly rule: string;
  /**
   * The id or the ARN of what fails, or a pattern with *. Of the account it is its number, of a region its name.
   */
  readonly subject: string;
  /** Twelve digits in quotes. Default: every account. */
  readonly account?: string;
  /** The subject's region; global for the account. Default: every region. */
  readonly region?: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds: YYYY-MM-DD, UTC. */
  readonly expires: string;
  /** Where the work is tracked. */
  readonly ticket?: string;
}
