import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { bucketIsLogged, bucketLoggingNeeds, loggingTarget } from "../../reasoning/access-log/bucket.js";
import { judgeBuckets, ownBucketNeeds } from "../../reasoning/glacier/buckets.js";
import { glacierClassNeeds, holdsGlacierClasses } from "../../reasoning/glacier/classes.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { trailBucketNeeds, withTrailBuckets } from "../../reasoning/trail/buckets.js";
import { verdictOfClaim } from "../../reasoning/verdict-of-claim.js";
import type { Claim } from "../../shared/claim.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["on", "target"],
      description:
        "on: server access logging is on, or CloudWatch Logs delivers the access logs. target: where server access logging is on, its logs can arrive.",
    },
    buckets: {
      enum: ["glacier", "trail", "all"],
      default: "glacier",
      description:
        "glacier: only buckets that hold objects of Glacier storage classes. trail: the buckets that trails write to.",
    },
  },
} as const;

type Options = FromSchema<typeof options, { keepDefaultedPropertiesOptional: true }>;

/** Whether buckets have server access logging, or whether its target can take the logs. */
export const bucketLogging = defineEvaluator<Options>({
  id: "bucket-logging",
  summary: "Buckets have server access logging, to a target that exists and admits the log service",
  options,
  needs: ({ demand, buckets = "glacier" }) => {
    const target = demand === "target";
    return buckets === "trail"
      ? [...trailBucketNeeds(["LoggingConfiguration"]), ...bucketLoggingNeeds({ target }).slice(1)]
      : [
          ...ownBucketNeeds,
          ...bucketLoggingNeeds({ target }),
          ...(buckets === "all" ? [] : glacierClassNeeds),
        ];
  },
  evaluate: (account, { demand, buckets = "glacier" }) => {
    const judge = (bucket: Resource): Verdict =>
      demand === "on" ? judgeOn(account, bucket) : judgeTarget(account, bucket);
    if (buckets === "trail")
      return judgeEach(withTrailBuckets(account), {
        type: "AWS::S3::Bucket",
        noun: "trail bucket",
        absence: "not-applicable",
        judge,
      });
    const concerns = (bucket: Resource): Claim => holdsGlacierClasses(account, bucket);
    return judgeBuckets(account, { ...(buckets === "all" ? {} : { concerns }), judge });
  },
});

function judgeOn(account: Account, bucket: Resource): Verdict {
  const { claim, via, ...support } = bucketIsLogged(account, bucket);
  const words = {
    yes:
      via === "bucket"
        ? `bucket ${bucket.id} has server access logging`
        : `CloudWatch Logs delivers the access logs of bucket ${bucket.id}`,
    no: `requests to bucket ${bucket.id} are not logged`,
  };
  const verdict = verdictOfClaim(claim, words, {
    ...support,
    witness: { bucket: bucket.arn ?? bucket.id },
  });
  const isLoop =
    verdict.status === "pass" && via === "bucket" && loggingTarget(account, bucket).target === bucket.id;
  return isLoop
    ? { ...verdict, notes: ["It logs to itself: each log file that is written is logged again."] }
    : verdict;
}

function judgeTarget(account: Account, bucket: Resource): Verdict {
  const { claim, evidence, target } = loggingTarget(account, bucket);
  if (target === undefined && claim.is === "no")
    return notApplicable(`bucket ${bucket.id} has no server access logging, and so no target`, { evidence });
  const words = {
    yes: `the access logs of bucket ${bucket.id} can arrive`,
    no: `the access logs of bucket ${bucket.id} do not arrive as they should`,
  };
  return verdictOfClaim(claim, words, {
    evidence,
    witness: { bucket: bucket.arn ?? bucket.id, ...(target === undefined ? {} : { target }) },
  });
}
