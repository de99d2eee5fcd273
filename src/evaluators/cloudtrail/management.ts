import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import { sinkNeeds } from "../../reasoning/capture/needs.js";
import { sinksOf } from "../../reasoning/capture/sinks.js";
import { captureVerdict } from "../../reasoning/capture/verdict.js";
import {
  excludableSources,
  managementDemand,
  onlyMultiRegion,
} from "../../reasoning/capture/trail-capture.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    allowExclusions: {
      type: "boolean",
      description: "Events of AWS KMS and of the RDS Data API may be left out. Default: true.",
    },
    delivered: { type: "boolean", description: "What is recorded must arrive somewhere. Default: true." },
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether multi-region trails, event data stores and channels together capture all management events, of every source. */
export const cloudtrailManagement = defineEvaluator<Options>({
  id: "cloudtrail-management",
  summary: "Multi-region trails and event data stores together capture all management events, read and write",
  options,
  needs: ({ delivered = true }) => sinkNeeds({ delivered }),
  evaluate: (account, { allowExclusions = true, delivered = true }) => {
    const demand = managementDemand(account, allowExclusions ? excludableSources : []);
    return [
      aboutAccount(
        account,
        captureVerdict({
          account,
          sinksOf: (state) => sinksOf(state).map(onlyMultiRegion),
          demand,
          delivered,
          everyRegion: true,
        }),
      ),
    ];
  },
});
