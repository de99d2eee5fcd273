import type { JsonObject } from "../../core/json.js";
import type { Point } from "../../languages/metric-expression/series.js";
import { matchInsightsQuery } from "../../languages/metrics-insights/match.js";
import { readMetricAlarm } from "./alarm.js";
import type { MetricAlarm } from "./alarm.js";
import type { QuerySource } from "./queries.js";
import { statisticOf } from "./series.js";
import { datapointOf, watchedPoints } from "./simulate.js";
import { evaluateWindow } from "./window.js";
import type { WindowState } from "./window.js";
import { greatest, least } from "../../shared/many.js";

/** What a metric filter publishes when it matches once. */
export type Publication = {
  readonly namespace: string;
  readonly metric: string;
  /** The number published for one match. */
  readonly value: number;
  /** Published in minutes with log events but without a match; absent: nothing is. */
  readonly defaultValue?: number;
  /** The names of the dimensions that the filter publishes; their values come from the event. */
  readonly dimensionNames?: readonly string[];
  readonly unit?: string;
  /** The account that it is published in; a query that names this account is one that names none. */
  readonly account?: string;
};

/** Whether an alarm changes to ALARM when one event is published and nothing else happens. `tooComplex`: unknown, since a limit was reached. */
export type EventFiring =
  | { readonly kind: "yes"; readonly notes: readonly string[] }
  | { readonly kind: "no" | "conditional" | "unknown"; readonly why: string; readonly tooComplex?: true };

/** Decides whether a metric alarm (properties of AWS::CloudWatch::Alarm) changes to ALARM on one published event. */
export function firesOnOneEvent(properties: JsonObject, publication: Publication): EventFiring {
  const read = readMetricAlarm(properties);
  if (read.kind === "unknown") return read;
  const { alarm } = read;
  if (alarm.comparison.kind === "band")
    return { kind: "unknown", why: "whether one event leaves a learned band is not decided" };
  const inputs = alarm.ids.flatMap((id) => {
    const source = alarm.queries.get(id);
    return source === undefined || source.kind === "maths"
      ? []
      : [{ id, match: receives(source, publication) }];
  });
  const receiving = inputs.filter(({ match }) => match.kind !== "no");
  const [first] = receiving;
  if (first === undefined) return { kind: "no", why: inputs[0]?.match.why ?? "it watches no metric" };
  if (first.match.kind === "unknown") return { kind: "unknown", why: first.match.why };
  const fired = tryAll(
    alarm,
    receiving.map(({ id }) => id),
    publication,
  );
  return fired.kind === "yes" && first.match.kind === "conditional"
    ? { kind: "conditional", why: first.match.why }
    : fired;
}

type Reception = { readonly kind: "yes" | "no" | "conditional" | "unknown"; readonly why: string };

function receives(
  source: Exclude<QuerySource, { readonly kind: "maths" }>,
  publication: Publication,
): Reception {
  const reception =
    source.kind === "insights" ? receivesByQuery(source, publication) : receivesMetric(source, publication);
  const isElsewhere = source.account !== undefined && source.account !== publication.account;
  return isElsewhere && reception.kind !== "no"
    ? { kind: "unknown", why: `it watches the metric in account ${source.account}` }
    : reception;
}

function receivesMetric(
  source: QuerySource & { readonly kind: "metric" },
  publication: Publication,
): Reception {
  const published = `${publication.namespace} ${publication.metric}`;
  if (`${source.namespace} ${source.metric}` !== published)
    return {
      kind: "no",
      why: `it watches ${source.namespace} ${source.metric}, and the filter publishes ${published}`,
    };
  const unit = publication.unit ?? "None";
  if (source.unit !== undefined && source.unit !== unit)
    return { kind: "no", why: `it watches the unit ${source.unit}, and the filter publishes ${unit}` };
  return receivesDimensions(source.dimensions, publication.dimensionNames ?? []);
}

function receivesDimensions(
  dimensions: Readonly<Record<string, string>>,
  names: readonly string[],
): Reception {
  const watched = Object.keys(dimensions);
  const isSame = watched.length === names.length && watched.every((name) => names.includes(name));
  if (!isSame)
    return {
      kind: "no",
      why: `it watches the dimensions ${watched.join(", ") || "(none)"}, and the filter publishes ${names.join(", ") || "none"}`,
    };
  if (watched.length === 0) return { kind: "yes", why: "" };
  return {
    kind: "conditional",
    why: `it fires only for events with ${watched.map((name) => `${name} ${dimensions[name] ?? ""}`).join(", ")}`,
  };
}

// The series of an event has some value in each dimension: those that the query compares with make it conditional.
function receivesByQuery(
  { query }: QuerySource & { readonly kind: "insights" },
  { namespace, metric, dimensionNames = [], account }: Publication,
): Reception {
  const dimensions = Object.fromEntries(
    dimensionNames.map((name) => [
      name,
      query.where.filter((term) => term.key === name && term.equals).map(({ value }) => value),
    ]),
  );
  const match = matchInsightsQuery(query, {
    namespace,
    metric,
    dimensions,
    selectors: [],
    published: [dimensionNames],
    side: "high",
    ...(account !== undefined && { account }),
  });
  if (match.kind === "no" || match.kind === "unknown") return { kind: match.kind, why: match.why };
  const narrowing = query.where.filter(({ key }) => key !== "AWS.AccountId" || account === undefined);
  const isNarrow = narrowing.length > 0 || match.kind === "conditional" || match.kind === "slice";
  return isNarrow
    ? { kind: "conditional", why: "it fires only for the series that its query keeps" }
    : { kind: "yes", why: "" };
}

