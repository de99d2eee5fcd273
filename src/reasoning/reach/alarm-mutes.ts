import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, isObject, readObject, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import type { AlarmWorld } from "./alarm-world.js";
import { judgeMute } from "./mute.js";
import type { MuteRule } from "./mute.js";

const MUTE_RULE = "AWS::CloudWatch::AlarmMuteRule";

/** Whether the actions of an alarm run at some time, and what silences it for a while. */
export type Audible = { readonly claim: Claim; readonly notes: readonly string[] };

/** Whether no mute rule of its region holds the actions of an alarm for ever. */
export function isAudible(world: AlarmWorld, alarm: Resource): Audible {
  const { account } = world;
  const rules = account.list(MUTE_RULE).resources.filter(({ region }) => region === alarm.region);
  const judged = rules.map((rule) => judgeRule(rule, alarm, account.takenAt));
  const blind = world.blindIn(alarm.region, MUTE_RULE);
  const hidden =
    blind === undefined
      ? []
      : [doubtful(blind.kind, `mute rules could not be listed: ${explainBlind(blind)}`)];
  return {
    claim: everyClaim([...judged.map(({ claim }) => claim), ...hidden]),
    notes: judged.flatMap(({ notes }) => notes),
  };
}

function judgeRule(rule: Resource, alarm: Resource, takenAt: number): Audible {
  const status = readText(rule, "Status");
  if (status.kind === "set" && status.value === "EXPIRED") return { claim: holding, notes: [] };
  const targets = readObject(rule, "MuteTargets");
  const isTarget = targets.kind === "set" && namesOf(targets.value).includes(alarm.id);
  if (targets.kind === "absent" || (targets.kind === "set" && !isTarget))
    return { claim: holding, notes: [] };
  if (!isTarget)
    return { claim: claimOf(targets, `MuteTargets of mute rule ${rule.id}`, () => holding), notes: [] };
  const schedule = readObject(rule, "Rule");
  const read = schedule.kind === "set" ? scheduleOf(rule, schedule.value) : undefined;
  if (read === undefined)
    return {
      claim: claimOf(schedule, `Rule of mute rule ${rule.id}`, () =>
        doubtful("undecidable", `mute rule ${rule.id} has no schedule that can be read`),
      ),
      notes: [],
    };
  return judgeSchedule(rule, read, takenAt);
}

function judgeSchedule(rule: Resource, read: MuteRule, takenAt: number): Audible {
  const mute = judgeMute(read, takenAt);
  if (mute.kind === "no") return { claim: holding, notes: [] };
  if (mute.kind === "unknown")
    return {
      claim: doubtful(
        "undecidable",
        `whether mute rule ${rule.id} silences it for ever cannot be said: ${mute.why}`,
      ),
      notes: [],
    };
  if (mute.kind === "for-ever" || mute.until === Infinity)
    return { claim: refuted(`mute rule ${rule.id} silences it for ever: ${mute.why}`), notes: [] };
  return { claim: holding, notes: [`muted by ${rule.id} until ${new Date(mute.until).toISOString()}`] };
}

function namesOf({ AlarmNames: names = null }: JsonObject): readonly unknown[] {
  return isArray(names) ? names : [];
}

function scheduleOf(rule: Resource, { Schedule: schedule = null }: JsonObject): MuteRule | undefined {
  if (!isObject(schedule)) return undefined;
  const { Expression: expression, Duration: duration, Timezone: timezone } = schedule;
  if (typeof expression !== "string" || typeof duration !== "string") return undefined;
  const [start, end] = [readText(rule, "StartDate"), readText(rule, "ExpireDate")];
  return {
    expression,
    duration,
    ...(typeof timezone === "string" ? { timezone } : {}),
    ...(start.kind === "set" ? { startDate: start.value } : {}),
    ...(end.kind === "set" ? { expireDate: end.value } : {}),
  };
}
