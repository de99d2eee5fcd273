import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource } from "../../core/resource.js";
import type { Candidate, Evidence, UnknownReason } from "../../core/verdict.js";
import { doubtful, everyClaim, holding, refuted } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { isArray, isObject } from "../../shared/read-property.js";
import { sortedUnique } from "../../shared/order.js";
import { rememberByObject } from "../../shared/remember.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { evaluationClaim } from "../reach/alarm-evaluation.js";
import type { TellOptions } from "../reach/alarm-route.js";
import { candidateOf, tell } from "../reach/alarm-tell.js";
import type { Told } from "../reach/alarm-tell.js";
import type { AlarmWorld } from "../reach/alarm-world.js";
import { blindAlarms, firingProperties, logAlarmsOn } from "./alarm-index.js";
import type { AlarmIndex } from "./alarm-index.js";
import type { Slices } from "../firing/slices.js";
import { hasSettings } from "./settings.js";
import type { AlarmSettings } from "./settings.js";
import { coverDemand } from "./covers.js";
import type { AlarmCandidate, Cover, JudgedAlarm } from "./covers.js";
import { evidenceOf } from "../evidence.js";
import { acceptedValues } from "../firing/demand.js";
import type { MetricDemand } from "../firing/demand.js";
import { slicesOf } from "../firing/verdict.js";
import type { Firing } from "../firing/verdict.js";

/** A metric that must be watched so that somebody hears of trouble; `name` is what a sentence calls it. */
export type Watch = {
  readonly name: string;
  readonly region: string;
  readonly demand: MetricDemand;
  /** What cuts the series into parts; all must be watched where the whole is not. */
  readonly slices?: Slices;
  /** By dimension, why its parts are not known. */
  readonly hiddenSlices?: Readonly<Record<string, Claim>>;
};

/** What counts as watching. */
export type WatchOptions = TellOptions & {
  /** Accept an alarm on a series that holds other resources too. Default: yes. */
  readonly aggregate?: boolean;
  readonly settings?: AlarmSettings;
};

/** Whether a metric is watched by an alarm that can fire and that somebody hears of. */
export type Watched = {
  readonly watch: Watch;
  readonly status: "pass" | "fail" | "unknown";
  readonly reason?: UnknownReason;
  /** On a pass the names of the alarms, else the first thing that does not hold. */
  readonly why: string;
  readonly notes: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly Candidate[];
  readonly witness?: JsonObject;
};

/** Alarms, sorted for looking up, with what counts. */
export type Watchers = {
  readonly world: AlarmWorld;
  readonly index: AlarmIndex;
  readonly options: WatchOptions;
};

/** Decides with the best of all alarms: on the series alone, then on one that holds others too, then all slices together. */
export function judgeWatch(watchers: Watchers, asked: Watch): Watched {
  // A query that names this very account is one that names none; what another account publishes is another series.
  const watch: Watch = { ...asked, demand: { account: watchers.world.account.id, ...asked.demand } };
  const heard = nearAlarms(watchers, watch).map((alarm) => hear(watchers, watch, alarm));
  const cover = (accept: (claim: Claim) => boolean): Cover =>
    coverBy(
      watchers,
      watch,
      heard.filter(({ claim }) => accept(claim)),
    );
  const sure = cover(({ is }) => is === "yes");
  if ("by" in sure) return passed(watchers, watch, { cover: sure, heard });
  const possible = cover(({ is }) => is !== "no");
  const best = bestOf(heard, watch);
  const shared = {
    watch,
    notes: [],
    evidence: best === undefined ? [] : evidenceFor(watchers, best),
    candidates: candidatesFor(watch, heard),
  };
  if ("by" in possible || possible.kind === "unknown")
    return { ...shared, status: "unknown", ...doubtOf(possible, heard) };
  const [doubt] = [...undecidedBy(watchers, watch), ...hiddenSlices(watchers, watch, heard)];
  if (doubt?.is === "unknown")
    return { ...shared, status: "unknown", reason: doubt.reason, why: doubt.because };
  const why = failureOf(best, possible);
  return { ...shared, status: "fail", why, witness: witnessOf(watch, best, why) };
}

const MOST_STRANGERS = 5;

