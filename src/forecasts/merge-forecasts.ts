import { targetOf } from "../core/change.js";
import type { JsonObject, JsonValue } from "../core/json.js";
import { EXISTS } from "../core/resource.js";
import type { Resource, Unreadable } from "../core/resource.js";
import type { Gap, Snapshot } from "../core/snapshot.js";
import { groupBy } from "../shared/group-by.js";
import { byKeys, sortedUnique } from "../shared/order.js";
import { listed } from "../shared/text/words.js";
import { without } from "../shared/without.js";

/** A state as it would be, and the decisions that lead to it: "parameter Environment is prod". */
export type DecidedSnapshot = { readonly given: readonly string[]; readonly snapshot: Snapshot };

/**
 * One state for all ways in which undecided things could be decided: where they disagree about a property, it is unreadable, and says
 * what decides. A resource that is not there in each of them may or may not be: nothing of it is readable. The order does not matter.
 */
export function mergeForecasts(forecasts: readonly [DecidedSnapshot, ...DecidedSnapshot[]]): Snapshot {
  const [{ snapshot: first }] = forecasts;
  if (forecasts.length === 1) return first;
  const because: Unreadable = { reason: "KnownAfterDeployment", message: causeOf(forecasts) };
  const told = groupBy(
    forecasts.flatMap(({ snapshot }) => snapshot.resources),
    targetOf,
  );
  const resources = [...told.values()].map((group) =>
    mergeResource(group, { isEverywhere: group.length === forecasts.length, because }),
  );
  const gaps = new Map(
    forecasts.flatMap(({ snapshot }) => snapshot.gaps).map((gap) => [JSON.stringify(gap), gap]),
  );
  return {
    ...first,
    resources: resources.sort(canonical),
    gaps: [...gaps.values()].sort(byGap),
  };
}

const canonical = byKeys<Resource>(
  ({ type }) => type,
  ({ region }) => region,
  ({ id }) => id,
  ({ arn }) => arn ?? "",
);
const byGap = byKeys<Gap>(
  ({ type }) => type,
  ({ region }) => region,
  (gap) => JSON.stringify(gap),
);

function causeOf(forecasts: readonly DecidedSnapshot[]): string {
  const decides = sortedUnique(
    forecasts.flatMap(({ given }) => given.map((words) => words.split(" is ")[0] ?? words)),
  );
  return `depends on ${decides.length === 0 ? "what is not decided" : listed(decides)}`;
}

function mergeResource(
  group: readonly Resource[],
  { isEverywhere, because }: { readonly isEverywhere: boolean; readonly because: Unreadable },
): Resource {
  const [first] = group;
  if (first === undefined) throw new Error("a group of resources is never empty");
  const open = new Map<string, Unreadable>();
  const agreed = (part: (resource: Resource) => JsonObject): JsonObject => {
    const names = sortedUnique(group.flatMap((resource) => Object.keys(part(resource))));
    return Object.fromEntries(
      names.flatMap((name): readonly (readonly [string, JsonValue])[] => {
        const [value, ...others] = group.map((resource) => part(resource)[name]);
        const isAgreed = isEverywhere && others.every((other) => isSame(other, value));
        if (isAgreed && value !== undefined) return [[name, value]];
        if (!isAgreed) open.set(name, because);
        return [];
      }),
    );
  };
  const properties = agreed((resource) => resource.properties);
  const observed = agreed((resource) => resource.observed ?? {});
  for (const { unreadable = {} } of group)
    for (const [name, why] of Object.entries(unreadable)) if (!open.has(name)) open.set(name, why);
  if (!isEverywhere) open.set(EXISTS, because);
  const unreadable = Object.fromEntries([...open].sort(byKeys(([name]) => name)));
  const rest = without(first, "unreadable");
  return {
    ...rest,
    properties,
    ...(Object.keys(observed).length === 0 ? {} : { observed }),
    ...(open.size === 0 ? {} : { unreadable }),
  };
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
