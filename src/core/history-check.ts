/** What can be wrong with a history. */
export type HistoryProblemKind =
  | "index-altered"
  | "index-missing"
  | "entry-altered"
  | "chain-broken"
  | "run-twice"
  | "removal-wrong"
  | "head-missing"
  | "report-altered"
  | "report-missing"
  | "report-unlisted";

/** Something that shows that a history is not as it was written. `at`: the entry (counted from 1), the run or the file. */
export type HistoryProblem = {
  readonly kind: HistoryProblemKind;
  readonly at: string;
  readonly message: string;
};

/** What a verification came to; without problems, the history is as it was written. */
export type HistoryCheck = {
  readonly problems: readonly HistoryProblem[];
  /** The newest entry's hash: kept elsewhere, it proves later that no newest entry was cut off. Null without entries. */
  readonly head: string | null;
  readonly entries: number;
  /** Runs whose reports are kept, each of which was read. */
  readonly kept: number;
  /** Runs whose reports were removed because they need not be kept. */
  readonly removed: number;
  /** Reports of removed runs that are still there; pruning removes them. */
  readonly leftovers: number;
};
