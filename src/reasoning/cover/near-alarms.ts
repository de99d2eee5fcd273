import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { acceptedValues } from "../firing/demand.js";
import type { MetricDemand } from "../firing/demand.js";
import type { Watch, Watchers } from "./watch.js";

/** So many alarms on other series are looked at where there is none on this one. */
export const MOST_STRANGERS = 5;

/** The alarms that could cover a metric. One on another resource's series cannot: with hundreds of channels that saves nearly all the work. A few stand for them. */
export function nearAlarms({ index }: Watchers, { region, demand }: Watch): readonly Resource[] {
  const alarms = index(region, demand);
  const near = alarms.filter((alarm) => !isStranger(alarm, demand));
  return near.length > 0 ? near : alarms.slice(0, MOST_STRANGERS);
}

function isStranger({ properties }: Resource, demand: MetricDemand): boolean {
  const { MetricName: metric = null, Dimensions: dimensions = null } = properties;
  if (metric === null || !isArray(dimensions)) return false;
  return dimensions.some(
    (dimension) =>
      isObject(dimension) &&
      typeof dimension["Name"] === "string" &&
      isOther(demand, dimension["Name"], dimension["Value"]),
  );
}

function isOther(demand: MetricDemand, name: string, value: JsonValue | undefined): boolean {
  const accepted = acceptedValues(demand, name);
  return accepted !== undefined && (typeof value !== "string" || !accepted.includes(value));
}
