import type { FromSchema } from "json-schema-to-ts";
import type { Account } from "../../core/account.js";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { evaluationClaim } from "../../reasoning/reach/alarm-evaluation.js";
import { judgeAlarms } from "../../reasoning/reach/alarm-kinds.js";
import { ALARM_TYPES } from "../../reasoning/reach/alarm-world.js";
import { evidenceOf } from "../../reasoning/evidence.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText, readTime } from "../../shared/read-property.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    days: {
      type: "number",
      exclusiveMinimum: 0,
      description: "How long an alarm may stay in ALARM or INSUFFICIENT_DATA. Default: 7.",
    },
  },
} as const;

type Options = FromSchema<typeof options>;

const DAY = 86_400_000;
const common = ["StateValue", "StateReason", "StateTransitionedTimestamp", "StateUpdatedTimestamp"];
const kinds = ["metric", "composite", "log"] as const;

/** Whether each alarm can still tell something new: it is not stuck in a state, and CloudWatch can evaluate it. */
export const alarmStuck = defineEvaluator<Options>({
  id: "alarm-stuck",
  summary: "No alarm has stayed in ALARM or INSUFFICIENT_DATA for long, or cannot be evaluated",
  options,
  needs: () =>
    kinds.map((kind) => ({ type: ALARM_TYPES[kind], properties: propertiesOf(ALARM_TYPES[kind]) })),
  evaluate: (account, { days = 7 }) => judgeAlarms(account, kinds, (alarm) => judge(account, alarm, days)),
});

// Composite alarms have no evaluation that could fail.
function propertiesOf(type: string): readonly string[] {
  return type === ALARM_TYPES.composite ? common : [...common, "EvaluationState"];
}

function judge(account: Account, alarm: Resource, days: number): Verdict {
  const claim = everyClaim([evaluationClaim(alarm), stateClaim(alarm, { now: account.takenAt, days })]);
  const support = { evidence: evidenceOf(account, alarm, propertiesOf(alarm.type)) };
  if (claim.is === "yes") return pass(`${alarm.id} is not stuck`, support);
  if (claim.is === "unknown")
    return unknown(claim.reason, `it cannot be said whether ${alarm.id} is stuck: ${claim.because}`, support);
  return fail(`${alarm.id} ${claim.because}`, {
    ...support,
    witness: { alarm: alarm.arn ?? alarm.id, because: claim.because },
  });
}

function stateClaim(alarm: Resource, { now, days }: { readonly now: number; readonly days: number }): Claim {
  return claimOf(readText(alarm, "StateValue"), "StateValue", (state = "OK") => {
    if (state === "OK") return holding;
    const changed = readTime(alarm, "StateTransitionedTimestamp");
    const since = changed.kind === "absent" ? readTime(alarm, "StateUpdatedTimestamp") : changed;
    return claimOf(since, "StateTransitionedTimestamp", (time) => {
      if (time === undefined) return doubtful("undecidable", `it is in ${state}, and since when is not told`);
      return now - time > days * DAY
        ? refuted(
            `has been in ${state} since ${new Date(time).toISOString()}, and tells nothing new until that changes`,
          )
        : holding;
    });
  });
}
