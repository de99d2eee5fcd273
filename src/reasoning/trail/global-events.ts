import type { Account } from "../../core/account.js";
import type { Resource } from "../../core/resource.js";
import { everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean } from "../../shared/read-property.js";
import { leaderRegion } from "../../shared/aws/partitions.js";

/**
 * Whether a trail is set to include global service events, and is where they are recorded: in every region, or at home
 * in the partition's leader region. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
export function includesGlobalEvents(trail: Resource, { partition }: Account): Claim {
  const leader = leaderRegion(partition);
  const isIncluded = claimOf(
    readBoolean(trail, "IncludeGlobalServiceEvents"),
    "IncludeGlobalServiceEvents",
    (isOn) => (isOn === true ? holding : refuted("does not include global service events")),
  );
  if (trail.region === leader) return isIncluded;
  const multi = claimOf(readBoolean(trail, "IsMultiRegionTrail"), "IsMultiRegionTrail", (isMulti) =>
    isMulti === true
      ? holding
      : refuted(`covers ${trail.region} only, and global service events are recorded in ${leader}`),
  );
  return everyClaim([isIncluded, multi]);
}
