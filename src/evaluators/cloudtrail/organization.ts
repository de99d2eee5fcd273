import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { JsonObject } from "../../core/json.js";
import { SEEN_IN } from "../../core/resource.js";
import type { Resource } from "../../core/resource.js";
import { notApplicable, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { isRecording } from "../../reasoning/capture/trails.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { couldHideMultiRegion, coversEveryRegion, judgeSomeTrail } from "../../reasoning/trail/verdict.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readBoolean } from "../../shared/read-property.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const ORGANIZATION = "AWS::Organizations::Organization";
const properties = ["IsOrganizationTrail", "IsMultiRegionTrail", "IsLogging", SEEN_IN];

/** Whether a recording multi-region trail of the organization covers this account. */
export const cloudtrailOrganization = defineEvaluator<JsonObject>({
  id: "cloudtrail-organization",
  summary: "A recording multi-region organization trail covers the account",
  options,
  needs: () => [
    { type: "AWS::CloudTrail::Trail", properties },
    { type: ORGANIZATION, properties: ["InOrganization"] },
  ],
  evaluate: (account) => [aboutAccount(account, judge(account))],
});

function judge(account: Account): Verdict {
  const [organization] = account.list(ORGANIZATION).resources;
  const membership = membershipOf(organization);
  const evidence = organization === undefined ? [] : evidenceOf(account, organization, ["InOrganization"]);
  if (membership.is === "no") return notApplicable("this account is in no organization", { evidence });
  const verdict = judgeSomeTrail(account, {
    claim: (trail) => claimOfTrail(trail, account),
    demand: "a recording multi-region organization trail that covers this account",
    properties,
    hides: couldHideMultiRegion(account),
  });
  const support = { ...verdict, evidence: [...(verdict.evidence ?? []), ...evidence] };
  // Such a trail proves the organization; where there is none, it matters whether there should be one.
  if (membership.is === "yes" || verdict.status !== "fail") return support;
  return unknown(membership.reason, `${verdict.message}; and ${membership.because}`, {
    evidence: support.evidence,
    ...(verdict.candidates === undefined ? {} : { candidates: verdict.candidates }),
  });
}

function membershipOf(organization: Resource | undefined): Claim {
  if (organization === undefined)
    return doubtful("not-collected", "whether the account is in an organization is not in this snapshot");
  return claimOf(
    readBoolean(organization, "InOrganization"),
    "whether the account is in an organization",
    (isIn) => {
      if (isIn === undefined)
        return doubtful("undecidable", "whether the account is in an organization is not reported");
      return isIn ? holding : refuted("this account is in no organization");
    },
  );
}

function claimOfTrail(trail: Resource, account: Account): Claim {
  return everyClaim([
    isOn(trail, "IsOrganizationTrail", "is not an organization trail"),
    isOn(trail, "IsMultiRegionTrail", "is not multi-region"),
    isRecording(trail),
    coversEveryRegion(trail, account),
  ]);
}

function isOn(trail: Resource, property: string, because: string): Claim {
  return claimOf(readBoolean(trail, property), property, (value) =>
    value === true ? holding : refuted(because),
  );
}
