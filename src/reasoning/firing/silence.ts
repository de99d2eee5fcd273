import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import { levelsOf } from "./levels.js";
import { judgeProbes } from "./maths.js";
import { probedInputs } from "./question.js";
import type { Question } from "./question.js";
import type { Objection, Signals, Through } from "./verdict.js";

/** Whether missing datapoints make the alarm fire: on the low side of a metric that falls silent, they must do it. */
export function silenceFires({ alarm, demand, signals: { ids } }: Question): boolean {
  if (!isSilenceTrouble(demand)) return false;
  const isQuery = ids.some((id) => alarm.queries.get(id)?.kind === "insights");
  if (isQuery) return alarm.hasInsufficientDataActions && !isGrouped(alarm, ids);
  return alarm.missing === "breaching" || (alarm.missing === "missing" && alarm.hasInsufficientDataActions);
}

function isGrouped(alarm: MetricAlarm, ids: readonly string[]): boolean {
  return ids.some((id) => {
    const source = alarm.queries.get(id);
    return source?.kind === "insights" && source.query.groupBy.length > 0;
  });
}

/** That silence is the trouble, and nothing fires on it. */
export function silenceObjection(question: Question): Objection {
  const { alarm, signals, demand } = question;
  if (!isSilenceTrouble(demand) || silenceFires(question) || fillsSilence(question)) return undefined;
  return { kind: "no", why: silenceWhy(alarm, signals) };
}

/** The same where no expression could fill the gaps: silence decides there before any threshold does. */
export function directSilence(question: Question): Objection {
  return question.signals.ids.includes(question.alarm.watched) ? silenceObjection(question) : undefined;
}

function isSilenceTrouble({ side, sparse }: MetricDemand): boolean {
  return side === "low" && sparse === true;
}

/** Which action list tells about the trouble. */
export function throughOf(question: Question): Through {
  const { alarm, signals, demand } = question;
  if (!isSilenceTrouble(demand) || fillsSilence(question)) return "ALARM";
  const isQuery = signals.ids.some((id) => alarm.queries.get(id)?.kind === "insights");
  return alarm.missing === "breaching" && !isQuery ? "ALARM" : "INSUFFICIENT_DATA";
}

function fillsSilence(question: Question): boolean {
  const { alarm, signals, demand } = question;
  if (signals.ids.includes(alarm.watched) || alarm.comparison.kind === "band") return false;
  const levels = { good: levelsOf(signals.stat, demand, 0).good, bad: [undefined] };
  return (
    judgeProbes(alarm, {
      inputs: probedInputs(question),
      levels,
      breaches: (point) => point === "breach",
      demand,
      stat: signals.stat,
    }) === undefined
  );
}

function silenceWhy(alarm: MetricAlarm, { ids }: Signals): string {
  if (isGrouped(alarm, ids))
    return "a series that falls silent leaves the query's result, which counts as OK";
  if (alarm.missing === "missing")
    return "silence ends in INSUFFICIENT_DATA, and there is no action for that";
  return `silence is treated as ${alarm.missing === "ignore" ? "no news: the state stays" : "fine"} (TreatMissingData ${alarm.missing})`;
}
