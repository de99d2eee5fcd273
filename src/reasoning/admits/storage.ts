import type { Account } from "../../core/account.js";
import type { JsonObject } from "../../core/json.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Policy } from "../../languages/iam-policy/iam-policy.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import {
  isArray,
  isObject,
  readBoolean,
  readObject,
  readProperty,
  readText,
} from "../../shared/read-property.js";
import type { LogWriter } from "./bucket.js";
import { claimDecision, withPolicy } from "./admits.js";
import { findKey, isUsable } from "./key.js";

/** The properties of a bucket that `bucketStores` reads. */
export const storageProperties = [
  "ObjectLockEnabled",
  "ObjectLockConfiguration",
  "RequestPayment",
  "BucketEncryption",
] as const;

/** Where a bucket names the key that it encrypts with. */
export const bucketKeyPath =
  "BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID";

/** The properties of such a key that `bucketStores` reads. */
export const storageKeyProperties = [EXISTS, "KeyManager", "KeyState", "KeyPolicy"] as const;

/** What a log service can store its objects in. `unsettled`: AWS's guide says no, and practice differs. */
type Storing = {
  readonly objectLock: boolean;
  readonly requesterPays: boolean;
  readonly underKey: "admitted" | "unsettled";
  /** What the service does with a key. */
  readonly uses: readonly string[];
};

/**
 * Log services that do not write to every bucket that lets them. Source: Amazon S3 User Guide, "Enabling Amazon S3 server
 * access logging" and "Object Lock considerations"; that access logs arrive under a key that admits them is public practice.
 */
const storing: Readonly<Record<string, Storing>> = {
  "logging.s3.amazonaws.com": {
    objectLock: false,
    requesterPays: false,
    underKey: "unsettled",
    uses: ["kms:GenerateDataKey"],
  },
  "delivery.logs.amazonaws.com": {
    objectLock: true,
    requesterPays: true,
    underKey: "admitted",
    uses: ["kms:GenerateDataKey", "kms:Decrypt"],
  },
};

/** Whether a log service's objects can be stored in a bucket whose policy admits it: lock, payer and default encryption keep none of them out. */
export function bucketStores(
  account: Account,
  bucket: Resource,
  { service, account: owner, arn }: LogWriter,
): Claim {
  const manner = storing[service];
  if (manner === undefined) return holding;
  return everyClaim([
    ...(manner.objectLock ? [] : [isUnlocked(bucket)]),
    ...(manner.requesterPays ? [] : [isPaidByOwner(bucket)]),
    encryptionAdmits(account, bucket, {
      service,
      owner,
      manner,
      ...(arn === undefined ? {} : { source: arn }),
    }),
  ]);
}

function isUnlocked(bucket: Resource): Claim {
  const locked = refuted("it has Object Lock, and nothing is delivered into such a bucket");
  return everyClaim([
    claimOf(readBoolean(bucket, "ObjectLockEnabled"), "ObjectLockEnabled", (on) =>
      on === true ? locked : holding,
    ),
    claimOf(readObject(bucket, "ObjectLockConfiguration"), "ObjectLockConfiguration", (lock) =>
      lock?.["ObjectLockEnabled"] === "Enabled" ? locked : holding,
    ),
  ]);
}

function isPaidByOwner(bucket: Resource): Claim {
  return claimOf(readText(bucket, "RequestPayment"), "RequestPayment", (payer) =>
    payer === "Requester"
      ? refuted("its requesters pay (Requester Pays), and nothing is delivered into such a bucket")
      : holding,
  );
}

type Asking = {
  readonly service: string;
  readonly owner: string;
  readonly manner: Storing;
  readonly source?: string;
};

function encryptionAdmits(account: Account, bucket: Resource, asking: Asking): Claim {
  return claimOf(readObject(bucket, "BucketEncryption"), "BucketEncryption", (encryption) => {
    const byDefault = defaultEncryption(encryption);
    // Without a configuration of its own, S3 encrypts with keys of its own. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
    if (byDefault === undefined) return holding;
    const { SSEAlgorithm: algorithm, KMSMasterKeyID: reference } = byDefault;
    if (typeof algorithm !== "string" || !algorithm.startsWith("aws:kms")) return holding;
    const words = `it encrypts with ${algorithm === "aws:kms:dsse" ? "DSSE-KMS" : "SSE-KMS"}`;
    const named = typeof reference === "string" && reference !== "" ? reference : "alias/aws/s3";
    if (/(?:^|:)alias\/aws\//u.test(named))
      return refuted(`${words} under ${named}, which AWS manages, and ${asking.service} cannot use it`);
    const key = findKey(account, named, bucket);
    return key === undefined
      ? doubtful("not-collected", `${words} under ${named}, which is not in this snapshot`)
      : withReason(keyAdmits(key, asking), `${words} under ${key.id}`);
  });
}

function defaultEncryption(encryption: JsonObject | undefined): JsonObject | undefined {
  const rules = encryption?.["ServerSideEncryptionConfiguration"];
  const [rule] = isArray(rules) ? rules : [];
  const byDefault = isObject(rule) ? rule["ServerSideEncryptionByDefault"] : undefined;
  return isObject(byDefault) ? byDefault : undefined;
}

function withReason(claim: Claim, words: string): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `${words}: ${claim.because}` };
}

function keyAdmits(key: Resource, asking: Asking): Claim {
  const { service, manner } = asking;
  if (isKnownGone(key)) return refuted("the key does not exist");
  const manager = readText(key, "KeyManager");
  if (manager.kind === "set" && manager.value === "AWS")
    return refuted(`the key is managed by AWS, and ${service} cannot use it`);
  const admitted = claimOf(readProperty(key, "KeyPolicy"), "KeyPolicy", (policy) =>
    withPolicy(policy, (parsed) =>
      everyClaim(manner.uses.map((action) => mayUse(parsed, key, { ...asking, action }))),
    ),
  );
  const settled: Claim =
    manner.underKey === "admitted"
      ? holding
      : doubtful(
          "undecidable",
          `the key's policy admits ${service}; AWS says that no log is delivered under a KMS key, and practice differs`,
        );
  return everyClaim([isUsable(key), admitted, settled]);
}

// Storing an object takes a data key; one in parts is also read again.
function mayUse(
  policy: Policy,
  { arn }: Resource,
  { service, owner, source, manner, action }: Asking & { readonly action: string },
): Claim {
  const tellsSource = manner.underKey === "admitted" && source !== undefined;
  const question = {
    asker: { kind: "service", service },
    action,
    ...(arn?.includes(":key/") === true ? { resource: arn } : {}),
    context: {
      "aws:PrincipalIsAWSService": ["true"],
      "aws:PrincipalServiceName": [service],
      "aws:PrincipalOrgID": null,
      "aws:SourceAccount": [owner],
      ...(tellsSource ? { "aws:SourceArn": [source] } : {}),
    },
  } as const;
  return claimDecision(policy, question, service);
}
