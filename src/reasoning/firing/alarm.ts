import type { JsonObject } from "../../core/json.js";
import { closureOf } from "../../languages/metric-expression/closure.js";
import type { QueryGraph } from "../../languages/metric-expression/closure.js";
import { workOf } from "../../languages/metric-expression/work.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { readPlain, readQueries, isSet, textAt, numberAt } from "./queries.js";
import type { QuerySource, Unreadable } from "./queries.js";
import type { MissingData } from "./window.js";
import { greatest } from "../../shared/many.js";

/** A comparison of a datapoint with a fixed threshold, or with a band that CloudWatch learns. */
export type Comparison =
  | { readonly kind: "threshold"; readonly operator: ">" | ">=" | "<" | "<="; readonly threshold: number }
  | { readonly kind: "band"; readonly above: boolean; readonly below: boolean };

/** A metric alarm, reduced to what decides whether it fires. `ids` are the queries that `watched` depends on, dependencies first. */
export type MetricAlarm = {
  readonly queries: ReadonlyMap<string, QuerySource>;
  readonly watched: string;
  readonly ids: readonly string[];
  readonly comparison: Comparison;
  readonly periods: number;
  readonly datapoints: number;
  readonly missing: MissingData;
  /** The longest period that the watched series depends on, in seconds. */
  readonly period: number;
  readonly hasInsufficientDataActions: boolean;
  /** Whether its state tells of a datapoint of what it watches now. */
  readonly hasSeenData: boolean;
};

/** The alarm, or why it cannot be analysed. `tooComplex`: a limit was reached. */
export type ReadAlarm =
  { readonly kind: "alarm"; readonly alarm: MetricAlarm } | ({ readonly kind: "unknown" } & Unreadable);

// What AWS accepts (ten metrics, expressions of 2,048 characters) stays below; an expression is tried out some dozen times.
const MOST_WORK = 20_000;

const BASIC = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
} as const satisfies Record<string, string>;

const BANDS = {
  LessThanLowerOrGreaterThanUpperThreshold: { kind: "band", above: true, below: true },
  LessThanLowerThreshold: { kind: "band", above: false, below: true },
  GreaterThanUpperThreshold: { kind: "band", above: true, below: false },
} as const satisfies Record<string, Comparison>;

/** Reads the properties of an AWS::CloudWatch::Alarm (CloudFormation's names, null = not set). */
export function readMetricAlarm(properties: JsonObject): ReadAlarm {
  const other = otherKind(properties);
  if (other !== undefined) return unreadable({ why: other });
  const queries = new Map<string, QuerySource>();
  const problem = isSet(properties["Metrics"])
    ? readQueries(properties["Metrics"], queries)
    : readPlain(properties, queries);
  if (problem !== undefined) return unreadable(problem);
  const comparison = readComparison(properties);
  const watched = watchedQuery(properties, [...queries.keys()]);
  if (comparison === undefined || watched === undefined)
    return unreadable({ why: "its threshold, operator or watched query is not readable" });
  const graph: QueryGraph = new Map(
    [...queries].map(([id, source]) => [id, source.kind === "maths" ? source.expression : undefined]),
  );
  const closure = closureOf(graph, watched);
  if (closure.kind === "broken") return unreadable(closure);
  if (workOf(graph, closure.ids) > MOST_WORK)
    return unreadable({ why: "its expressions together are too large to be tried out", tooComplex: true });
  const periods = numberAt(properties, "EvaluationPeriods") ?? 1;
  const datapoints = numberAt(properties, "DatapointsToAlarm") ?? periods;
  const { ids } = closure;
  const missing = readMissing(properties, queries);
  const alarm = {
    queries,
    watched,
    ids,
    comparison,
    periods,
    datapoints,
    missing,
    period: longestPeriod(ids, queries),
    hasInsufficientDataActions: hasActions(properties),
    hasSeenData: hasSeenData(properties),
  };
  return alarm.period > 0 ? { kind: "alarm", alarm } : unreadable({ why: "its period is not readable" });
}

function otherKind(properties: JsonObject): string | undefined {
  if (isSet(properties["EvaluationCriteria"])) return "it evaluates a PromQL query, which is not analysed";
  if (isSet(properties["ScheduledQueryConfiguration"]))
    return "it evaluates a log query, which is not analysed";
  return isSet(properties["AlarmRule"]) ? "it watches other alarms, not a metric" : undefined;
}

function readComparison(properties: JsonObject): Comparison | undefined {
  const operator = textAt(properties, "ComparisonOperator") ?? "";
  const threshold = numberAt(properties, "Threshold");
  if (isKey(BANDS, operator)) return BANDS[operator];
  return isKey(BASIC, operator) && threshold !== undefined
    ? { kind: "threshold", operator: BASIC[operator], threshold }
    : undefined;
}

function watchedQuery(properties: JsonObject, ids: readonly string[]): string | undefined {
  const metrics = properties["Metrics"];
  if (!isArray(metrics)) return ids[0];
  const returned = metrics
    .filter((entry) => isObject(entry) && entry["ReturnData"] !== false)
    .map((entry) => (isObject(entry) ? textAt(entry, "Id") : undefined));
  const watched = returned.filter((id) => id !== undefined && ids.includes(id));
  return watched.length === 1 ? watched[0] : undefined;
}

function readMissing(properties: JsonObject, queries: ReadonlyMap<string, QuerySource>): MissingData {
  const set = textAt(properties, "TreatMissingData");
  if (set === "ignore" || set === "breaching" || set === "notBreaching" || set === "missing") return set;
  const isDynamo = [...queries.values()].some(
    (source) => source.kind === "metric" && source.namespace === "AWS/DynamoDB",
  );
  return isDynamo ? "ignore" : "missing";
}

function longestPeriod(ids: readonly string[], queries: ReadonlyMap<string, QuerySource>): number {
  return greatest(
    ids.map((id) => queries.get(id)).map((source) => source?.period ?? 0),
    0,
  );
}

// "Threshold Crossed: 1 datapoint [12.0 (30/11/26 10:00:00)] was …"; missing ones are told without a number in brackets.
function hasSeenData(properties: JsonObject): boolean {
  const [judged, changed] = ["StateUpdatedTimestamp", "AlarmConfigurationUpdatedTimestamp"].map((name) =>
    Date.parse(textAt(properties, name) ?? ""),
  );
  const isStale = judged !== undefined && changed !== undefined && changed > judged;
  return !isStale && /\bdatapoints? \[-?\d/u.test(textAt(properties, "StateReason") ?? "");
}

function hasActions(properties: JsonObject): boolean {
  const actions = properties["InsufficientDataActions"];
  return isArray(actions) && actions.length > 0;
}

function isKey<Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(table, key);
}

function unreadable({ why, tooComplex }: Unreadable): ReadAlarm {
  return { kind: "unknown", why, ...(tooComplex === undefined ? {} : { tooComplex }) };
}
