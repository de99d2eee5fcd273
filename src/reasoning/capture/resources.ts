import type { ArnSet } from "./demand.js";
import { everyObject, textsAfter } from "./texts.js";

/** Which resources of a type are demanded: these buckets, these ARNs (a last `*` takes all that begin so), or, with neither, all of them. */
export type ResourceChoice = {
  readonly type: string;
  readonly buckets?: readonly string[];
  readonly arns?: readonly string[];
};

/** Whose resources, and in which region the events are recorded. */
export type ResourcePlace = { readonly partition: string; readonly account: string; readonly region: string };

/** The demanded resources of a type in a region, present and future. */
export function resourceSets(
  { type, buckets, arns }: ResourceChoice,
  place: ResourcePlace,
): readonly ArnSet[] {
  if (buckets === undefined && arns === undefined) return [allOfType(type, place)];
  return [...(buckets ?? []).map((bucket) => objectsOf(bucket, place.partition)), ...(arns ?? []).map(named)];
}

/** Every object of a bucket. */
export function objectsOf(bucket: string, partition: string): ArnSet {
  return textsAfter(`arn:${partition}:s3:::${bucket}/`, ["object", "example/object"]);
}

function named(arn: string): ArnSet {
  return arn.endsWith("*") ? textsAfter(arn.slice(0, -1), ["example"]) : { exactly: arn };
}

function allOfType(type: string, { partition, account, region }: ResourcePlace): ArnSet {
  if (type === "AWS::S3::Object") return everyObject(partition);
  const regional = regionalTypes[type];
  if (regional === undefined) return textsAfter(`arn:${partition}:`, ["example"]);
  const { service, kind } = regional;
  // The account's own ones; where it is not known whose state this is, anybody's.
  if (!/^\d{12}$/u.test(account))
    return textsAfter(`arn:${partition}:${service}:${region}:`, [`111122223333:${kind}example`]);
  return textsAfter(`arn:${partition}:${service}:${region}:${account}:${kind}`, ["example"]);
}

const regionalTypes: Readonly<Record<string, { readonly service: string; readonly kind: string }>> = {
  "AWS::Lambda::Function": { service: "lambda", kind: "function:" },
  "AWS::DynamoDB::Table": { service: "dynamodb", kind: "table/" },
};
