/** How long and how much a plugin may use. */
export type PluginLimits = {
  /** Milliseconds for importing the module. */
  readonly startTime: number;
  /** Milliseconds for each call. */
  readonly callTime: number;
  /** MB of JavaScript heap. */
  readonly memory: number;
  /** How often one evaluator, collector or reporter is stopped before it is given up. */
  readonly mostStops: number;
};

/** What a plugin may use, where nobody says otherwise. */
export const usualPluginLimits: PluginLimits = {
  startTime: 10_000,
  callTime: 10_000,
  memory: 256,
  mostStops: 2,
};
