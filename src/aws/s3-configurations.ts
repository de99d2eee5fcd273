import type {
  IntelligentTieringConfiguration,
  LifecycleRule,
  LoggingEnabled,
  MetricsConfiguration,
  NoncurrentVersionTransition,
  Tag,
  Transition,
} from "@aws-sdk/client-s3";
import { pickMembers, unlessEmpty } from "../shared/aws/names.js";

type Shape = { readonly [name: string]: unknown };

/** Server access logging in CloudFormation's shape; undefined where it is off. `TargetGrants` is the API's own. */
export function loggingOf(enabled: LoggingEnabled | undefined): Shape | undefined {
  if (enabled === undefined) return undefined;
  const { TargetBucket, TargetPrefix, TargetObjectKeyFormat, TargetGrants } = enabled;
  return {
    DestinationBucketName: TargetBucket,
    LogFilePrefix: TargetPrefix,
    TargetObjectKeyFormat,
    // Names and addresses of people decide nothing.
    TargetGrants: TargetGrants?.map(({ Grantee, Permission }) => ({
      Grantee: pickMembers(Grantee, ["Type", "URI", "ID"]),
      Permission,
    })),
  };
}

/** Lifecycle rules in CloudFormation's shape, with a filter's parts beside the rule. */
export function lifecycleOf(rules: readonly LifecycleRule[] = []): Shape | undefined {
  return rules.length === 0 ? undefined : { Rules: rules.map(ruleOf) };
}

function ruleOf(rule: LifecycleRule): Shape {
  const {
    ID,
    Status,
    Expiration,
    Transitions,
    NoncurrentVersionTransitions,
    NoncurrentVersionExpiration,
    AbortIncompleteMultipartUpload,
  } = rule;
  return {
    Id: ID,
    Status,
    ...scopeOf(rule),
    ExpirationInDays: Expiration?.Days,
    ExpirationDate: Expiration?.Date,
    ExpiredObjectDeleteMarker: Expiration?.ExpiredObjectDeleteMarker,
    Transitions: Transitions?.map(transitionOf),
    NoncurrentVersionTransitions: NoncurrentVersionTransitions?.map(noncurrentTransitionOf),
    NoncurrentVersionExpiration,
    AbortIncompleteMultipartUpload,
  };
}

function scopeOf(rule: LifecycleRule): Shape {
  const { Prefix: filterPrefix, Tag: tag, And: and, ...filter } = rule.Filter ?? {};
  return {
    // Old rules have the prefix beside the filter; the SDK's type only warns against writing it so.
    Prefix: (rule as { readonly Prefix?: string | undefined }).Prefix ?? filterPrefix ?? and?.Prefix,
    TagFilters: tagFilters(tag, and?.Tags),
    ObjectSizeGreaterThan: filter.ObjectSizeGreaterThan ?? and?.ObjectSizeGreaterThan,
    ObjectSizeLessThan: filter.ObjectSizeLessThan ?? and?.ObjectSizeLessThan,
  };
}

function transitionOf({ StorageClass, Days, Date: date }: Transition): Shape {
  return { StorageClass, TransitionInDays: Days, TransitionDate: date };
}

function noncurrentTransitionOf({
  StorageClass,
  NoncurrentDays,
  NewerNoncurrentVersions,
}: NoncurrentVersionTransition): Shape {
  return { StorageClass, TransitionInDays: NoncurrentDays, NewerNoncurrentVersions };
}

function tagFilters(tag: Tag | undefined, tags: readonly Tag[] = []): readonly Shape[] | undefined {
  return unlessEmpty(
    [...(tag === undefined ? [] : [tag]), ...tags].map(({ Key, Value }) => ({ Key, Value })),
  );
}

/** A request-metrics configuration in CloudFormation's shape; one with an Id alone is about the whole bucket. */
export function metricsOf({ Id, Filter }: MetricsConfiguration): Shape {
  const { Prefix, Tag: tag, AccessPointArn, And } = Filter ?? {};
  return {
    Id,
    Prefix: Prefix ?? And?.Prefix,
    TagFilters: tagFilters(tag, And?.Tags),
    AccessPointArn: AccessPointArn ?? And?.AccessPointArn,
    ...unknownMember(Filter),
  };
}

// A kind of filter that the SDK does not know yet still narrows: it must not look like none.
function unknownMember(filter: MetricsConfiguration["Filter"]): Shape {
  return filter?.$unknown === undefined ? {} : { UnknownFilter: filter.$unknown[0] };
}

/** An Intelligent-Tiering configuration in CloudFormation's shape. */
export function intelligentTieringOf({
  Id,
  Status,
  Filter,
  Tierings,
}: IntelligentTieringConfiguration): Shape {
  const { Prefix, Tag: tag, And } = Filter ?? {};
  return { Id, Status, Prefix: Prefix ?? And?.Prefix, TagFilters: tagFilters(tag, And?.Tags), Tierings };
}
