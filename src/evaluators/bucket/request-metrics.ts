import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { isElsewhere, requestMetricsNeeds, wholeBucketMetrics } from "../../reasoning/cover/bucket.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import {
  glacierClassNeeds,
  glacierClassProperties,
  holdsGlacierClasses,
} from "../../reasoning/glacier/classes.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { listed } from "../../shared/text/words.js";

/** Whether each bucket with objects of Glacier classes has request metrics of the whole bucket. */
export const bucketRequestMetrics = defineEvaluator({
  id: "bucket-request-metrics",
  summary: "Each bucket with objects of Glacier classes has request metrics of the whole bucket",
  options: { type: "object", additionalProperties: false },
  needs: () => [...glacierClassNeeds, ...requestMetricsNeeds],
  evaluate: (account) =>
    judgeEach(account, {
      type: "AWS::S3::Bucket",
      noun: "bucket",
      absence: "not-applicable",
      judge: (bucket) => judge(account, bucket),
    }),
});

function judge(account: Account, bucket: Resource): Verdict | undefined {
  if (isElsewhere(account, bucket)) return undefined;
  const holds = holdsGlacierClasses(account, bucket);
  if (holds.is === "no") return undefined;
  const { claim, ids } = wholeBucketMetrics(bucket);
  const support = {
    evidence: evidenceOf(account, bucket, ["MetricsConfigurations", ...glacierClassProperties]),
  };
  // What is met needs no Glacier class; what is not is only demanded with one.
  if (claim.is === "yes")
    return pass(`${bucket.id} has request metrics of the whole bucket (${listed(ids)})`, support);
  if (holds.is === "unknown")
    return unknown(
      holds.reason,
      `it cannot be said whether ${bucket.id} holds objects of Glacier classes: ${holds.because}`,
      support,
    );
  if (claim.is === "unknown")
    return unknown(
      claim.reason,
      `it cannot be said whether ${bucket.id} has request metrics: ${claim.because}`,
      support,
    );
  return fail(`no request metric counts every request to ${bucket.id}: ${claim.because}`, {
    ...support,
    witness: { bucket: bucket.arn ?? bucket.id, because: claim.because },
  });
}
