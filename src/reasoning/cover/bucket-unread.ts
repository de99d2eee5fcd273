import type { JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { sortedUnique } from "../../shared/order.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { bucketWatches } from "./bucket.js";
import type { BucketDemand, BucketMetric } from "./bucket.js";
import { judgeWatch } from "./person.js";
import type { Watchers } from "./watch.js";

/** The id under which request metrics of a whole bucket are usually published. */
export const WHOLE_BUCKET = "EntireBucket";

const PROPERTY = "MetricsConfigurations";

/** Why no alarm watches a metric of a bucket, whatever request metrics it has; undefined where one may, under some id. */
export function unwatchedUnderAnyId(
  watchers: Watchers,
  bucket: Resource,
  { name, demand }: { readonly name: BucketMetric; readonly demand: BucketDemand },
): (Claim & { readonly is: "no" }) | undefined {
  const published = publishing(bucket, [WHOLE_BUCKET, ...namesIn(watchers, bucket)]);
  const [only] = bucketWatches(published, { ...demand, metrics: [name] });
  if (only === undefined || !("watch" in only)) return undefined;
  const { status, why } = judgeWatch(watchers, only.watch);
  const claim = refuted(`${why}, whatever its request metrics`);
  return status === "fail" && claim.is === "no" ? claim : undefined;
}

/** The bucket as if it published request metrics of the whole bucket under these ids. */
export function publishing(bucket: Resource, ids: readonly string[]): Resource {
  const unreadable = Object.fromEntries(
    Object.entries(bucket.unreadable ?? {}).filter(([property]) => property !== PROPERTY),
  );
  return {
    ...bucket,
    properties: { ...bucket.properties, [PROPERTY]: sortedUnique(ids).map((Id) => ({ Id })) },
    unreadable,
  };
}

// Whatever stands in an alarm may be the id: dimension values, and what a query puts in quotes.
function namesIn({ world }: Watchers, { region }: Resource): readonly string[] {
  const texts = world
    .in(region, "metric")
    .flatMap(({ properties }) => textsIn([properties["Dimensions"] ?? null, properties["Metrics"] ?? null]));
  return texts.flatMap((text) => [text, ...[...text.matchAll(/'([^']*)'/gu)].map(([, name = ""]) => name)]);
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap((member) => textsIn(member)) : [];
}
