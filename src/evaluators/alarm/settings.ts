import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Judgement } from "../../core/judgement.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { judgeAlarms } from "../../reasoning/reach/alarm-kinds.js";
import { actionTargets, areActionsOn } from "../../reasoning/reach/alarm-route.js";
import { ALARM_TYPES } from "../../reasoning/reach/alarm-world.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { matchesGlob } from "../../shared/glob.js";
import { everyClaim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readList, readText } from "../../shared/read-property.js";

const patterns = {
  type: "array",
  minItems: 1,
  uniqueItems: true,
  items: { type: "string", minLength: 1 },
} as const;

const options = {
  type: "object",
  additionalProperties: false,
  required: ["demand"],
  properties: {
    demand: {
      enum: ["alarm-action", "actions-enabled", "description", "allowed-targets"],
      description: "What each metric and composite alarm must have.",
    },
    allow: {
      ...patterns,
      description: "With allowed-targets: ARNs that actions may name; * stands for any run of characters.",
    },
  },
  if: { properties: { demand: { const: "allowed-targets" } } },
  then: { required: ["allow"] },
  else: { properties: { allow: false } },
} as const;

type Options = {
  readonly demand: FromSchema<typeof options>["demand"] & Demand;
  readonly allow?: readonly string[];
};
type Demand = "alarm-action" | "actions-enabled" | "description" | "allowed-targets";

/** Whether each metric and composite alarm has an ALARM action, its actions on, a description, or allowed targets only. */
export const alarmSettings = defineEvaluator<Options>({
  id: "alarm-settings",
  summary:
    "Each metric and composite alarm has an ALARM action, its actions on, a description, or allowed targets only",
  options,
  needs: ({ demand }) => needsOf(demand),
  evaluate: (account, chosen) => judgeEvery(account, chosen),
});

const lists = ["AlarmActions", "OKActions", "InsufficientDataActions"] as const;

const properties = {
  "alarm-action": ["AlarmActions"],
  "actions-enabled": ["ActionsEnabled"],
  description: ["AlarmDescription"],
  "allowed-targets": lists,
} as const satisfies Record<Demand, readonly string[]>;

function needsOf(demand: Demand): readonly Need[] {
  return [ALARM_TYPES.metric, ALARM_TYPES.composite].map((type) => ({
    type,
    properties: properties[demand],
  }));
}

function judgeEvery(account: Account, chosen: Options): readonly Judgement[] {
  return judgeAlarms(account, ["metric", "composite"], (alarm) => verdictOf(account, alarm, chosen));
}

const claims = {
  "alarm-action": (alarm) =>
    claimOf(readList(alarm, "AlarmActions"), "AlarmActions", (actions = []) =>
      actions.length > 0 ? holding : refuted("it has no ALARM action"),
    ),
  "actions-enabled": areActionsOn,
  description: (alarm) =>
    claimOf(readText(alarm, "AlarmDescription"), "AlarmDescription", (text = "") =>
      text.trim() === "" ? refuted("it has no description") : holding,
    ),
  "allowed-targets": (alarm, allow) =>
    everyClaim(
      lists.map((list) =>
        claimOf(readList(alarm, list), list, () => allowedClaim(actionTargets(alarm, list), allow)),
      ),
    ),
} as const satisfies Record<Demand, (alarm: Resource, allow: readonly string[]) => Claim>;

function allowedClaim(targets: readonly string[], allow: readonly string[]): Claim {
  const stray = targets.find((target) => !allow.some((pattern) => matchesGlob(pattern, target)));
  return stray === undefined ? holding : refuted(`it acts on ${stray}, which is not allowed`);
}

const met = {
  "alarm-action": "has an ALARM action",
  "actions-enabled": "has its actions on",
  description: "has a description",
  "allowed-targets": "acts on allowed targets only",
} as const satisfies Record<Demand, string>;

function verdictOf(account: Account, alarm: Resource, { demand, allow = [] }: Options): Verdict {
  const claim = claims[demand](alarm, allow);
  const support = { evidence: evidenceOf(account, alarm, properties[demand]) };
  if (claim.is === "yes") return pass(`${alarm.id} ${met[demand]}`, support);
  if (claim.is === "unknown") return unknown(claim.reason, `${alarm.id}: ${claim.because}`, support);
  return fail(`${alarm.id}: ${claim.because}`, {
    ...support,
    witness: { alarm: alarm.arn ?? alarm.id, because: claim.because },
  });
}
