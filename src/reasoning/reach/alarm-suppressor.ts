import type { Resource } from "../../core/resource.js";
import { constancyOf } from "../../languages/alarm-rule/constancy.js";
import { unlessSuppressed, whileIn } from "../../languages/alarm-rule/cover.js";
import { alarmNameOf } from "../../languages/alarm-rule/alarm-rule.js";
import type { KnownAlarm } from "../../languages/alarm-rule/network.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText, readTime } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
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
    const held = everyClaim([isForEver(world, suppressor), isSometimesFree(world, composite, suppressor)]);
    if (held.is === "yes" && isInAlarm(suppressor))
      notes.push(`silent now, while its suppressor ${suppressor.id} is in ALARM`);
    return held;
  });
  return { claim, notes };
}

/** Whether a composite's actions can run while an alarm below it is in a state: not if that state puts its suppressor into ALARM. */
export function actsDuring(
  world: AlarmWorld,
  composite: Resource,
  { id, state }: { readonly id: string; readonly state: "ALARM" | "INSUFFICIENT_DATA" },
): Claim {
  const [rule, reference] = [readText(composite, "AlarmRule"), readText(composite, "ActionsSuppressor")];
  if (rule.kind !== "set" || reference.kind !== "set" || reference.value === "") return holding;
  const suppressor = world.find(composite.region, alarmNameOf(reference.value));
  if (suppressor === undefined) return holding;
  const during = whileIn(rule.value, { alarm: id, state });
  const free = constancyOf(unlessSuppressed(during, suppressor.id), lookUpIn(world, composite.region));
  return free.kind === "never"
    ? refuted(`its suppressor ${suppressor.id} is in ALARM whenever ${id} is in ${state}`)
    : holding;
}

/** Looks up alarms of a region by name, as composite rules mention them. */
export function lookUpIn(world: AlarmWorld, region: string): (name: string) => KnownAlarm {
  return (name) => {
    const alarm = world.find(region, name);
    return alarm?.type === ALARM_TYPES.composite ? knownComposite(alarm) : { kind: "leaf" };
  };
}

const knownComposite = rememberByObject((alarm: Resource): KnownAlarm => {
  const rule = readText(alarm, "AlarmRule");
  return rule.kind === "set"
    ? { kind: "composite", rule: rule.value }
    : { kind: "unknown", why: "its rule could not be read" };
});

function isInAlarm(alarm: Resource): boolean {
  const state = readText(alarm, "StateValue");
  return state.kind === "set" && state.value === "ALARM";
}

// Actions are held while the suppressor is in ALARM. Where it is whenever the composite is, they never run.
function isSometimesFree(world: AlarmWorld, composite: Resource, suppressor: Resource): Claim {
  const rule = readText(composite, "AlarmRule");
  if (rule.kind !== "set") return holding;
  const lookUp = lookUpIn(world, composite.region);
  const free = constancyOf(unlessSuppressed(rule.value, suppressor.id), lookUp);
  if (free.kind === "unknown" && constancyOf(rule.value, lookUp).kind !== "unknown")
    return doubtful(
      "undecidable",
      `whether its suppressor ${suppressor.id} ever lets it act is not decided: ${free.why}`,
    );
  return free.kind === "never" && constancyOf(rule.value, lookUp).kind !== "never"
    ? refuted(`its suppressor ${suppressor.id} is in ALARM whenever it is, so its actions never run`)
    : holding;
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
