import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import { aboutAccount } from "../../core/judgement.js";
import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { isRecording } from "../../reasoning/capture/trails.js";
import { judgeSomeTrail } from "../../reasoning/trail/verdict.js";
import { includesGlobalEvents } from "../../reasoning/trail/global-events.js";
import { everyClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { leaderRegion } from "../../shared/aws/partitions.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const properties = ["IsLogging", "IncludeGlobalServiceEvents", "IsMultiRegionTrail"];

/** Whether a recording trail includes the events of global services, from where these are recorded. */
export const cloudtrailGlobalEvents = defineEvaluator<JsonObject>({
  id: "cloudtrail-global-events",
  summary: "A recording trail includes the events of global services, such as IAM",
  options,
  needs: () => [{ type: "AWS::CloudTrail::Trail", properties }],
  evaluate: (account) => [aboutAccount(account, judge(account))],
});

function judge(account: Account): Verdict {
  const verdict = judgeSomeTrail(account, {
    claim: (trail) => claimOf(trail, account),
    demand: "recording global service events",
    properties,
    hides: ({ region }) => couldShow(account, region),
  });
  const leader = leaderRegion(account.partition);
  if (verdict.status !== "fail" || account.regions.includes(leader)) return verdict;
  // A trail of that region alone would do, and no other region shows it.
  const { evidence = [], candidates = [] } = verdict;
  return unknown(
    "not-collected",
    `${verdict.message}; but ${leader}, where one could be at home, is not looked at`,
    { evidence, candidates },
  );
}

function claimOf(trail: Resource, account: Account): Claim {
  return everyClaim([isRecording(trail), includesGlobalEvents(trail, account)]);
}

// Both kinds of trails that count are seen in the leader region: no other list hides one, if that was looked at.
function couldShow({ partition, regions }: Account, region: string): boolean {
  const leader = leaderRegion(partition);
  return region === leader || region === "global" || !regions.includes(leader);
}
