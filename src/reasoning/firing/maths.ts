import type { MetricAlarm } from "./alarm.js";
import type { MetricDemand } from "./demand.js";
import type { Levels } from "./levels.js";
import {
  detectsChange,
  probeAlarm,
  probeOnce,
  type Circumstance,
  type ProbedInputs,
  type ProbeResult,
} from "./probe.js";
import { rangeStatistic } from "./range-statistic.js";
import type { Datapoint } from "./window.js";
import type { Objection } from "./verdict.js";

type Probing = {
  readonly inputs: ProbedInputs;
  readonly levels: Levels;
  readonly breaches: (point: Datapoint) => boolean;
  readonly demand: MetricDemand;
  readonly stat: string;
};

/** What the probes say against an alarm with a fixed threshold; undefined if it detects the trouble whatever its other inputs are. */
export function judgeProbes(alarm: MetricAlarm, probing: Probing): Objection {
  const { inputs, levels, breaches, demand } = probing;
  const probed = probeAlarm(alarm, { inputs, levels, breaches });
  if (probed.kind === "unknown") return probed;
  const results = probed.results.filter(({ circumstance }) => circumstance.missing === undefined);
  const of = (kind: ProbeResult["kind"]): readonly ProbeResult[] =>
    results.filter((result) => result.kind === kind);
  const [detecting, silent, noisy] = [of("detects"), of("silent"), of("noisy")];
  if (results.length === 0)
    return { kind: "unknown", why: "no circumstance was found in which the metric could be bad" };
  if (noisy.length > 0) return noisyObjection(noisy, { results, inputs });
  if (detecting.length === 0) return blindObjection(alarm, results, probing);
  if (silent.length > 0) return silentObjection(alarm, { detecting, silent }, probing);
  const unheard = probed.results.find(
    ({ circumstance, kind }) => circumstance.missing !== undefined && kind === "silent",
  );
  if (unheard !== undefined) return missingObjection(unheard.circumstance, demand.metric);
  if (levels.just === undefined) return undefined;
  // Numbers can be compared with the limit in one circumstance, shares of a total in all.
  const isShareOfTotal = levels.share !== undefined && [...inputs.others.values()].includes("total");
  const isAtOnce = isShareOfTotal
    ? detecting.every(({ atOnce }) => atOnce)
    : detecting.some(({ atOnce }) => atOnce);
  return isAtOnce ? undefined : lateObjection(alarm, probing, isShareOfTotal);
}

function missingObjection({ missing = [] }: Circumstance, metric: string): Objection {
  const names = missing.join(", ");
  return {
    kind: "conditional",
    why: `it is silent where ${names} has no values either: without them its result is missing`,
    needs: `values of ${names} while ${metric} has none; FILL gives them`,
  };
}

function noisyObjection(
  noisy: readonly ProbeResult[],
  { results, inputs }: { readonly results: readonly ProbeResult[]; readonly inputs: ProbedInputs },
): Objection {
  const names = [...inputs.others.keys()].join(", ");
  if (inputs.others.size === 0)
    return { kind: "no", why: "it breaches while the metric is fine, so it is always in ALARM" };
  if (noisy.length === results.length)
    return { kind: "no", why: `it breaches whatever the metric is, because of ${names}` };
  if (results.every(({ ignores }) => ignores))
    return { kind: "no", why: `its result depends on ${names} alone` };
  if ([...inputs.others.values()].includes("other"))
    return {
      kind: "unknown",
      why: `whether it breaches without the metric depends on the usual level of ${names}`,
    };
  if (noisy.length * 2 >= results.length)
    return { kind: "no", why: `it fires on ${names} alone, with the metric fine` };
  return { kind: "unknown", why: `with much of ${names} it breaches although the metric is fine` };
}

