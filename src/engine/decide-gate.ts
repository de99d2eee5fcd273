import type { ExitCode, GateFinding, GateOptions, GateReport, GateVerdict } from "../core/gate.js";
import type { Summary } from "../core/report.js";
import { reaches, severities } from "../core/severity.js";
import { isAccepted } from "../shared/report/open-failures.js";
import { blindWords, blindness, failureWords, passWords, restWords } from "./gate-words.js";

/** Whether the run passes: 2 nothing judged, 1 open failures, 3 could not look everywhere, 0 clean; in this order. */
export function decideGate(report: GateReport, options: GateOptions): GateVerdict {
  const { findings } = report;
  const { summary, outside } = withoutOutside(report);
  if (summary.rules === 0) return { exitCode: 2, because: "no rule was selected, so nothing was judged" };
  if (judged(summary) + undecided(summary) === 0 && outside > 0)
    return {
      exitCode: 2,
      because:
        "what lies outside the template or plan decides all that was asked, so nothing was judged; judge it over the account: watchproof what-if",
    };
  if (judged(summary) + undecided(summary) === 0)
    return { exitCode: 2, because: "no rule was evaluated, so nothing was judged" };
  const open = findings.filter((finding) => isOpenFailure(finding, options));
  const excess = exceeds(open, options);
  const say = (exitCode: ExitCode, ...parts: readonly string[]): GateVerdict => ({
    exitCode,
    because: parts.filter((part) => part !== "").join("; "),
  });
  if (excess !== undefined)
    return say(1, failureWords(open, excess, options), restWords(findings, open, options));
  if (undecided(summary) > allowance(options))
    return say(3, blindWords(summary, open, options), restWords(findings, open, options));
  if (judged(summary) === 0)
    return say(
      2,
      `${blindness(summary)}, and nothing else was judged: unknown is allowed, but this run proves nothing`,
    );
  return say(
    0,
    passWords(summary, open),
    restWords(findings, open, options),
    undecided(summary) > 0 ? `${blindness(summary)} (allowed)` : "",
  );
}

// A part of an account is judged as what it is: what only the rest could decide is neither mended nor broken by it.
function withoutOutside({ summary, findings }: GateReport): {
  readonly summary: Summary;
  readonly outside: number;
} {
  const outside = findings.filter(
    ({ status, reason }) => status === "unknown" && reason === "outside",
  ).length;
  return { summary: { ...summary, unknown: summary.unknown - outside }, outside };
}

/** A failure that counts: neither waived nor, with `newOnly`, known; and of a severity that counts. */
export function isOpenFailure(finding: GateFinding, options: GateOptions): boolean {
  return finding.status === "fail" && !isAccepted(finding, options) && counts(finding, options);
}

function counts(
  { rule, severity }: GateFinding,
  { failOn, max = {}, thresholds = [] }: GateOptions,
): boolean {
  const own = thresholds.filter(({ rules }) => rules.includes(rule));
  if (own.length > 0) return own.some((threshold) => reaches(severity, threshold.failOn));
  return max[severity] !== undefined || reaches(severity, failOn);
}

/** The limit that open failures break, in words, "" where there is none to name; undefined where they break none. */
function exceeds(open: readonly GateFinding[], { max = {}, maxFail }: GateOptions): string | undefined {
  const countOf = (severity: GateFinding["severity"]): number =>
    open.filter((finding) => finding.severity === severity).length;
  for (const severity of severities.toReversed()) {
    const most = max[severity];
    if (most !== undefined && countOf(severity) > most)
      return `at most ${most.toString()} ${severity} may fail`;
  }
  if (maxFail !== undefined)
    return open.length > maxFail ? `at most ${maxFail.toString()} may fail` : undefined;
  return open.some(({ severity }) => max[severity] === undefined) ? "" : undefined;
}

function allowance({ allowUnknown, maxUnknown = 0 }: GateOptions): number {
  return allowUnknown ? Infinity : maxUnknown;
}

const undecided = (summary: Summary): number => summary.unknown + summary.error;
const judged = (summary: Summary): number => summary.pass + summary.fail + summary["not-applicable"];