// An alarm on another resource's series cannot cover this one: with hundreds of channels that saves nearly all the work. A few stand for them.
function nearAlarms({ index }: Watchers, { region, demand }: Watch): readonly Resource[] {
  const alarms = index(region, demand);
  const near = alarms.filter((alarm) => !isStranger(alarm, demand));
  return near.length > 0 ? near : alarms.slice(0, MOST_STRANGERS);
}

function isStranger({ properties }: Resource, demand: MetricDemand): boolean {
  const { MetricName: metric = null, Dimensions: dimensions = null } = properties;
  if (metric === null || !isArray(dimensions)) return false;
  return dimensions.some(
    (dimension) =>
      isObject(dimension) &&
      typeof dimension["Name"] === "string" &&
      isOther(demand, dimension["Name"], dimension["Value"]),
  );
}

function isOther(demand: MetricDemand, name: string, value: JsonValue | undefined): boolean {
  const accepted = acceptedValues(demand, name);
  return accepted !== undefined && (typeof value !== "string" || !accepted.includes(value));
}

/** An alarm, whether it fires on the trouble, and whether somebody hears of that. */
type Heard = {
  readonly alarm: Resource;
  readonly firing: Firing;
  readonly told?: Told;
  readonly claim: Claim;
};

// As if silence had an action: whether somebody hears of it, by whatever way, is the next question.
const anyAction: JsonObject = { InsufficientDataActions: ["?"] };
const candidateFor = rememberByObject((alarm: Resource): AlarmCandidate => ({
  ref: refOf(alarm),
  properties: { ...alarm.properties, ...anyAction },
}));

function hear({ world, options }: Watchers, { demand }: Watch, alarm: Resource): Heard {
  const [judged] = coverDemand([candidateFor(alarm)], demand).judged;
  const firing: Firing = judged?.firing ?? { kind: "no", why: "it was not judged" };
  const settings = options.settings === undefined ? holding : hasSettings(alarm, options.settings);
  if (firing.kind === "no" || firing.kind === "conditional") return { alarm, firing, claim: holding };
  const told = tell(world, { alarm, through: "through" in firing ? firing.through : "ALARM", options });
  return { alarm, firing, told, claim: everyClaim([settings, evaluationClaim(alarm), told.claim]) };
}

function coverBy({ options }: Watchers, { demand, slices = {} }: Watch, heard: readonly Heard[]): Cover {
  return coverDemand(
    heard.map(({ alarm }) => candidateFor(alarm)),
    demand,
    { ...(options.aggregate === undefined ? {} : { aggregate: options.aggregate }), slices },
  );
}

// As if the alarms' own parts were all there are of what could not be seen: would they be enough?
function hiddenSlices(watchers: Watchers, watch: Watch, heard: readonly Heard[]): readonly Claim[] {
  const { hiddenSlices: hidden = {}, slices = {} } = watch;
  const parts = heard.flatMap(({ firing, claim }) => (claim.is === "no" ? [] : slicesOf(firing)));
  const seen = Object.keys(hidden).map(
    (name) =>
      [name, sortedUnique(parts.flatMap((part) => part[name] ?? [])).map((value) => [value])] as const,
  );
  const cover = coverBy(
    watchers,
    { ...watch, slices: { ...slices, ...Object.fromEntries(seen) } },
    heard.filter(({ claim }) => claim.is !== "no"),
  );
  const used = Object.keys(hidden).filter((name) => parts.some((part) => Object.hasOwn(part, name)));
  return "by" in cover ? used.flatMap((name) => hidden[name] ?? []) : [];
}

function passed(
  watchers: Watchers,
  watch: Watch,
  {
    cover,
    heard,
  }: {
    readonly cover: Extract<Cover, { readonly by: readonly JudgedAlarm[] }>;
    readonly heard: readonly Heard[];
  },
): Watched {
  const by = heard.filter(({ alarm }) => cover.by.some(({ ref }) => ref === refOf(alarm)));
  const used = cover.kind === "slices" ? by : by.slice(0, 1);
  const together =
    cover.kind === "aggregate" || cover.kind === "aggregate-overcount"
      ? ["it watches a series that holds other resources too"]
      : [];
  const notes = used.flatMap(({ alarm, firing, told }) =>
    [...("notes" in firing ? firing.notes : []), ...together, ...(told?.notes ?? [])].map(
      (note) => `${alarm.id}: ${note}`,
    ),
  );
  const evidence = used.flatMap((one) => evidenceFor(watchers, one));
  return {
    watch,
    status: "pass",
    why: used.map(({ alarm }) => alarm.id).join(", "),
    notes,
    evidence,
    candidates: candidatesFor(watch, heard),
  };
}

