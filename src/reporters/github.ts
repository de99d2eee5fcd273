import type { Finding } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { RenderOptions } from "../core/reporter.js";
import { openFailures, undecidedFindings } from "../shared/report/open-failures.js";
import { subjectText } from "../shared/text/finding-text.js";
import { knownPlaceOf } from "../shared/report/rule-place.js";
import { printable } from "../shared/text/terminal-text.js";
import { plural } from "../shared/text/words.js";

// GitHub shows ten annotations of each kind for a step and drops the rest without a word.
const MOST = 10;

type Kind = "error" | "warning" | "notice";

/** GitHub workflow commands: annotations at the places of the rules, the gravest first, as many as GitHub shows; then how many more there are. */
export const github = defineReporter({
  id: "github",
  summary: "for GitHub Actions: annotations of the open failures and of what could not be judged",
  render: (report, options) => {
    const failures = openFailures(report, options);
    const graver = failures.filter(({ severity }) => severity === "critical" || severity === "high");
    const lighter = failures.filter((finding) => !graver.includes(finding));
    const rest = { open: failures.length, blind: undecidedFindings(report).length };
    const summary = command(
      "notice",
      { title: "Watchproof" },
      `${plural(rest.open, "open failure")}, ${plural(rest.blind, "verdict")} that could not be reached. ${options.gate.because}`,
    );
    return [
      ...annotate("error", graver, options),
      ...annotate("warning", [...lighter, ...undecidedFindings(report)], options),
      summary,
      "",
    ].join("\n");
  },
});

function annotate(kind: Kind, findings: readonly Finding[], options: RenderOptions): readonly string[] {
  return findings.slice(0, MOST).map((finding) => {
    const place = knownPlaceOf(finding, options);
    const where =
      place === undefined
        ? {}
        : { file: place.file, line: place.line.toString(), col: place.column.toString() };
    return command(
      kind,
      { ...where, title: `${finding.rule} (${finding.severity})` },
      `${subjectText(finding)}: ${finding.message}`,
    );
  });
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function command(kind: Kind, properties: Readonly<Record<string, string>>, message: string): string {
  const words = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${kind} ${words.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return printable(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
