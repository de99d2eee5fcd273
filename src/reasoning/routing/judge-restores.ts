import type { Account } from "../../core/account.js";
import type { Judgement } from "../../core/judgement.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isObject, readObject } from "../../shared/read-property.js";
import { evidenceOf } from "../evidence.js";
import { judgeBuckets } from "../glacier/buckets.js";
import { holdsGlacierClasses } from "../glacier/classes.js";
import { restoreEvents } from "./events.js";
import { serviceParts } from "./routing.js";
import { routingVerdict } from "./verdict.js";
import type { Routed } from "./verdict.js";
import { verdictOfClaim } from "../verdict-of-claim.js";

/** Judges each bucket whose objects must be restored: does it send to EventBridge, and is a finished restore routed to somebody? */
export function judgeRestores({ account, regions, options }: Routed): readonly Judgement[] {
  return judgeBuckets(account, {
    concerns: (bucket) =>
      everyClaim([isLookedAt(bucket, regions), holdsGlacierClasses(account, bucket, "restored")]),
    judge: (bucket) => judge(account, bucket, options),
  });
}

// A bucket whose place was refused may be where the rule looks.
function isLookedAt({ region }: Resource, regions: readonly string[]): Claim {
  if (regions.includes(region)) return holding;
  return region === "unknown"
    ? doubtful("unreadable", "its region could not be read; grant s3:GetBucketLocation")
    : refuted("its region is not looked at");
}

function judge(account: Account, bucket: Resource, options: Routed["options"]): Verdict {
  const routed = routingVerdict(
    account,
    serviceParts(
      account,
      restoreEvents({ account: account.id, partition: account.partition, region: bucket.region }, bucket.id),
      options,
    ),
    ["Object Restore"],
  );
  const sends = sendsToEventBridge(bucket);
  const evidence = evidenceOf(account, bucket, ["NotificationConfiguration"]);
  if (sends.is === "no" || (sends.is === "unknown" && routed.status !== "fail")) {
    const words = {
      yes: `bucket ${bucket.id} sends its events to EventBridge`,
      no: `nobody hears of finished restores in ${bucket.id}`,
    };
    const candidates = (routed.candidates ?? []).map((candidate) =>
      candidate.status === "pass" && sends.is === "no"
        ? { ...candidate, status: "fail" as const, brokenLink: `bucket ${bucket.id}: ${sends.because}` }
        : candidate,
    );
    return verdictOfClaim(sends, words, {
      evidence,
      candidates,
      witness: {
        "detail-type": "Object Restore Completed",
        source: "aws.s3",
        bucket: bucket.id,
        region: bucket.region,
      },
    });
  }
  return {
    ...routed,
    ...(routed.status === "error" ? {} : { evidence: [...evidence, ...(routed.evidence ?? [])] }),
  };
}

function sendsToEventBridge(bucket: Resource): Claim {
  return claimOf(
    readObject(bucket, "NotificationConfiguration"),
    "NotificationConfiguration",
    (configuration) => {
      const bridge = configuration?.["EventBridgeConfiguration"];
      const isOn = isObject(bridge) && bridge["EventBridgeEnabled"] !== false;
      return isOn ? holding : refuted("it does not send its events to EventBridge");
    },
  );
}
