import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import type { OptionProblem } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import { judgeEvery } from "../../reasoning/condition/assert-quantifiers.js";
import { identityNames, prepareCondition } from "../../reasoning/condition/condition.js";
import type { ConditionOption } from "../../reasoning/condition/condition.js";
import { conditionDefinitions } from "../../reasoning/condition/schema.js";
import { reviewCondition, reviewedType } from "../../reasoning/condition/review-condition.js";
import { trailBucketNeeds, withTrailBuckets } from "../../reasoning/trail/buckets.js";

const plainOptions = {
  type: "object",
  additionalProperties: false,
  required: ["assert"],
  properties: {
    assert: { description: "What must hold of each bucket that a trail writes to." },
    message: {
      type: "string",
      minLength: 1,
      description: "Said when it fails; {id}, {arn}, {region} and {Property.path} are filled in.",
    },
  },
} as const;

const options = {
  ...plainOptions,
  $defs: conditionDefinitions,
  properties: { ...plainOptions.properties, assert: { $ref: "#/$defs/condition" } },
} as const;

/** Conditions are recursive, which types cannot follow; the schema has checked them. */
type Options = Omit<FromSchema<typeof plainOptions>, "assert"> & { readonly assert: ConditionOption };

const BUCKET = "AWS::S3::Bucket";

/** Whether each bucket that a trail writes to meets a condition. */
export const cloudtrailBucket = defineEvaluator<
  Options,
  Promise<readonly Need[]>,
  Promise<readonly Judgement[]>
>({
  id: "cloudtrail-bucket",
  summary: "Each bucket that a trail writes to meets a condition",
  options,
  review: async (given, types): Promise<readonly OptionProblem[]> =>
    reviewCondition(given.assert, ["assert"], await reviewedType(BUCKET, types)),
  needs: async (given) =>
    trailBucketNeeds(
      (await prepareCondition(given.assert)).properties.filter((name) => !identityNames.includes(name)),
    ),
  evaluate: async (account, given) =>
    judgeEvery(withTrailBuckets(account), {
      type: BUCKET,
      noun: "trail bucket",
      absence: "not-applicable",
      assert: await prepareCondition(given.assert),
      ...(given.message === undefined ? {} : { message: given.message }),
      context: { account, params: {} },
    }),
});
