/** A file of a store: its bytes, and a token that changes whenever it is written. */
export type StoredFile = { readonly bytes: Uint8Array; readonly version: string };

/** Under which condition a file is written. `absent`: only where there is none; `version`: only over the very one that was read. */
export type WriteCondition =
  | { readonly kind: "always" }
  | { readonly kind: "absent" }
  | { readonly kind: "version"; readonly version: string };

/**
 * A place that keeps files: a folder, a bucket. Keys are relative, with "/" between names ("runs/2026-11-21T02-00-00Z.json.gz").
 * A file is there whole or not at all. What goes wrong beside a lost race is thrown as `StoreError`.
 */
export type Store = {
  /** As a person wrote it: a folder, or s3://bucket/prefix. */
  readonly location: string;
  /** Undefined where there is no such file. */
  read(key: string): Promise<StoredFile | undefined>;
  /** "conflict" where the condition did not hold; then nothing was written. */
  write(key: string, bytes: Uint8Array, condition: WriteCondition): Promise<"written" | "conflict">;
  /** All keys with this prefix, in code-unit order. */
  list(prefix: string): Promise<readonly string[]>;
  /** No error where there is none. */
  remove(key: string): Promise<void>;
};

/** What is asked of the bucket beside its name. */
export type S3StoreOptions = {
  /** The account that must own the bucket: twelve digits. S3 refuses every request where another does. */
  readonly bucketOwner?: string;
  /** ARN or id of the KMS key that objects are encrypted with, in place of the bucket's default. */
  readonly kmsKey?: string;
};

/** The store cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
