import type { Severity } from "./severity.js";

/** What a run lets through. */
export type GateOptions = {
  /** The lowest severity that fails the run. */
  readonly failOn: Severity;
  /** `unknown` and `error` do not change the exit code. */
  readonly allowUnknown: boolean;
};

/** 0 clean, 1 open failures, 2 bad input or nothing evaluated, 3 could not look everywhere. */
export type ExitCode = 0 | 1 | 2 | 3;

/** How the gate decided, and why in one sentence. */
export type GateVerdict = { readonly exitCode: ExitCode; readonly because: string };
