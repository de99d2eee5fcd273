import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readList } from "../../shared/read-property.js";
import type { MetricDemand } from "../firing/demand.js";
import type { Watch } from "./watch.js";

/** The key metrics of a bucket, as a rule's options name them. */
export const bucketMetrics = ["4xx-errors", "5xx-errors", "storage-growth"] as const;
export type BucketMetric = (typeof bucketMetrics)[number];

// What holds the objects themselves; overheads grow with their number. Source: S3 user guide, "Amazon S3 metrics and dimensions".
const glacierStorageTypes: readonly string[] = [
  "GlacierStorage",
  "DeepArchiveStorage",
  "GlacierInstantRetrievalStorage",
  "IntelligentTieringAAStorage",
  "IntelligentTieringDAAStorage",
];

/** What must be read of buckets to know which request metrics they publish. */
export const requestMetricsNeeds: readonly Need[] = [
  { type: "AWS::S3::Bucket", properties: ["MetricsConfigurations"] },
];

/** Whether a bucket is known to be in a region that is not judged. */
export function isElsewhere({ regions }: Account, { region }: Resource): boolean {
  return region !== "unknown" && !regions.includes(region);
}

/** Request metrics of the whole bucket: the ids under which they are published. */
export type WholeBucket = { readonly claim: Claim; readonly ids: readonly string[] };

/** The metrics configurations of a bucket that have no filter. Without one, no request metric counts every request. */
export function wholeBucketMetrics(bucket: Resource): WholeBucket {
  const reading = readList(bucket, "MetricsConfigurations");
  const configurations = reading.kind === "set" ? reading.value.filter(isObject) : [];
  const ids = configurations.flatMap(({ Id: id = null, ...filters }) =>
    typeof id === "string" && Object.values(filters).every((filter) => filter === null) ? [id] : [],
  );
  const claim = claimOf(reading, "MetricsConfigurations", () => {
    if (ids.length > 0) return holding;
    return refuted(
      configurations.length === 0
        ? "it has no request metrics"
        : "its request metrics have filters, and none counts the whole bucket",
    );
  });
  return { claim, ids };
}

/** Which metrics are demanded; limits as shares of requests, and in bytes. */
export type BucketDemand = {
  readonly metrics: readonly BucketMetric[];
  readonly limits: Readonly<Partial<Record<BucketMetric, number>>>;
  readonly maxDelay: number;
};

/** A bucket's series that must be watched, or why there is none to watch. */
export type BucketWatch =
  | { readonly name: BucketMetric; readonly watch: Watch }
  | { readonly name: BucketMetric; readonly claim: Exclude<Claim, { readonly is: "yes" }> };

/** The series of one bucket that must be watched. */
export function bucketWatches(bucket: Resource, demand: BucketDemand): readonly BucketWatch[] {
  const whole = wholeBucketMetrics(bucket);
  return demand.metrics.map((name) => {
    if (name !== "storage-growth" && whole.claim.is !== "yes") return { name, claim: whole.claim };
    const series = name === "storage-growth" ? growthOf(bucket) : errorsOf(bucket, name, whole.ids);
    const limit = demand.limits[name];
    const watched: MetricDemand = {
      namespace: "AWS/S3",
      ...series,
      ...(limit === undefined ? {} : { limit }),
      ...(name === "storage-growth" ? {} : { maxDelay: demand.maxDelay }),
    };
    return { name, watch: { name, region: bucket.region, demand: watched } };
  });
}

function errorsOf(
  bucket: Resource,
  name: BucketMetric,
  ids: readonly string[],
): Omit<MetricDemand, "namespace"> {
  return {
    metric: name === "4xx-errors" ? "4xxErrors" : "5xxErrors",
    dimensions: { BucketName: bucket.id, FilterId: ids },
    side: "high",
    values: "rate01",
    sparse: true,
    unit: "Count",
  };
}

function growthOf(bucket: Resource): Omit<MetricDemand, "namespace"> {
  return {
    metric: "BucketSizeBytes",
    dimensions: { BucketName: bucket.id, StorageType: glacierStorageTypes },
    side: "high",
    values: "bytes",
    unit: "Bytes",
  };
}
