import type { JsonObject } from "../../core/json.js";
import { isObject } from "../../shared/read-property.js";
import { defineAttachment, defineDeclared } from "../mapping.js";
import { documentText, reshaped } from "../shapes.js";
import { grantsOf } from "./canned-acl.js";
import { lifecycleShape } from "./lifecycle.js";
import { notificationShape } from "./notification.js";

const BLOCKS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
const all = (value: boolean): JsonObject => Object.fromEntries(BLOCKS.map((name) => [name, value]));

/** Buckets, as S3 makes them since April 2023. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html */
export const bucket = defineDeclared({
  type: "AWS::S3::Bucket",
  settle: {
    // Members left out are off; only a bucket that says nothing of it gets them all.
    PublicAccessBlockConfiguration: reshaped("PublicAccessBlockConfiguration", (block) =>
      isObject(block) ? { ...all(false), ...block } : block,
    ),
    // A bucket that names no other logs into itself.
    LoggingConfiguration: {
      from: ["LoggingConfiguration"],
      make: ({ LoggingConfiguration: logging }, { id }) =>
        isObject(logging) ? { DestinationBucketName: id, LogFilePrefix: "", ...logging } : null,
    },
    LifecycleConfiguration: reshaped("LifecycleConfiguration", lifecycleShape),
    NotificationConfiguration: reshaped("NotificationConfiguration", notificationShape),
    Grants: {
      from: ["AccessControl", "OwnershipControls"],
      make: ({ AccessControl, OwnershipControls }) => grantsOf(AccessControl, OwnershipControls),
      keeps: "unless-given",
    },
    ObjectLockConfiguration: {
      from: ["ObjectLockConfiguration", "ObjectLockEnabled"],
      make: ({ ObjectLockConfiguration: lock, ObjectLockEnabled }) =>
        lock ?? (ObjectLockEnabled === true ? { ObjectLockEnabled: "Enabled" } : null),
    },
    ObjectLockEnabled: reshaped("ObjectLockEnabled", (isOn) => (isOn === true ? true : null)),
    OwnedByAccount: { from: [], make: () => true },
  },
  defaults: {
    PublicAccessBlockConfiguration: all(true),
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
      ],
    },
  },
  // What was switched on once cannot be taken back wholly; and what S3 set by itself does not come again.
  reset: {
    VersioningConfiguration: { Status: "Suspended" },
    PublicAccessBlockConfiguration: null,
    OwnershipControls: null,
  },
  born: (_settled, { takenAt }) => ({ observed: { CreationDate: takenAt, RequestPayment: "BucketOwner" } }),
});

/** The policy of a bucket. */
export const bucketPolicy = defineAttachment({
  type: "AWS::S3::BucketPolicy",
  to: "AWS::S3::Bucket",
  at: "Bucket",
  property: "Policy",
  how: "replace",
  from: ["PolicyDocument"],
  make: documentText,
});
