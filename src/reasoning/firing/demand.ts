import { publishedWith } from "./published.js";
import { rangeStatistic } from "./range-statistic.js";

/** How a metric's observations are distributed: counts of events, a 0 or 1 for each request, milliseconds, bytes, or any level. */
export type MetricValues = "count" | "rate01" | "latency" | "bytes" | "gauge";

/** The dimensions that tell resources apart, and how many resources there are; no number where they could not all be listed. */
export type Population = { readonly names: readonly string[]; readonly size?: number };

/** A metric that must be watched, and what would be bad. */
export type MetricDemand = {
  readonly namespace: string;
  readonly metric: string;
  /** The exact dimension set; a list holds every value that means the resource (its name, id or GUID). */
  readonly dimensions: Readonly<Record<string, string | readonly string[]>>;
  /** Which side is bad: too much, or too little. */
  readonly side: "high" | "low";
  readonly values: MetricValues;
  /** The value beyond which it is bad, in the metric's unit; 0/1 metrics as a rate. The alarm must fire just beyond it. */
  readonly limit?: number;
  /** Statistics that carry the signal; `p*` stands for all percentiles. Default: by `values`. */
  readonly statistics?: readonly string[];
  /** The longest acceptable time from bad to ALARM, in seconds. */
  readonly maxDelay?: number;
  /** Whether nothing is published in a period without events; then, on the low side, silence is the trouble. */
  readonly sparse?: boolean;
  /** Whether the metric comes once a day. Default: as AWS documents it. */
  readonly daily?: boolean;
  readonly unit?: string;
  /** The account that publishes it, for alarms that watch another account. */
  readonly account?: string;
  /** Dimensions that choose a kind of event, not a resource. Default: status codes, request, storage and track types. */
  readonly selectors?: readonly string[];
  /** How many resources have a series like this one, by the dimensions that tell them apart. Default: not known. */
  readonly population?: Population;
  /** Sets of dimension names that the service publishes for this metric. Default: as AWS documents it, where it is known here. */
  readonly published?: readonly (readonly string[])[];
};

const SELECTORS: readonly string[] = [
  "StatusCodeRange",
  "StatusCode",
  "RequestType",
  "TrackType",
  "StorageType",
  "FilterId",
  "Operation",
  "CDNAuthorizationStatus",
];

const DAILY: ReadonlySet<string> = new Set(["AWS/S3 BucketSizeBytes", "AWS/S3 NumberOfObjects"]);

const LEVELS = ["Average", "Maximum", "p*", "tm*", "wm*", "IQM"];
const STATISTICS = {
  count: ["Sum"],
  rate01: ["Average", "Sum", "Maximum"],
  latency: LEVELS,
  bytes: ["Sum", "Average", "Maximum"],
  gauge: [...LEVELS, "Minimum"],
} satisfies Record<MetricValues, readonly string[]>;

/** Whether a statistic of the demanded metric shows the trouble that is looked for. */
export function carriesSignal(statistic: string, demand: MetricDemand): boolean {
  const { statistics, values } = demand;
  const stat = statistic.toLowerCase();
  if (statistics === undefined && (isSilenceAlone(demand) || isShareOfLevels(statistic, values))) return true;
  return (statistics ?? STATISTICS[values]).some((allowed) => {
    const wanted = allowed.toLowerCase();
    return wanted.endsWith("*") ? isOfFamily(stat, wanted.slice(0, -1)) : wanted === stat;
  });
}

/** Whether nothing but silence is the trouble: then every statistic is missing with it. */
export function isSilenceAlone({ side, sparse, limit }: MetricDemand): boolean {
  return side === "low" && sparse === true && (limit === undefined || limit <= 0);
}

// The share or number of observations in a range shows levels; of events that are counted it shows nothing.
function isShareOfLevels(statistic: string, values: MetricValues): boolean {
  return (values === "latency" || values === "gauge") && rangeStatistic(statistic) !== undefined;
}

// p99 and TM(10%:90%) are of the families p and tm; PR(100:) is none of p.
function isOfFamily(stat: string, family: string): boolean {
  return stat.startsWith(family) && /^[\d(]/u.test(stat.slice(family.length));
}

/** The dimensions of the demanded metric that choose a kind of event. */
export function selectorsOf({ selectors }: MetricDemand): readonly string[] {
  return selectors ?? SELECTORS;
}

/** The dimension sets under which the demanded metric is published; undefined where that is not known. */
export function publishedSets({
  published,
  namespace,
  metric,
  dimensions,
}: MetricDemand): readonly (readonly string[])[] | undefined {
  return published ?? publishedWith(`${namespace} ${metric}`, Object.keys(dimensions));
}

/** Whether the demanded metric has one datapoint a day. */
export function isDaily({ daily, namespace, metric }: MetricDemand): boolean {
  return daily ?? DAILY.has(`${namespace} ${metric}`);
}

/** Every value of a dimension that means the demanded resource; undefined if the metric has no such dimension. */
export function acceptedValues({ dimensions }: MetricDemand, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(dimensions, name) ? dimensions[name] : undefined;
  return typeof value === "string" ? [value] : value;
}
