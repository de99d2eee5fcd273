import { aboutAccount } from "../../core/judgement.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { notApplicable } from "../../core/verdict.js";
import { leaderRegion } from "../../shared/aws/partitions.js";
import { ownBucketNeeds } from "../glacier/buckets.js";
import { glacierClassNeeds } from "../glacier/classes.js";
import type { CustomEvents } from "../detection/demanded-events-custom.js";
import { callNeeds } from "../detection/needs.js";
import type { CustomServiceEvents } from "./custom.js";
import { healthEvents, trustedAdvisorEvents } from "./events.js";
import { judgeCustom } from "./judge-custom.js";
import { judgeGlacier } from "./judge-glacier.js";
import { judgeMediapackage } from "./judge-mediapackage.js";
import { judgeRestores } from "./judge-restores.js";
import { mediapackageEventNeeds } from "./mediapackage.js";
import { serviceParts } from "./routing.js";
import { routingVerdict } from "./verdict.js";
import type { Routed } from "./verdict.js";

/** The sets of events that ship. */
export const eventSets = ["mediapackage", "glacier", "s3-restore", "trusted-advisor", "health"] as const;

/** Which events must come to somebody: a set that ships, events of services, API calls. */
type DemandedRoutes = {
  readonly events?: (typeof eventSets)[number];
  readonly "service-events"?: readonly CustomServiceEvents[];
  readonly calls?: readonly CustomEvents[];
  /** With glacier: calls that read, too. */
  readonly reads?: boolean;
};

/** What must be read of an account, beside rules and who hears of them, to judge the demanded events. */
export function routesNeeds({ events, calls }: DemandedRoutes): readonly Need[] {
  const byCalls = calls === undefined && events !== "glacier" ? [] : callNeeds;
  if (events === "mediapackage") return mediapackageEventNeeds;
  if (events === "glacier") return [...byCalls, { type: "AWS::Glacier::Vault", properties: ["VaultName"] }];
  if (events === "s3-restore")
    return [
      ...ownBucketNeeds,
      ...glacierClassNeeds,
      { type: "AWS::S3::Bucket", properties: ["NotificationConfiguration"] },
    ];
  return byCalls;
}

/** Judges whether rules bring the demanded events to somebody: by region, by vault or bucket, or for the account, as the set asks. */
export function judgeRoutes(
  asked: Routed,
  { events, calls = [], reads = false, ...demanded }: DemandedRoutes,
): readonly Judgement[] {
  if (events === "mediapackage") return judgeMediapackage(asked);
  if (events === "glacier") return judgeGlacier(asked, { reads });
  if (events === "s3-restore") return judgeRestores(asked);
  if (events === "trusted-advisor") return [judgeTrustedAdvisor(asked)];
  return judgeCustom(asked, {
    service: demanded["service-events"] ?? [],
    calls,
    more: events === "health" ? healthEvents : undefined,
  });
}

function judgeTrustedAdvisor({ account, options }: Routed): Judgement {
  const region = leaderRegion(account.partition);
  if (!account.regions.includes(region))
    return aboutAccount(
      account,
      notApplicable(`Trusted Advisor sends its events to ${region}, which this run does not look at`),
    );
  const sending = { account: account.id, partition: account.partition, region };
  const parts = serviceParts(account, trustedAdvisorEvents(sending), options);
  return aboutAccount(account, routingVerdict(account, parts));
}
