import type { Resource } from "../../core/resource.js";
import { constancyOf } from "../../languages/alarm-rule/cover.js";
import { alarmNameOf } from "../../languages/alarm-rule/alarm-rule.js";
import type { KnownAlarm } from "../../languages/alarm-rule/network.js";
import { doubtful, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText, readTime } from "../../shared/read-property.js";
import type { AlarmWorld } from "./alarm-world.js";
import { ALARM_TYPES } from "./alarm-world.js";

const LONG = 7 * 86_400_000;

/** Whether a composite's suppressor lets its actions run at some time; an alarm without a suppressor is never held. */
export function suppression(
  world: AlarmWorld,
  composite: Resource,
): { readonly claim: Claim; readonly notes: readonly string[] } {
  if (composite.type !== ALARM_TYPES.composite) return { claim: holding, notes: [] };
  const notes: string[] = [];
  const claim = claimOf(readText(composite, "ActionsSuppressor"), "ActionsSuppressor", (reference) => {
    if (reference === undefined || reference === "") return holding;
    const suppressor = world.find(composite.region, alarmNameOf(reference));
    if (suppressor === undefined)
      return world.blindIn(composite.region, ALARM_TYPES.metric) === undefined
        ? holding
        : doubtful("unreadable", `its suppressor ${reference} could not be read`);
    const held = isForEver(world, suppressor);
    if (held.is === "yes" && isInAlarm(suppressor))
      notes.push(`silent now, while its suppressor ${suppressor.id} is in ALARM`);
    return held;
  });
  return { claim, notes };
}

/** Looks up alarms of a region by name, as composite rules mention them. */
export function lookUpIn(world: AlarmWorld, region: string): (name: string) => KnownAlarm {
  return (name) => {
    const alarm = world.find(region, name);
    if (alarm?.type !== ALARM_TYPES.composite) return { kind: "leaf" };
    const rule = readText(alarm, "AlarmRule");
    return rule.kind === "set"
      ? { kind: "composite", rule: rule.value }
      : { kind: "unknown", why: "its rule could not be read" };
  };
}

function isInAlarm(alarm: Resource): boolean {
  const state = readText(alarm, "StateValue");
  return state.kind === "set" && state.value === "ALARM";
}

function isForEver(world: AlarmWorld, suppressor: Resource): Claim {
  const rule = readText(suppressor, "AlarmRule");
  const isAlways =
    suppressor.type === ALARM_TYPES.composite &&
    rule.kind === "set" &&
    constancyOf(rule.value, lookUpIn(world, suppressor.region)).kind === "always";
  if (isAlways) return refuted(`its suppressor ${suppressor.id} is always in ALARM`);
  const since = readTime(suppressor, "StateTransitionedTimestamp");
  const isLong = isInAlarm(suppressor) && since.kind === "set" && world.account.takenAt - since.value > LONG;
  return isLong
    ? refuted(
        `its suppressor ${suppressor.id} has been in ALARM since ${new Date(since.value).toISOString()}`,
      )
    : holding;
}
