import type { JsonObject } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import { everyClaim, holding } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { rememberByObject } from "../../shared/remember.js";
import type { Firing } from "../firing/verdict.js";
import { evaluationClaim } from "../reach/alarm-evaluation.js";
import { tell } from "../reach/alarm-tell.js";
import type { Told } from "../reach/alarm-tell.js";
import { stateProperties } from "./alarm-index.js";
import { coverDemand } from "./covers.js";
import type { AlarmCandidate } from "./covers.js";
import { hasSettings } from "./settings.js";
import type { Watch, Watchers } from "./watch.js";

/** An alarm, whether it fires on the trouble, and whether somebody hears of that. */
export type Heard = {
  readonly alarm: Resource;
  readonly firing: Firing;
  readonly told?: Told;
  readonly claim: Claim;
};

// As if silence had an action: whether somebody hears of it, by whatever way, is the next question.
const anyAction: JsonObject = { InsufficientDataActions: ["?"] };
/** An alarm as a candidate that covers; the same for the same resource. */
export const candidateFor = rememberByObject((alarm: Resource): AlarmCandidate => ({
  ref: refOf(alarm),
  properties: { ...alarm.properties, ...stateOf(alarm), ...anyAction },
}));

/** Whether an alarm fires on the trouble, and whether somebody hears of that. */
// What its state tells proves that there is data.
function stateOf({ observed = {} }: Resource): JsonObject {
  return Object.fromEntries(
    stateProperties.flatMap((name) => {
      const value = observed[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

export function hear({ world, options }: Watchers, { demand }: Watch, alarm: Resource): Heard {
  const [judged] = coverDemand([candidateFor(alarm)], demand).judged;
  const firing: Firing = judged?.firing ?? { kind: "no", why: "it was not judged" };
  const settings = options.settings === undefined ? holding : hasSettings(alarm, options.settings);
  if (firing.kind === "no" || firing.kind === "conditional") return { alarm, firing, claim: holding };
  const told = tell(world, { alarm, through: "through" in firing ? firing.through : "ALARM", options });
  return { alarm, firing, told, claim: everyClaim([settings, evaluationClaim(alarm), told.claim]) };
}

/** An alarm's ARN, or its id where it has none. */
export function refOf({ arn, id }: Resource): string {
  return arn ?? id;
}
