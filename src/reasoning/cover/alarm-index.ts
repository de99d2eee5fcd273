import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isArray, isObject, readList, readText } from "../../shared/read-property.js";
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
    return [...(byMetric.get(`${namespace} ${metric}`) ?? []), ...(byMetric.get(wild) ?? [])];
  };
}

/** The metrics that an alarm names, as "namespace name"; undefined where that cannot be told without understanding more. */
const metricsOf = rememberByObject((alarm: Resource): readonly string[] | undefined => {
  const [namespace, metric] = [readText(alarm, "Namespace"), readText(alarm, "MetricName")];
  if (namespace.kind === "set" && metric.kind === "set") return [`${namespace.value} ${metric.value}`];
  const queries = readList(alarm, "Metrics");
  if (queries.kind !== "set") return undefined;
  const named = queries.value.flatMap((query) => metricOf(query) ?? []);
  const isOpaque = queries.value.some(
    (query) =>
      isObject(query) &&
      typeof query["Expression"] === "string" &&
      /^\s*SELECT\b/iu.test(query["Expression"]),
  );
  return isOpaque || named.length === 0 ? undefined : named;
});

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
