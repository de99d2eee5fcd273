import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import { isKnownGone } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";

const TRAIL = "AWS::CloudTrail::Trail";
const BUCKET = "AWS::S3::Bucket";
/** What a snapshot says of a bucket whose region could not be found out. */
const NOWHERE = "unknown";

/** What must be read to judge the buckets that trails write to, and no others. */
export function trailBucketNeeds(properties: readonly string[]): readonly Need[] {
  return [
    { type: TRAIL, properties: ["S3BucketName"] },
    // Any call about a bucket tells that it is gone; only who asks for nothing else must ask for that.
    {
      type: BUCKET,
      properties: properties.length === 0 ? [EXISTS] : properties,
      only: { referencedBy: TRAIL, path: "S3BucketName" },
    },
  ];
}

/**
 * The account with no other buckets than those that its trails write to, each once, however many trails share it. Where
 * trails could not be listed, buckets may hide. A bucket that does not exist is none: that is another rule's failure.
 */
export function withTrailBuckets(account: Account): Account {
  const { resources: trails, blind } = account.list(TRAIL);
  const named = new Map(trails.flatMap((trail) => bucketOf(trail, account)));
  const listing = { resources: [...named.values()].filter((bucket) => !isKnownGone(bucket)), blind };
  return { ...account, list: (type) => (type === BUCKET ? listing : account.list(type)) };
}

function bucketOf(trail: Resource, account: Account): readonly (readonly [string, Resource])[] {
  const name = readText(trail, "S3BucketName");
  if (name.kind !== "set") return [];
  const known = account.find(BUCKET, name.value);
  const { region = NOWHERE } = known ?? {};
  // A bucket that could not be located, or is not held, is told of where its trail is.
  const bucket = known ?? {
    type: BUCKET,
    id: name.value,
    arn: `arn:${account.partition}:s3:::${name.value}`,
    account: trail.account,
    region,
    properties: {},
  };
  return [[name.value, region === NOWHERE ? { ...bucket, region: trail.region } : bucket]];
}
