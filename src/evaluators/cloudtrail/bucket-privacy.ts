import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import {
  ACCOUNT_BLOCK,
  bucketPrivacy,
  bucketPrivacyProperties,
  idleNotes,
} from "../../reasoning/access-log/publicness.js";
import { trailBucketNeeds, withTrailBuckets } from "../../reasoning/trail/buckets.js";
import { claimVerdict } from "../../reasoning/trail/verdict.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const BLOCK = "PublicAccessBlockConfiguration";

/** Whether no bucket that a trail writes to is open to everybody, by policy, ACL and access blocks together. */
export const cloudtrailBucketPrivacy = defineEvaluator<JsonObject>({
  id: "cloudtrail-bucket-privacy",
  summary: "No bucket that a trail writes to is public, by policy, ACL and public access blocks together",
  options,
  needs: () => [...trailBucketNeeds(bucketPrivacyProperties), { type: ACCOUNT_BLOCK, properties: [BLOCK] }],
  evaluate: (account) =>
    judgeEach(withTrailBuckets(account), {
      type: "AWS::S3::Bucket",
      noun: "trail bucket",
      absence: "not-applicable",
      judge: (bucket) => judge(account, bucket),
    }),
});

function judge(account: Account, bucket: Resource): Verdict {
  const block = account.find(ACCOUNT_BLOCK, bucket.account);
  const evidence = [
    ...evidenceOf(account, bucket, bucketPrivacyProperties),
    ...(block === undefined ? [] : evidenceOf(account, block, [BLOCK])),
  ];
  const claim = bucketPrivacy(account, bucket);
  const notes = idleNotes(bucket);
  const witness = {
    bucket: bucket.arn ?? bucket.id,
    ...(claim.is === "no" ? { openBy: claim.because } : {}),
  };
  return claimVerdict(
    claim,
    { subject: `trail bucket ${bucket.id}`, holds: `trail bucket ${bucket.id} is not public`, witness },
    { evidence, ...(notes.length === 0 ? {} : { notes }) },
  );
}
