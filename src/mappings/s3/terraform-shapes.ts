import { Hole } from "../../core/declared.js";
import type { Given, GivenObject } from "../../core/declared.js";
import { holeIn, isGivenList, isGivenObject, plainText, setMembers } from "../given.js";
import { dimensions, eachBlock } from "../terraform-shapes.js";
import { blocksOf, mapMembers, readerOf, same } from "../terraform.js";
import type { Members, Origin, ReadAttribute } from "../terraform.js";

const TRANSITION: Members = {
  StorageClass: "storage_class",
  TransitionInDays: "days",
  TransitionDate: "date",
};
const NONCURRENT: Members = {
  StorageClass: "storage_class",
  TransitionInDays: "noncurrent_days",
  NewerNoncurrentVersions: "newer_noncurrent_versions",
};

const EXPIRATION: Members = {
  ExpirationInDays: "days",
  ExpirationDate: "date",
  ExpiredObjectDeleteMarker: "expired_object_delete_marker",
};

const RULE: Members = {
  Id: "id",
  Status: "status",
  Transitions: { blocks: "transition", members: TRANSITION },
  NoncurrentVersionTransitions: { blocks: "noncurrent_version_transition", members: NONCURRENT },
  NoncurrentVersionExpiration: {
    block: "noncurrent_version_expiration",
    members: same("NoncurrentDays", "NewerNoncurrentVersions"),
  },
  AbortIncompleteMultipartUpload: {
    block: "abort_incomplete_multipart_upload",
    members: same("DaysAfterInitiation"),
  },
};

/** Lifecycle rules, a filter's parts beside the rule as CloudFormation has them. */
export const lifecycleRules: Origin = rulesOf("rule", (read) => ({
  ...mapMembers(RULE, read),
  ...membersOf(read("expiration"), EXPIRATION),
  ...scopeOf(read("filter"), read("prefix")),
}));

/** The lifecycle rules of a bucket's own blocks. */
export const inlineLifecycleRules: Origin = rulesOf("lifecycle_rule", (read) => ({
  ...mapMembers(
    {
      Id: "id",
      Prefix: "prefix",
      TagFilters: dimensions("tags", "Key"),
      Transitions: { blocks: "transition", members: TRANSITION },
      NoncurrentVersionTransitions: {
        blocks: "noncurrent_version_transition",
        members: { StorageClass: "storage_class", TransitionInDays: "days" },
      },
      NoncurrentVersionExpiration: {
        block: "noncurrent_version_expiration",
        members: { NoncurrentDays: "days" },
      },
    },
    read,
  ),
  ...membersOf(read("expiration"), EXPIRATION),
  Status: read("enabled") === true ? "Enabled" : "Disabled",
}));

function rulesOf(attribute: string, rule: (read: ReadAttribute) => GivenObject): Origin {
  return {
    from: [attribute],
    shape: (read) => {
      const rules = eachBlock(read(attribute), rule);
      return rules === undefined || rules instanceof Hole ? rules : { Rules: rules };
    },
  };
}

function membersOf(value: Given | undefined, members: Members): GivenObject {
  const first = firstBlock(value);
  if (first === undefined) return {};
  if (first instanceof Hole) return Object.fromEntries(Object.keys(members).map((name) => [name, first]));
  return mapMembers(members, readerOf(first));
}

const SCOPE: readonly string[] = [
  "Prefix",
  "TagFilters",
  "ObjectSizeGreaterThan",
  "ObjectSizeLessThan",
  "AccessPointArn",
];

/** What narrows a rule or a configuration: the parts of its filter, and of the filter's `and`. */
export function scopeOf(filter: Given | undefined, prefix?: Given): GivenObject {
  const one = firstBlock(filter);
  if (one === undefined) return setMembers({ Prefix: prefix });
  const read = one instanceof Hole ? one : readerOf(one);
  const both = read instanceof Hole ? read : firstBlock(read("and"));
  if (read instanceof Hole || both instanceof Hole)
    return Object.fromEntries(SCOPE.map((name) => [name, both ?? null]));
  const readBoth = readerOf(both ?? {});
  const either = (name: string): Given | undefined => read(name) ?? readBoth(name);
  return setMembers({
    Prefix: prefix ?? either("prefix"),
    TagFilters: tagFilters(read("tag"), either("tags")),
    ObjectSizeGreaterThan: either("object_size_greater_than"),
    ObjectSizeLessThan: either("object_size_less_than"),
    AccessPointArn: either("access_point"),
  });
}

function firstBlock(value: Given | undefined): GivenObject | Hole | undefined {
  const blocks = blocksOf(value);
  return blocks instanceof Hole ? blocks : blocks?.[0];
}

function tagFilters(tag: Given | undefined, tags: Given | undefined): Given | undefined {
  const single = eachBlock(tag, (read) => mapMembers({ Key: "key", Value: "value" }, read));
  if (single instanceof Hole || tags instanceof Hole) return single instanceof Hole ? single : tags;
  const pairs = isGivenObject(tags) ? Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) : [];
  const all = [...(isGivenList(single) ? single : []), ...pairs];
  return all.length === 0 ? undefined : all;
}

