import type { AccountSummary, Finding, Report } from "./report.js";

/**
 * What would become of an account by a template or plan, format `watchproof-what-if/1`. Each finding is one of the report's format,
 * with `declared` where the input says it; each list is in a report's order.
 */
export type WhatIf = {
  readonly format: "watchproof-what-if/1";
  readonly tool: Report["tool"];
  /** The account as it was before, and from where. */
  readonly account: AccountSummary;
  /** Fails after; passed, was unknown, did not apply or was not there before. */
  readonly new: readonly Finding[];
  /** Passed before; nobody can say after. */
  readonly unproven: readonly Finding[];
  /** Nobody can say after, of a subject that was not there before. */
  readonly unjudged: readonly Finding[];
  /** Failed before; passes, does not apply, or its subject is gone after. */
  readonly fixed: readonly Finding[];
  /** Fails before and after. */
  readonly failing: readonly Finding[];
  /** What of the input does it, the most findings first. */
  readonly causes: readonly Cause[];
  /** For a person: what was taken for granted, left out or not judged. */
  readonly notes: readonly string[];
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Why, in one sentence. */
  readonly because: string;
};

/** A change of the input, and the findings in `new` and `unproven` that it brings. */
export type Cause = {
  /** Logical id or plan address of a change that alone suffices; of several that suffice only together, the first. */
  readonly change: string;
  /** All of them, where several suffice only together. */
  readonly changes?: readonly string[];
  /** Ids of findings. */
  readonly findings: readonly string[];
};
