import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import { rangeOfStatistic } from "./levels.js";
import { watchedBounds } from "./simulate.js";
import type { Objection, Signals } from "./verdict.js";

/** What speaks against an anomaly alarm: its band looks the other way, or its expression does not follow the metric. */
export function judgeBand(alarm: MetricAlarm, { ids, stat }: Signals, demand: MetricDemand): Objection {
  const { comparison } = alarm;
  if (comparison.kind !== "band") return undefined;
  const bounds = watchedBounds(alarm, (id) =>
    ids.includes(id) ? rangeOfStatistic(stat, demand) : { lo: 0, hi: Infinity },
  );
  const trends = new Set(ids.map((id) => bounds?.trends.get(id) ?? "none"));
  const [trend] = trends;
  if (bounds === undefined || trend === undefined || trend === "mixed" || trends.size > 1)
    return { kind: "unknown", why: "whether its expression rises with the metric is not decided" };
  if (trend === "none") return { kind: "no", why: `its result does not depend on ${demand.metric}` };
  const looksUp = (demand.side === "high") === (trend === "up");
  if (looksUp ? comparison.above : comparison.below) return undefined;
  return {
    kind: "no",
    why: `it fires ${comparison.above ? "above" : "below"} its band only, and ${demand.side} values are bad`,
  };
}
