import { defineAttachment } from "../mapping.js";
import type { AttachmentMapping } from "../mapping.js";
import { lifecycleShape } from "./lifecycle.js";
import { notificationShape } from "./notification.js";

/** A resource of Terraform's that holds one property of a bucket. */
function part(
  name: string,
  property: string,
  more: Partial<Pick<AttachmentMapping, "make" | "gone" | "how" | "key" | "from">> = {},
): AttachmentMapping {
  const { from = [property] } = more;
  return {
    type: `Terraform::S3::Bucket${name}`,
    to: "AWS::S3::Bucket",
    at: "Bucket",
    property,
    how: "replace",
    from,
    make: (given) => given[from[0] ?? property] ?? null,
    ...more,
  };
}

/** Versioning: it can be suspended, never taken back. */
export const bucketVersioning = defineAttachment({
  ...part("Versioning", "VersioningConfiguration"),
  gone: () => ({ Status: "Suspended" }),
});
/** MFA delete, which comes with versioning. */
export const bucketMfaDelete = defineAttachment(part("Versioning", "MFADelete"));
/** Server access logging. */
export const bucketLogging = defineAttachment(part("Logging", "LoggingConfiguration"));
/** Lifecycle rules: it replaces them all. */
export const bucketLifecycle = defineAttachment(
  part("Lifecycle", "LifecycleConfiguration", {
    make: ({ LifecycleConfiguration: configuration = null }) => lifecycleShape(configuration),
  }),
);
/** The public access block: without it there is none, and not the one that S3 gives new buckets. */
export const bucketPublicAccessBlock = defineAttachment(
  part("PublicAccessBlock", "PublicAccessBlockConfiguration"),
);
/** The ACL; without it the owner's grant stays. */
export const bucketAcl = defineAttachment(part("Acl", "Grants"));
/** Who owns objects, and so whether ACLs are in force. */
export const bucketOwnershipControls = defineAttachment(part("OwnershipControls", "OwnershipControls"));
/** Notifications: it replaces them all, EventBridge included. */
export const bucketNotification = defineAttachment(
  part("Notification", "NotificationConfiguration", {
    make: ({ NotificationConfiguration: configuration = null }) => notificationShape(configuration),
  }),
);
/** Object lock. */
export const bucketObjectLock = defineAttachment(part("ObjectLock", "ObjectLockConfiguration"));
/** Default encryption; S3 encrypts without it, too. */
export const bucketEncryption = defineAttachment({
  ...part("Encryption", "BucketEncryption"),
  gone: () => ({
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
    ],
  }),
});
/** Who pays for requests. */
export const bucketRequestPayment = defineAttachment({
  ...part("RequestPayment", "RequestPayment"),
  gone: () => "BucketOwner",
});
/** One request-metrics configuration. */
export const bucketMetrics = defineAttachment(
  part("Metrics", "MetricsConfigurations", { how: "member", key: "Id", from: ["MetricsConfiguration"] }),
);
/** One Intelligent-Tiering configuration. */
export const bucketIntelligentTiering = defineAttachment(
  part("IntelligentTiering", "IntelligentTieringConfigurations", {
    how: "member",
    key: "Id",
    from: ["IntelligentTieringConfiguration"],
  }),
);