const TARGETS = [
  { of: "TopicConfigurations", block: "topic", arn: "topic_arn", target: "Topic" },
  { of: "QueueConfigurations", block: "queue", arn: "queue_arn", target: "Queue" },
  { of: "LambdaConfigurations", block: "lambda_function", arn: "lambda_function_arn", target: "Function" },
] as const;

/** A bucket's notifications, one configuration an event. */
export const bucketNotification: Origin = {
  from: ["eventbridge", ...TARGETS.map(({ block }) => block)],
  shape: (read) => {
    const bridge = read("eventbridge");
    const shape = setMembers({
      ...Object.fromEntries(TARGETS.map((kind) => [kind.of, configurations(read, kind)])),
      EventBridgeConfiguration:
        bridge === undefined || bridge === false ? undefined : { EventBridgeEnabled: bridge },
    });
    return Object.keys(shape).length === 0 ? undefined : shape;
  },
};

function configurations(
  read: ReadAttribute,
  { block, arn, target }: (typeof TARGETS)[number],
): Given | undefined {
  const blocks = blocksOf(read(block));
  if (blocks === undefined || blocks instanceof Hole) return blocks;
  return blocks.flatMap((one): readonly Given[] => {
    if (one instanceof Hole) return [one];
    const readOne = readerOf(one);
    const events = readOne("events");
    const rules = (["prefix", "suffix"] as const).flatMap((name) => {
      const value = readOne(`filter_${name}`);
      return value === undefined ? [] : [{ Name: name, Value: value }];
    });
    return (isGivenList(events) ? events : events === undefined ? [] : [events]).map((Event) => ({
      Event,
      ...setMembers({ [target]: readOne(arn) }),
      ...(rules.length === 0 ? {} : { Filter: { S3Key: { Rules: rules } } }),
    }));
  });
}

const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
const OWN: GivenObject = { Grantee: { Type: "CanonicalUser" }, Permission: "FULL_CONTROL" };

/** What a canned ACL grants beside the owner's full control; an ACL that is not here grants no group anything. */
const CANNED: Readonly<Record<string, readonly GivenObject[]>> = {
  "public-read": [group(ALL_USERS, "READ")],
  "public-read-write": [group(ALL_USERS, "READ"), group(ALL_USERS, "WRITE")],
  "authenticated-read": [group("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", "READ")],
  "log-delivery-write": [
    group("http://acs.amazonaws.com/groups/s3/LogDelivery", "WRITE"),
    group("http://acs.amazonaws.com/groups/s3/LogDelivery", "READ_ACP"),
  ],
};

function group(URI: string, Permission: string): GivenObject {
  return { Grantee: { Type: "Group", URI }, Permission };
}

/** The grants that an ACL makes: a canned one, or those of its policy. Names and addresses of people decide nothing. */
export const bucketGrants: Origin = {
  from: ["acl", "access_control_policy"],
  shape: (read) => {
    const own = firstBlock(read("access_control_policy"));
    if (own instanceof Hole) return own;
    return own === undefined ? cannedGrants(read("acl")) : eachBlock(readerOf(own)("grant"), grant);
  },
};

/** The ACL of a bucket's own blocks, as the canned one that lets in the same groups. */
export const inlineAcl: Origin = {
  from: ["acl", "grant"],
  shape: (read) => {
    const written = blocksOf(read("grant"));
    if (written instanceof Hole) return written;
    if (written === undefined) return cannedName(read("acl"));
    const hole = holeIn(written);
    if (hole !== undefined) return hole;
    const texts = written.map((one) => JSON.stringify(one));
    return INLINE.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1] ?? "Private";
  },
};

// The bucket's own block names the group and its permissions in one.
const INLINE: readonly (readonly [RegExp, string])[] = [
  [/(?=.*AllUsers)(?=.*(?:WRITE|FULL_CONTROL))/u, "PublicReadWrite"],
  [/AllUsers/u, "PublicRead"],
  [/AuthenticatedUsers/u, "AuthenticatedRead"],
  [/LogDelivery/u, "LogDeliveryWrite"],
];

// CloudFormation says PublicRead for public-read.
function cannedName(acl: Given | undefined): Given | undefined {
  return typeof acl === "string"
    ? acl.replaceAll(/(?:^|-)([a-z])/gu, (_whole, letter: string) => letter.toUpperCase())
    : acl;
}

function cannedGrants(acl: Given | undefined): Given | undefined {
  if (acl === undefined || acl instanceof Hole) return acl;
  const name = plainText(acl) ?? "";
  return [OWN, ...(Object.hasOwn(CANNED, name) ? (CANNED[name] ?? []) : [])];
}

const GRANTEE: Members = { Type: "type", URI: "uri", ID: "id" };

function grant(read: ReadAttribute): GivenObject {
  return mapMembers({ Grantee: { block: "grantee", members: GRANTEE }, Permission: "permission" }, read);
}
