import type { Finding } from "./report.js";

/**
 * How a finding stood in a run: it failed (`open`), failed and was accepted (`waived`), passed or did not apply (`closed`), was
 * about something that is not there any more (`gone`), or nobody knows (`unjudged`).
 */
export type LifeState = "open" | "waived" | "closed" | "gone" | "unjudged";

/** What happened to a finding in a run. An unjudged one is never `fixed`; a failure that was once fixed or gone `came back`. */
export type LifeChange =
  | "first seen"
  | "failed"
  | "came back"
  | "fixed"
  | "gone"
  | "seen again"
  | "waived"
  | "waiver ended"
  | "no longer judged"
  | "judged again";

/** A run in which something happened; `because` says why nobody knows, or what the verdict was. */
export type LifeStep = {
  readonly run: string;
  readonly at: string;
  readonly what: LifeChange;
  readonly state: LifeState;
  readonly because: string;
};

/** A finding's life over the runs of a store. */
export type FindingLife = {
  /** As it was found last. */
  readonly finding: Finding;
  readonly state: LifeState;
  /** The last state that was judged; undefined as long as nobody could. */
  readonly settled?: Exclude<LifeState, "unjudged">;
  readonly hasFailed: boolean;
  readonly steps: readonly LifeStep[];
  /** When it was seen failing first, ISO 8601; undefined as long as it never failed. */
  readonly failedFirst?: string;
  /** The newest run that was looked at. */
  readonly until: string;
  /** How long it was in which state, in days: from a run to the one that saw something else, or to the newest. */
  readonly days: Readonly<Record<LifeState, number>>;
};
