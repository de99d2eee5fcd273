import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import type { Evidence } from "../../core/verdict.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readBoolean, readObject, readProperty } from "../../shared/read-property.js";
import { bucketAdmits } from "../admits/bucket.js";
import { bucketKeyPath, bucketStores, storageKeyProperties, storageProperties } from "../admits/storage.js";
import { evidenceOf } from "../evidence.js";
import { deliveryNeeds, logDelivery } from "./delivery.js";
import type { DeliveryAnswer } from "./delivery.js";
import { organizationOf } from "../admits/organization.js";
import type { OfOrganization } from "../admits/organization.js";

const BUCKET = "AWS::S3::Bucket";
const LOGGING = "LoggingConfiguration";

/** What must be read of buckets and, with `target`, of those that they log to. */
export function bucketLoggingNeeds({ target }: { readonly target: boolean }): readonly Need[] {
  const own = { type: BUCKET, properties: [LOGGING] };
  const targets = { referencedBy: BUCKET, path: `${LOGGING}.DestinationBucketName` };
  return target
    ? [
        own,
        { type: BUCKET, properties: [...targetProperties], only: targets },
        {
          type: "AWS::KMS::Key",
          properties: [...storageKeyProperties],
          only: { referencedBy: BUCKET, path: bucketKeyPath, of: targets },
        },
      ]
    : [own, ...deliveryNeeds];
}

const targetProperties = ["Exists", "OwnedByAccount", "Policy", "Grants", ...storageProperties] as const;

/**
 * Whether requests to a bucket are logged: by server access logging, or by CloudWatch Logs, which delivers the same records.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export function bucketIsLogged(
  account: Account,
  bucket: Resource,
): Pick<DeliveryAnswer, "claim" | "evidence" | "candidates"> & { readonly via: "bucket" | "delivery" } {
  const own = loggingIsOn(bucket);
  const evidence = evidenceOf(account, bucket, [LOGGING]);
  if (own.is === "yes") return { claim: own, evidence, candidates: [], via: "bucket" };
  const { claim, candidates, ...delivery } = logDelivery(account, {
    resource: bucket,
    logType: "S3_SERVER_ACCESS_LOGS",
    demand: {},
  });
  const isTried = candidates.length > 0;
  return {
    claim: someClaim(isTried ? [claim, own] : [own, claim], ""),
    evidence: [...evidence, ...delivery.evidence],
    candidates,
    via: "delivery",
  };
}

function loggingIsOn(bucket: Resource): Claim {
  return claimOf(readObject(bucket, LOGGING), LOGGING, (set) =>
    set === undefined ? refuted("server access logging is off") : holding,
  );
}

/** Whether a bucket's server access logs can arrive: the target exists, is another bucket of the same account and region, and admits the log service. */
export function loggingTarget(
  account: Account,
  bucket: Resource,
): { readonly claim: Claim; readonly evidence: readonly Evidence[]; readonly target?: string } {
  const reading = readObject(bucket, LOGGING);
  const own = evidenceOf(account, bucket, [LOGGING]);
  const name = reading.kind === "set" ? reading.value["DestinationBucketName"] : undefined;
  // CloudFormation leaves the name out where a bucket logs to itself.
  const target = typeof name === "string" && name !== "" ? name : bucket.id;
  if (reading.kind !== "set") return { claim: loggingIsOn(bucket), evidence: own };
  if (target === bucket.id)
    return { claim: refuted("it logs to itself, and each log file is logged again"), evidence: own, target };
  const found = account.find(BUCKET, target);
  if (found === undefined)
    return {
      claim: doubtful("not-collected", `target bucket ${target} is not in this snapshot`),
      evidence: own,
      target,
    };
  const prefix = reading.value["LogFilePrefix"];
  const claim = isKnownGone(found)
    ? refuted(`target bucket ${target} does not exist`)
    : targetClaim(account, found, {
        bucket,
        prefix: typeof prefix === "string" ? prefix : "",
        ...organizationOf(account, bucket.account),
      });
  const read = ["Exists", "Policy", "Grants", ...storageProperties];
  return { claim, evidence: [...own, ...evidenceOf(account, found, read)], target };
}

function targetClaim(
  account: Account,
  target: Resource,
  { bucket, ...about }: { readonly bucket: Resource; readonly prefix: string } & OfOrganization,
): Claim {
  const region =
    target.region === bucket.region || target.region === "unknown"
      ? holding
      : refuted(`target bucket ${target.id} is in ${target.region}, and must be in ${bucket.region}`);
  const writer = {
    ...about,
    service: "logging.s3.amazonaws.com",
    account: bucket.account,
    ...(bucket.arn === undefined ? {} : { arn: bucket.arn }),
  };
  const admitted = everyClaim([bucketAdmits(target, writer), bucketStores(account, target, writer)]);
  const admits =
    admitted.is === "yes"
      ? holding
      : { ...admitted, because: `target bucket ${target.id}: ${admitted.because}` };
  return everyClaim([isOwn(target), region, admits]);
}

// Server access logs only go to a bucket of the same owner. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
function isOwn(target: Resource): Claim {
  const owned = readBoolean(target, "OwnedByAccount");
  if (owned.kind !== "set" || owned.value || readProperty(target, "Policy").kind !== "unreadable")
    return holding;
  return doubtful(
    "unreadable",
    `target bucket ${target.id} is not among this account's buckets, and could not be read`,
  );
}
