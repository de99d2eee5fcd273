import type { InsightsCondition, InsightsQuery } from "./metrics-insights.js";

/** The series that is asked for, with what is known of its metric. */
export type WantedSeries = {
  readonly namespace: string;
  readonly metric: string;
  /** Each dimension with the values that all mean the resource. */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** The dimensions that choose a kind of event (a status code), not a resource. */
  readonly selectors: readonly string[];
  /** The sets of dimension names under which the metric is published, where that is known. */
  readonly published?: readonly (readonly string[])[];
  readonly side: "high" | "low";
};

/** How a query sees the wanted series. `aggregate-overcount` adds several dimension sets of the same events together. */
export type InsightsMatch = {
  readonly kind: "own" | "aggregate" | "aggregate-overcount" | "slice" | "conditional" | "no" | "unknown";
  readonly why: string;
  /** Of a slice: empty where each part has a series of its own, not set where only some part is kept. */
  readonly slice?: Readonly<Record<string, never>>;
};

/** Decides whether a query's result contains the wanted series, by itself or together with others. */
export function matchInsightsQuery(query: InsightsQuery, wanted: WantedSeries): InsightsMatch {
  if (query.namespace !== wanted.namespace) return no(`it reads ${query.namespace}, not ${wanted.namespace}`);
  if (query.metric !== wanted.metric) return no(`it reads ${query.metric}, not ${wanted.metric}`);
  return (
    first(query.where.map((condition) => matchCondition(condition, query, wanted))) ??
    matchDimensions(query, wanted)
  );
}

function matchCondition(
  { key, equals, value }: InsightsCondition,
  { schema }: InsightsQuery,
  wanted: WantedSeries,
): InsightsMatch | undefined {
  const values = wanted.dimensions[key];
  if (values !== undefined)
    return values.includes(value) === equals
      ? undefined
      : no(`WHERE ${key} ${equals ? "=" : "!="} '${value}' leaves the resource out`);
  if (/^(?:tag|AWS)\./u.test(key))
    return {
      kind: "unknown",
      why: `whether ${key} ${equals ? "is" : "is not"} '${value}' is not known here`,
    };
  if (schema?.includes(key) === true)
    return { kind: "slice", why: `WHERE on ${key} keeps only a part of the series` };
  return equals
    ? no(`the series has no dimension ${key}`)
    : {
        kind: "unknown",
        why: `AWS does not say what ${key} != '${value}' means for a series without ${key}`,
      };
}

function matchDimensions(query: InsightsQuery, wanted: WantedSeries): InsightsMatch {
  const names = Object.keys(wanted.dimensions);
  const { schema } = query;
  const lost = schema === undefined ? [] : names.filter((name) => !schema.includes(name));
  const lostSelector = lost.find((name) => wanted.selectors.includes(name));
  if (lostSelector !== undefined)
    return no(`its schema has no ${lostSelector}, so it reads all values of it together`);
  if (schema !== undefined && isUnpublished(schema, wanted))
    return no(`the metric is not published with exactly the dimensions ${schema.join(", ") || "(none)"}`);
  const apart = new Set([
    ...query.groupBy,
    ...query.where.filter(({ equals }) => equals).map(({ key }) => key),
    ...lost,
  ]);
  const together = names.filter((name) => !apart.has(name));
  const mixedSelector = together.find((name) => wanted.selectors.includes(name));
  if (mixedSelector !== undefined) return no(`it adds all values of ${mixedSelector} together`);
  if (schema === undefined && !isOnlySet(names, wanted)) return overcount(query);
  return matchGroups(query, { lost, together, names });
}

type Names = {
  readonly lost: readonly string[];
  readonly together: readonly string[];
  readonly names: readonly string[];
};

function matchGroups(query: InsightsQuery, { lost, together, names }: Names): InsightsMatch {
  const shared = [...lost, ...together];
  if (shared.length > 0) return { kind: "aggregate", why: `one series for every ${shared.join(", ")}` };
  const finer = query.groupBy.filter((key) => !names.includes(key));
  const isEach = finer.every((key) => query.schema?.includes(key) === true) && query.limit === undefined;
  if (finer.length > 0)
    return {
      kind: "slice",
      why: `one series for each ${finer.join(", ")}`,
      ...(isEach ? { slice: {} } : {}),
    };
  return limited(query) ?? { kind: "own", why: "one series for each resource" };
}

// LIMIT keeps the resource in only if it comes first in a fitting order, and says so only for the worst ones.
function limited({ limit, groupBy, orderBy }: InsightsQuery): InsightsMatch | undefined {
  if (limit === undefined || groupBy.length === 0) return undefined;
  const order =
    orderBy === undefined ? "by name" : `by ${orderBy.function}() ${orderBy.descending ? "DESC" : "ASC"}`;
  return {
    kind: "conditional",
    why: `only the first ${limit.toString()} series, ordered ${order}, are looked at`,
  };
}

function overcount(query: InsightsQuery): InsightsMatch {
  // The highest of several dimension sets is the highest of them all: nothing is counted twice.
  if (query.function === "MAX" && query.groupBy.length === 0)
    return { kind: "aggregate", why: "one series for all dimension sets" };
  return {
    kind: "aggregate-overcount",
    why: "without SCHEMA several dimension sets of the same events are taken together",
  };
}

function isUnpublished(schema: readonly string[], { published }: WantedSeries): boolean {
  return published !== undefined && !published.some((set) => isSameSet(set, schema));
}

function isOnlySet(names: readonly string[], { published }: WantedSeries): boolean {
  return published?.length === 1 && published.every((set) => isSameSet(set, names));
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function first(matches: readonly (InsightsMatch | undefined)[]): InsightsMatch | undefined {
  const found = matches.filter((match) => match !== undefined);
  return found.find(({ kind }) => kind === "no") ?? found[0];
}

function no(why: string): InsightsMatch {
  return { kind: "no", why };
}
