import { StoreError } from "../core/store.js";
import { printable } from "../shared/text/terminal-text.js";

/** A place in a bucket; the prefix is "" or ends in a slash. */
export type S3Place = { readonly bucket: string; readonly prefix: string };

/** Reads s3://bucket/prefix. @throws StoreError where it is not such a location. */
export function readS3Location(location: string): S3Place {
  const [, bucket = "", rest = ""] = /^s3:\/\/([^/]*)\/?(.*)$/su.exec(location) ?? [];
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u.test(bucket))
    throw new StoreError(
      `${printable(location)} names no bucket; a store in S3 is written s3://bucket/prefix, the bucket in 3 to 63 lowercase letters, digits, dots and hyphens`,
    );
  const prefix = rest.replace(/\/+$/u, "");
  if (
    !/^(?:[A-Za-z0-9!_.*'()=+@-]+(?:\/[A-Za-z0-9!_.*'()=+@-]+)*)?$/u.test(prefix) ||
    /(?:^|\/)\.{1,2}(?:\/|$)/u.test(prefix)
  )
    throw new StoreError(
      `${printable(location)}: the prefix "${printable(prefix)}" is not made of names with / between (letters, digits and ! _ . * ' ( ) = + @ -)`,
    );
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}
