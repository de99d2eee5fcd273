import type { GateOptions, GateVerdict } from "../core/gate.js";
import type { Finding, Report, Summary } from "../core/report.js";
import { reaches, severities } from "../core/severity.js";
import { plural } from "../shared/words.js";

/** Whether the run passes: 2 nothing judged, 1 open failures, 3 could not look everywhere, 0 clean; in this order. */
export function decideGate(report: Report, options: GateOptions): GateVerdict {
  const { summary, findings } = report;
  if (summary.rules === 0) return { exitCode: 2, because: "no rule was selected, so nothing was judged" };
  if (findings.length === 0) return { exitCode: 2, because: "no rule was evaluated, so nothing was judged" };
  const open = findings.filter((finding) => isOpenFailure(finding, options));
  if (open.length > 0) return { exitCode: 1, because: `${worst(open)}${threshold(options)}` };
  if (undecided(summary) > 0 && !options.allowUnknown) return { exitCode: 3, because: `nothing failed, but ${blindness(summary)}: not everything could be looked at` };
  if (judged(summary) === 0) return { exitCode: 2, because: `${blindness(summary)}, and nothing else was judged: unknown is allowed, but this run proves nothing` };
  return { exitCode: 0, because: clean(summary) };
}

/** A failure that counts: at or above the threshold, and not waived. */
export function isOpenFailure({ status, severity, waiver }: Finding, { failOn }: GateOptions): boolean {
  return status === "fail" && waiver === undefined && reaches(severity, failOn);
}

const undecided = (summary: Summary): number => summary.unknown + summary.error;
const judged = (summary: Summary): number => summary.pass + summary.fail + summary["not-applicable"];

function worst(open: readonly Finding[]): string {
  const counts = severities.toReversed().flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toString()} ${severity}`];
  });
  return `${plural(open.length, "open failure")} (${counts.join(", ")})`;
}

function threshold({ failOn }: GateOptions): string {
  return failOn === "info" ? "" : `; severity ${failOn} and above fails the run`;
}

function blindness({ unknown, error }: Summary): string {
  const parts = [unknown > 0 ? `${plural(unknown, "verdict")} ${unknown === 1 ? "is" : "are"} unknown` : "", error > 0 ? plural(error, "evaluation error") : ""];
  return parts.filter((part) => part !== "").join(" and ");
}

function clean(summary: Summary): string {
  const below = summary.fail > 0 ? `, ${plural(summary.fail, "failure")} below the threshold or waived` : "";
  const blind = undecided(summary) > 0 ? `, ${blindness(summary)} (allowed)` : "";
  return `${plural(summary.pass, "verdict")} passed, none failed the run${below}${blind}`;
}
