/** What is asked of the bucket beside its name. Apart from the store, so that the types of the package need none of the SDK. */
export type S3StoreOptions = {
  /** The account that must own the bucket: twelve digits. S3 refuses every request where another does. */
  readonly bucketOwner?: string;
  /** ARN or id of the KMS key that objects are encrypted with, in place of the bucket's default. */
  readonly kmsKey?: string;
};
