import { somebody } from "../../reasoning/reach/somebody.js";
import type { FromSchema } from "json-schema-to-ts";
import { defineEvaluator } from "../../core/evaluator.js";
import type { Resource } from "../../core/resource.js";
import { fail, pass, unknown } from "../../core/verdict.js";
import type { Verdict } from "../../core/verdict.js";
import { judgeAlarms } from "../../reasoning/reach/alarm-kinds.js";
import { reachNeeds } from "../../reasoning/reach/alarm-needs.js";
import type { TellOptions } from "../../reasoning/reach/alarm-route.js";
import { tell } from "../../reasoning/reach/alarm-tell.js";
import { silenceRemedy } from "../../reasoning/reach/remedy-silence.js";
import { alarmWorld } from "../../reasoning/reach/alarm-world.js";
import type { AlarmWorld } from "../../reasoning/reach/alarm-world.js";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    alarms: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: ["metric", "composite", "log"] },
      description: "Which alarms are judged. Default: metric alarms.",
    },
    ...somebody,
  },
} as const;

type Options = FromSchema<typeof options>;

/** Whether somebody hears of each alarm: by its own actions, through a composite above it, or through EventBridge. */
export const alarmReaches = defineEvaluator<Options>({
  id: "alarm-reaches",
  summary: "Each alarm reaches somebody: by itself, through a composite alarm or through an EventBridge rule",
  options,
  needs: () => reachNeeds,
  evaluate: (account, { alarms = ["metric"], ...counts }) => {
    const world = alarmWorld(account);
    return judgeAlarms(account, alarms, (alarm) => judge(world, alarm, counts));
  },
});

function judge(world: AlarmWorld, alarm: Resource, options: TellOptions): Verdict {
  const telling = { alarm, through: "ALARM", options } as const;
  const told = tell(world, telling);
  const { claim, notes, evidence, candidates, witness } = told;
  const support = { evidence, candidates, ...(notes.length === 0 ? {} : { notes }) };
  if (claim.is === "yes") return pass(`somebody hears of ${alarm.id}`, support);
  if (claim.is === "no") {
    const remediation = silenceRemedy(world, telling, told);
    return fail(`nobody hears of ${alarm.id}: ${claim.because}`, {
      ...support,
      witness: { alarm: alarm.arn ?? alarm.id, because: claim.because, ...witness },
      ...(remediation && { remediation }),
    });
  }
  return unknown(
    claim.reason,
    `it cannot be said whether somebody hears of ${alarm.id}: ${claim.because}`,
    support,
  );
}
