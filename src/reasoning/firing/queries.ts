import type { JsonObject, JsonValue } from "../../core/json.js";
import { parseMetricExpression } from "../../languages/metric-expression/metric-expression.js";
import type { MetricExpression } from "../../languages/metric-expression/metric-expression.js";
import { isInsightsQuery, parseInsightsQuery } from "../../languages/metrics-insights/metrics-insights.js";
import type { InsightsQuery } from "../../languages/metrics-insights/metrics-insights.js";
import { isArray, isObject } from "../../shared/read-property.js";

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
  | { readonly kind: "maths"; readonly expression: MetricExpression; readonly period: number };

/** Why an alarm's queries cannot be read. `tooComplex`: a limit was reached. */
export type Unreadable = { readonly why: string; readonly tooComplex?: true };

// AWS accepts some twenty queries, and expressions of 2,048 characters.
const MOST_QUERIES = 500;
const LONGEST_EXPRESSION = 2_048;

/** Adds the metric of an alarm without a list of metrics; or says why it cannot be read. */
export function readPlain(properties: JsonObject, queries: Map<string, QuerySource>): Unreadable | undefined {
  const stat = textAt(properties, "ExtendedStatistic") ?? textAt(properties, "Statistic");
  const source = readMetric(properties, {
    Period: properties["Period"] ?? null,
    Stat: stat ?? null,
    Unit: properties["Unit"] ?? null,
  });
  if (source === undefined) return { why: "it names no metric, statistic or period that can be read" };
  queries.set("metric", source);
  return undefined;
}

/** Adds what each query of a list of metrics reads; or says why one cannot be read. */
export function readQueries(
  metrics: JsonValue | undefined,
  queries: Map<string, QuerySource>,
): Unreadable | undefined {
  if (!isArray(metrics)) return { why: "its list of metrics is not readable" };
  if (metrics.length > MOST_QUERIES)
    return { why: `it has more than ${MOST_QUERIES.toString()} queries`, tooComplex: true };
  for (const entry of metrics) {
    const id = isObject(entry) ? textAt(entry, "Id") : undefined;
    if (!isObject(entry) || id === undefined) return { why: "one of its metrics has no id" };
    // A band is learned from another query; it is no input of the watched one.
    if (/^\s*ANOMALY_DETECTION_BAND\s*\(/u.test(textAt(entry, "Expression") ?? "")) continue;
    const source = readQuery(entry);
    if (!("kind" in source)) return { ...source, why: `${id}: ${source.why}` };
    queries.set(id, source);
  }
  return undefined;
}

function readQuery(entry: JsonObject): QuerySource | Unreadable {
  const account = textAt(entry, "AccountId");
  const whose = account === undefined ? {} : { account };
  const expression = textAt(entry, "Expression");
  if (expression === undefined) {
    const stat = entry["MetricStat"];
    const metric = isObject(stat) ? stat["Metric"] : undefined;
    const source = isObject(stat) && isObject(metric) ? readMetric(metric, stat) : undefined;
    return source === undefined ? { why: "its metric is not readable" } : { ...source, ...whose };
  }
  const source = readExpression(expression, numberAt(entry, "Period"));
  return "kind" in source && source.kind === "insights" ? { ...source, ...whose } : source;
}

function readExpression(expression: string, period: number | undefined): QuerySource | Unreadable {
  if (expression.length > LONGEST_EXPRESSION)
    return {
      why: `its expression is longer than ${LONGEST_EXPRESSION.toString()} characters`,
      tooComplex: true,
    };
  if (isInsightsQuery(expression)) {
    const parsed = parseInsightsQuery(expression);
    return parsed.kind === "malformed"
      ? { why: parsed.why }
      : { kind: "insights", query: parsed.value, period: period ?? 300 };
  }
  const parsed = parseMetricExpression(expression);
  return parsed.kind === "malformed"
    ? { why: parsed.why }
    : { kind: "maths", expression: parsed.value, period: period ?? 0 };
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

/** Whether a property has a value. */
export function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

/** A property that is a text. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" ? value : undefined;
}

/** A property that is a number. */
export function numberAt(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
