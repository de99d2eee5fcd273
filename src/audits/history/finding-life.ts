import type { FindingLife, LifeChange, LifeState } from "../../core/finding-life.js";
import type { RunEntry } from "../../core/history.js";
import type { Finding } from "../../core/report.js";
import { isUndecided } from "../../engine/judged-places.js";
import type { Standing } from "../../engine/judged-places.js";

/** The run in which something was seen. */
type Seen = Pick<RunEntry, "run" | "startedAt">;

/** Begins the life of a finding with the first run that has it. */
export function beginLife(finding: Finding, { run, startedAt }: Seen): FindingLife {
  const { state, because } = stateOf({ kind: "found", finding });
  return {
    finding,
    state,
    ...(state === "unjudged" ? {} : { settled: state }),
    hasFailed: isFailing(state),
    steps: [{ run, at: startedAt, what: "first seen", state, because }],
    ...(isFailing(state) ? { failedFirst: startedAt } : {}),
    until: startedAt,
    days: { open: 0, waived: 0, closed: 0, gone: 0, unjudged: 0 },
  };
}

/** Lives on by one run, in which the finding stood so; runs come in order of their start. */
export function continueLife(life: FindingLife, standing: Standing, { run, startedAt }: Seen): FindingLife {
  const { state, because } = stateOf(standing);
  const what = changeOf(life, state);
  const fails = isFailing(state);
  return {
    finding: standing.kind === "found" ? standing.finding : life.finding,
    state,
    ...(state !== "unjudged"
      ? { settled: state }
      : life.settled === undefined
        ? {}
        : { settled: life.settled }),
    hasFailed: life.hasFailed || fails,
    steps: what === undefined ? life.steps : [...life.steps, { run, at: startedAt, what, state, because }],
    ...(life.failedFirst !== undefined
      ? { failedFirst: life.failedFirst }
      : fails
        ? { failedFirst: startedAt }
        : {}),
    until: startedAt,
    days: { ...life.days, [life.state]: life.days[life.state] + daysBetween(life.until, startedAt) },
  };
}

function stateOf(standing: Standing): { readonly state: LifeState; readonly because: string } {
  if (standing.kind === "gone") return { state: "gone", because: "the subject is no longer there" };
  if (standing.kind === "hidden")
    return {
      state: "unjudged",
      because: "the rule could not look everywhere, so the subject may still be there",
    };
  if (standing.kind === "outside")
    return { state: "unjudged", because: `the ${standing.missing} was not judged` };
  const { finding } = standing;
  if (isUndecided(finding)) return { state: "unjudged", because: finding.message };
  if (finding.status !== "fail") return { state: "closed", because: finding.message };
  return { state: finding.waiver === undefined ? "open" : "waived", because: finding.message };
}

const isFailing = (state: LifeState | undefined): boolean => state === "open" || state === "waived";

function changeOf(
  { state: before, settled, hasFailed }: FindingLife,
  state: LifeState,
): LifeChange | undefined {
  if (state === before) return undefined;
  if (state === "unjudged") return "no longer judged";
  if (state === settled || (settled === undefined && !isFailing(state))) return "judged again";
  if (state === "gone") return "gone";
  if (state === "closed") return isFailing(settled) ? "fixed" : "seen again";
  if (isFailing(settled)) return state === "waived" ? "waived" : "waiver ended";
  return hasFailed ? "came back" : "failed";
}

const DAY = 86_400_000;

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}
