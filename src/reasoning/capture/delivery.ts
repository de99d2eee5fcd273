import type { Account } from "../../core/account.js";
import type { Need } from "../../core/need.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import { parseArn } from "../../shared/aws/arn.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean, readProperty, readText, readTime } from "../../shared/read-property.js";
import { trailKey } from "./trail-key.js";

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

const TRAIL = "AWS::CloudTrail::Trail";
const BUCKET = "AWS::S3::Bucket";
const GROUP = "AWS::Logs::LogGroup";

/** What delivery must know of the places that trails name, and nothing of any other bucket or log group. */
export const deliveryNeeds: readonly Need[] = [
  { type: BUCKET, properties: [EXISTS], only: { referencedBy: TRAIL, path: "S3BucketName" } },
  {
    type: "AWS::KMS::Key",
    properties: [EXISTS, "KeyState"],
    only: { referencedBy: TRAIL, path: "KMSKeyId" },
  },
  {
    type: "AWS::KMS::Key",
    properties: [EXISTS, "KeyState"],
    only: { referencedBy: "AWS::CloudTrail::EventDataStore", path: "KmsKeyId" },
  },
  { type: GROUP, properties: [EXISTS], only: { referencedBy: TRAIL, path: "CloudWatchLogsLogGroupArn" } },
];

/** Whether what a trail records arrives anywhere: one destination without a current error, that has delivered and still exists. */
export function trailDelivery(trail: Resource, account: Account): Claim {
  return someClaim(
    destinationsOf(trail, account).map(({ claim }) => claim),
    "has no destination",
  );
}

/** The configured destinations of a trail; S3 always is one, CloudWatch Logs where a log group is set or may be set. */
export function destinationsOf(trail: Resource, account: Account): readonly Destination[] {
  const s3: Destination = {
    kind: "s3",
    claim: arriving(trail, account, {
      what: "S3",
      property: "LatestDelivery",
      places: [bucketExists(trail, account), keyUsable(trail, "KMSKeyId", account)],
    }),
  };
  const group = readText(trail, "CloudWatchLogsLogGroupArn");
  if (group.kind === "absent") return [s3];
  const claim = claimOf(group, "CloudWatchLogsLogGroupArn", (arn) =>
    arriving(trail, account, {
      what: "CloudWatch Logs",
      property: "LatestCloudWatchLogsDelivery",
      places: [logGroupExists(arn ?? "", account)],
    }),
  );
  return [s3, { kind: "cloudwatch-logs", claim }];
}

/** Whether the key that a trail or an event data store names can be used; one without a key of its own needs none. */
export function keyUsable(resource: Resource, property: string, account: Account): Claim {
  return claimOf(readText(resource, property), property, (reference) =>
    reference === undefined ? holding : trailKey(account, reference, resource).usable,
  );
}

/** Whether the bucket that a trail names exists. What is read of it is read as the trail's owner's bucket. */
export function bucketExists(trail: Resource, account: Account): Claim {
  return claimOf(readText(trail, "S3BucketName"), "S3BucketName", (name) => {
    if (name === undefined) return doubtful("undecidable", "its bucket is not reported");
    return existence(account.find(BUCKET, name), `its bucket ${name}`);
  });
}

/** Whether a log group exists. One of another account cannot be seen from here, though the same name may be. */
export function logGroupExists(arn: string, account: Account): Claim {
  const bare = arn.replace(/:\*$/u, "");
  const owner = parseArn(bare)?.account;
  const what = `its log group ${bare}`;
  if (owner !== undefined && owner !== account.id)
    return doubtful("unreadable", `${what} is in account ${owner} and cannot be seen from here`);
  return existence(account.find(GROUP, arn) ?? account.find(GROUP, bare), what);
}

/** How old a delivery may be to prove by itself that its way is open: 24 hours, in milliseconds. */
export const FRESH = 86_400_000;

/** Milliseconds since a time that a trail reports; undefined where there is none that can be read. */
export function ageOf(trail: Resource, property: string, account: Account): number | undefined {
  const time = readTime(trail, property);
  return time.kind === "set" ? account.takenAt - time.value : undefined;
}

/** Whether deliveries of one kind arrive: no current error, and one that has ever arrived. */
export function arrival(
  trail: Resource,
  what: string,
  property: "LatestDelivery" | "LatestCloudWatchLogsDelivery",
): Claim {
  return everyClaim([
    noError(trail, what, `${property}Error`),
    claimOf(readProperty(trail, `${property}Time`), `${property}Time`, (time) =>
      time === undefined ? refuted(`has never delivered to ${what}`) : holding,
    ),
  ]);
}

/** Whether a trail reports no current error of one kind of delivery. */
export function noError(trail: Resource, what: string, property: string): Claim {
  return claimOf(readProperty(trail, property), property, (error) =>
    error === undefined || error === ""
      ? holding
      : refuted(`delivery to ${what} fails: ${typeof error === "string" ? error : JSON.stringify(error)}`),
  );
}

type Way = {
  readonly what: string;
  readonly property: "LatestDelivery" | "LatestCloudWatchLogsDelivery";
  readonly places: readonly Claim[];
};

// What arrived within a day, without an error since, came through: then a bucket or key that cannot be read leaves no
// doubt, as those of organization trails seldom can. An old delivery proves nothing either way: quiet regions have few.
function arriving(trail: Resource, account: Account, { what, property, places }: Way): Claim {
  const arrived = arrival(trail, what, property);
  const age = ageOf(trail, `${property}Time`, account);
  const isProven = arrived.is === "yes" && age !== undefined && age <= FRESH;
  return everyClaim([
    arrived,
    ...places.map((claim) => (isProven && claim.is === "unknown" ? holding : claim)),
  ]);
}

function existence(place: Resource | undefined, what: string): Claim {
  if (place === undefined) return doubtful("not-collected", `${what} is not in this snapshot`);
  const exists = readBoolean(place, EXISTS);
  if (exists.kind === "unreadable") return claimOf(exists, what, () => holding);
  return exists.kind === "set" && !exists.value ? refuted(`${what} does not exist`) : holding;
}
