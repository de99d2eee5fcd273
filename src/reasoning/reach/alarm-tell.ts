import type { Resource } from "../../core/resource.js";
import type { Candidate, Evidence } from "../../core/verdict.js";
import { doubtful, everyClaim, refuted, someClaim } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { byKeys } from "../../shared/order.js";
import { rememberByObject } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { eventRoutes } from "./alarm-events.js";
import { ownRoute, progressTo } from "./alarm-route.js";
import type { Route, Telling } from "./alarm-route.js";
import { speaksFor } from "./alarm-speaks.js";
import type { Speaking } from "./alarm-speaks.js";
import { actsDuring } from "./alarm-suppressor.js";
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
  const routes = [own, ...parents, ...events.routes] as const;
  const heard = events.routes.filter(({ claim }) => claim.is === "yes");
  const [first] = heard;
  if (events.claim.is === "yes" && first !== undefined)
    return toldBy({ ...first, evidence: heard.flatMap(({ evidence }) => evidence) }, routes);
  const hidden = hiddenComposites(world, telling.alarm);
  const claim = someClaim([own.claim, ...parents.map((route) => route.claim), ...hidden, events.claim], "");
  const teller =
    claim.is === "no"
      ? withSilence(own, furthest(routes))
      : (routes.find((route) => route.claim === claim) ?? own);
  return {
    claim: claim.is === "no" ? teller.claim : claim,
    notes: [],
    evidence: teller.evidence,
    candidates: candidatesOf(routes),
    ...(teller.witness === undefined ? {} : { witness: teller.witness }),
  };
}

/** Of several ways that all end nowhere, the one that gets furthest; the first of those that get as far. */
function furthest(routes: readonly [Route, ...Route[]]): Route {
  const [first, ...others] = routes;
  return others.reduce((best, route) => (route.got > best.got ? route : best), first);
}

// A composite that speaks only sometimes is told beside what keeps the alarm itself silent: either would mend it.
function withSilence(own: Route, route: Route): Route {
  if (route.witness?.["link"] !== "rule" || own.claim.is !== "no" || route.claim.is !== "no") return route;
  const because = `${own.claim.because}, and ${route.claim.because}`;
  return {
    ...route,
    claim: refuted(because),
    evidence: [...own.evidence, ...route.evidence],
    witness: { ...route.witness, because },
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
    return { ...unspoken(world, composite, { telling, speaks }), ref: arn, notes: [], evidence, reaches: [] };
  const acting = actsDuring(world, composite, { id: telling.alarm.id, state: telling.through });
  const own = heldBack(ownRoute(world, upward), acting);
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
    // As far as its own alarm would get with a way like this, and by the composite in between.
    got: own.got + 1 / 2,
  };
}

// A composite's own way, held back while the child is in its state.
function heldBack(route: Route, acting: Claim): Route {
  const claim = everyClaim([route.claim, acting]);
  if (claim === route.claim || claim.is === "yes") return { ...route, claim };
  return {
    ...route,
    claim,
    got: progressTo("suppressor", { links: [] }),
    witness: { alarm: route.ref, link: "suppressor", because: claim.because },
  };
}

// Where only its rule keeps a composite from speaking, that is the link which is broken; the child's silence is told with it.
function unspoken(
  world: AlarmWorld,
  composite: Resource,
  { telling, speaks }: { readonly telling: Telling; readonly speaks: Speaking },
): Pick<Route, "claim" | "witness" | "got"> {
  const claim = named(speaks.claim, composite.id);
  const isNear =
    speaks.isSometimes === true &&
    ownRoute(world, { ...telling, alarm: composite, through: "ALARM" }).claim.is === "yes";
  if (!isNear || claim.is !== "no") return { claim, got: -1 };
  const witness = { alarm: composite.arn ?? composite.id, link: "rule", because: claim.because };
  return { claim, witness, got: progressTo("rule", { links: [] }) };
}

function named(claim: Claim, id: string): Claim {
  return claim.is === "yes" ? claim : { ...claim, because: `composite ${id}: ${claim.because}` };
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
