import type { JsonObject } from "../../core/json.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { everyClaim, holding, refuted, undecided } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { evidenceOf } from "../evidence.js";
import type { Firing } from "../firing/verdict.js";
import { candidateOf } from "../reach/alarm-tell.js";
import { firingProperties } from "./alarm-index.js";
import type { Cover } from "./covers.js";
import { refOf } from "./hear.js";
import type { Heard } from "./hear.js";
import { MOST_STRANGERS } from "./near-alarms.js";
import type { Watch, Watchers } from "./watch.js";

/** The alarm that is nearest to a pass says most: one that fires but tells nobody, then one that fires sometimes, then one on this resource that only its threshold keeps from firing. */
export function bestOf(heard: readonly Heard[], watch: Watch): Heard | undefined {
  return heard.toSorted((a, b) => distanceOf(a, watch) - distanceOf(b, watch))[0];
}

/** The distance where there is no alarm at all. */
export const FARTHEST = 9;

/** How far the nearest alarm is from a pass; the smaller, the nearer. */
export function distanceOf(one: Heard | undefined, watch: Watch): number {
  if (one === undefined) return FARTHEST;
  const { claim, firing } = one;
  if (claim.is === "no") return firing.kind === "slice" ? 1 : 0;
  if (firing.kind === "slice" || firing.kind === "unknown" || firing.kind === "conditional") return 1;
  const passed = firing.kind === "no" ? (firing.passed ?? 0) : 0;
  return (isAbout(one, watch) ? 2 : 3) - passed / 100;
}

/** Why a metric is not covered, by the alarm that is nearest to it. */
export function failureOf(best: Heard | undefined, cover: Cover): string {
  if (best === undefined) return "no alarm watches it";
  const { alarm, claim, firing } = best;
  if (claim.is === "no") return `${alarm.id} covers it, but ${claim.because}`;
  if (firing.kind === "slice" && "why" in cover) return `${alarm.id}: ${cover.why}`;
  return `why` in firing ? `${alarm.id}: ${firing.why}` : `${alarm.id} does not cover it`;
}

/** What goes unheard: the metric, and the alarm that is nearest to covering it. */
export function witnessOf(
  { name, region, demand }: Watch,
  best: Heard | undefined,
  because: string,
): JsonObject {
  const dimensions = Object.fromEntries(
    Object.entries(demand.dimensions).map(([key, value]) => [
      key,
      typeof value === "string" ? value : (value[0] ?? ""),
    ]),
  );
  const found =
    best === undefined
      ? {}
      : {
          alarm: refOf(best.alarm),
          ...("witness" in best.firing ? best.firing.witness : {}),
          ...(best.firing.kind === "conditional" ? { needs: best.firing.needs } : {}),
          ...(best.told?.witness ?? {}),
        };
  return { name, region, namespace: demand.namespace, metric: demand.metric, dimensions, ...found, because };
}

function isAbout({ alarm }: Heard, { demand }: Watch): boolean {
  const wanted = Object.values(demand.dimensions).flat();
  if (wanted.length === 0) return true;
  const text = JSON.stringify([alarm.properties["Dimensions"] ?? null, alarm.properties["Metrics"] ?? null]);
  return wanted.some((value) => text.includes(JSON.stringify(value)));
}

/** The alarms that were looked at: those near the metric, else a few of the others. */
export function candidatesFor(watch: Watch, heard: readonly Heard[]): readonly Candidate[] {
  const near = heard.filter((one) => one.firing.kind !== "no" || isAbout(one, watch));
  const shown = near.length > 0 ? near : heard.slice(0, MOST_STRANGERS);
  return shown.flatMap(({ alarm, firing, claim, told }) => [
    candidateOf(refOf(alarm), everyClaim([firingClaim(firing), claim])),
    ...(told?.candidates ?? []).filter(({ ref }) => ref !== refOf(alarm)),
  ]);
}

function firingClaim(firing: Firing): Claim {
  if (firing.kind === "no" || firing.kind === "conditional") return refuted(firing.why);
  return firing.kind === "unknown" ? undecided({ ...firing, reason: firing.why }) : holding;
}

/** What was read of an alarm and of the way on which somebody hears of it. */
export function evidenceFor({ world }: Watchers, { alarm, told }: Heard): readonly Evidence[] {
  const own = evidenceOf(world.account, alarm, firingProperties).filter(({ value }) => value !== null);
  return [...own, ...(told?.evidence ?? [])];
}
