import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { ListObjectsV2CommandOutput, PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { StoreError } from "../core/store.js";
import type { S3StoreOptions, Store, StoredFile, WriteCondition } from "../core/store.js";
import { byText } from "../shared/order.js";
import { namesOf } from "./check-key.js";
import { explainS3Error, nameOf } from "./s3-errors.js";
import type { S3Place } from "./s3-location.js";

/** The bucket behind a store. */
type Bucket = S3StoreOptions & S3Place & { readonly client: S3Client };

/**
 * A bucket as a store; conditions are S3's own conditional writes. What is written is encrypted as the bucket says (S3 encrypts
 * every object, with its own key where the bucket names none), or with `kmsKey`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3Store(place: S3Place, client: S3Client, options: S3StoreOptions = {}): Store {
  const bucket = { ...place, ...options, client };
  return {
    location: `s3://${place.bucket}${place.prefix === "" ? "" : `/${place.prefix.replace(/\/$/u, "")}`}`,
    read: (key) => readObject(bucket, key),
    write: (key, bytes, condition) => writeObject(bucket, { key, bytes, condition }),
    list: (prefix) => listObjects(bucket, prefix),
    remove: (key) => removeObject(bucket, key),
  };
}

const addressOf = ({
  bucket,
  bucketOwner,
}: Bucket): { readonly Bucket: string; readonly ExpectedBucketOwner?: string } => ({
  Bucket: bucket,
  ...(bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }),
});
const objectKey = ({ prefix }: Bucket, key: string): string => `${prefix}${namesOf(key).join("/")}`;

async function readObject(bucket: Bucket, key: string): Promise<StoredFile | undefined> {
  const Key = objectKey(bucket, key);
  try {
    const { Body, ETag } = await bucket.client.send(new GetObjectCommand({ ...addressOf(bucket), Key }));
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), version: ETag ?? "" };
  } catch (error) {
    if (nameOf(error) === "NoSuchKey") return undefined;
    throw explainS3Error(error, { action: "s3:GetObject", bucket: bucket.bucket, key: Key });
  }
}

type Writing = { readonly key: string; readonly bytes: Uint8Array; readonly condition: WriteCondition };

// 412: the condition does not hold; 409: another write came in between; 404: what was to be replaced is gone.
const lostRaces = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];

async function writeObject(
  bucket: Bucket,
  { key, bytes, condition }: Writing,
): Promise<"written" | "conflict"> {
  const Key = objectKey(bucket, key);
  const encryption: Partial<PutObjectCommandInput> =
    bucket.kmsKey === undefined ? {} : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: bucket.kmsKey };
  try {
    await bucket.client.send(
      new PutObjectCommand({
        ...addressOf(bucket),
        Key,
        Body: bytes,
        ContentType: contentType(key),
        ...encryption,
        ...headersOf(condition),
      }),
    );
    return "written";
  } catch (error) {
    if (condition.kind !== "always" && lostRaces.includes(nameOf(error))) return "conflict";
    throw explainS3Error(error, { action: "s3:PutObject", bucket: bucket.bucket, key: Key });
  }
}

function headersOf(condition: WriteCondition): Partial<PutObjectCommandInput> {
  if (condition.kind === "absent") return { IfNoneMatch: "*" };
  return condition.kind === "version" ? { IfMatch: condition.version } : {};
}

function contentType(key: string): string {
  return key.endsWith(".gz") ? "application/gzip" : "application/json";
}

async function listObjects(bucket: Bucket, prefix: string): Promise<readonly string[]> {
  const Prefix = `${bucket.prefix}${prefix}`;
  const keys: string[] = [];
  const seen = new Set<string | undefined>();
  let token: string | undefined;
  do {
    if (seen.has(token)) throw endless(bucket);
    seen.add(token);
    const page = await listPage(bucket, Prefix, token);
    for (const { Key = "" } of page.Contents ?? []) keys.push(Key.slice(bucket.prefix.length));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  // The console makes a "folder" by an empty object whose key ends in a slash.
  return keys.filter((key) => !key.endsWith("/") && key !== "").sort(byText);
}

async function listPage(
  bucket: Bucket,
  Prefix: string,
  token: string | undefined,
): Promise<ListObjectsV2CommandOutput> {
  const continued = token === undefined ? {} : { ContinuationToken: token };
  try {
    return await bucket.client.send(new ListObjectsV2Command({ ...addressOf(bucket), Prefix, ...continued }));
  } catch (error) {
    throw explainS3Error(error, { action: "s3:ListBucket", bucket: bucket.bucket, key: Prefix });
  }
}

// A list that begins again would never end.
function endless({ bucket }: Bucket): StoreError {
  return new StoreError(
    `the list of objects in bucket ${bucket} does not end: S3, or what stands in its place, gives the same continuation token again`,
  );
}

async function removeObject(bucket: Bucket, key: string): Promise<void> {
  const Key = objectKey(bucket, key);
  try {
    await bucket.client.send(new DeleteObjectCommand({ ...addressOf(bucket), Key }));
  } catch (error) {
    throw explainS3Error(error, { action: "s3:DeleteObject", bucket: bucket.bucket, key: Key });
  }
}
