import { memberOf, whenText } from "../terraform-shapes.js";
import { mapMembers, same, snakeCase } from "../terraform.js";
import type { Members, Origin, TerraformMapping, TerraformMappings } from "../terraform.js";
import {
  bucketGrants,
  bucketNotification,
  inlineAcl,
  inlineLifecycleRules,
  lifecycleRules,
  scopeOf,
} from "./terraform-shapes.js";

const BLOCKS = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

const accessBlock: Origin = {
  from: BLOCKS.map(snakeCase),
  // What is left out of a block that is set is false.
  shape: (read) => Object.fromEntries(BLOCKS.map((name) => [name, read(snakeCase(name)) ?? false])),
};

const LOGGING: Members = {
  DestinationBucketName: "target_bucket",
  LogFilePrefix: "target_prefix",
};

const ENCRYPTION: Members = {
  ServerSideEncryptionConfiguration: {
    blocks: "rule",
    members: {
      ServerSideEncryptionByDefault: {
        block: "apply_server_side_encryption_by_default",
        members: { SSEAlgorithm: "sse_algorithm", KMSMasterKeyID: "kms_master_key_id" },
      },
      BucketKeyEnabled: "bucket_key_enabled",
    },
  },
};

const LOCK_RULE: Members = {
  DefaultRetention: { block: "default_retention", members: same("Mode", "Days", "Years") },
};

/** A resource that holds one property of a bucket. */
function part(type: string, properties: Members, more?: Partial<TerraformMapping>): TerraformMapping {
  return { type: `Terraform::S3::Bucket${type}`, properties: { Bucket: "bucket", ...properties }, ...more };
}

/** The bucket itself, with the blocks that are deprecated and still there. */
const BUCKET: TerraformMapping = {
  type: "AWS::S3::Bucket",
  properties: {
    BucketName: "bucket",
    ObjectLockEnabled: "object_lock_enabled",
    VersioningConfiguration: {
      block: "versioning",
      members: { Status: whenText("enabled", { true: "Enabled", false: "Suspended" }) },
    },
    LoggingConfiguration: { block: "logging", members: LOGGING },
    LifecycleConfiguration: inlineLifecycleRules,
    BucketEncryption: {
      block: "server_side_encryption_configuration",
      members: ENCRYPTION,
    },
    ObjectLockConfiguration: {
      block: "object_lock_configuration",
      members: { ObjectLockEnabled: "object_lock_enabled", Rule: { block: "rule", members: LOCK_RULE } },
    },
    Policy: "policy",
    AccessControl: inlineAcl,
    RequestPayment: "request_payer",
  },
  computed: [
    "acl",
    "bucket",
    "grant",
    "lifecycle_rule",
    "logging",
    "object_lock_configuration",
    "object_lock_enabled",
    "policy",
    "request_payer",
    "server_side_encryption_configuration",
    "versioning",
  ],
  inline: {
    VersioningConfiguration: "Terraform::S3::BucketVersioning",
    LoggingConfiguration: "Terraform::S3::BucketLogging",
    LifecycleConfiguration: "Terraform::S3::BucketLifecycle",
    BucketEncryption: "Terraform::S3::BucketEncryption",
    ObjectLockConfiguration: "Terraform::S3::BucketObjectLock",
    Policy: "AWS::S3::BucketPolicy",
    AccessControl: "Terraform::S3::BucketAcl",
    RequestPayment: "Terraform::S3::BucketRequestPayment",
  },
};

/** S3's types of Terraform's AWS provider. */
export const S3: TerraformMappings = {
  aws_s3_bucket: BUCKET,
  aws_s3_bucket_policy: {
    type: "AWS::S3::BucketPolicy",
    properties: { Bucket: "bucket", PolicyDocument: "policy" },
  },
  aws_s3_bucket_versioning: part("Versioning", {
    VersioningConfiguration: {
      block: "versioning_configuration",
      members: { Status: whenText("status", { Enabled: "Enabled", Suspended: "Suspended" }) },
    },
    MFADelete: memberOf("versioning_configuration", "mfa_delete"),
  }),
  aws_s3_bucket_logging: part("Logging", {
    LoggingConfiguration: {
      from: ["target_bucket", "target_prefix"],
      shape: (read) => mapMembers(LOGGING, read),
    },
  }),
  aws_s3_bucket_lifecycle_configuration: part("Lifecycle", { LifecycleConfiguration: lifecycleRules }),
  aws_s3_bucket_public_access_block: part(
    "PublicAccessBlock",
    { PublicAccessBlockConfiguration: accessBlock },
    { keptBy: "skip_destroy" },
  ),
  aws_s3_bucket_acl: part("Acl", { Grants: bucketGrants }),
  aws_s3_bucket_ownership_controls: part("OwnershipControls", {
    OwnershipControls: {
      from: ["rule"],
      shape: (read) => mapMembers({ Rules: { blocks: "rule", members: same("ObjectOwnership") } }, read),
    },
  }),
  aws_s3_bucket_notification: part("Notification", { NotificationConfiguration: bucketNotification }),
  aws_s3_bucket_object_lock_configuration: part("ObjectLock", {
    ObjectLockConfiguration: {
      from: ["object_lock_enabled", "rule"],
      shape: (read) =>
        mapMembers(
          { ObjectLockEnabled: "object_lock_enabled", Rule: { block: "rule", members: LOCK_RULE } },
          read,
        ),
    },
  }),
  aws_s3_bucket_server_side_encryption_configuration: part("Encryption", {
    BucketEncryption: { from: ["rule"], shape: (read) => mapMembers(ENCRYPTION, read) },
  }),
  aws_s3_bucket_request_payment_configuration: part("RequestPayment", { RequestPayment: "payer" }),
  aws_s3_bucket_metric: part("Metrics", {
    MetricsConfiguration: {
      from: ["name", "filter"],
      shape: (read) => ({ ...mapMembers({ Id: "name" }, read), ...scopeOf(read("filter")) }),
    },
  }),
  aws_s3_bucket_intelligent_tiering_configuration: part("IntelligentTiering", {
    IntelligentTieringConfiguration: {
      from: ["name", "status", "filter", "tiering"],
      shape: (read) => ({
        ...mapMembers(
          {
            Id: "name",
            Status: "status",
            Tierings: { blocks: "tiering", members: same("AccessTier", "Days") },
          },
          read,
        ),
        ...scopeOf(read("filter")),
      }),
    },
  }),
  aws_s3_account_public_access_block: {
    type: "AWS::S3::AccountPublicAccessBlock",
    properties: { PublicAccessBlockConfiguration: accessBlock },
    once: true,
  },
};