function undecidedBy({ world, options }: Watchers, { region, demand }: Watch): readonly Claim[] {
  const blind = blindAlarms(world, region);
  const logs = logAlarmsOn(world, region, demand.namespace).filter(
    (alarm) => tell(world, { alarm, through: "ALARM", options }).claim.is !== "no",
  );
  return [
    ...(blind === undefined
      ? []
      : [doubtful(blind.kind, `the alarms of ${region} could not be listed: ${explainBlind(blind)}`)]),
    ...logs.map(({ id }) =>
      doubtful("undecidable", `the log alarm ${id} may show it; its query is not analysed`),
    ),
  ];
}

function doubtOf(
  cover: Cover,
  heard: readonly Heard[],
): { readonly reason: UnknownReason; readonly why: string } {
  const refs = "by" in cover ? cover.by.map(({ ref }) => ref) : [];
  for (const { alarm, claim } of heard)
    if (refs.includes(refOf(alarm)) && claim.is === "unknown")
      return {
        reason: claim.reason,
        why: `${alarm.id} covers it, but whether somebody hears of it is not known: ${claim.because}`,
      };
  const doubt = heard.find(({ firing, claim }) => firing.kind === "unknown" && claim.is !== "no");
  if (doubt?.firing.kind === "unknown")
    return { reason: "undecidable", why: `${doubt.alarm.id} cannot be decided: ${doubt.firing.why}` };
  return { reason: "undecidable", why: "why" in cover ? cover.why : "it cannot be decided" };
}

// What is nearest to a pass says most: an alarm that fires but tells nobody, then one that fires sometimes, then one on this resource.
function bestOf(heard: readonly Heard[], watch: Watch): Heard | undefined {
  const rank = (one: Heard): number => {
    if (one.claim.is === "no") return one.firing.kind === "slice" ? 1 : 0;
    return ["slice", "unknown", "conditional"].includes(one.firing.kind) ? 1 : isAbout(one, watch) ? 2 : 3;
  };
  return heard.toSorted((a, b) => rank(a) - rank(b))[0];
}

function failureOf(best: Heard | undefined, cover: Cover): string {
  if (best === undefined) return "no alarm watches it";
  const { alarm, claim, firing } = best;
  if (claim.is === "no") return `${alarm.id} covers it, but ${claim.because}`;
  if (firing.kind === "slice" && "why" in cover) return `${alarm.id}: ${cover.why}`;
  return `why` in firing ? `${alarm.id}: ${firing.why}` : `${alarm.id} does not cover it`;
}

function witnessOf({ name, region, demand }: Watch, best: Heard | undefined, because: string): JsonObject {
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
  const text = JSON.stringify([alarm.properties["Dimensions"] ?? null, alarm.properties["Metrics"] ?? null]);
  return wanted.some((value) => text.includes(JSON.stringify(value)));
}

function candidatesFor(watch: Watch, heard: readonly Heard[]): readonly Candidate[] {
  const near = heard.filter((one) => one.firing.kind !== "no" || isAbout(one, watch));
  const shown = near.length > 0 ? near : heard.slice(0, MOST_STRANGERS);
  return shown.flatMap(({ alarm, firing, claim, told }) => [
    candidateOf(refOf(alarm), everyClaim([firingClaim(firing), claim])),
    ...(told?.candidates ?? []).filter(({ ref }) => ref !== refOf(alarm)),
  ]);
}

function firingClaim(firing: Firing): Claim {
  if (firing.kind === "no" || firing.kind === "conditional") return refuted(firing.why);
  return firing.kind === "unknown" ? doubtful("undecidable", firing.why) : holding;
}

function evidenceFor({ world }: Watchers, { alarm, told }: Heard): readonly Evidence[] {
  const own = evidenceOf(world.account, alarm, firingProperties).filter(({ value }) => value !== null);
  return [...own, ...(told?.evidence ?? [])];
}

function refOf({ arn, id }: Resource): string {
  return arn ?? id;
}
