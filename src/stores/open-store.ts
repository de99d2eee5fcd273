import { StoreError } from "../core/store.js";
import type { S3StoreOptions, Store } from "../core/store.js";
import { printable } from "../shared/text/terminal-text.js";
import { folderStore } from "./folder-store.js";
import { readS3Location } from "./s3-location.js";

/** How a store is entered: with whose credentials, and what is asked of a bucket. A folder needs none of it. */
export type OpenStoreOptions = S3StoreOptions & { readonly profile?: string; readonly roleArn?: string };

/** Opens a store: s3://bucket/prefix, or else a folder, which is made when something is written. Nothing is asked yet. @throws StoreError where it is neither. */
export async function openStore(location: string, options: OpenStoreOptions = {}): Promise<Store> {
  if (location.trim() === "")
    throw new StoreError("the name of the store is empty; a store is a folder, or s3://bucket/prefix");
  if (!/^[a-z][a-z0-9+.-]+:\/\//iu.test(location)) return folderStore(location);
  if (!location.startsWith("s3://"))
    throw new StoreError(`${printable(location)} is no store; a store is a folder, or s3://bucket/prefix`);
  const place = readS3Location(location);
  const [{ s3Store }, { s3Client }] = await Promise.all([
    import("./s3-store.js"),
    import("../aws/s3-client.js"),
  ]);
  return s3Store(place, await s3Client(options), options);
}
