import type { JsonValue } from "../core/json.js";
import type { Collected, Gap, Snapshot } from "../core/snapshot.js";
import type { Resource } from "../core/resource.js";
import { byKeys, byText, sortedUnique } from "../shared/order.js";
import { isArray, isObject } from "../shared/read-property.js";

/** The same snapshot in the one order that all snapshots have: members as in the schema, names and lists of things sorted. */
export function canonicalSnapshot({
  format,
  takenAt,
  account,
  regions,
  collected,
  resources,
  gaps,
  calls,
}: Snapshot): Snapshot {
  return {
    format,
    takenAt,
    account: {
      id: account.id,
      partition: account.partition,
      ...(account.caller === undefined ? {} : { caller: account.caller }),
    },
    regions: sortedUnique(regions),
    collected: sortNames(collected, canonicalCollected),
    resources: resources.map(canonicalResource).sort(
      byKeys(
        ({ type }) => type,
        ({ region }) => region,
        ({ id }) => id,
        ({ arn }) => arn ?? "",
      ),
    ),
    gaps: gaps.map(canonicalGap).sort(
      byKeys(
        ({ type }) => type,
        ({ region }) => region,
        ({ parent }) => parent ?? "",
        ({ reason }) => reason,
      ),
    ),
    calls: sortNames(calls, (count) => count),
  };
}

/** The snapshot as it is written: canonical, indented by two, with a newline at the end. The same state gives the same bytes. */
export function snapshotText(snapshot: Snapshot): string {
  return `${JSON.stringify(canonicalSnapshot(snapshot), undefined, 2)}\n`;
}

function canonicalCollected({ listed, properties }: Collected): Collected {
  return {
    listed: listed === "account" ? listed : sortedUnique(listed),
    properties: sortNames(properties, (operation) => operation),
  };
}

function canonicalResource({
  type,
  id,
  arn,
  account,
  region,
  properties,
  observed,
  unreadable,
}: Resource): Resource {
  return {
    type,
    id,
    ...(arn === undefined ? {} : { arn }),
    account,
    region,
    properties: sortNames(properties, sortDeep),
    ...(observed === undefined ? {} : { observed: sortNames(observed, sortDeep) }),
    ...(unreadable === undefined ? {} : { unreadable: sortNames(unreadable, canonicalWhy) }),
  };
}

function canonicalGap({ account, type, region, parent, ...why }: Gap): Gap {
  return { account, type, region, ...canonicalWhy(why), ...(parent === undefined ? {} : { parent }) };
}

function canonicalWhy({
  reason,
  action,
  region,
  message,
}: NonNullable<Resource["unreadable"]>[string]): NonNullable<Resource["unreadable"]>[string] {
  return {
    reason,
    ...(action === undefined ? {} : { action }),
    ...(region === undefined ? {} : { region }),
    ...(message === undefined ? {} : { message }),
  };
}

function sortDeep(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(sortDeep);
  return isObject(value) ? sortNames(value, sortDeep) : value;
}

function sortNames<From, To>(
  record: Readonly<Record<string, From>>,
  each: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => byText(a, b))
      .map(([name, value]) => [name, each(value)]),
  );
}
