import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isInsightsQuery } from "../../languages/metrics-insights/metrics-insights.js";
import { isArray, isObject, readList, readObject, readText } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import type { AlarmWorld } from "../reach/alarm-world.js";
import { ALARM_TYPES } from "../reach/alarm-world.js";
import type { MetricDemand } from "../firing/demand.js";

/** The alarms of a region that can watch a metric: those that name it, and those whose expressions or queries must be read to know. */
export type AlarmIndex = (
  region: string,
  demand: Pick<MetricDemand, "namespace" | "metric">,
) => readonly Resource[];

/** The properties of a metric alarm that decide what it watches and when it fires. */
export const firingProperties = [
  "Namespace",
  "MetricName",
  "Dimensions",
  "Statistic",
  "ExtendedStatistic",
  "Unit",
  "Period",
  "Metrics",
  "ThresholdMetricId",
  "EvaluationCriteria",
  "EvaluationPeriods",
  "DatapointsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "EvaluationState",
] as const;

/** The properties of a metric alarm that tell whether it has seen data. */
export const stateProperties = [
  "StateReason",
  "StateUpdatedTimestamp",
  "AlarmConfigurationUpdatedTimestamp",
] as const;

/** Sorts the metric alarms of a world by the metrics that they name, once for all demands. */
export function indexAlarms(world: AlarmWorld): AlarmIndex {
  const regions = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  const wild = "";
  const build = (region: string): ReadonlyMap<string, readonly Resource[]> => {
    const found = new Map<string, Resource[]>();
    for (const alarm of world.in(region, "metric")) {
      for (const key of new Set(metricsOf(alarm) ?? [wild])) {
        const naming = found.get(key);
        if (naming === undefined) found.set(key, [alarm]);
        else naming.push(alarm);
      }
    }
    return found;
  };
  return (region, { namespace, metric }) => {
    const byMetric = regions.get(region) ?? build(region);
    regions.set(region, byMetric);
    const open = (byMetric.get(wild) ?? []).filter((alarm) => mayConcern(alarm, metric));
    return [...(byMetric.get(`${namespace} ${metric}`) ?? []), ...open];
  };
}

/** The metrics that an alarm names, as "namespace name"; undefined where that cannot be told without understanding more. */
const metricsOf = rememberByObject((alarm: Resource): readonly string[] | undefined => {
  const [namespace, metric] = [readText(alarm, "Namespace"), readText(alarm, "MetricName")];
  if (namespace.kind === "set" && metric.kind === "set") return [`${namespace.value} ${metric.value}`];
  const queries = readList(alarm, "Metrics");
  if (queries.kind !== "set") return undefined;
  const parts = queries.value.map(partOf);
  return parts.includes("any") ? undefined : parts.filter((part) => part !== "none");
});

// An expression without a query stands on the metrics beside it, or on what is no metric (a constant, an insight rule, a function's answer).
function partOf(query: JsonValue): string {
  if (!isObject(query)) return "any";
  const { Expression: expression = null, MetricStat: stat = null } = query;
  if (stat !== null) return metricOf(query) ?? "any";
  return typeof expression === "string" && !isInsightsQuery(expression) ? "none" : "any";
}

// Whatever else such an alarm says, it must name the metric to watch it.
function mayConcern(alarm: Resource, metric: string): boolean {
  const criteria = readObject(alarm, "EvaluationCriteria");
  if (criteria.kind === "set") return mayAskFor(promqlOf(criteria.value), metric);
  const queries = readList(alarm, "Metrics");
  if (queries.kind !== "set") return true;
  return queries.value.some((query) => {
    const expression = isObject(query) ? query["Expression"] : undefined;
    if (typeof expression === "string") return isInsightsQuery(expression) && expression.includes(metric);
    return isObject(query) && metricOf(query) === undefined;
  });
}

function promqlOf(criteria: JsonObject): string | undefined {
  const promql = criteria["PromQLCriteria"];
  const query = isObject(promql) ? promql["Query"] : undefined;
  return typeof query === "string" ? query : undefined;
}

// PromQL may spell a name with other signs between its words, or choose it by a pattern or by labels alone.
function mayAskFor(query: string | undefined, metric: string): boolean {
  if (query === undefined) return true;
  const isOpen = /__name__["']?\s*(?:=~|!~|!=)|(?:^|[^\w:])\{(?![^}]*__name__)(?!\s*["'])/u.test(query);
  const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
  return isOpen || letters(query).includes(letters(metric));
}

function metricOf(query: JsonValue): string | undefined {
  const stat = isObject(query) ? query["MetricStat"] : undefined;
  const metric = isObject(stat) ? stat["Metric"] : undefined;
  if (!isObject(metric)) return undefined;
  const { Namespace: namespace, MetricName: name } = metric;
  return typeof namespace === "string" && typeof name === "string" ? `${namespace} ${name}` : undefined;
}

/** Log alarms of a region whose query may show the same trouble: those on log groups that are not another service's own. */
export function logAlarmsOn(world: AlarmWorld, region: string, namespace: string): readonly Resource[] {
  const service = namespace.replace(/^AWS\//u, "").toLowerCase();
  return world.in(region, "log").filter((alarm) => {
    const groups = logGroupsOf(alarm);
    return groups === undefined || groups.some((group) => mayHold(group, service));
  });
}

function logGroupsOf(alarm: Resource): readonly string[] | undefined {
  const { properties } = alarm;
  const query = properties["ScheduledQueryConfiguration"];
  const groups = isObject(query) ? query["LogGroupIdentifiers"] : undefined;
  return isArray(groups) ? groups.filter((group) => typeof group === "string") : undefined;
}

const anyService: ReadonlySet<string> = new Set(["vendedlogs", "cloudtrail", "events"]);

// "/aws/lambda/…" holds what functions write; a group of another name may hold anything.
function mayHold(group: string, service: string): boolean {
  const owner = /(?:^|:log-group:)\/aws\/([^/:]+)/u.exec(group)?.[1]?.toLowerCase();
  return owner === undefined || owner === service || anyService.has(owner);
}

/** Why the alarms of a region may not all be seen, of whatever kind. */
export function blindAlarms(world: AlarmWorld, region: string): ReturnType<AlarmWorld["blindIn"]> {
  return world.blindIn(region, ALARM_TYPES.metric) ?? world.blindIn(region, ALARM_TYPES.log);
}
