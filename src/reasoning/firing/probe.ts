import { dependsOnTime } from "../../languages/metric-expression/time.js";
import type { Point } from "../../languages/metric-expression/series.js";
import type { MetricAlarm } from "./alarm.js";
import type { Levels } from "./levels.js";
import type { InputRole } from "./series.js";
import { datapointOf, ORDINARY_TIME, watchedPoints } from "./simulate.js";
import type { Datapoint } from "./window.js";

/** One assumption about everything but the demanded series: how much traffic there is, what unclassified inputs are, and the time. */
export type Circumstance = {
  readonly scale: number;
  readonly other: Point;
  readonly quietErrors: Point;
  readonly at: number;
  /** Inputs that fall silent together with the demanded series: only its silence is a trouble then. */
  readonly missing?: readonly string[];
};

/** The inputs of an alarm: those that carry the demanded series with their values, and the others with their roles. */
export type ProbedInputs = {
  readonly signals: readonly string[];
  readonly others: ReadonlyMap<string, InputRole>;
  readonly isShare: boolean;
};

/** What an alarm does in one circumstance. `silent` misses every trouble there, `noisy` breaches without any. */
export type ProbeResult = {
  readonly circumstance: Circumstance;
  readonly kind: "detects" | "silent" | "noisy";
  /** The watched series does not depend on the demanded one here. */
  readonly ignores: boolean;
  /** It also detects the smallest trouble that must show. */
  readonly atOnce: boolean;
};

/** What probing an alarm showed, or why it could not be probed. */
export type Probed =
  | { readonly kind: "results"; readonly results: readonly ProbeResult[] }
  | { readonly kind: "unknown"; readonly why: string };

const SCALES = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6];
const POINTS = 4;
const DAY = 86_400_000;

/** Evaluates an alarm with the demanded series good and bad, under many assumptions about its other inputs. `breaches` judges the newest datapoint. */
export function probeAlarm(
  alarm: MetricAlarm,
  { inputs, levels, breaches }: Omit<Probe, "circumstance">,
): Probed {
  const results: ProbeResult[] = [];
  for (const circumstance of circumstances(alarm, inputs, levels)) {
    const found = probeOnce(alarm, { inputs, levels, circumstance, breaches });
    if (typeof found === "string") return { kind: "unknown", why: found };
    if (found !== undefined) results.push(found);
  }
  return { kind: "results", results };
}

/** What is tried in one circumstance. */
export type Probe = {
  readonly inputs: ProbedInputs;
  readonly levels: Levels;
  readonly circumstance: Circumstance;
  readonly breaches: (point: Datapoint) => boolean;
};

/** Probes one circumstance; undefined where no trouble is possible in it, a text where the expression cannot be evaluated. */
export function probeOnce(alarm: MetricAlarm, probe: Probe): ProbeResult | string | undefined {
  const { levels, circumstance, breaches } = probe;
  const bad = badValues(probe);
  if (bad.length === 0) return undefined;
  const [calm, shaken] = [newestPoints(alarm, levels.good, probe), newestPoints(alarm, bad, probe)];
  if (typeof calm === "string") return calm;
  if (typeof shaken === "string") return shaken;
  const fires = (point: Point): boolean => breaches(datapointOf(alarm, point));
  const isNoisy = circumstance.missing === undefined && calm.every(fires);
  const just = justIn(probe);
  return {
    circumstance,
    kind: isNoisy ? "noisy" : shaken.some(fires) ? "detects" : "silent",
    ignores: new Set([...calm, ...shaken]).size === 1,
    atOnce: !isNoisy && bad.includes(just) && fires(shaken[bad.indexOf(just)]),
  };
}

/** Whether the alarm fires in the period in which the demanded series turns bad, and not while it stays good. */
export function detectsChange(alarm: MetricAlarm, probe: Probe): boolean {
  const { levels, breaches, inputs, circumstance } = probe;
  const fires = (points: readonly Point[]): boolean => {
    const seen = newestPoint(alarm, points, { inputs, circumstance });
    return typeof seen !== "string" && breaches(datapointOf(alarm, seen.point));
  };
  const [good] = levels.good;
  const before = new Array<Point>(POINTS - 1).fill(good);
  return !fires([...before, good]) && badValues(probe).some((bad) => fires([...before, bad]));
}

// Beside a total, the smallest trouble is the first whole number of failures beyond the share.
function justIn({ levels, inputs, circumstance }: Probe): Point {
  return levels.share !== undefined && hasTotal(inputs)
    ? Math.floor(circumstance.scale * levels.share) + 1
    : levels.just;
}