function blindObjection(alarm: MetricAlarm, results: readonly ProbeResult[], probing: Probing): Objection {
  const { inputs, levels, breaches, demand } = probing;
  const excited = results.flatMap(({ circumstance }) =>
    [1, 1000, 1e6].map((value) => ({ ...circumstance, other: value, quietErrors: value })),
  );
  const needsOthers = [...inputs.others.values()].some((role) => role !== "total" && role !== "traffic");
  const helped = needsOthers
    ? excited.map((circumstance) => probeOnce(alarm, { inputs, levels, breaches, circumstance }))
    : [];
  if (helped.some((result) => typeof result === "object" && result.kind === "detects")) {
    const needs = [...inputs.others.keys()].join(", ");
    return { kind: "conditional", why: `it fires only if ${needs} is bad as well`, needs };
  }
  if (results.some(({ circumstance }) => detectsChange(alarm, { inputs, levels, breaches, circumstance }))) {
    const change = demand.side === "high" ? "rise" : "fall";
    return {
      kind: "conditional",
      why: `it fires on a sudden ${change} only: one that is slow, or that lasts, is not seen`,
      needs: `a sudden ${change} of ${demand.metric}`,
    };
  }
  if (results.every(({ ignores }) => ignores))
    return { kind: "no", why: `its result does not depend on ${demand.metric}` };
  if (inputs.signals.includes(alarm.watched)) return lateObjection(alarm, probing);
  return { kind: "no", why: `no bad value of ${demand.metric} brings its result to the threshold` };
}

function silentObjection(
  alarm: MetricAlarm,
  {
    detecting,
    silent,
  }: { readonly detecting: readonly ProbeResult[]; readonly silent: readonly ProbeResult[] },
  probing: Probing,
): Objection {
  const names = [...probing.inputs.others.keys()].join(", ");
  const times = new Set(detecting.map(({ circumstance }) => circumstance.at));
  if (silent.every(({ circumstance }) => !times.has(circumstance.at)))
    return {
      kind: "conditional",
      why: "it fires at certain times only",
      needs: "the time at which the expression looks at the metric",
    };
  const highestSilent = silent.toSorted(byScale).at(-1);
  const lowestDetecting = detecting.toSorted(byScale)[0];
  if (
    highestSilent !== undefined &&
    lowestDetecting !== undefined &&
    highestSilent.circumstance.scale < lowestDetecting.circumstance.scale
  ) {
    const bound = narrow(
      alarm,
      { from: highestSilent.circumstance, to: lowestDetecting.circumstance },
      probing,
    );
    return {
      kind: "conditional",
      why: `it is silent while ${names} is below ${bound.toString()}`,
      needs: `${names} of at least ${bound.toString()}`,
    };
  }
  return { kind: "conditional", why: `it fires only for some values of ${names}`, needs: names };
}

function byScale(a: ProbeResult, b: ProbeResult): number {
  return a.circumstance.scale - b.circumstance.scale;
}

/** The smallest whole number from which the alarm detects the trouble. */
function narrow(
  alarm: MetricAlarm,
  { from, to }: { readonly from: Circumstance; readonly to: Circumstance },
  { inputs, levels, breaches }: Probing,
): number {
  let [silent, detecting] = [Math.floor(from.scale), Math.ceil(to.scale)];
  while (detecting - silent > 1) {
    const middle = Math.floor((silent + detecting) / 2);
    const result = probeOnce(alarm, { inputs, levels, breaches, circumstance: { ...to, scale: middle } });
    if (typeof result === "object" && result.kind === "detects") detecting = middle;
    else silent = middle;
  }
  return detecting;
}

function lateObjection(alarm: MetricAlarm, { demand, stat }: Probing, isShareOfTotal = false): Objection {
  const { limit, side, values } = demand;
  const threshold = alarm.comparison.kind === "threshold" ? alarm.comparison.threshold.toString() : "";
  if (rangeStatistic(stat) !== undefined && limit !== undefined)
    return {
      kind: "no",
      why: `${stat} with the threshold ${threshold} does not show every value beyond the limit ${limit.toString()}`,
      witness: { statistic: stat, threshold, limit },
    };
  if (
    !isShareOfTotal &&
    values === "rate01" &&
    alarm.comparison.kind === "threshold" &&
    alarm.comparison.threshold >= 1
  ) {
    return {
      kind: "conditional",
      why: "one failed request is not enough",
      needs: `more failed requests than its threshold ${threshold} allows`,
    };
  }
  const allowed = limit === undefined ? "any value" : `the limit ${limit.toString()}`;
  return {
    kind: "no",
    why: `its threshold ${threshold} is ${side === "high" ? "above" : "below"} what ${allowed} asks for`,
    witness: { threshold, ...(limit !== undefined && { limit }) },
  };
}
