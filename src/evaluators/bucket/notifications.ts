import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { judgeBuckets, ownBucketNeeds } from "../../reasoning/glacier/buckets.js";
import { glacierClassNeeds, holdsGlacierClasses } from "../../reasoning/glacier/classes.js";
import {
  notifiesAtAll,
  notifiesOfRestores,
  restoreNotificationNeeds,
} from "../../reasoning/routing/notification-bucket.js";
import { restoreRemedy } from "../../reasoning/routing/remedy-notification.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["restore", "any"],
      description:
        "restore: a finished restore is told to a live target. any: some event notification is set.",
    },
    buckets: {
      enum: ["glacier", "all"],
      default: "glacier",
      description:
        "glacier: only buckets that hold objects of Glacier storage classes; with restore, of those that need one.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

/** Whether buckets tell of finished restores, or have any event notification. */
export const bucketNotifications = defineEvaluator<Options>({
  id: "bucket-notifications",
  summary: "Buckets tell a live target of finished restores, or have any event notification",
  options,
  needs: ({ demand, buckets }) => [
    ...ownBucketNeeds,
    ...(demand === "restore" ? restoreNotificationNeeds : anyNeeds),
    ...(buckets === "all" ? [] : glacierClassNeeds),
  ],
  evaluate: (account, { demand, buckets }) =>
    judgeBuckets(account, {
      ...(buckets === "all"
        ? {}
        : {
            concerns: (bucket: Resource) =>
              holdsGlacierClasses(account, bucket, demand === "restore" ? "restored" : "any"),
          }),
      judge: (bucket) => {
        const { claim, evidence, candidates } =
          demand === "restore" ? notifiesOfRestores(account, bucket) : notifiesAtAll(account, bucket);
        const support = {
          evidence,
          witness: { bucket: bucket.arn ?? bucket.id },
          ...(candidates.length === 0 ? {} : { candidates }),
        };
        const verdict = verdictOfClaim(claim, wordsFor(bucket, demand), support);
        const remediation =
          verdict.status === "fail" && demand === "restore" ? restoreRemedy(account, bucket) : undefined;
        return remediation === undefined ? verdict : { ...verdict, remediation };
      },
    }),
});

const anyNeeds: readonly Need[] = [{ type: "AWS::S3::Bucket", properties: ["NotificationConfiguration"] }];

function wordsFor(
  { id }: Resource,
  demand: Options["demand"],
): { readonly yes: string; readonly no: string } {
  if (demand === "any")
    return { yes: `bucket ${id} has event notifications`, no: `bucket ${id} tells nobody of its events` };
  return {
    yes: `bucket ${id} tells of finished restores`,
    no: `bucket ${id} tells nobody of finished restores`,
  };
}
