import type { UnknownReason } from "../../core/verdict.js";
import { doubtful } from "../../shared/claim.js";
import type { Claim } from "../../shared/claim.js";
import { sortedUnique } from "../../shared/order.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import { slicesOf } from "../firing/verdict.js";
import { tell } from "../reach/alarm-tell.js";
import { blindAlarms, logAlarmsOn } from "./alarm-index.js";
import { coverDemand } from "./covers.js";
import type { Cover, JudgedAlarm } from "./covers.js";
import { candidateFor, hear, refOf } from "./hear.js";
import type { Heard } from "./hear.js";
import { nearAlarms } from "./near-alarms.js";
import { bestOf, distanceOf, failureOf, witnessOf, candidatesFor, evidenceFor } from "./support.js";
import type { Watch, Watched, Watchers } from "./watch.js";

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
  return {
    ...shared,
    status: "fail",
    why,
    witness: witnessOf(watch, best, why),
    distance: distanceOf(best, watch),
  };
}

function coverBy({ options }: Watchers, { demand, slices = {} }: Watch, heard: readonly Heard[]): Cover {
  return coverDemand(
    heard.map(({ alarm }) => candidateFor(alarm)),
    demand,
    { ...(options.aggregate === undefined ? {} : { aggregate: options.aggregate }), slices },
  );
}

// As if the alarms' own parts were all there are of what could not be seen: would they be enough?
export function hiddenSlices(watchers: Watchers, watch: Watch, heard: readonly Heard[]): readonly Claim[] {
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
    return {
      reason: doubt.firing.tooComplex === undefined ? "undecidable" : "too-complex",
      why: `${doubt.alarm.id} cannot be decided: ${doubt.firing.why}`,
    };
  return { reason: "undecidable", why: "why" in cover ? cover.why : "it cannot be decided" };
}
