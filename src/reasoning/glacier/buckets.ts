import type { Account } from "../../core/account.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import type { Claim } from "../../shared/claim.js";
import { isKnownGone } from "../../shared/read-claim.js";
import { judgeEach } from "../per-resource.js";

/** What must be read to tell the account's own buckets from those that they only name. */
export const ownBucketNeeds: readonly Need[] = [{ type: "AWS::S3::Bucket", properties: ["OwnedByAccount"] }];

/** Which buckets a rule is about, and how each of them is judged. */
export type BucketDemand = {
  /** Whether the rule is about a bucket; absent: about all. */
  readonly concerns?: (bucket: Resource) => Claim;
  readonly judge: (bucket: Resource) => Verdict;
};

/**
 * Judges the buckets of the account that a rule is about. Where it is not known whether it is about one, a pass still
 * stands, since nothing could turn it; everything else is unknown.
 */
export function judgeBuckets(account: Account, { concerns, judge }: BucketDemand): readonly Judgement[] {
  return judgeEach(account, {
    type: "AWS::S3::Bucket",
    noun: "bucket",
    absence: "not-applicable",
    judge: (bucket) => {
      if (bucket.observed?.["OwnedByAccount"] === false || isKnownGone(bucket)) return undefined;
      const claim = concerns?.(bucket) ?? { is: "yes" };
      if (claim.is === "no") return undefined;
      const verdict = judge(bucket);
      if (claim.is === "yes" || verdict.status === "pass") return verdict;
      return unknown(
        claim.reason,
        `whether bucket ${bucket.id} holds objects that the rule is about is not known: ${claim.because}`,
        { evidence: verdict.evidence ?? [] },
      );
    },
  });
}
