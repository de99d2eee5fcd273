import { defineEvaluator } from "../../core/evaluator.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { judgeAlarms } from "../../reasoning/reach/alarm-kinds.js";
import { actionTargets } from "../../reasoning/reach/alarm-route.js";
import { candidateOf } from "../../reasoning/reach/alarm-tell.js";
import { ALARM_TYPES } from "../../reasoning/reach/alarm-world.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import type { Sender } from "../../reasoning/admits/publishers.js";
import { targetRemedy } from "../../reasoning/reach/remedy-target.js";
import { functionNeed, receiverTakes } from "../../reasoning/reach/receiver.js";
import { topicTakes } from "../../reasoning/reach/topic.js";
import { doubtful, everyClaim, holding } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import type { Account } from "../../core/account.js";
import { claimOf } from "../../shared/read-claim.js";
import { readList } from "../../shared/read-property.js";
import { organizationOf } from "../../reasoning/admits/organization.js";

const ACTIONS = "AlarmActions";
const kinds = ["metric", "composite", "log"] as const;

const needs: readonly Need[] = [
  ...Object.values(ALARM_TYPES).flatMap((type): readonly Need[] => [
    { type, properties: [ACTIONS] },
    {
      type: "AWS::SNS::Topic",
      properties: ["Exists", "Policy", "KmsMasterKeyId"],
      only: { referencedBy: type, path: `${ACTIONS}[]` },
    },
    functionNeed(type, `${ACTIONS}[]`),
  ]),
  {
    type: "AWS::KMS::Key",
    properties: ["KeyManager", "KeyState", "KeyPolicy"],
    only: { referencedBy: "AWS::SNS::Topic", path: "KmsMasterKeyId" },
  },
];

/** Whether what each alarm's ALARM actions name exists and admits CloudWatch; who hears of it is another question. */
export const alarmTargets = defineEvaluator({
  id: "alarm-targets",
  summary: "Every ALARM action of each alarm names something that exists and admits CloudWatch",
  options: { type: "object", additionalProperties: false },
  needs: () => needs,
  evaluate: (account) => judgeAlarms(account, kinds, (alarm) => judge(account, alarm)),
});

function judge(account: Account, alarm: Resource): Verdict | undefined {
  const list = claimOf(readList(alarm, ACTIONS), ACTIONS, () => holding);
  const targets = actionTargets(alarm, ACTIONS).map((arn) => ({
    arn,
    claim: targetClaim(account, alarm, arn),
  }));
  if (list.is === "yes" && targets.length === 0) return undefined;
  const claim = everyClaim([list, ...targets.map((target) => target.claim)]);
  const support = {
    evidence: evidenceOf(account, alarm, [ACTIONS]),
    candidates: targets.map((target) => candidateOf(target.arn, target.claim)),
  };
  if (claim.is === "yes") return pass(`every ALARM action of ${alarm.id} can be carried out`, support);
  if (claim.is === "unknown")
    return unknown(
      claim.reason,
      `it cannot be said whether every ALARM action of ${alarm.id} can be carried out: ${claim.because}`,
      support,
    );
  const broken = targets.find((target) => target.claim === claim);
  const remediation =
    broken === undefined
      ? undefined
      : targetRemedy(account, { arn: broken.arn, sender: senderOf(account, alarm) });
  return fail(`an ALARM action of ${alarm.id} cannot be carried out: ${claim.because}`, {
    ...support,
    witness: { alarm: alarm.arn ?? alarm.id, target: broken?.arn ?? "", because: claim.because },
    ...(remediation && { remediation }),
  });
}

function targetClaim(account: Account, alarm: Resource, arn: string): Claim {
  const sender = senderOf(account, alarm);
  if (/^arn:[^:]*:sns:/u.test(arn)) return topicTakes(account, arn, { sender });
  if (/^arn:[^:]*:lambda:/u.test(arn)) return receiverTakes(account, arn, { sender }).claim;
  // CloudWatch acts here by itself: there is nothing that could be missing.
  const isBuiltIn = /^arn:[^:]*:(?:automate:|swf:|ssm:[^:]*:[^:]*:opsitem)/u.test(arn);
  return isBuiltIn ? holding : doubtful("not-collected", `whether ${arn} exists is not read`);
}

function senderOf(account: Account, { account: owner, region, arn }: Resource): Sender {
  return {
    publisher: "cloudwatch",
    account: owner,
    region,
    ...(arn === undefined ? {} : { arn }),
    ...organizationOf(account, owner),
  };
}