/** What fills the periods around the event, what the event's own period holds, and what other inputs are. */
type Scene = { readonly before: Point; readonly event: Point; readonly other: Point };

function tryAll(alarm: MetricAlarm, receiving: readonly string[], publication: Publication): EventFiring {
  const stat = statisticOf(
    alarm.queries.get(receiving[0] ?? "") ?? {
      kind: "maths",
      expression: { kind: "number", value: 0 },
      period: 0,
    },
  );
  const hasOthers = alarm.ids.some(
    (id) => alarm.queries.get(id)?.kind !== "maths" && !receiving.includes(id),
  );
  const others = hasOthers ? [undefined, 0, 1, 1000] : [undefined];
  const scenes = backgrounds(stat, alarm.period, publication).flatMap((background) =>
    others.map((other) => ({ ...background, other })),
  );
  const outcomes = scenes.flatMap((scene) => counting(playScene(alarm, receiving, scene), scene));
  const unknown = outcomes.find(({ kind }) => kind === "unknown");
  const failing = outcomes.filter(({ kind }) => kind === "no");
  if (unknown !== undefined) return unknown;
  const why = failing[0]?.kind === "no" ? failing[0].why : "";
  if (failing.length === outcomes.length) return { kind: "no", why };
  if (failing.length === 0) return outcomes[0] ?? { kind: "unknown", why: "it was not tried" };
  return {
    kind: "conditional",
    why: hasOthers
      ? `whether it fires depends on its other metrics: ${why}`
      : `it fires only if no other log events come in around it: ${why}`,
  };
}

/** With a default value, minutes with other log events hold that; without other log events they hold nothing. */
function backgrounds(
  stat: string,
  period: number,
  { value, defaultValue }: Publication,
): readonly Omit<Scene, "other">[] {
  const alone = { before: undefined, event: aggregate(stat, [value]) };
  if (defaultValue === undefined) return [alone];
  const minutes = Math.max(1, Math.floor(period / 60));
  const quiet = new Array<number>(minutes).fill(defaultValue);
  return [alone, { before: aggregate(stat, quiet), event: aggregate(stat, [value, ...quiet.slice(1)]) }];
}

function aggregate(stat: string, values: readonly number[]): Point {
  const sum = values.reduce((total, value) => total + value, 0);
  if (stat === "Sum") return sum;
  if (stat === "SampleCount") return values.length;
  if (stat === "Maximum") return greatest(values);
  if (stat === "Minimum") return least(values);
  // A percentile among many defaults is the default; the average is close to it.
  return stat === "Average" ? sum / values.length : least(values);
}

// No rule needs a longer window than this to show what one event does.
const LONGEST = 200;

// Where the other metrics are bad by themselves, the alarm has rung already: that is no lack of this one.
function counting(outcome: Outcome, { other = 0 }: Scene): readonly EventFiring[] {
  return outcome.hasRung === true && other > 0 ? [] : [outcome];
}

type Outcome = EventFiring & { readonly hasRung?: boolean };

function playScene(alarm: MetricAlarm, receiving: readonly string[], scene: Scene): Outcome {
  const periods = Math.min(alarm.periods, LONGEST);
  const rule = { periods, datapoints: Math.min(alarm.datapoints, periods), missing: alarm.missing };
  const reach = periods + 2;
  const length = 3 * reach;
  const series = Array.from({ length }, (_, index) => (index === 2 * reach - 1 ? scene.event : scene.before));
  const inputs = new Map(
    alarm.ids.map((id) => [id, receiving.includes(id) ? series : new Array<Point>(length).fill(scene.other)]),
  );
  const watched = watchedPoints(alarm, inputs);
  if ("unknown" in watched) return { kind: "unknown", why: watched.unknown };
  const datapoints = watched.map((point) => datapointOf(alarm, point));
  const stateAt = (end: number): WindowState => evaluateWindow(datapoints.slice(end - reach, end), rule);
  if (stateAt(2 * reach - 1) === "ALARM")
    return {
      kind: "no",
      why: "it is in ALARM while nothing happens, so one event does not change it",
      hasRung: true,
    };
  const firing = Array.from({ length: reach }, (_, step) => stateAt(2 * reach + step)).indexOf("ALARM");
  if (firing < 0)
    return {
      kind: "no",
      why: whyNot(alarm, { breaches: datapoints[2 * reach - 1] === "breach", event: watched[2 * reach - 1] }),
    };
  const isEarly = datapoints.filter((point) => point === "breach").length < rule.datapoints;
  return {
    kind: "yes",
    notes: isEarly
      ? ["it fires although only one datapoint breaches, because nothing but silence follows it"]
      : [],
  };
}

function whyNot(
  { comparison, datapoints, missing }: MetricAlarm,
  { breaches, event }: { readonly breaches: boolean; readonly event: Point },
): string {
  if (breaches)
    return `one breaching datapoint is not enough: it needs ${datapoints.toString()} (TreatMissingData ${missing})`;
  const limit =
    comparison.kind === "threshold"
      ? `${comparison.operator} ${comparison.threshold.toString()}`
      : "its band";
  return event === undefined
    ? "one event leaves it without data"
    : `one event makes ${event.toString()}, which is not ${limit}`;
}
