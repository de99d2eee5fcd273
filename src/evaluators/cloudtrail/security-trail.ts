import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { sinkProperties } from "../../reasoning/capture/evidence.js";
import type { RegionDemand } from "../../reasoning/capture/demand.js";
import { isRecording, trailSink } from "../../reasoning/capture/trails.js";
import { deliveryNeeds } from "../../reasoning/capture/delivery.js";
import { capturesAlone, isMultiRegion, managementDemand } from "../../reasoning/capture/trail-capture.js";
import { includesGlobalEvents } from "../../reasoning/trail/global-events.js";
import { customerKeyClaim, trailKeyProperties } from "../../reasoning/capture/trail-key.js";
import { couldHideMultiRegion, judgeSomeTrail } from "../../reasoning/trail/verdict.js";
import { everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean } from "../../shared/read-property.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const TRAIL = "AWS::CloudTrail::Trail";
const shown = [
  "IsLogging",
  "IsMultiRegionTrail",
  "IncludeGlobalServiceEvents",
  "EnableLogFileValidation",
  "KMSKeyId",
  "EventSelectors",
  "AdvancedEventSelectors",
];
const { recording, delivery } = sinkProperties.trail;

/** Whether one trail does all that a trail for security needs. */
export const cloudtrailSecurityTrail = defineEvaluator<JsonObject>({
  id: "cloudtrail-security-trail",
  summary: "One trail records all management events everywhere, signed and encrypted",
  options,
  needs: () => [
    { type: TRAIL, properties: [...recording, ...delivery, ...shown] },
    ...deliveryNeeds.filter(({ only }) => only?.referencedBy === TRAIL),
    {
      type: "AWS::KMS::Key",
      properties: trailKeyProperties,
      only: { referencedBy: TRAIL, path: "KMSKeyId" },
    },
  ],
  evaluate: (account) => {
    const demand = managementDemand(account, []);
    return [
      aboutAccount(
        account,
        judgeSomeTrail(account, {
          claim: (trail) => meetsAll(trail, account, demand),
          demand: "a security trail",
          properties: shown,
          hides: couldHideMultiRegion(account),
        }),
      ),
    ];
  },
});

function meetsAll(trail: Resource, account: Account, demand: readonly RegionDemand[]): Claim {
  const sink = trailSink(trail, account);
  const known = everyClaim([
    isRecording(trail),
    isMultiRegion(sink),
    includesGlobalEvents(trail, account),
    isSigned(trail),
    customerKeyClaim(account, trail, "KMSKeyId"),
  ]);
  return known.is === "no" ? known : everyClaim([known, capturesAlone(sink, demand, true)]);
}

function isSigned(trail: Resource): Claim {
  return claimOf(readBoolean(trail, "EnableLogFileValidation"), "EnableLogFileValidation", (isOn) =>
    isOn === true ? holding : refuted("does not sign its log files"),
  );
}
