import { rangeStatistic } from "./range-statistic.js";
import { judgeBand } from "./band.js";
import { isDaily } from "./demand.js";
import type { MetricDemand } from "./demand.js";
import { isShare, levelsOf, rangeOfStatistic } from "./levels.js";
import { judgeProbes } from "./maths.js";
import { probedInputs } from "./question.js";
import type { Question } from "./question.js";
import { roleOf } from "./series.js";
import { silenceFires } from "./silence.js";
import { watchedBounds } from "./simulate.js";
import type { Objection } from "./verdict.js";
import type { Datapoint } from "./window.js";

/** That its unit, its delay or its period never lets the alarm fire in time. */
export function settingsObjection({ alarm, signals, demand }: Question): Objection {
  const source = alarm.queries.get(signals.ids[0] ?? "");
  if (
    source?.kind === "metric" &&
    demand.unit !== undefined &&
    source.unit !== undefined &&
    source.unit !== demand.unit
  ) {
    return {
      kind: "no",
      why: `its unit ${source.unit} is not the published unit ${demand.unit}, so it never has data`,
    };
  }
  const delay = alarm.period * alarm.datapoints;
  const isLate = demand.maxDelay !== undefined && delay > demand.maxDelay;
  return (
    dailyObjection({ alarm, signals, demand }) ??
    (isLate
      ? {
          kind: "no",
          why: `it needs ${delay.toString()} s to fire, and ${demand.maxDelay.toString()} s are allowed`,
        }
      : undefined)
  );
}

function dailyObjection({ alarm, signals, demand }: Question): Objection {
  if (!isDaily(demand)) return undefined;
  if (signals.ids.some((id) => alarm.queries.get(id)?.kind === "insights")) {
    return {
      kind: "no",
      why: "a Metrics Insights alarm sees three hours of data, and the metric comes once a day",
    };
  }
  return alarm.period < 86_400
    ? { kind: "no", why: `the metric comes once a day, and its period is ${alarm.period.toString()} s` }
    : undefined;
}

/** That it fires on the other side. */
export function directionObjection({ alarm, signals, demand }: Question): Objection {
  const { comparison, watched } = alarm;
  if (comparison.kind === "band" || !signals.ids.includes(watched)) return undefined;
  const looksUp = comparison.operator.startsWith(">");
  if (looksUp === (demand.side === "high")) return undefined;
  // A share or a number of values can look from the other side: fewer fast answers are more slow ones.
  if (["PR", "TC"].includes(rangeStatistic(signals.stat)?.kind ?? "")) return undefined;
  return {
    kind: "no",
    why: `it fires on ${looksUp ? "high" : "low"} values, and ${demand.side} ones are bad`,
  };
}

/** That the limit is never passed, or passed too soon or too late. */
export function thresholdObjection(question: Question): Objection {
  const { alarm, signals, demand } = question;
  if (alarm.comparison.kind === "band") return judgeBand(alarm, signals, demand);
  const levels = levelsOf(signals.stat, demand, alarm.comparison.threshold);
  const bySilence = silenceFires(question);
  const outOfReach = bySilence ? undefined : reachObjection(question);
  const breaches = (point: Datapoint): boolean => point === "breach" || (point === "missing" && bySilence);
  return (
    outOfReach ??
    judgeProbes(alarm, { inputs: probedInputs(question), levels, breaches, demand, stat: signals.stat })
  );
}

function reachObjection({ alarm, signals, demand }: Question): Objection {
  const { comparison } = alarm;
  if (comparison.kind === "band") return undefined;
  const rangeOf = (id: string): { readonly lo: number; readonly hi: number } => {
    const source = alarm.queries.get(id);
    if (signals.ids.includes(id)) return rangeOfStatistic(signals.stat, demand);
    return source?.kind === "metric" && roleOf(source, demand) !== "other"
      ? { lo: 0, hi: Infinity }
      : { lo: -Infinity, hi: Infinity };
  };
  const bounds = watchedBounds(alarm, rangeOf);
  if (bounds === undefined) return undefined;
  const { operator, threshold } = comparison;
  const never = {
    ">": bounds.hi <= threshold,
    ">=": bounds.hi < threshold,
    "<": bounds.lo >= threshold,
    "<=": bounds.lo > threshold,
  }[operator];
  if (!never) return undefined;
  const isUp = operator.startsWith(">");
  const what = signals.ids.includes(alarm.watched)
    ? describeStatistic(signals.stat, demand)
    : "its expression";
  const extreme = isUp ? bounds.hi : bounds.lo;
  return {
    kind: "no",
    why: `${what} is never ${isUp ? "above" : "below"} ${extreme.toString()}, so ${operator} ${threshold.toString()} cannot hold`,
    witness: { [isUp ? "highest" : "lowest"]: extreme, operator, threshold },
  };
}

function describeStatistic(stat: string, { values }: MetricDemand): string {
  return isShare(stat, values) ? `the ${stat} of 0/1 values` : `the ${stat}`;
}

/** That the series it watches holds others, too, which hide the trouble; or that this depends. */
export function matchObjection(question: Question): Objection {
  const { match, stat } = question.signals;
  if (match.kind === "unknown") return { kind: "unknown", why: match.why };
  if (match.kind === "conditional") return { kind: "conditional", why: match.why, needs: match.why };
  if (match.kind !== "aggregate" && match.kind !== "aggregate-overcount" && match.shared !== true)
    return undefined;
  if (question.demand.side === "low") return { kind: "no", why: `${match.why}: the others hide the loss` };
  if (stat !== "Sum" && stat !== "Maximum")
    return { kind: "no", why: `${match.why}: the others dilute the ${stat}` };
  const hasTotal = [...probedInputs(question).others.values()].includes("total");
  if (hasTotal) return { kind: "no", why: `${match.why}: the others dilute the rate` };
  return unprovenObjection(question);
}

// CloudWatch rolls nothing up: a series without a dimension exists only where somebody publishes it so.
function unprovenObjection({ alarm, signals }: Question): Objection {
  const isProven = alarm.hasSeenData && signals.ids.includes(alarm.watched);
  return signals.match.unproven !== true || isProven
    ? undefined
    : {
        kind: "unknown",
        why: `${signals.match.why}, if such a series is published: CloudWatch adds no series up, and its state tells of no datapoint`,
        atBest: "aggregate",
      };
}
