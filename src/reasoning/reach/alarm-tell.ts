import type { Resource } from "../../core/resource.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { coversChild } from "../../languages/alarm-rule/cover.js";
import { evaluateNetwork, loadRuleNetwork } from "../../languages/alarm-rule/network.js";
import { doubtful, everyClaim, holding, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byKeys } from "../../shared/order.js";
import { claimOf } from "../../shared/read-claim.js";
import { readText } from "../../shared/read-property.js";
import { rememberByObject } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { eventRoutes } from "./alarm-events.js";
import { ownRoute } from "./alarm-route.js";
import type { Route, Telling } from "./alarm-route.js";
import { actsDuring, lookUpIn } from "./alarm-suppressor.js";
import { ALARM_TYPES } from "./alarm-world.js";
import type { AlarmWorld } from "./alarm-world.js";
import { evidenceOf } from "../evidence.js";

/** Whether somebody hears of an alarm: by its own actions, through a composite above it, or through EventBridge. */
export type Told = {
  readonly claim: Claim;
  readonly notes: readonly string[];
  /** The chain that decides. */
  readonly evidence: readonly Evidence[];
  readonly witness?: Route["witness"];
  /** Every way that was looked at, with its first broken link. */
  readonly candidates: readonly Candidate[];
};

// Many rules follow the same alarms.
const knownIn = rememberByObject<AlarmWorld, (alarm: Resource) => Map<string, Told>>(() =>
  rememberByObject(() => new Map()),
);

/** Follows every way from an alarm to a person; the first that holds decides, and the alarm's own explains a failure. */
export function tell(world: AlarmWorld, telling: Telling): Told {
  const known = knownIn(world)(telling.alarm);
  const {
    through,
    options: { indirect = "unknown", incidents = true },
  } = telling;
  const key = `${through} ${indirect} ${incidents.toString()}`;
  const told = known.get(key) ?? follow(world, telling);
  known.set(key, told);
  return told;
}

function follow(world: AlarmWorld, telling: Telling): Told {
  const own = ownRoute(world, telling);
  if (own.claim.is === "yes") return toldBy(own, [own]);
  const parents = world.above(telling.alarm).map((composite) => throughComposite(world, composite, telling));
  const parent = parents.find(({ claim }) => claim.is === "yes");
  if (parent !== undefined) return toldBy(parent, [own, ...parents]);
  const events = eventRoutes(world, telling);
  const routes = [own, ...parents, ...events.routes];
  const heard = events.routes.filter(({ claim }) => claim.is === "yes");
  const [first] = heard;
  if (events.claim.is === "yes" && first !== undefined)
    return toldBy({ ...first, evidence: heard.flatMap(({ evidence }) => evidence) }, routes);
  const hidden = hiddenComposites(world, telling.alarm);
  const claim = someClaim([own.claim, ...parents.map((route) => route.claim), ...hidden, events.claim], "");
  return {
    claim,
    notes: [],
    evidence: own.evidence,
    candidates: candidatesOf(routes),
    ...(own.witness === undefined ? {} : { witness: own.witness }),
  };
}

function toldBy({ claim, notes, evidence }: Route, routes: readonly Route[]): Told {
  return { claim, notes, evidence, candidates: candidatesOf(routes) };
}

// Composites of its region that could not be seen may speak for it.
function hiddenComposites(world: AlarmWorld, { region }: Resource): readonly Claim[] {
  const blind = world.blindIn(region, ALARM_TYPES.composite);
  return blind === undefined
    ? []
    : [doubtful(blind.kind, `composite alarms could not be listed: ${explainBlind(blind)}`)];
}

function throughComposite(world: AlarmWorld, composite: Resource, telling: Telling): Route {
  const { id, arn = id } = composite;
  const speaks = speaksFor(world, composite, telling);
  const upward: Telling = { ...telling, alarm: composite, through: "ALARM" };
  const evidence = evidenceOf(world.account, composite, ["AlarmRule"]);
  if (speaks.claim.is === "no")
    return { ref: arn, claim: named(speaks.claim, id), notes: [], evidence, reaches: [] };
  const acting = actsDuring(world, composite, { id: telling.alarm.id, state: telling.through });
  const spoken = ownRoute(world, upward);
  const own = { ...spoken, claim: everyClaim([spoken.claim, acting]) };
  const events = own.claim.is === "yes" ? undefined : eventRoutes(world, upward);
  const claim = everyClaim([
    named(speaks.claim, id),
    named(someClaim([own.claim, ...(events === undefined ? [] : [events.claim])], ""), id),
  ]);
  const heard = (events?.routes ?? [])
    .filter((route) => route.claim.is === "yes")
    .flatMap((route) => route.evidence);
  return {
    ...own,
    ref: arn,
    claim,
    notes: [`heard through the composite alarm ${id}`, ...speaks.notes, ...own.notes],
    evidence: [...evidence, ...own.evidence, ...heard],
  };
}

function named(claim: Claim, id: string): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `composite ${id}: ${claim.because}` };
}

function speaksFor(
  world: AlarmWorld,
  composite: Resource,
  { alarm, through }: Telling,
): { readonly claim: Claim; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const claim = claimOf(readText(composite, "AlarmRule"), "AlarmRule", (rule = "") => {
    if (through === "INSUFFICIENT_DATA") return speaksForSilence(world, rule, alarm);
    const cover = coversChild(rule, alarm.id, lookUpIn(world, alarm.region));
    if (cover.kind === "covered") notes.push(...cover.notes);
    if (cover.kind === "covered") return holding;
    return cover.kind === "unknown" ? doubtful("undecidable", cover.why) : refuted(cover.why);
  });
  return { claim, notes };
}

// The same question for a child that ends in INSUFFICIENT_DATA, all others being OK.
function speaksForSilence(world: AlarmWorld, rule: string, { id, region }: Resource): Claim {
  const loaded = loadRuleNetwork(rule, lookUpIn(world, region));
  if (loaded.kind === "unknown") return doubtful("undecidable", loaded.why);
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

function candidatesOf(routes: readonly Route[]): readonly Candidate[] {
  return routes
    .flatMap(({ ref, claim, reaches }) => [
      candidateOf(ref, claim),
      ...reaches.map((reach) => candidateOf(reach.target, reach.claim)),
    ])
    .sort(byKeys<Candidate>((candidate) => candidate.ref))
    .filter((candidate, at, all) => all[at - 1]?.ref !== candidate.ref);
}

/** A candidate with the verdict of a claim. */
export function candidateOf(ref: string, claim: Claim): Candidate {
  const status = { yes: "pass", no: "fail", unknown: "unknown" } as const;
  return { ref, status: status[claim.is], ...(claim.is === "yes" ? {} : { brokenLink: claim.because }) };
}
