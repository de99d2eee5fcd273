/** How one datapoint of an alarm counts: below its threshold, beyond it, or not there. */
export type Datapoint = "ok" | "breach" | "missing";

/** TreatMissingData of an alarm. */
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** What an evaluation says; RETAIN keeps the state that the alarm has. */
export type WindowState = "OK" | "ALARM" | "INSUFFICIENT_DATA" | "RETAIN";

/** EvaluationPeriods, DatapointsToAlarm and TreatMissingData of an alarm. */
export type WindowRule = {
  readonly periods: number;
  readonly datapoints: number;
  readonly missing: MissingData;
};

/**
 * Evaluates the newest datapoints of an alarm, oldest first: as many as CloudWatch reads, which are more than `periods`.
 * Where data is missing, older real datapoints take its place; only what is still lacking is treated as `missing` says.
 * Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
 */
export function evaluateWindow(points: readonly Datapoint[], rule: WindowRule): WindowState {
  const real = points.filter((point) => point !== "missing");
  const lacking = Math.max(0, rule.periods - real.length);
  const breaching = real.slice(-rule.periods).filter((point) => point === "breach").length;
  if (breaching >= rule.datapoints) return "ALARM";
  if (lacking === 0 || rule.missing === "notBreaching") return "OK";
  if (rule.missing === "breaching") return breaching + lacking >= rule.datapoints ? "ALARM" : "OK";
  const isMixed = breaching < real.length;
  if (isMixed) return "OK";
  if (rule.missing === "ignore") return "RETAIN";
  if (real.length === 0) return "INSUFFICIENT_DATA";
  // Nothing but breaching and missing since then: CloudWatch does not wait for data that may never come.
  const age = points.length - points.indexOf("breach");
  return age >= rule.datapoints ? "ALARM" : "RETAIN";
}
