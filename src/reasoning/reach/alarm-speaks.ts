import type { Resource } from "../../core/resource.js";
import { coversChild } from "../../languages/alarm-rule/cover.js";
import { evaluateNetwork, loadRuleNetwork } from "../../languages/alarm-rule/network.js";
import { doubtful, holding, refuted, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";
import type { Telling } from "./alarm-route.js";
import { lookUpIn } from "./alarm-suppressor.js";
import type { AlarmWorld } from "./alarm-world.js";
import { addAll } from "../../shared/many.js";

/** Whether a composite speaks for an alarm below it. `isSometimes`: with others in some states it does. */
export type Speaking = {
  readonly claim: Claim;
  readonly notes: readonly string[];
  readonly isSometimes?: boolean;
};

/** Decides whether a composite changes to ALARM when an alarm below it changes its state, all others being OK. */
export function speaksFor(world: AlarmWorld, composite: Resource, { alarm, through }: Telling): Speaking {
  const notes: string[] = [];
  let isSometimes = false;
  const claim = claimOf(readText(composite, "AlarmRule"), "AlarmRule", (rule = "") => {
    if (through === "INSUFFICIENT_DATA") return speaksForSilence(world, rule, alarm);
    const cover = coversChild(rule, alarm.id, lookUpIn(world, alarm.region));
    if (cover.kind === "covered") addAll(notes, cover.notes);
    if (cover.kind === "covered") return holding;
    isSometimes = cover.kind === "conditional";
    return cover.kind === "unknown" ? undecided({ ...cover, reason: cover.why }) : refuted(cover.why);
  });
  return { claim, notes, isSometimes };
}

// The same question for a child that ends in INSUFFICIENT_DATA, all others being OK.
function speaksForSilence(world: AlarmWorld, rule: string, { id, region }: Resource): Claim {
  const loaded = loadRuleNetwork(rule, lookUpIn(world, region));
  if (loaded.kind === "unknown") return undecided({ ...loaded, reason: loaded.why });
  const { network } = loaded;
  const turns = network.readings.map((reading) => {
    const rest = evaluateNetwork(network, reading, () => "OK");
    const silent = evaluateNetwork(network, reading, (leaf) => (leaf === id ? "INSUFFICIENT_DATA" : "OK"));
    return rest === "no" && silent === "yes"
      ? "yes"
      : rest === "unknown" || silent === "unknown"
        ? "unknown"
        : "no";
  });
  if (turns.every((turn) => turn === "yes")) return holding;
  return turns.every((turn) => turn === "no")
    ? refuted(`its rule does not change to ALARM when ${id} is in INSUFFICIENT_DATA`)
    : doubtful("undecidable", "AWS does not say how this rule is read");
}
