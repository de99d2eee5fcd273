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
  /** The account that publishes it, where it is known. */
  readonly account?: string;
  /** The dimensions that tell the resources apart, and how many resources have such a series; no number where not all could be listed. */
  readonly population?: { readonly names: readonly string[]; readonly size?: number };
};

/** How a query sees the wanted series. `aggregate-overcount` adds several dimension sets of the same events together. */
export type InsightsMatch = {
  readonly kind: "own" | "aggregate" | "aggregate-overcount" | "slice" | "conditional" | "no" | "unknown";
  readonly why: string;
  /** Of a slice: empty where each part has a series of its own, not set where only some part is kept. */
  readonly slice?: Readonly<Record<string, never>>;
  /** Whether a series with the query's dimensions is published is not known. */
  readonly unproven?: true;
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

const ACCOUNT = "AWS.AccountId";

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
  if (key === ACCOUNT && wanted.account !== undefined)
    return matchAccount({ key, equals, value }, wanted.account);
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

function matchAccount({ key, equals, value }: InsightsCondition, account: string): InsightsMatch | undefined {
  return (value === account) === equals
    ? undefined
    : no(`WHERE ${key} ${equals ? "=" : "!="} '${value}' leaves account ${account} out`);
}

function matchDimensions(query: InsightsQuery, wanted: WantedSeries): InsightsMatch {
  const names = Object.keys(wanted.dimensions);
  const { schema } = query;
  const lost = schema === undefined ? [] : names.filter((name) => !schema.includes(name));
  const lostSelector = lost.find((name) => wanted.selectors.includes(name));
  if (lostSelector !== undefined)
    return no(`its schema has no ${lostSelector}, so it reads all values of it together`);
  if (schema !== undefined && isUnpublished(schema, wanted))
    return no(
      `the metric is not published with exactly the dimensions ${schema.join(", ") || "(none)"}, and CloudWatch adds no series up`,
    );
  const apart = new Set([
    ...query.groupBy,
    ...query.where.filter(({ equals }) => equals).map(({ key }) => key),
    ...lost,
  ]);
  const together = names.filter((name) => !apart.has(name));
  const mixedSelector = together.find((name) => wanted.selectors.includes(name));
  if (mixedSelector !== undefined) return no(`it adds all values of ${mixedSelector} together`);
  if (schema === undefined && !isOnlySet(names, wanted)) return overcount(query);
  return matchGroups(query, wanted, { lost, together, names });
}

type Names = {
  readonly lost: readonly string[];
  readonly together: readonly string[];
  readonly names: readonly string[];
};

function matchGroups(
  query: InsightsQuery,
  wanted: WantedSeries,
  { lost, together, names }: Names,
): InsightsMatch {
  const shared = [...lost, ...together];
  if (shared.length > 0)
    return {
      kind: "aggregate",
      why: `one series for every ${shared.join(", ")}`,
      ...(lost.length > 0 && wanted.published === undefined ? { unproven: true as const } : {}),
    };
  const finer = query.groupBy.filter((key) => key !== ACCOUNT && !names.includes(key));
  const cut = limited(query, wanted);
  if (finer.length > 0)
    return {
      kind: "slice",
      why: `one series for each ${finer.join(", ")}`,
      ...(cut === undefined && finer.every((key) => query.schema?.includes(key) === true)
        ? { slice: {} }
        : {}),
    };
  return cut ?? { kind: "own", why: "one series for each resource" };
}

// AWS returns no more series than this.
const MOST_SERIES = 500;
const KINDS: Readonly<Record<string, number>> = { StatusCodeRange: 4, StatusCode: 4, RequestType: 2 };

// A resource is sure to be among the first n only where there are no more than n: the order is one of the whole window, not of now.
function limited(
  { limit, groupBy, orderBy, where }: InsightsQuery,
  wanted: WantedSeries,
): InsightsMatch | undefined {
  if (groupBy.length === 0) return undefined;
  const fixed = new Set(where.filter(({ equals }) => equals).map(({ key }) => key));
  const size = sizeOf(
    groupBy.filter((key) => !fixed.has(key)),
    wanted,
  );
  const most = Math.min(limit ?? MOST_SERIES, MOST_SERIES);
  if (size === "unread" && limit !== undefined)
    return {
      kind: "unknown",
      why: `whether there are more than ${most.toString()} series could not be read`,
    };
  if (typeof size === "number" ? size <= most : limit === undefined) return undefined;
  const order =
    orderBy === undefined ? "by name" : `by ${orderBy.function}() ${orderBy.descending ? "DESC" : "ASC"}`;
  const among = typeof size === "number" ? ` of ${size.toString()}` : "";
  return {
    kind: "conditional",
    why: `only the first ${most.toString()} series${among}, ordered ${order}, are looked at`,
  };
}

// How many series the groups make; undefined where that is not known.
function sizeOf(keys: readonly string[], { population }: WantedSeries): number | "unread" | undefined {
  const [resources, kinds] = [
    keys.filter((key) => !Object.hasOwn(KINDS, key)),
    keys.filter((key) => Object.hasOwn(KINDS, key)),
  ];
  const factor = kinds.reduce((product, key) => product * (KINDS[key] ?? 1), 1);
  if (resources.length === 0) return factor;
  if (population === undefined || !resources.every((key) => population.names.includes(key))) return undefined;
  return population.size === undefined ? "unread" : population.size * factor;
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
