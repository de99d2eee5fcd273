import type { Account } from "../core/account.js";
import type { Resource } from "../core/resource.js";
import { everyClaim, holding, refuted, someClaim } from "../shared/claim.js";
import type { Claim } from "../shared/claim.js";
import { claimOf, isKnownGone } from "../shared/read-claim.js";
import { readProperty, readText } from "../shared/read-property.js";

/** A place that a trail writes to, and whether what it records arrives there. */
export type Destination = { readonly kind: "s3" | "cloudwatch-logs"; readonly claim: Claim };

/** The trail properties that delivery is judged by. */
export const deliveryProperties = [
  "S3BucketName",
  "KMSKeyId",
  "CloudWatchLogsLogGroupArn",
  "LatestDeliveryTime",
  "LatestDeliveryError",
  "LatestCloudWatchLogsDeliveryTime",
  "LatestCloudWatchLogsDeliveryError",
] as const;

/** Whether what a trail records arrives anywhere: one destination without a current error, that has delivered and still exists. */
export function trailDelivery(trail: Resource, account: Account): Claim {
  return someClaim(
    destinationsOf(trail, account).map(({ claim }) => claim),
    "has no destination",
  );
}

/** The configured destinations of a trail; S3 always is one, CloudWatch Logs where a log group is set or may be set. */
export function destinationsOf(trail: Resource, account: Account): readonly Destination[] {
  const s3: Destination = { kind: "s3", claim: everyClaim([bucketClaim(trail, account), keyClaim(trail, "KMSKeyId", account), arrival(trail, "S3", "LatestDelivery")]) };
  const group = readText(trail, "CloudWatchLogsLogGroupArn");
  if (group.kind === "absent") return [s3];
  const claim = claimOf(group, "CloudWatchLogsLogGroupArn", (arn) => everyClaim([groupClaim(arn ?? "", account), arrival(trail, "CloudWatch Logs", "LatestCloudWatchLogsDelivery")]));
  return [s3, { kind: "cloudwatch-logs", claim }];
}

/** Whether the key that a resource names at a property can be used. Keys that the snapshot does not hold are not asked about. */
export function keyClaim(resource: Resource, property: string, account: Account): Claim {
  const reading = readText(resource, property);
  const key = reading.kind === "set" ? account.find("AWS::KMS::Key", reading.value) : undefined;
  if (key === undefined) return holding;
  if (isKnownGone(key)) return refuted(`its KMS key ${key.id} does not exist`);
  const state = readText(key, "KeyState");
  const isUnusable = state.kind === "set" && (state.value === "Disabled" || state.value === "PendingDeletion");
  return isUnusable ? refuted(`its KMS key ${key.id} is ${state.value === "Disabled" ? "disabled" : "pending deletion"}`) : holding;
}

function bucketClaim(trail: Resource, account: Account): Claim {
  const name = readText(trail, "S3BucketName");
  if (name.kind !== "set") return holding;
  return isKnownGone(account.find("AWS::S3::Bucket", name.value)) ? refuted(`its bucket ${name.value} does not exist`) : holding;
}

function groupClaim(arn: string, account: Account): Claim {
  const bare = arn.replace(/:\*$/u, "");
  const group = account.find("AWS::Logs::LogGroup", arn) ?? account.find("AWS::Logs::LogGroup", bare);
  return isKnownGone(group) ? refuted(`its log group ${bare} does not exist`) : holding;
}

// A quiet region delivers seldom, so that an old delivery proves nothing; a current error, and no delivery ever, do.
function arrival(trail: Resource, what: string, property: "LatestDelivery" | "LatestCloudWatchLogsDelivery"): Claim {
  return everyClaim([
    claimOf(readProperty(trail, `${property}Error`), `${property}Error`, (error) => (error === undefined || error === "" ? holding : refuted(`delivery to ${what} fails: ${typeof error === "string" ? error : JSON.stringify(error)}`))),
    claimOf(readProperty(trail, `${property}Time`), `${property}Time`, (time) => (time === undefined ? refuted(`has never delivered to ${what}`) : holding)),
  ]);
}
