import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import { isShare } from "./levels.js";
import type { ProbedInputs } from "./probe.js";
import { roleOf } from "./series.js";
import type { Signals } from "./verdict.js";

/** Whether an alarm fires by these of its inputs when this demand goes bad. */
export type Question = {
  readonly alarm: MetricAlarm;
  readonly signals: Signals;
  readonly demand: MetricDemand;
};

/** What is put into the inputs of an alarm to try it: the signals, and the role that each other input has in the demand. */
export function probedInputs({ alarm, signals, demand }: Question): ProbedInputs {
  const others = alarm.ids.flatMap((id) => {
    const source = alarm.queries.get(id);
    return source === undefined || source.kind === "maths" || signals.ids.includes(id)
      ? []
      : [[id, roleOf(source, demand)] as const];
  });
  return { signals: signals.ids, others: new Map(others), isShare: isShare(signals.stat, demand.values) };
}