function badValues(probe: Probe): readonly Point[] {
  const { levels, inputs, circumstance } = probe;
  if (circumstance.missing !== undefined) {
    const silence = levels.bad.filter((value) => value === undefined);
    return silence.length > 0 ? silence : levels.bad.filter((value) => value === 0);
  }
  if (levels.share !== undefined && hasTotal(inputs))
    return [justIn(probe), circumstance.scale].filter((value) => isPossible(value, inputs, circumstance));
  const bad = levels.bad.filter((value) => isPossible(value, inputs, circumstance));
  // Everything that happens may be bad.
  const isAllBad =
    hasTotal(inputs) && !inputs.isShare && levels.just !== undefined && circumstance.scale >= levels.just;
  return isAllBad ? [...bad, circumstance.scale] : bad;
}

function newestPoints(alarm: MetricAlarm, values: readonly Point[], probe: Probe): readonly Point[] | string {
  const points: Point[] = [];
  for (const value of values) {
    // Before silence there was something: FILL(m, REPEAT) goes on with it.
    const signal = Array.from({ length: POINTS }, (_, index) =>
      value === undefined && index === 0 ? 1e6 : value,
    );
    const seen = newestPoint(alarm, signal, probe);
    if (typeof seen === "string") return seen;
    points.push(seen.point);
  }
  return points;
}

function newestPoint(
  alarm: MetricAlarm,
  signal: readonly Point[],
  { inputs, circumstance }: Pick<Probe, "inputs" | "circumstance">,
): { readonly point: Point } | string {
  const points = new Map<string, readonly Point[]>();
  for (const id of inputs.signals) points.set(id, signal);
  for (const [id, role] of inputs.others)
    points.set(id, new Array<Point>(POINTS).fill(usualValue(id, role, circumstance)));
  const watched = watchedPoints(alarm, points, circumstance.at);
  return "unknown" in watched ? watched.unknown : { point: watched.at(-1) };
}

function usualValue(id: string, role: InputRole, circumstance: Circumstance): Point {
  const { scale, other, quietErrors, missing = [] } = circumstance;
  if (missing.includes(id)) return undefined;
  if (role === "total" || role === "traffic") return scale;
  return role === "other" ? other : quietErrors;
}

function isPossible(value: Point, inputs: ProbedInputs, { scale }: Circumstance): boolean {
  return value === undefined || inputs.isShare || !hasTotal(inputs) || value <= scale;
}

function hasTotal({ others }: ProbedInputs): boolean {
  return [...others.values()].includes("total");
}

function circumstances(alarm: MetricAlarm, inputs: ProbedInputs, { just }: Levels): readonly Circumstance[] {
  const roles = new Set(inputs.others.values());
  const more = just !== undefined && just > 1 && hasTotal(inputs) ? [just, just * 10, just * 1e3] : [];
  const scales =
    roles.has("total") || roles.has("traffic") ? [...SCALES, ...more].sort((a, b) => a - b) : [1];
  const others = roles.has("other") ? [0, 1, 1000, undefined] : [0];
  const quiet = roles.has("error") || roles.has("part") ? [0, undefined] : [0];
  const times = timesToTry(alarm);
  const usual = times.flatMap((at) =>
    scales.flatMap((scale) =>
      others.flatMap((other) => quiet.map((quietErrors) => ({ scale, other, quietErrors, at }))),
    ),
  );
  return [...usual, ...silences(inputs, times)];
}

// What stops publishing takes others with it: each other input, and all of them.
function silences({ others }: ProbedInputs, times: readonly number[]): readonly Circumstance[] {
  const ids = [...others.keys()];
  const missing = [...ids.map((id) => [id]), ...(ids.length > 1 ? [ids] : [])];
  const rest = { scale: 1000, other: 1, quietErrors: 0 };
  return times.flatMap((at) => missing.map((gone) => ({ ...rest, at, missing: gone })));
}

// Every hour of a weekday and of a day off, and every month.
function timesToTry(alarm: MetricAlarm): readonly number[] {
  const isTimed = alarm.ids.some((id) => {
    const source = alarm.queries.get(id);
    return source?.kind === "maths" && dependsOnTime(source.expression);
  });
  if (!isTimed) return [ORDINARY_TIME];
  const hours = Array.from({ length: 24 }, (_, hour) => [
    ORDINARY_TIME + hour * 3_600_000,
    ORDINARY_TIME + 3 * DAY + hour * 3_600_000,
  ]).flat();
  return [...hours, ...Array.from({ length: 12 }, (_, month) => ORDINARY_TIME + month * 30 * DAY)];
}
