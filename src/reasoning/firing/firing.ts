import type { JsonObject } from "../../core/json.js";
import { readMetricAlarm, type MetricAlarm } from "./alarm.js";
import { judgeBand } from "./band.js";
import { isDaily, type MetricDemand } from "./demand.js";
import { isShare, levelsOf, rangeOfStatistic } from "./levels.js";
import { judgeProbes } from "./maths.js";
import type { ProbedInputs } from "./probe.js";
import { isSignal, matchSource, roleOf, statisticOf, type SeriesMatch } from "./series.js";
import { watchedBounds } from "./simulate.js";
import type { Firing, Objection, Signals, Through } from "./verdict.js";
import type { Datapoint } from "./window.js";

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
  for (const check of checks) {
    const objection = check(question);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

type Question = { readonly alarm: MetricAlarm; readonly signals: Signals; readonly demand: MetricDemand };

type Ways = { readonly ways: readonly [Signals, ...Signals[]] };

function findSignals(
  alarm: MetricAlarm,
  demand: MetricDemand,
): Ways | (Firing & { readonly kind: "no" | "unknown" }) {
  const inputs = alarm.ids.flatMap((id) => {
    const source = alarm.queries.get(id);
    return source === undefined || source.kind === "maths"
      ? []
      : [{ id, source, match: matchSource(source, demand) }];
  });
  const seen = inputs.filter(({ match }) => match.kind !== "no");
  const carrying = seen.filter(({ source }) => isSignal(source, demand));
  const [best] = carrying.toSorted(
    (a, b) => PREFERENCE.indexOf(a.match.kind) - PREFERENCE.indexOf(b.match.kind),
  );
  const [stray] = seen;
  if (best !== undefined) {
    const stat = statisticOf(best.source);
    const ids = carrying
      .filter(({ match, source }) => match.kind === best.match.kind && statisticOf(source) === stat)
      .map(({ id }) => id);
    return {
      ways: [
        { ids: best.match.kind === "slice" ? [best.id] : ids, stat, match: best.match },
        ...otherParts(carrying, best),
      ],
    };
  }
  if (stray !== undefined)
    return {
      kind: "no",
      why: `its statistic ${statisticOf(stray.source)} does not show the trouble`,
      witness: { statistic: statisticOf(stray.source) },
    };
  return { kind: "no", why: strangersWhy(alarm, demand, inputs) };
}

type Input = {
  readonly id: string;
  readonly source: Parameters<typeof statisticOf>[0];
  readonly match: SeriesMatch;
};

function otherParts(carrying: readonly Input[], best: Input): readonly Signals[] {
  const parts =
    best.match.kind === "slice"
      ? carrying.filter((input) => input !== best && input.match.kind === "slice")
      : [];
  return parts.map(({ id, source, match }) => ({ ids: [id], stat: statisticOf(source), match }));
}

const PREFERENCE: readonly string[] = [
  "own",
  "aggregate",
  "aggregate-overcount",
  "slice",
  "conditional",
  "unknown",
];

// An input of the right name that misses by its dimensions says more than one of another name; so does the series left unused.
function strangersWhy(
  alarm: MetricAlarm,
  demand: MetricDemand,
  inputs: readonly {
    readonly match: SeriesMatch;
    readonly source: { readonly kind: string; readonly metric?: string };
  }[],
): string {
  const unused = [...alarm.queries].find(
    ([id, source]) => !alarm.ids.includes(id) && matchSource(source, demand).kind === "own",
  );
  if (unused !== undefined) return `its result does not use ${unused[0]}`;
  const near =
    inputs.find(({ source }) => source.kind === "insights" || source.metric === demand.metric) ?? inputs[0];
  return near?.match.why ?? "it watches no metric";
}

function settingsObjection({ alarm, signals, demand }: Question): Objection {
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

function directionObjection({ alarm, signals, demand }: Question): Objection {
  const { comparison, watched } = alarm;
  if (comparison.kind === "band" || !signals.ids.includes(watched)) return undefined;
  const looksUp = comparison.operator.startsWith(">");
  if (looksUp === (demand.side === "high")) return undefined;
  return {
    kind: "no",
    why: `it fires on ${looksUp ? "high" : "low"} values, and ${demand.side} ones are bad`,
  };
}

function thresholdObjection(question: Question): Objection {
  const { alarm, signals, demand } = question;
  if (alarm.comparison.kind === "band") return judgeBand(alarm, signals, demand);
  const levels = levelsOf(signals.stat, demand, alarm.comparison.threshold);
  const bySilence = silenceFires(question);
  const outOfReach = bySilence ? undefined : reachObjection(question);
  const breaches = (point: Datapoint): boolean => point === "breach" || (point === "missing" && bySilence);
  return outOfReach ?? judgeProbes(alarm, { inputs: probedInputs(question), levels, breaches, demand });
}

function probedInputs({ alarm, signals, demand }: Question): ProbedInputs {
  const others = alarm.ids.flatMap((id) => {
    const source = alarm.queries.get(id);
    return source === undefined || source.kind === "maths" || signals.ids.includes(id)
      ? []
      : [[id, roleOf(source, demand)] as const];
  });
  return { signals: signals.ids, others: new Map(others), isShare: isShare(signals.stat, demand.values) };
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

// On the low side of a metric that falls silent, the missing datapoints must do it.
function silenceFires({ alarm, demand, signals: { ids } }: Question): boolean {
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

function matchObjection(question: Question): Objection {
  const { match, stat } = question.signals;
  if (match.kind === "unknown") return { kind: "unknown", why: match.why };
  if (match.kind === "conditional") return { kind: "conditional", why: match.why, needs: match.why };
  if (match.kind !== "aggregate" && match.kind !== "aggregate-overcount" && match.shared !== true)
    return undefined;
  if (question.demand.side === "low") return { kind: "no", why: `${match.why}: the others hide the loss` };
  if (stat !== "Sum" && stat !== "Maximum")
    return { kind: "no", why: `${match.why}: the others dilute the ${stat}` };
  const hasTotal = [...probedInputs(question).others.values()].includes("total");
  return hasTotal ? { kind: "no", why: `${match.why}: the others dilute the rate` } : undefined;
}

function silenceObjection(question: Question): Objection {
  const { alarm, signals, demand } = question;
  if (!isSilenceTrouble(demand) || silenceFires(question) || fillsSilence(question)) return undefined;
  return { kind: "no", why: silenceWhy(alarm, signals) };
}

// Without an expression that could fill the gaps, silence decides before any threshold does.
function directSilence(question: Question): Objection {
  return question.signals.ids.includes(question.alarm.watched) ? silenceObjection(question) : undefined;
}

function isSilenceTrouble({ side, sparse }: MetricDemand): boolean {
  return side === "low" && sparse === true;
}

function throughOf(question: Question): Through {
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
