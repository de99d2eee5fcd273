import type { JsonObject } from "../../core/json.js";
import { readMetricAlarm } from "./alarm.js";
import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import { settingsObjection, directionObjection, thresholdObjection, matchObjection } from "./objections.js";
import type { Question } from "./question.js";
import { findSignals } from "./signals.js";
import { silenceObjection, directSilence, throughOf } from "./silence.js";
import type { Firing, Objection } from "./verdict.js";

/**
 * Decides whether a metric alarm (properties of AWS::CloudWatch::Alarm) covers a demand and can fire.
 * Says nothing about what happens then: actions, targets and mute rules are for others to judge.
 */
export function judgeFiring(properties: JsonObject, demand: MetricDemand): Firing {
  const read = readMetricAlarm(properties);
  if (read.kind === "unknown") return read;
  const { alarm } = read;
  const found = findSignals(alarm, demand);
  if ("kind" in found) return found;
  const [first, ...more] = found.ways;
  return more.reduce(
    (firing, signals) => together(firing, judgeSignals({ alarm, signals, demand })),
    judgeSignals({ alarm, signals: first, demand }),
  );
}

// An expression can see several parts: it sees those that it detects one by one.
function together(firing: Firing, other: Firing): Firing {
  if (firing.kind !== "slice") return other.kind === "slice" ? other : firing;
  if (other.kind !== "slice" || other.slice === undefined || other.shared !== firing.shared) return firing;
  return { ...firing, more: [...(firing.more ?? []), other.slice] };
}

function judgeSignals(question: Question): Firing {
  const match = matchObjection(question);
  const definite = firstObjection(question, [
    settingsObjection,
    directionObjection,
    () => (match?.kind === "no" ? match : undefined),
    directSilence,
    thresholdObjection,
    silenceObjection,
  ]);
  return definite ?? match ?? accept(question);
}

function firstObjection(
  question: Question,
  checks: readonly ((question: Question) => Objection)[],
): Objection {
  for (const [passed, check] of checks.entries()) {
    const objection = check(question);
    if (objection?.kind === "no") return { ...objection, passed };
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function accept(question: Question): Firing {
  const { alarm, signals, demand } = question;
  const { kind, why, slice, shared: isShared } = signals.match;
  const shared = {
    through: throughOf(question),
    delay: alarm.period * alarm.datapoints,
    why,
    notes: notesOn(alarm, demand),
  };
  if (kind === "slice")
    return {
      kind,
      ...shared,
      ...(slice === undefined ? {} : { slice }),
      ...(isShared === undefined ? {} : { shared: isShared }),
    };
  return { kind: kind === "aggregate" || kind === "aggregate-overcount" ? kind : "own", ...shared };
}

function notesOn(alarm: MetricAlarm, demand: MetricDemand): readonly string[] {
  const band = alarm.comparison.kind === "band" ? ["the limit is a band that CloudWatch learns"] : [];
  const isNoisy = demand.side === "high" && demand.sparse === true && alarm.missing === "breaching";
  return isNoisy
    ? [...band, "a period without data counts as breaching, so it is in ALARM whenever nothing happens"]
    : band;
}
