import type { WhatIf } from "../core/what-if.js";
import { subjectText } from "../shared/text/finding-text.js";
import { escapeMarkdown, markdownTable } from "../shared/text/markdown-text.js";
import { plural } from "../shared/text/words.js";
import { placeText, storiesOf } from "./stories.js";
import type { Story } from "./stories.js";
import { totals } from "./what-if-text.js";

/** The first line of every comment, by which the next one finds the one that it replaces. */
export const COMMENT_MARKER = "<!-- watchproof what-if -->";

const MOST_ROWS = 20;

/** A what-if as the comment of a pull request: short, the causes first, the rest folded away. */
export function whatIfMarkdown(result: WhatIf): string {
  const { account, fixed, failing, notes } = result;
  const parts = [
    COMMENT_MARKER,
    `## Watchproof: ${escapeMarkdown(totals(result))}`,
    escapeMarkdown(`Account ${account.id}, as of ${account.takenAt}: ${result.because}.`),
    ...storiesOf(result).map(storyPart),
    ...(fixed.length === 0
      ? []
      : [
          folded(
            `${fixed.length.toString()} fixed`,
            markdownTable(
              ["rule", "subject"],
              fixed.map((finding) => [finding.rule, subjectText(finding)]),
            ),
          ),
        ]),
    ...(notes.length === 0
      ? []
      : [folded(plural(notes.length, "note"), notes.map((note) => `- ${escapeMarkdown(note)}`).join("\n"))]),
    ...(failing.length === 0 ? [] : [`${plural(failing.length, "failure")} as before.`]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function storyPart({ heading, place, findings }: Story): string {
  const rows = findings
    .slice(0, MOST_ROWS)
    .map((finding) => [
      finding.severity,
      finding.rule,
      subjectText(finding),
      finding.message,
      placeText(finding) ?? finding.declared?.address ?? "",
    ]);
  const rest = findings.length - rows.length;
  return [
    `### ${escapeMarkdown(heading)}`,
    ...(place === undefined ? [] : [escapeMarkdown(place)]),
    markdownTable(["severity", "rule", "subject", "what", "declared"], rows),
    ...(rest === 0 ? [] : [`… and ${rest.toString()} more.`]),
  ].join("\n\n");
}

function folded(summary: string, body: string): string {
  return `<details><summary>${escapeMarkdown(summary)}</summary>\n\n${body}\n\n</details>`;
}
