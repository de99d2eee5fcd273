// Generated from the schema of history, in schemas/, by `npm run generate`. Do not edit.

/** The id of a run. */
export type RunId = string;
/** A SHA-256, in hexadecimal. */
export type Hash = string;

/**
 * The index of a report store (index.json): every audit that was kept there, and every removal, each entry with the hash of the one before.
 */
export interface History {
  readonly format: "watchproof-history/1";
  /** In the order in which they were written. */
  readonly entries: readonly (RunEntry | RemovalEntry)[];
}
/** An audit. */
export interface RunEntry {
  readonly run: RunId;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The report's key in the store: runs/<run>.json.gz. */
  readonly report: string;
  /** Of the report file's bytes. */
  readonly sha256: string;
  /** The hash of the entry before; null for the first. */
  readonly previous: Hash | null;
  /** A SHA-256, in hexadecimal. */
  readonly hash: string;
  readonly summary: RunSummary;
}
/** What an audit came to. */
export interface RunSummary {
  /** The version of Watchproof. */
  readonly tool: string;
  readonly accounts: number;
  readonly rules: number;
  readonly counts: RunCounts;
  readonly open: OpenCounts;
}
/** The summary of the report. */
export interface RunCounts {
  readonly pass: number;
  readonly fail: number;
  readonly "not-applicable": number;
  readonly unknown: number;
  readonly error: number;
  readonly waived: number;
  readonly known: number;
  readonly rules: number;
}
/** Failures that nobody waived. */
export interface OpenCounts {
  readonly info: number;
  readonly low: number;
  readonly medium: number;
  readonly high: number;
  readonly critical: number;
}
/** Reports that were removed because they need not be kept any longer. The entries of their runs stay. */
export interface RemovalEntry {
  /**
   * Runs.
   *
   * @minItems 1
   */
  readonly removed: readonly RunId[];
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The hash of the entry before; null for the first. */
  readonly previous: Hash | null;
  /** A SHA-256, in hexadecimal. */
  readonly hash: string;
}
