import type { Candidate, Evidence } from "../core/verdict.js";
import type { Change } from "./changes.js";
import type { FindingExplanation } from "./explain-finding.js";
import { block, rows } from "./rule-text.js";
import type { TextOptions } from "./rule-text.js";
import { marks, subjectText, tones } from "../shared/text/finding-text.js";
import { causeAndReason } from "../shared/text/gap-causes.js";
import { paragraph, setLines, terminalPage } from "../shared/text/terminal-page.js";
import type { Page } from "../shared/text/terminal-page.js";
import { printable } from "../shared/text/terminal-text.js";
import { membersText, witnessText } from "../shared/text/witness-text.js";
import { plural } from "../shared/text/words.js";
import { greatest } from "../shared/many.js";

/** A finding's explanation for people at a terminal: the verdict, each step, every observed value, and what would change it. */
export function renderFindingExplanation(explanation: FindingExplanation, options: TextOptions): string {
  const page = terminalPage(options);
  const lines = [
    ...headLines(page, explanation),
    ...stepLines(page, explanation),
    ...evidenceLines(page, explanation.finding.evidence ?? []),
    ...changeLines(page, explanation),
  ];
  return `${lines.join("\n")}\n`;
}

function headLines(page: Page, { finding, account, options = [] }: FindingExplanation): readonly string[] {
  const { status, rule, severity, title, message, reason, witness, notes = [], waiver, baseline } = finding;
  const read = account === undefined ? [] : [`${finding.account}, ${account.source}, ${account.takenAt}`];
  return [
    ...paragraph(
      page,
      `${marks[status]} ${status}${reason === undefined ? "" : ` (${reason})`}  ${severity}  ${rule}`,
      { indent: 0, tone: tones[status] },
    ),
    ...paragraph(page, title, { indent: 0, tone: "strong" }),
    "",
    ...rows(page, "subject", [subjectText(finding)]),
    ...rows(page, "account", read),
    ...rows(
      page,
      "demands",
      options.map(
        ({ name, value }) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
      ),
    ),
    ...rows(page, "says", [message]),
    ...rows(
      page,
      status === "unknown" ? "may miss" : "witness",
      witness === undefined ? [] : [witnessText(witness)],
    ),
    ...rows(page, "note", notes),
    ...rows(page, "waived", waiver === undefined ? [] : [membersText(waiver)]),
    ...rows(page, "baseline", baseline === undefined ? [] : [baseline]),
    ...rows(page, "finding", [finding.id]),
  ];
}

function stepLines(page: Page, { finding: { candidates = [] } }: FindingExplanation): readonly string[] {
  if (candidates.length === 0) return [];
  return [
    "",
    ...heading(
      page,
      `Considered: ${plural(candidates.length, "candidate")}, each up to its first broken link`,
    ),
    ...candidates.flatMap((candidate) => paragraph(page, candidateText(candidate), { indent: 2 })),
  ];
}

function candidateText({ ref, status, brokenLink }: Candidate): string {
  return `${marks[status]} ${ref}: ${brokenLink ?? (status === "pass" ? "every link holds" : status)}`;
}

// Values stand whole, since they are the proof; a terminal may break the line.
function evidenceLines(page: Page, evidence: readonly Evidence[]): readonly string[] {
  if (evidence.length === 0) return [];
  const cells = evidence.map(
    ({ path, value, from = "" }) =>
      [
        printable(path),
        printable(from),
        printable(value === null ? "not set" : JSON.stringify(value)),
      ] as const,
  );
  const widthOf = (column: 0 | 1): number => greatest(cells.map((row) => row[column].length));
  const lines = cells.map(
    ([path, from, value]) =>
      `${path.padEnd(widthOf(0))}  ${page.paint("faint", from.padEnd(widthOf(1)))}  ${value}`,
  );
  return ["", ...heading(page, "Observed"), ...setLines(page, lines, { indent: 2 })];
}

function changeLines(page: Page, explanation: FindingExplanation): readonly string[] {
  const {
    changes,
    finding: { references = [] },
  } = explanation;
  return [
    ...(changes.length === 0 ? [] : ["", ...heading(page, "What would change it")]),
    ...changes.flatMap((change) => rows(page, change.to.join(", "), [change.how])),
    ...rows(page, "grant", [...new Set(changes.flatMap(({ grants = [] }) => grants))]),
    ...changes.flatMap((change) => remedyLines(page, change)),
    ...gapLines(page, explanation),
    ...(references.length === 0 ? [] : ["", ...rows(page, "see", references)]),
  ];
}

function gapLines(page: Page, { harmlessGaps, withoutAnswer }: FindingExplanation): readonly string[] {
  const harmless =
    harmlessGaps === 0
      ? []
      : [
          `${plural(harmlessGaps, "thing")} of this account that could not be read cannot change this verdict: its rule does not read ${harmlessGaps === 1 ? "it" : "them"}.`,
        ];
  const unanswered = withoutAnswer.map(causeAndReason);
  return [
    ...(harmlessGaps + unanswered.length === 0 ? [] : [""]),
    ...harmless.flatMap((text) => paragraph(page, text, { indent: 0 })),
    ...(unanswered.length === 0
      ? []
      : paragraph(page, "Its rule reads what follows, too; this verdict was reached without it:", {
          indent: 0,
        })),
    ...unanswered.flatMap((text) => paragraph(page, text, { indent: 2 })),
  ];
}

function remedyLines(page: Page, { remediation = {} }: Change): readonly string[] {
  return [
    ...block(page, "With the AWS command line", remediation.cli),
    ...block(page, "In CloudFormation", remediation.cloudformation),
    ...block(page, "In Terraform", remediation.terraform),
  ];
}

function heading(page: Page, text: string): readonly string[] {
  return paragraph(page, text, { indent: 0, tone: "strong" });
}
