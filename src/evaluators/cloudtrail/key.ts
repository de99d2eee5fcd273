import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Resource } from "../../core/resource.js";
import type { Verdict } from "../../core/verdict.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { customerKeyClaim, trailKey, trailKeyProperties } from "../../reasoning/capture/trail-key.js";
import { claimVerdict } from "../../reasoning/trail/verdict.js";
import { readText } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  required: ["of"],
  properties: {
    of: {
      enum: ["trail", "event-data-store"],
      description:
        "What must be encrypted. Having no trail fails; having no event data store is not applicable.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

const kinds = {
  trail: { type: "AWS::CloudTrail::Trail", property: "KMSKeyId", noun: "trail", absence: "fail" },
  "event-data-store": {
    type: "AWS::CloudTrail::EventDataStore",
    property: "KmsKeyId",
    noun: "event data store",
    absence: "not-applicable",
  },
} as const;

type Kind = (typeof kinds)[keyof typeof kinds];

/** Whether each trail, or each event data store, encrypts with a customer's key that can be used. */
export const cloudtrailKey = defineEvaluator<Options>({
  id: "cloudtrail-key",
  summary: "Each trail, or each event data store, is encrypted with a customer managed key that is enabled",
  options,
  needs: ({ of }) => [
    { type: kinds[of].type, properties: [kinds[of].property] },
    {
      type: "AWS::KMS::Key",
      properties: trailKeyProperties,
      only: { referencedBy: kinds[of].type, path: kinds[of].property },
    },
  ],
  evaluate: (account, { of }) =>
    judgeEach(account, { ...kinds[of], judge: (resource) => judge(account, resource, kinds[of]) }),
});

function judge(account: Account, resource: Resource, { property, noun }: Kind): Verdict {
  const reference = readText(resource, property);
  const key = reference.kind === "set" ? trailKey(account, reference.value, resource).key : undefined;
  const evidence = [
    ...evidenceOf(account, resource, [property]),
    ...(key === undefined ? [] : evidenceOf(account, key, trailKeyProperties)),
  ];
  const words = {
    subject: `${noun} ${resource.id}`,
    holds: `${noun} ${resource.id} is encrypted with the customer managed key ${key?.id ?? ""}`,
    witness: {
      resource: resource.arn ?? resource.id,
      [property]: reference.kind === "set" ? reference.value : null,
    },
  };
  return claimVerdict(customerKeyClaim(account, resource, property), words, { evidence });
}
