import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { EXISTS } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { bucketExists } from "../../reasoning/capture/delivery.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { trailBucketNeeds } from "../../reasoning/trail/buckets.js";
import { claimVerdict } from "../../reasoning/trail/verdict.js";
import { everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readProperty, readText } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    owners: {
      type: "array",
      uniqueItems: true,
      items: { type: "string", pattern: "^[0-9]{12}$" },
      description: "Other accounts that a trail's bucket may belong to. Default: none.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

const TRAIL = "AWS::CloudTrail::Trail";
const BUCKET = "AWS::S3::Bucket";

/** Whether each trail's bucket exists and belongs to this account, or to one that is named. */
export const cloudtrailBucketOwner = defineEvaluator<Options>({
  id: "cloudtrail-bucket-owner",
  summary: "Each trail's bucket exists and belongs to this account, or to an account that is named",
  options,
  needs: () => trailBucketNeeds([]),
  evaluate: (account, { owners = [] }) =>
    judgeEach(account, {
      type: TRAIL,
      noun: "trail",
      absence: "fail",
      judge: (trail) => judge(account, trail, [account.id, ...owners]),
    }),
});

function judge(account: Account, trail: Resource, owners: readonly string[]): Verdict {
  const name = readText(trail, "S3BucketName");
  const named = name.kind === "set" ? name.value : "";
  const bucket = account.find(BUCKET, named);
  const claim = everyClaim([
    bucketExists(trail, account),
    ...(bucket === undefined ? [] : [belongs(bucket, owners)]),
  ]);
  const evidence = [
    ...evidenceOf(account, trail, ["S3BucketName"]),
    ...(bucket === undefined ? [] : evidenceOf(account, bucket, [EXISTS])),
  ];
  const words = {
    subject: `trail ${trail.id}`,
    holds: `trail ${trail.id} writes to bucket ${named}, which exists and belongs to account ${bucket?.account ?? account.id}`,
    witness: { trail: trail.arn ?? trail.id, bucket: named },
  };
  return claimVerdict(claim, words, { evidence });
}

// A bucket is asked for as the trail's owner's, and S3 refuses where it is another's: what was read belongs to that account.
function belongs(bucket: Resource, owners: readonly string[]): Claim {
  const { account, id } = bucket;
  return claimOf(readProperty(bucket, EXISTS), `whether ${id} belongs to account ${account}`, () =>
    owners.includes(account)
      ? holding
      : refuted(
          `its bucket ${id} belongs to account ${account}, which is not among the owners that are allowed`,
        ),
  );
}
