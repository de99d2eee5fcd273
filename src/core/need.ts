/**
 * What a rule must be able to read of one resource type.
 *
 * Without `only`, every resource of the type is listed, in `regions` (default: every region looked at).
 * With `only`, just the resources are read that some resource of type `referencedBy` names at `path`
 * (a property path such as `S3BucketName`, `AlarmActions[]` or `Destinations[].Arn`). References are followed
 * until nothing new is found, across regions and, where AWS allows it, accounts.
 */
export type Need = {
  readonly type: string;
  /** CloudFormation property names, or names of what only a running account has (`IsLogging`). */
  readonly properties: readonly string[];
  readonly regions?: readonly string[];
  readonly only?: Reference;
};

/** "The resources that resources of this type name at this path." With `of`, the path is only read of those that are named themselves, so: the keys of log buckets, not of all buckets. */
export type Reference = { readonly referencedBy: string; readonly path: string; readonly of?: Reference };
