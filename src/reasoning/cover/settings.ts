import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { isArray, isObject, readProperty } from "../../shared/read-property.js";

/** Properties of an alarm with the value, or the list of values, that they must have; CloudFormation's names. */
export type AlarmSettings = JsonObject;

/** Whether an alarm has exactly these settings. Those of its one metric count whether it is written plainly or as a query. */
export function hasSettings(alarm: Resource, settings: AlarmSettings): Claim {
  const plain = plainSettings(alarm);
  for (const [name, wanted] of Object.entries(settings)) {
    const found = plain[name] ?? defaults[name] ?? null;
    const accepted = isArray(wanted) ? wanted : [wanted];
    if (!accepted.includes(found))
      return refuted(`its ${name} is ${show(found)}, and ${accepted.map(show).join(" or ")} is demanded`);
  }
  return holding;
}

// What CloudWatch takes where nothing is set.
const defaults: JsonObject = { ActionsEnabled: true, TreatMissingData: "missing" };

/** The settings of an alarm, an alarm on one query flattened. */
function plainSettings(alarm: Resource): JsonObject {
  const own = Object.fromEntries(names.flatMap((name) => settingOf(alarm, name)));
  const metrics = readProperty(alarm, "Metrics");
  const [query] =
    metrics.kind === "set" && isArray(metrics.value) && metrics.value.length === 1 ? metrics.value : [];
  const stat = isObject(query) ? query["MetricStat"] : undefined;
  if (!isObject(stat)) return withDatapoints(own);
  const { Period = null, Stat = null, Unit = null, Metric } = stat;
  return withDatapoints({
    ...own,
    Period,
    Statistic: Stat,
    ExtendedStatistic: Stat,
    Unit,
    ...(isObject(Metric) ? Metric : {}),
  });
}

function withDatapoints(own: JsonObject): JsonObject {
  return { ...own, DatapointsToAlarm: own["DatapointsToAlarm"] ?? own["EvaluationPeriods"] ?? null };
}

/** The settings that may be demanded. */
export const names = [
  "Period",
  "Statistic",
  "ExtendedStatistic",
  "Unit",
  "EvaluationPeriods",
  "DatapointsToAlarm",
  "Threshold",
  "ComparisonOperator",
  "TreatMissingData",
  "ActionsEnabled",
] as const;

function settingOf(alarm: Resource, name: string): readonly (readonly [string, JsonValue])[] {
  const reading = readProperty(alarm, name);
  return reading.kind === "set" ? [[name, reading.value]] : [];
}

function show(value: JsonValue): string {
  return value === null ? "not set" : typeof value === "string" ? value : JSON.stringify(value);
}
