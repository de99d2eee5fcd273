import type { Finding, Summary } from "./report.js";
import type { Severity } from "./severity.js";

/** What a run lets through. */
export type GateOptions = {
  /** The lowest severity that fails the run. */
  readonly failOn: Severity;
  /** `unknown` and `error` do not change the exit code. */
  readonly allowUnknown: boolean;
  /** Failures that the baseline knows do not fail the run. */
  readonly newOnly?: boolean;
  /** So many open failures of a severity are let through. The severity counts whatever `failOn` says. */
  readonly max?: Readonly<Partial<Record<Severity, number>>>;
  /** Thresholds of their own for some rules; where several hold, the lowest. */
  readonly thresholds?: readonly GateThreshold[];
  /** So many open failures are let through in all; without it, none of a severity that `max` does not name. */
  readonly maxFail?: number;
  /** So many verdicts `unknown` or `error` are let through; without it, none. */
  readonly maxUnknown?: number;
};

/** The lowest severity that fails the run, for some rules; `rules` are ids. */
export type GateThreshold = { readonly rules: readonly string[]; readonly failOn: Severity };

/** 0 clean, 1 open failures, 2 bad input or nothing evaluated, 3 could not look everywhere. */
export type ExitCode = 0 | 1 | 2 | 3;

/** How the gate decided, and why in one sentence. */
export type GateVerdict = { readonly exitCode: ExitCode; readonly because: string };

/** What of a finding the gate looks at. */
export type GateFinding = Pick<Finding, "rule" | "severity" | "status" | "waiver" | "baseline" | "reason">;

/** What of a report the gate looks at: the counts, and at least every finding that failed or that is unknown for what lies outside. */
export type GateReport = { readonly summary: Summary; readonly findings: readonly GateFinding[] };
