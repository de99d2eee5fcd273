/** What open failures can be counted by. */
export type TrendKey = "severity" | "rule" | "account" | "control";
/** All of these, in the order of help texts. */
export const trendKeys: readonly TrendKey[] = ["severity", "rule", "account", "control"];

/** One run of a trend: open failures by key (what none failed is not named), and how many verdicts were unknown or errors. `judged`: the keys of which something was decided; undefined where that is not known by key. */
export type CountedRun = {
  readonly run: string;
  readonly at: string;
  readonly open: ReadonlyMap<string, number>;
  readonly unknown: number;
  readonly judged?: ReadonlySet<string>;
};

/** How many failures were open in each run, by something; the oldest run first. */
export type TrendSeries = { readonly by: TrendKey; readonly runs: readonly CountedRun[] };
