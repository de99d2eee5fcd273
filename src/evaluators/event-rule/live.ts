import { defineEvaluator } from "../../core/evaluator.js";
import type { Need } from "../../core/need.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import { RULE } from "../../reasoning/detection/chain-rules.js";
import { groupPolicyProperties, logPolicyNeed } from "../../reasoning/admits/log-group.js";
import { judgeEach } from "../../reasoning/per-resource.js";
import { deadLetterNeeds, judgeRuleLife } from "../../reasoning/routing/life.js";

const options = { type: "object", additionalProperties: false, properties: {} } as const;

const needs: readonly Need[] = [
  ...reachNeeds,
  ...deadLetterNeeds,
  { type: RULE, properties: ["State", "Targets", "ManagedBy", "EventBusName"] },
  {
    type: "AWS::Logs::LogGroup",
    properties: ["Exists", ...groupPolicyProperties],
    only: { referencedBy: RULE, path: "Targets[].Arn" },
  },
  logPolicyNeed,
];

/** Whether each enabled rule has a target, and each of its targets exists and takes what EventBridge sends. */
export const eventRuleLive = defineEvaluator<object>({
  id: "event-rule-live",
  summary: "Enabled EventBridge rules have targets that exist and take what is sent",
  options,
  needs: () => needs,
  evaluate: (account) =>
    judgeEach(account, {
      type: RULE,
      noun: "enabled EventBridge rule",
      absence: "not-applicable",
      judge: (rule) => judgeRuleLife(account, rule),
    }),
});
