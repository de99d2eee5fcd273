import type { Finding, Report } from "../../core/report.js";
import type { RenderOptions } from "../../core/reporter.js";
import type { SarifInvocation, SarifNotification } from "../../shared/sarif/log.js";
import { causesOf, causeText } from "../../shared/text/gap-causes.js";
import { printable } from "../../shared/text/terminal-text.js";
import { membersText } from "../../shared/text/witness-text.js";
import { plural } from "../../shared/text/words.js";
import { toLocation, sentence, harmless } from "./result.js";
import { MOST_RESULTS } from "./run-context.js";
import type { RunContext } from "./run-context.js";

/** What a run can have to say besides its results: the id of a notice, and what it means. */
export const notices = {
  unreadable: {
    says: "What the verdict needs could not be read",
    help: "Grant the action that the message names, or mend what was in the way, and judge again.",
  },
  undecidable: {
    says: "What was read does not decide",
    help: "The message says what is not certain; look at it in the account.",
  },
  "not-collected": {
    says: "The snapshot does not hold what the rule needs",
    help: "Collect again, with the rule in the run.",
  },
  "too-complex": {
    says: "What was read is too complex to be decided within the limits",
    help: "Write what the message names more simply, or remove it if nobody knows what it is for.",
  },
  outside: {
    says: "What lies outside the template or plan decides",
    help: "Judge it over the account: watchproof what-if.",
  },
  error: { says: "A rule's evaluator failed", help: "Please report it, with the message." },
  gap: {
    says: "Something could not be read",
    help: "Grant the action that the message names, or mend what was in the way, and judge again.",
  },
  waived: {
    says: "A failure that somebody accepts until a day",
    help: "It counts again after that day; mend it before, or decide anew.",
  },
  "waiver-or-baseline": {
    says: "Something to mend in waivers or baseline",
    help: "The message says which entry, and what is wrong with it.",
  },
  cut: {
    says: "More than GitHub takes; the gravest were kept",
    help: "The report in another format, such as json, holds all of it.",
  },
} as const;

/** How a run went: what could not be judged, what could not be read, what is waived, what was cut. */
export function toInvocation(
  { findings, gaps }: Pick<Report, "findings" | "gaps">,
  { gate, open, said, ...options }: RunContext,
): SarifInvocation {
  const undecided = findings.filter(({ status }) => status === "unknown" || status === "error");
  const waived = findings.filter(({ status, waiver }) => status === "fail" && waiver !== undefined);
  const more = open.length - MOST_RESULTS;
  return {
    executionSuccessful: undecided.length === 0,
    exitCode: gate.exitCode,
    exitCodeDescription: printable(gate.because),
    toolExecutionNotifications: [
      ...undecided.map((finding) =>
        about(
          finding,
          {
            id: finding.reason ?? "error",
            level: finding.status === "error" ? "error" : "warning",
            text: sentence(finding),
          },
          options,
        ),
      ),
      ...causesOf(gaps).map((cause) => notice("gap", "warning", causeText(cause))),
      ...(more > 0
        ? [
            notice(
              "cut",
              "warning",
              `${plural(more, "open failure")} left out, because GitHub takes ${MOST_RESULTS.toString()} results`,
            ),
          ]
        : []),
    ],
    toolConfigurationNotifications: [
      ...waived.map((finding) =>
        about(
          finding,
          {
            id: "waived",
            level: "note",
            text: `waived (${membersText(finding.waiver ?? {})}): ${sentence(finding)}`,
          },
          options,
        ),
      ),
      ...said,
    ],
  };
}

type Notice = {
  readonly id: keyof typeof notices;
  readonly level: SarifNotification["level"];
  readonly text: string;
};

/** A notice about the run, its text kept from being taken for a link. */
export function notice(
  id: keyof typeof notices,
  level: SarifNotification["level"],
  text: string,
): SarifNotification {
  return { descriptor: { id }, level, message: { text: harmless(text) } };
}

function about(
  finding: Finding,
  { id, level, text }: Notice,
  options: Pick<RenderOptions, "places">,
): SarifNotification {
  return {
    ...notice(id, level, text),
    associatedRule: { id: finding.rule },
    locations: [toLocation(finding, options)],
    properties: { finding: finding.id, severity: finding.severity },
  };
}
