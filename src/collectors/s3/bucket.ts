import type {
  GetBucketAclOutput,
  GetBucketEncryptionOutput,
  GetBucketLifecycleConfigurationOutput,
  GetBucketLocationOutput,
  GetBucketLoggingOutput,
  GetBucketOwnershipControlsOutput,
  GetBucketPolicyOutput,
  GetBucketRequestPaymentOutput,
  GetBucketVersioningOutput,
  GetObjectLockConfigurationOutput,
  GetPublicAccessBlockOutput,
  ListBucketIntelligentTieringConfigurationsOutput,
  ListBucketMetricsConfigurationsOutput,
  ListBucketsOutput,
  NotificationConfiguration,
} from "@aws-sdk/client-s3";
import { intelligentTieringOf, lifecycleOf, loggingOf, metricsOf } from "../../aws/s3-configurations.js";
import { defineCollector, listCall, locateCall, readCall } from "../../core/collector.js";
import type { Identity, Operation, Proof, ReadCall } from "../../core/collector.js";
import type { JsonObject } from "../../core/json.js";
import { parseArn } from "../../shared/aws/arn.js";
import { notificationOf } from "../../shared/aws/bucket-notification.js";
import { given, unlessEmpty } from "../../shared/aws/names.js";

// Some of S3's actions are named unlike the operation that they allow.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
const operation = (name: string, proof: Proof, action = name): Operation => ({
  service: "s3",
  name,
  actions: [`s3:${action}`],
  proof,
});

const proven = (root: string, ...members: readonly string[]): Proof => ({ members, roots: [root] });

// Where nothing is set, S3 answers the root element alone, or one word in it.
const rootAlone = (root: string, page: string, ...others: readonly string[]): Proof => ({
  roots: [root, ...others],
  source: `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${page}.html`,
});

// What is read is then true of a bucket that this account owns; anybody else's is refused. A name alone does not say whose it is.
const bucketInput = ({ id, account }: Identity): JsonObject => ({
  Bucket: id,
  ...(/^\d{12}$/u.test(account) ? { ExpectedBucketOwner: account } : {}),
});

type BucketRead<Output> = Pick<ReadCall<Output>, "operation" | "properties" | "pages" | "notSet" | "read">;

function bucketRead<Output>(read: BucketRead<Output>): ReadCall {
  return readCall<Output>({ ...read, input: bucketInput, gone: ["NoSuchBucket"] });
}

/**
 * S3 buckets. One list shows the account's own buckets of all regions; buckets that something names may be anybody's.
 * Without an ACL in force GetBucketAcl answers the owner's full control alone, so that `Grants` is always what counts.
 */
