import type { Severity } from "./severity.js";

/** How one audit of a series went: what was open, by severity, and what else was counted. */
export type TrendPoint = {
  /** The run's id in the store. */
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Open failures: neither waived nor below any threshold. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly pass: number;
  readonly unknown: number;
};
