import type { GateFinding, GateOptions } from "../core/gate.js";
import type { Summary } from "../core/report.js";
import { severities } from "../core/severity.js";
import { listed, plural } from "../shared/text/words.js";

/** "3 open failures (2 high, 1 low); severity low and above fails the run". `limit`: the budget that they break, if there is one. */
export function failureWords(
  open: readonly GateFinding[],
  limit: string,
  { failOn, thresholds = [], max }: GateOptions,
): string {
  if (limit !== "") return `${openWords(open)}; ${limit}`;
  const others = [
    ...(thresholds.length > 0 ? ["packs with a threshold of their own"] : []),
    ...(max === undefined ? [] : ["severities with a budget"]),
  ];
  const except = others.length === 0 ? "" : ` (other than ${listed(others)})`;
  return failOn === "info"
    ? openWords(open)
    : `${openWords(open)}; severity ${failOn} and above fails the run${except}`;
}

/** Why a run is not decided, and what of the failures a budget lets through. */
export function blindWords(
  summary: Summary,
  open: readonly GateFinding[],
  { maxUnknown }: GateOptions,
): string {
  const failed =
    open.length > 0
      ? `${openWords(open)} within the budget`
      : summary.fail > 0
        ? "no failure counts"
        : "nothing failed";
  const limit = maxUnknown === undefined ? "" : ` (at most ${maxUnknown.toString()} may be)`;
  return `${failed}, but ${blindness(summary)}${limit}: not everything could be looked at`;
}

/** Why a run passes: how much passed, and what of the failures a budget lets through. */
export function passWords(summary: Summary, open: readonly GateFinding[]): string {
  const absent = summary["not-applicable"];
  const passed =
    summary.pass === 0 && summary.fail === 0
      ? `there is nothing that could fail: ${plural(absent, "verdict")} ${absent === 1 ? "is" : "are"} not applicable`
      : `${plural(summary.pass, "verdict")} passed, none failed the run`;
  return open.length === 0 ? passed : `${passed}; ${openWords(open)} within the budget`;
}

/** Failures that do not count, each with the reason; "" where all count. */
export function restWords(
  findings: readonly GateFinding[],
  open: readonly GateFinding[],
  { newOnly }: GateOptions,
): string {
  const counted = new Set(open);
  const rest = findings.filter((finding) => finding.status === "fail" && !counted.has(finding));
  const waived = rest.filter(({ waiver }) => waiver !== undefined).length;
  const known = rest.filter(
    ({ waiver, baseline }) => waiver === undefined && newOnly === true && baseline === "known",
  ).length;
  const below = rest.length - waived - known;
  const parts = [
    ...(waived > 0 ? [`${waived.toString()} waived`] : []),
    ...(known > 0 ? [`${known.toString()} known before`] : []),
    ...(below > 0 ? [`${below.toString()} below the threshold`] : []),
  ];
  return parts.length === 0 ? "" : `${plural(rest.length, "failure")} not counted: ${parts.join(", ")}`;
}

/** "2 verdicts are unknown and 1 evaluation error"; "" where there is neither. */
export function blindness({ unknown, error }: Summary): string {
  const parts = [
    unknown > 0 ? `${plural(unknown, "verdict")} ${unknown === 1 ? "is" : "are"} unknown` : "",
    error > 0 ? plural(error, "evaluation error") : "",
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

function openWords(open: readonly GateFinding[]): string {
  const counts = severities.toReversed().flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toString()} ${severity}`];
  });
  return `${plural(open.length, "open failure")} (${counts.join(", ")})`;
}