export const s3Bucket = defineCollector({
  type: "AWS::S3::Bucket",
  summary:
    "S3 buckets: logging, lifecycle, policy, ACL, access block, versioning, lock, notifications, metrics",
  list: listCall<ListBucketsOutput>({
    operation: operation("ListBuckets", proven("ListAllMyBucketsResult", "Buckets"), "ListAllMyBuckets"),
    at: "leader",
    // BucketRegion is only answered when a page size is asked for.
    input: () => ({ MaxBuckets: 1000 }),
    pages: { ask: "ContinuationToken", answer: "ContinuationToken" },
    properties: ["BucketName", "OwnedByAccount", "CreationDate"],
    found: ({ Buckets }, { account }) =>
      given(Buckets, "Buckets").flatMap(({ Name, BucketRegion = "", CreationDate }) =>
        Name === undefined
          ? []
          : [
              {
                id: Name,
                arn: `arn:${account.partition}:s3:::${Name}`,
                region: BucketRegion,
                properties: { BucketName: Name, OwnedByAccount: true, CreationDate },
              },
            ],
      ),
    unlisted: { OwnedByAccount: false },
  }),
  reads: [
    bucketRead<GetBucketVersioningOutput>({
      operation: operation(
        "GetBucketVersioning",
        rootAlone("VersioningConfiguration", "GetBucketVersioning"),
      ),
      properties: ["VersioningConfiguration", "MFADelete"],
      read: ({ Status, MFADelete }) => ({
        VersioningConfiguration: Status === undefined ? undefined : { Status },
        MFADelete,
      }),
    }),
    bucketRead<GetBucketLoggingOutput>({
      operation: operation("GetBucketLogging", rootAlone("BucketLoggingStatus", "GetBucketLogging")),
      properties: ["LoggingConfiguration"],
      read: ({ LoggingEnabled }) => ({ LoggingConfiguration: loggingOf(LoggingEnabled) }),
    }),
    bucketRead<GetBucketLifecycleConfigurationOutput>({
      operation: operation(
        "GetBucketLifecycleConfiguration",
        proven("LifecycleConfiguration", "Rules"),
        "GetLifecycleConfiguration",
      ),
      properties: ["LifecycleConfiguration"],
      read: ({ Rules }) => ({ LifecycleConfiguration: lifecycleOf(Rules) }),
      notSet: ["NoSuchLifecycleConfiguration"],
    }),
    bucketRead<GetPublicAccessBlockOutput>({
      operation: operation(
        "GetPublicAccessBlock",
        proven("PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration"),
        "GetBucketPublicAccessBlock",
      ),
      properties: ["PublicAccessBlockConfiguration"],
      read: ({ PublicAccessBlockConfiguration }) => ({ PublicAccessBlockConfiguration }),
      notSet: ["NoSuchPublicAccessBlockConfiguration"],
    }),
    bucketRead<GetBucketPolicyOutput>({
      operation: operation("GetBucketPolicy", { members: ["Policy"] }),
      properties: ["Policy"],
      // The answer is the policy itself, whatever stands there.
      read: ({ Policy }) => ({ Policy: policyText(Policy) }),
      notSet: ["NoSuchBucketPolicy"],
    }),
    bucketRead<GetBucketAclOutput>({
      operation: operation("GetBucketAcl", proven("AccessControlPolicy", "Grants")),
      properties: ["Grants"],
      read: ({ Grants }) => ({
        Grants: given(Grants, "Grants").map(
          ({ Grantee: { Type, URI, ID } = { Type: undefined }, Permission }) => ({
            Grantee: { Type, URI, ID },
            Permission,
          }),
        ),
      }),
    }),
    bucketRead<GetBucketOwnershipControlsOutput>({
      operation: operation(
        "GetBucketOwnershipControls",
        proven("OwnershipControls", "OwnershipControls.Rules"),
      ),
      properties: ["OwnershipControls"],
      read: ({ OwnershipControls }) => ({ OwnershipControls }),
      notSet: ["OwnershipControlsNotFoundError"],
    }),
    bucketRead<GetObjectLockConfigurationOutput>({
      operation: operation(
        "GetObjectLockConfiguration",
        proven("ObjectLockConfiguration", "ObjectLockConfiguration"),
        "GetBucketObjectLockConfiguration",
      ),
      properties: ["ObjectLockEnabled", "ObjectLockConfiguration"],
      read: ({ ObjectLockConfiguration }) => ({
        ObjectLockEnabled: ObjectLockConfiguration?.ObjectLockEnabled === "Enabled" ? true : undefined,
        ObjectLockConfiguration,
      }),
      notSet: ["ObjectLockConfigurationNotFoundError"],
    }),
    bucketRead<ListBucketMetricsConfigurationsOutput>({
      operation: operation(
        "ListBucketMetricsConfigurations",
        rootAlone("ListMetricsConfigurationsResult", "ListBucketMetricsConfigurations"),
        "GetMetricsConfiguration",
      ),
      pages: { ask: "ContinuationToken", answer: "NextContinuationToken" },
      properties: ["MetricsConfigurations"],
      read: ({ MetricsConfigurationList }) => ({
        MetricsConfigurations: unlessEmpty(MetricsConfigurationList?.map(metricsOf)),
      }),
    }),
    bucketRead<ListBucketIntelligentTieringConfigurationsOutput>({
      operation: operation(
        "ListBucketIntelligentTieringConfigurations",
        rootAlone(
          "ListBucketIntelligentTieringConfigurationsOutput",
          "ListBucketIntelligentTieringConfigurations",
        ),
        "GetIntelligentTieringConfiguration",
      ),
      pages: { ask: "ContinuationToken", answer: "NextContinuationToken" },
      properties: ["IntelligentTieringConfigurations"],
      read: ({ IntelligentTieringConfigurationList }) => ({
        IntelligentTieringConfigurations: unlessEmpty(
          IntelligentTieringConfigurationList?.map(intelligentTieringOf),
        ),
      }),
    }),
    bucketRead<NotificationConfiguration>({
      operation: operation(
        "GetBucketNotificationConfiguration",
        rootAlone(
          "NotificationConfiguration",
          "GetBucketNotificationConfiguration",
          "GetBucketNotificationResponse",
        ),
        "GetBucketNotification",
      ),
      properties: ["NotificationConfiguration"],
      read: (output) => ({ NotificationConfiguration: notificationOf(output) }),
    }),
    bucketRead<GetBucketEncryptionOutput>({
      operation: operation(
        "GetBucketEncryption",
        proven("ServerSideEncryptionConfiguration", "ServerSideEncryptionConfiguration.Rules"),
        "GetEncryptionConfiguration",
      ),
      properties: ["BucketEncryption"],
      read: ({ ServerSideEncryptionConfiguration: encryption }) => ({
        BucketEncryption:
          encryption?.Rules === undefined
            ? undefined
            : { ServerSideEncryptionConfiguration: encryption.Rules },
      }),
      notSet: ["ServerSideEncryptionConfigurationNotFoundError"],
    }),
    bucketRead<GetBucketRequestPaymentOutput>({
      operation: operation("GetBucketRequestPayment", proven("RequestPaymentConfiguration", "Payer")),
      properties: ["RequestPayment"],
      read: ({ Payer }) => ({ RequestPayment: Payer }),
    }),
  ],
  refer(reference, from) {
    const arn = parseArn(reference);
    if (arn !== undefined && arn.service !== "s3") return undefined;
    const [name = ""] = (arn?.resource ?? reference).split("/");
    const partition = arn?.partition ?? parseArn(from.arn ?? "")?.partition ?? "aws";
    return /^[a-z0-9][a-zA-Z0-9._-]{1,254}$/u.test(name)
      ? { id: name, arn: `arn:${partition}:s3:::${name}`, account: from.account, region: "" }
      : undefined;
  },
  locate: locateCall<GetBucketLocationOutput>({
    operation: operation("GetBucketLocation", rootAlone("LocationConstraint", "GetBucketLocation")),
    input: (_id, bucket) => bucketInput(bucket),
    // A bucket in us-east-1 has no LocationConstraint, and one made in Ireland long ago has "EU".
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
    region: ({ LocationConstraint: constraint }) =>
      constraint === "EU"
        ? "eu-west-1"
        : constraint === undefined || (constraint as string) === ""
          ? "us-east-1"
          : constraint,
    gone: ["NoSuchBucket"],
  }),
  observed: ["OwnedByAccount", "CreationDate", "MFADelete", "Policy", "Grants", "RequestPayment"],
});

function policyText(text: string | undefined): string {
  const policy: unknown = JSON.parse(given(text, "Policy"));
  if (typeof policy !== "object" || policy === null || !("Statement" in policy))
    throw new Error("it is no policy");
  return given(text, "Policy");
}
