import { matchInsightsQuery } from "../../languages/metrics-insights/match.js";
import type { InsightsFunction } from "../../languages/metrics-insights/metrics-insights.js";
import { acceptedValues, carriesSignal, publishedSets, selectorsOf } from "./demand.js";
import type { MetricDemand } from "./demand.js";
import type { QuerySource } from "./queries.js";
import type { Slice } from "./slices.js";

/** How a query sees the demanded series: itself, together with others, a part of it, only sometimes, or not. */
export type SeriesMatch = {
  readonly kind: "own" | "aggregate" | "aggregate-overcount" | "slice" | "conditional" | "no" | "unknown";
  readonly why: string;
  /** The dimensions that a slice has on top of the demanded ones: none where each part has a series of its own, not set where the part cannot be named. */
  readonly slice?: Slice;
  /** Whether a slice holds other resources, too. */
  readonly shared?: true;
  /** Of a series that holds other resources, too: whether it is published at all is not known. */
  readonly unproven?: true;
};

/**
 * What an input other than the demanded series is likely to be while nothing is wrong:
 * `total` contains the demanded events, `part` is contained in them, `traffic` is high, `error` is none, `other` can be anything.
 */
export type InputRole = "total" | "part" | "traffic" | "error" | "other";

const ERROR_LIKE =
  /error|fault|fail|throttl|reject|denied|drop|timeout|timed|unhealthy|dead|4xx|5xx|exceeded/iu;
const TRAFFIC_LIKE = /request|invocation|count|total|hits|calls|messages|attempts|bytes|success|2xx|3xx/iu;

/** Matches a metric or query of an alarm with the demanded series: namespace, name and the exact dimension set. */
export function matchSource(source: QuerySource, demand: MetricDemand): SeriesMatch {
  if (source.kind === "maths") return no("it is an expression");
  const match = source.kind === "metric" ? matchMetric(source, demand) : matchQuery(source, demand);
  if (match.kind === "no" || source.account === undefined || source.account === demand.account) return match;
  if (demand.account !== undefined) return no(`it watches account ${source.account}, not ${demand.account}`);
  return {
    kind: "unknown",
    why: `whether the metric is published in account ${source.account} is not known`,
  };
}

/** The statistic that a metric or query of an alarm takes, in CloudWatch's words. */
export function statisticOf(source: QuerySource): string {
  if (source.kind === "maths") return "";
  if (source.kind === "metric") return source.stat;
  const names = {
    AVG: "Average",
    COUNT: "SampleCount",
    MAX: "Maximum",
    MIN: "Minimum",
    SUM: "Sum",
  } as const satisfies Record<InsightsFunction, string>;
  return names[source.query.function];
}

/** Whether a query sees the demanded series and takes a statistic that shows the trouble. */
export function isSignal(source: QuerySource, demand: MetricDemand): boolean {
  return matchSource(source, demand).kind !== "no" && carriesSignal(statisticOf(source), demand);
}

/** What another input of an alarm is likely to be while nothing is wrong. */
export function roleOf(source: QuerySource, demand: MetricDemand): InputRole {
  if (source.kind !== "metric") return "other";
  const isSameMetric = source.namespace === demand.namespace && source.metric === demand.metric;
  if (isSameMetric) return roleWithin(source.dimensions, source.stat, demand);
  if (source.stat !== "Sum" && source.stat !== "SampleCount") return "other";
  const values = Object.values(source.dimensions).join(" ");
  if (ERROR_LIKE.test(`${source.metric} ${values}`)) return "error";
  if (!TRAFFIC_LIKE.test(source.metric)) return "other";
  return source.namespace === demand.namespace && demand.values !== "bytes" ? "total" : "traffic";
}

function roleWithin(
  dimensions: Readonly<Record<string, string>>,
  stat: string,
  demand: MetricDemand,
): InputRole {
  const names = Object.keys(dimensions);
  const isInside = names.every(
    (name) => acceptedValues(demand, name)?.includes(dimensions[name] ?? "") === true,
  );
  if (isInside && names.length === Object.keys(demand.dimensions).length)
    return stat === "SampleCount" ? "total" : "other";
  if (isInside) return "total";
  const differing = names.filter(
    (name) => acceptedValues(demand, name)?.includes(dimensions[name] ?? "") === false,
  );
  if (differing.length === 0) return "part";
  if (differing.some((name) => ERROR_LIKE.test(dimensions[name] ?? ""))) return "error";
  return differing.some((name) => TRAFFIC_LIKE.test(dimensions[name] ?? "")) ? "traffic" : "other";
}

