import type { JsonObject } from "../../core/json.js";
import { rememberByObject } from "../../shared/remember.js";
import { completeness } from "../firing/slices.js";
import type { Slice, Slices } from "../firing/slices.js";
import type { MetricDemand } from "../firing/demand.js";
import { slicesOf } from "../firing/verdict.js";
import type { Firing } from "../firing/verdict.js";
import { judgeFiring } from "../firing/firing.js";

/** An alarm to consider; `ref` is its ARN or name. */
export type AlarmCandidate = { readonly ref: string; readonly properties: JsonObject };

/** An alarm and whether it covers the demand. */
export type JudgedAlarm = { readonly ref: string; readonly firing: Firing };

/**
 * Whether some alarm, or all the slices together, covers a demand. `judged` holds every alarm, the best first; `by` those that cover it.
 * `conditional` and `unknown` come with the best alarm's reason.
 */
export type Cover =
  | {
      readonly kind: "own" | "aggregate" | "aggregate-overcount" | "slices";
      readonly by: readonly JudgedAlarm[];
      readonly judged: readonly JudgedAlarm[];
    }
  | {
      readonly kind: "conditional" | "no" | "unknown";
      readonly why: string;
      readonly judged: readonly JudgedAlarm[];
    };

/** What may count as cover besides an alarm of the demanded series' own. */
export type CoverOptions = {
  /** Accept alarms on a series that holds other resources too. Default: yes. */
  readonly aggregate?: boolean;
  /** What cuts the demanded series into parts; without it only a query with a series for each part is known to be complete. */
  readonly slices?: Slices;
};

// The better the earlier. What may turn out good is worth more than what surely depends on something else.
const ORDER: readonly Firing["kind"][] = [
  "own",
  "aggregate",
  "aggregate-overcount",
  "slice",
  "unknown",
  "conditional",
  "no",
];

// The same alarms are judged alone, then together.
const firingFor = rememberByObject((demand: MetricDemand) =>
  rememberByObject((properties: JsonObject) => judgeFiring(properties, demand)),
);

/** Judges all alarms against a demand. The order of alarms that are equally good is kept. */
export function coverDemand(
  alarms: readonly AlarmCandidate[],
  demand: MetricDemand,
  options: CoverOptions = {},
): Cover {
  const judged = alarms
    .map(({ ref, properties }) => ({ ref, firing: firingFor(demand)(properties) }))
    .toSorted((a, b) => rank(a) - rank(b));
  const own = judged.filter(({ firing }) => firing.kind === "own");
  if (own.length > 0) return { kind: "own", by: own, judged };
  return (options.aggregate === false ? undefined : coverTogether(judged)) ?? coverBySlices(judged, options);
}

function coverTogether(judged: readonly JudgedAlarm[]): Cover | undefined {
  const isTogether = (kind: Firing["kind"]): kind is "aggregate" | "aggregate-overcount" =>
    kind === "aggregate" || kind === "aggregate-overcount";
  const by = judged.filter(({ firing }) => isTogether(firing.kind));
  const kind = by[0]?.firing.kind;
  return kind !== undefined && isTogether(kind) ? { kind, by, judged } : undefined;
}

function coverBySlices(
  judged: readonly JudgedAlarm[],
  { aggregate = true, slices = {} }: CoverOptions,
): Cover {
  const parts = judged.flatMap(({ ref, firing }) =>
    firing.kind === "slice" && (aggregate || firing.shared !== true)
      ? slicesOf(firing).map((slice) => ({ slice, judged: { ref, firing } }))
      : [],
  );
  const { isWhole, missing } = completeness(
    parts.map(({ slice }) => slice),
    slices,
  );
  return isWhole
    ? { kind: "slices", by: parts.map((part) => part.judged), judged }
    : uncovered(judged, missing, aggregate);
}

function uncovered(
  judged: readonly JudgedAlarm[],
  missing: Slice | undefined,
  acceptsAggregate: boolean,
): Cover {
  const doubtful = judged.find(
    ({ firing }) => firing.kind === "unknown" && (acceptsAggregate || firing.atBest !== "aggregate"),
  );
  if (doubtful?.firing.kind === "unknown") return { kind: "unknown", why: doubtful.firing.why, judged };
  const [best] = judged;
  if (best === undefined) return { kind: "no", why: "there is no alarm", judged };
  if (best.firing.kind === "conditional" || best.firing.kind === "no" || best.firing.kind === "unknown")
    return { kind: best.firing.kind === "unknown" ? "no" : best.firing.kind, why: best.firing.why, judged };
  const part =
    missing === undefined
      ? ""
      : `, and none sees ${Object.entries(missing)
          .map(([name, value]) => `${name} ${value}`)
          .join(", ")}`;
  return { kind: "no", why: `${best.firing.why}${part}`, judged };
}

function rank({ firing }: JudgedAlarm): number {
  return ORDER.indexOf(firing.kind);
}
