import type { Finding } from "../core/report.js";
import type { WhatIf } from "../core/what-if.js";
import type { TextOptions } from "../explain/rule-text.js";
import { marks, subjectText } from "../shared/text/finding-text.js";
import { sortedUnique } from "../shared/order.js";
import { firstFew, paragraph, terminalPage } from "../shared/text/terminal-page.js";
import type { Page } from "../shared/text/terminal-page.js";
import { plural } from "../shared/text/words.js";
import { witnessText } from "../shared/text/witness-text.js";
import { storiesOf } from "./stories.js";
import type { Story } from "./stories.js";

const MOST_TOLD = 3;

/** A what-if for people at a terminal: a paragraph a cause, and last whether it may go ahead. */
export function renderWhatIf(result: WhatIf, options: TextOptions): string {
  const page = terminalPage(options);
  const { account, fixed, failing, notes } = result;
  const lines = [
    ...paragraph(page, `account ${account.id}, ${account.source}, as of ${account.takenAt}`, {
      indent: 0,
      tone: "faint",
    }),
    "",
    ...storiesOf(result).flatMap((story) => [...storyLines(page, story), ""]),
    ...(fixed.length === 0 ? [] : fixedLines(page, fixed)),
    ...notes.flatMap((note) => paragraph(page, note, { indent: 2, label: "note", tone: "faint" })),
    ...(notes.length === 0 ? [] : [""]),
    ...paragraph(page, totals(result), { indent: 0, tone: "strong" }),
    ...(failing.length === 0
      ? []
      : paragraph(page, `${plural(failing.length, "failure")} as before`, { indent: 0, tone: "faint" })),
    ...paragraph(page, `Exit code ${result.exitCode.toString()}: ${result.because}.`, { indent: 0 }),
  ];
  return `${lines.join("\n")}\n`;
}

/** "22 new failures, 3 not proven any more, 1 not judged, 2 fixed". */
export function totals(result: WhatIf): string {
  const parts = [
    plural(result.new.length, "new failure"),
    ...(result.unproven.length === 0 ? [] : [`${result.unproven.length.toString()} not proven any more`]),
    ...(result.unjudged.length === 0 ? [] : [`${result.unjudged.length.toString()} new, not judged`]),
    ...(result.fixed.length === 0 ? [] : [`${result.fixed.length.toString()} fixed`]),
  ];
  return parts.join(", ");
}

function storyLines(page: Page, { heading, place, findings, tone }: Story): readonly string[] {
  const { shown } = firstFew(findings, MOST_TOLD);
  const rest = findings.slice(shown.length);
  return [
    ...paragraph(page, `${tone === "bad" ? marks.fail : marks.unknown} ${heading}`, { indent: 0, tone }),
    ...(place === undefined ? [] : paragraph(page, place, { indent: 2, tone: "faint" })),
    ...shown.flatMap((finding) => oneFinding(page, finding)),
    ...(rest.length === 0
      ? []
      : paragraph(
          page,
          `and ${rest.length.toString()} more: ${sortedUnique(rest.map(({ rule }) => rule)).join(", ")}`,
          {
            indent: 2,
          },
        )),
  ];
}

function oneFinding(page: Page, finding: Finding): readonly string[] {
  const { severity, rule, message, witness } = finding;
  return [
    ...paragraph(page, `${severity}  ${rule}: ${subjectText(finding)}: ${message}`, { indent: 2 }),
    ...(witness === undefined ? [] : paragraph(page, witnessText(witness), { indent: 4, label: "witness" })),
  ];
}

function fixedLines(page: Page, fixed: readonly Finding[]): readonly string[] {
  return [
    ...paragraph(page, `${marks.pass} ${fixed.length.toString()} fixed`, { indent: 0, tone: "good" }),
    ...fixed.flatMap((finding) => paragraph(page, `${finding.rule}: ${subjectText(finding)}`, { indent: 2 })),
    "",
  ];
}
