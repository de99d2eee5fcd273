import type { JsonObject, JsonValue } from "../../core/json.js";
import { closureOf, type QueryGraph } from "../../languages/metric-expression/closure.js";
import {
  parseMetricExpression,
  type MetricExpression,
} from "../../languages/metric-expression/metric-expression.js";
import {
  isInsightsQuery,
  parseInsightsQuery,
  type InsightsQuery,
} from "../../languages/metrics-insights/metrics-insights.js";
import { isArray, isObject } from "../../shared/read-property.js";
import type { MissingData } from "./window.js";

/** What one query of an alarm reads. Periods in seconds. */
export type QuerySource =
  | {
      readonly kind: "metric";
      readonly namespace: string;
      readonly metric: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly stat: string;
      readonly period: number;
      readonly unit?: string;
      readonly account?: string;
    }
  | {
      readonly kind: "insights";
      readonly query: InsightsQuery;
      readonly period: number;
      readonly account?: string;
    }
  | { readonly kind: "maths"; readonly expression: MetricExpression };

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
};

/** The alarm, or why it cannot be analysed. */
export type ReadAlarm =
  | { readonly kind: "alarm"; readonly alarm: MetricAlarm }
  | { readonly kind: "unknown"; readonly why: string };

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
  if (other !== undefined) return unreadable(other);
  const queries = new Map<string, QuerySource>();
  const problem = isSet(properties["Metrics"])
    ? readQueries(properties["Metrics"], queries)
    : readPlain(properties, queries);
  if (problem !== undefined) return unreadable(problem);
  const comparison = readComparison(properties);
  const watched = watchedQuery(properties, [...queries.keys()]);
  if (comparison === undefined || watched === undefined)
    return unreadable("its threshold, operator or watched query is not readable");
  const graph: QueryGraph = new Map(
    [...queries].map(([id, source]) => [id, source.kind === "maths" ? source.expression : undefined]),
  );
  const closure = closureOf(graph, watched);
  if (closure.kind === "broken") return unreadable(closure.why);
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
  };
  return alarm.period > 0 ? { kind: "alarm", alarm } : unreadable("its period is not readable");
}

function otherKind(properties: JsonObject): string | undefined {
  if (isSet(properties["EvaluationCriteria"])) return "it evaluates a PromQL query, which is not analysed";
  if (isSet(properties["ScheduledQueryConfiguration"]))
    return "it evaluates a log query, which is not analysed";
  return isSet(properties["AlarmRule"]) ? "it watches other alarms, not a metric" : undefined;
}

function readPlain(properties: JsonObject, queries: Map<string, QuerySource>): string | undefined {
  const stat = textAt(properties, "ExtendedStatistic") ?? textAt(properties, "Statistic");
  const source = readMetric(properties, {
    Period: properties["Period"] ?? null,
    Stat: stat ?? null,
    Unit: properties["Unit"] ?? null,
  });
  if (source === undefined) return "it names no metric, statistic or period that can be read";
  queries.set("metric", source);
  return undefined;
}

function readQueries(metrics: JsonValue | undefined, queries: Map<string, QuerySource>): string | undefined {
  if (!isArray(metrics)) return "its list of metrics is not readable";
  for (const entry of metrics) {
    const id = isObject(entry) ? textAt(entry, "Id") : undefined;
    if (!isObject(entry) || id === undefined) return "one of its metrics has no id";
    // A band is learned from another query; it is no input of the watched one.
    if (/^\s*ANOMALY_DETECTION_BAND\s*\(/u.test(textAt(entry, "Expression") ?? "")) continue;
    const source = readQuery(entry);
    if (typeof source === "string") return `${id}: ${source}`;
    queries.set(id, source);
  }
  return undefined;
}

function readQuery(entry: JsonObject): QuerySource | string {
  const account = textAt(entry, "AccountId");
  const whose = account === undefined ? {} : { account };
  const expression = textAt(entry, "Expression");
  if (expression === undefined) {
    const stat = entry["MetricStat"];
    const metric = isObject(stat) ? stat["Metric"] : undefined;
    const source = isObject(stat) && isObject(metric) ? readMetric(metric, stat) : undefined;
    return source === undefined ? "its metric is not readable" : { ...source, ...whose };
  }
  if (isInsightsQuery(expression)) {
    const parsed = parseInsightsQuery(expression);
    return parsed.kind === "malformed"
      ? parsed.why
      : { kind: "insights", query: parsed.value, period: numberAt(entry, "Period") ?? 300, ...whose };
  }
  const parsed = parseMetricExpression(expression);
  return parsed.kind === "malformed" ? parsed.why : { kind: "maths", expression: parsed.value };
}

function readMetric(metric: JsonObject, how: JsonObject): QuerySource | undefined {
  const [namespace, name] = [textAt(metric, "Namespace"), textAt(metric, "MetricName")];
  const [stat, period, unit] = [textAt(how, "Stat"), numberAt(how, "Period"), textAt(how, "Unit")];
  const dimensions = readDimensions(metric["Dimensions"]);
  if (
    namespace === undefined ||
    name === undefined ||
    stat === undefined ||
    period === undefined ||
    dimensions === undefined
  )
    return undefined;
  return {
    kind: "metric",
    namespace,
    metric: name,
    dimensions,
    stat,
    period,
    ...(unit === undefined ? {} : { unit }),
  };
}

function readDimensions(value: JsonValue | undefined): Readonly<Record<string, string>> | undefined {
  if (!isSet(value)) return {};
  if (!isArray(value)) return undefined;
  const pairs = value.map((item) =>
    isObject(item)
      ? ([textAt(item, "Name"), textAt(item, "Value")] as const)
      : ([undefined, undefined] as const),
  );
  return pairs.some(([name, text]) => name === undefined || text === undefined)
    ? undefined
    : Object.fromEntries(pairs.map(([name, text]) => [name ?? "", text ?? ""]));
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
  return Math.max(
    0,
    ...ids
      .map((id) => queries.get(id))
      .map((source) => (source === undefined || source.kind === "maths" ? 0 : source.period)),
  );
}

function hasActions(properties: JsonObject): boolean {
  const actions = properties["InsufficientDataActions"];
  return isArray(actions) && actions.length > 0;
}

function isKey<Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(table, key);
}

function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" ? value : undefined;
}

function numberAt(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function unreadable(why: string): ReadAlarm {
  return { kind: "unknown", why };
}
