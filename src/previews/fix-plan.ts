import type { Change } from "../core/change.js";
import type { Finding } from "../core/report.js";

/** How a change is made: in words and, where they are known, as commands or templates. */
export type FixWords = {
  readonly text: string;
  readonly cli?: string;
  readonly cloudformation?: string;
  readonly terraform?: string;
  /** What it costs, or takes away. */
  readonly costs?: string;
};

/** One step: a change, and the failures that it ends, as they were before it. */
export type FixStep = FixWords & { readonly changes: readonly Change[]; readonly ends: readonly Finding[] };

/** A change that would mend something and break what passes. */
export type LeftOut = FixWords & { readonly changes: readonly Change[]; readonly breaks: readonly Finding[] };

/** What to mend first, format `watchproof-fix/1`. Applied in order, the steps leave exactly the failures in `left`. */
export type Fix = {
  readonly format: "watchproof-fix/1";
  readonly account: string;
  readonly takenAt: string;
  /** How many failures there were. */
  readonly failing: number;
  readonly steps: readonly FixStep[];
  readonly leftOut: readonly LeftOut[];
  /** The failures that no computed change ends. */
  readonly left: readonly Finding[];
};
