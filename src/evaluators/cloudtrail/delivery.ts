import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { isRecording } from "../../reasoning/capture/trails.js";
import {
  FRESH,
  ageOf,
  deliveryNeeds,
  deliveryProperties,
  destinationsOf,
  logGroupExists,
  noError,
} from "../../reasoning/capture/delivery.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { claimVerdict } from "../../reasoning/trail/verdict.js";
import { everyClaim, holding } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf, isKnownGone } from "../../shared/read-claim.js";
import { readBoolean, readText } from "../../shared/read-property.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const TRAIL = "AWS::CloudTrail::Trail";
const properties = [
  "IsLogging",
  ...deliveryProperties,
  "EnableLogFileValidation",
  "LatestDigestDeliveryTime",
  "LatestDigestDeliveryError",
  "SnsTopicARN",
  "LatestNotificationError",
];

/** Whether each trail records, and all that it is set to deliver arrives. */
export const cloudtrailDelivery = defineEvaluator<JsonObject>({
  id: "cloudtrail-delivery",
  summary: "Each trail records, and delivers to S3, CloudWatch Logs and SNS without a current error",
  options,
  needs: () => [
    { type: TRAIL, properties },
    ...deliveryNeeds.filter(({ only }) => only?.referencedBy === TRAIL),
  ],
  evaluate: (account) =>
    judgeEach(account, {
      type: TRAIL,
      noun: "trail",
      absence: "fail",
      judge: (trail) => (isKnownGone(trail) ? undefined : judge(account, trail)),
    }),
});

function judge(account: Account, trail: Resource): Verdict {
  const s3 = destinationsOf(trail, account)
    .filter(({ kind }) => kind === "s3")
    .map(({ claim }) => claim);
  const claim = everyClaim([
    isRecording(trail),
    ...s3,
    digests(trail),
    logGroup(trail, account),
    notifications(trail),
  ]);
  const notes = notesOf(trail, account);
  const witness = {
    trail: trail.arn ?? trail.id,
    ...(claim.is === "no" ? { brokenLink: claim.because } : {}),
  };
  return claimVerdict(
    claim,
    {
      subject: `trail ${trail.id}`,
      holds: `trail ${trail.id} records, and delivers without an error`,
      witness,
    },
    { evidence: evidenceOf(account, trail, properties), ...(notes.length === 0 ? {} : { notes }) },
  );
}

// What is not configured may still report an error of former days.
function digests(trail: Resource): Claim {
  return claimOf(readBoolean(trail, "EnableLogFileValidation"), "EnableLogFileValidation", (isOn) =>
    isOn === true ? noError(trail, "S3 of digest files", "LatestDigestDeliveryError") : holding,
  );
}

function logGroup(trail: Resource, account: Account): Claim {
  return claimOf(readText(trail, "CloudWatchLogsLogGroupArn"), "CloudWatchLogsLogGroupArn", (arn) => {
    if (arn === undefined) return holding;
    const exists = logGroupExists(arn, account);
    return everyClaim([
      noError(trail, "CloudWatch Logs", "LatestCloudWatchLogsDeliveryError"),
      exists.is === "no" ? exists : holding,
    ]);
  });
}

function notifications(trail: Resource): Claim {
  return claimOf(readText(trail, "SnsTopicARN"), "SnsTopicARN", (topic) =>
    topic === undefined ? holding : noError(trail, "SNS", "LatestNotificationError"),
  );
}

function notesOf(trail: Resource, account: Account): readonly string[] {
  const age = ageOf(trail, "LatestDeliveryTime", account);
  if (age === undefined || age <= FRESH) return [];
  return [
    `The last log file arrived ${String(Math.floor(age / 3_600_000))} hours ago. CloudTrail reports no time-outs as errors: unless the regions of this trail are quiet, look at its bucket.`,
  ];
}