function matchMetric(source: QuerySource & { readonly kind: "metric" }, demand: MetricDemand): SeriesMatch {
  if (source.namespace !== demand.namespace || source.metric !== demand.metric)
    return no(`it watches ${source.namespace} ${source.metric}`);
  const [names, wanted] = [Object.keys(source.dimensions), Object.keys(demand.dimensions)];
  const wrong = names.find(
    (name) => acceptedValues(demand, name)?.includes(source.dimensions[name] ?? "") === false,
  );
  if (wrong !== undefined)
    return no(
      `its ${wrong} is ${source.dimensions[wrong] ?? ""}, not ${acceptedValues(demand, wrong)?.join(" or ") ?? ""}`,
    );
  const [extra, lost] = [
    names.filter((name) => !wanted.includes(name)),
    wanted.filter((name) => !names.includes(name)),
  ];
  const objection = whyNot(names, lost, demand);
  const isOther =
    extra.length > 0 && lost.length > 0 && (objection !== undefined || !isKindOfEvent(extra, demand));
  if (isOther) return no(`it has the dimension ${extra.join(", ")} instead of ${lost.join(", ")}`);
  return objection ?? proven(relate(source.dimensions, extra, lost), demand);
}

function proven(match: SeriesMatch, demand: MetricDemand): SeriesMatch {
  const isDoubtful = match.kind === "aggregate" && publishedSets(demand) === undefined;
  return isDoubtful ? { ...match, unproven: true } : match;
}

function whyNot(
  names: readonly string[],
  lost: readonly string[],
  demand: MetricDemand,
): SeriesMatch | undefined {
  const selector = lost.find((name) => selectorsOf(demand).includes(name) && !isOnlySet(demand, name));
  if (selector !== undefined) return no(`without ${selector} it counts all of them together`);
  const published = publishedSets(demand);
  if (published === undefined || published.some((set) => isSameSet(set, names))) return undefined;
  return no(
    `the metric is not published with exactly the dimensions ${names.join(", ") || "(none)"}, and CloudWatch adds no series up`,
  );
}

function relate(
  dimensions: Readonly<Record<string, string>>,
  extra: readonly string[],
  lost: readonly string[],
): SeriesMatch {
  const others = lost.length > 0 ? { shared: true as const } : {};
  const together = lost.length > 0 ? `, every ${lost.join(", ")} together` : "";
  if (extra.length > 0)
    return {
      kind: "slice",
      why: `it sees only one ${extra.join(", ")}${together}`,
      ...others,
      slice: Object.fromEntries(extra.map((name) => [name, dimensions[name] ?? ""])),
    };
  return lost.length > 0
    ? { kind: "aggregate", why: `it sees every ${lost.join(", ")} together` }
    : { kind: "own", why: "it watches exactly this series" };
}

// A type of request in place of the channel still sees the channel; another resource in its place does not.
function isKindOfEvent(extra: readonly string[], demand: MetricDemand): boolean {
  return publishedSets(demand) !== undefined && extra.every((name) => selectorsOf(demand).includes(name));
}

// Where every published set has the selector, leaving it out is no choice of events but a series that does not exist.
function isOnlySet(demand: MetricDemand, selector: string): boolean {
  return publishedSets(demand)?.every((set) => set.includes(selector)) === true;
}

function matchQuery(source: QuerySource & { readonly kind: "insights" }, demand: MetricDemand): SeriesMatch {
  const published = publishedSets(demand);
  const dimensions = Object.fromEntries(
    Object.keys(demand.dimensions).map((name) => [name, acceptedValues(demand, name) ?? []]),
  );
  const { namespace, metric, side, account, population } = demand;
  return matchInsightsQuery(source.query, {
    namespace,
    metric,
    dimensions,
    side,
    selectors: selectorsOf(demand),
    ...(published && { published }),
    ...(population && { population }),
    ...(account !== undefined && { account }),
  });
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function no(why: string): SeriesMatch {
  return { kind: "no", why };
}
