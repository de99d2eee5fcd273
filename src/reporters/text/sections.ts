import type { Finding, AccountSummary, ReportGap } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import { groupBy } from "../../shared/group-by.js";
import { findingLines, noteLines, remedyLines, subjectText } from "../../shared/text/finding-text.js";
import { causeAndReason, causesOf, causeText } from "../../shared/text/gap-causes.js";
import type { Cause, CauseGroup } from "../../shared/text/gap-causes.js";
import { firstFew, paragraph } from "../../shared/text/terminal-page.js";
import type { Page } from "../../shared/text/terminal-page.js";
import { plural } from "../../shared/text/words.js";

/** One block a rule, the gravest first; the remedy stands once where all subjects share it. */
export function failureLines(page: Page, failures: readonly Finding[]): readonly string[] {
  const groups = groupBy(failures, ({ rule, severity }) => `${rule}\n${severity}`);
  const gravest = [...groups.values()].sort((a, b) => gravity(b) - gravity(a));
  return gravest.flatMap((group) => {
    const remedies = new Set(
      group.map(({ remediation, references }) => JSON.stringify([remediation, references])),
    );
    const common = remedies.size === 1 ? group.slice(0, 1) : [];
    const blocks = group.map((finding) => [
      ...paragraph(page, subjectText(finding), { indent: 4, tone: "strong" }),
      ...findingLines(page, finding, 6),
      ...(common.length > 0 ? [] : remedyLines(page, finding, 6)),
    ]);
    return [
      "",
      ...ruleLines(page, group),
      ...blocks.flat(),
      ...common.flatMap((finding) => remedyLines(page, finding, 4)),
    ];
  });
}

function ruleLines(page: Page, [first]: readonly Finding[]): readonly string[] {
  if (first === undefined) return [];
  const tone = first.severity === "critical" || first.severity === "high" ? "bad" : "warning";
  return [
    ...paragraph(page, `${first.severity}  ${first.rule}`, { indent: 2, tone }),
    ...paragraph(page, first.title, { indent: 4 }),
  ];
}

/** What could not be judged, by its cause. */
export function unknownLines(
  page: Page,
  unknown: readonly Finding[],
  causes: readonly CauseGroup[],
): readonly string[] {
  const because = (reason: Finding["reason"], title: string): readonly string[] => {
    const group = unknown.filter((finding) => finding.reason === reason);
    return group.length === 0
      ? []
      : [
          "",
          ...paragraph(page, title, { indent: 2 }),
          ...group.flatMap((finding) => oneFinding(page, finding, 4)),
        ];
  };
  return [
    ...causes.flatMap((group) => [
      "",
      ...causeLines(page, group.causes),
      ...group.findings.flatMap((finding) => oneFinding(page, finding, 4)),
    ]),
    ...because("undecidable", "What was read does not decide:"),
    ...because(
      "outside",
      "What lies outside the template or plan decides (watchproof what-if judges the account):",
    ),
    ...because("too-complex", "What was read is too complex to be decided within the limits:"),
    ...because(
      "not-collected",
      "This snapshot does not hold what the rule needs; collect again with the rule in the run:",
    ),
  ];
}

function causeLines(page: Page, causes: readonly Cause[]): readonly string[] {
  if (causes.length === 0) return paragraph(page, "Something could not be read:", { indent: 2 });
  const { shown, more } = firstFew(causes, mostCauses);
  const grants = causes.flatMap(({ grant }) => (grant === undefined ? [] : [grant]));
  return [
    ...shown.flatMap((cause) => paragraph(page, causeAndReason(cause), { indent: 2, tone: "warning" })),
    ...(more === undefined ? [] : paragraph(page, more, { indent: 2 })),
    ...(grants.length === 0
      ? []
      : paragraph(page, [...new Set(grants)].join(" "), { indent: 4, label: "grant" })),
  ];
}

/** A finding of a section without proof. */
export function oneFinding(page: Page, finding: Finding, indent: number): readonly string[] {
  const head = `${finding.severity}  ${finding.rule}: ${subjectText(finding)}`;
  return [...paragraph(page, head, { indent, tone: "strong" }), ...findingLines(page, finding, indent + 2)];
}

/** What passed: a line a rule. */
export function passLines(page: Page, group: readonly Finding[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const subjects =
    group.length === 1
      ? subjectText(first)
      : `${group.length} × ${first.subject.kind === "resource" ? first.subject.type : first.subject.kind}`;
  const { shown, more } = firstFew(
    group.filter(({ notes = [] }) => notes.length > 0),
    mostNotes,
  );
  return [
    ...paragraph(page, `${first.rule}  ${subjects}`, { indent: 2 }),
    ...shown.flatMap((finding) => [
      ...(group.length === 1 ? [] : paragraph(page, subjectText(finding), { indent: 4 })),
      ...noteLines(page, finding, 4),
    ]),
    ...(more === undefined ? [] : paragraph(page, `${more} with notes`, { indent: 4 })),
  ];
}

/** What there is nothing of: a line a rule. */
export function emptyLines(page: Page, group: readonly Finding[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const message =
    group.length === 1 ? first.message : `${plural(group.length, "subject")}; the first: ${first.message}`;
  return paragraph(page, `${first.rule}  ${message}`, { indent: 2, tone: "faint" });
}

/** Refusals that no unknown verdict names, and regions that a person excluded: nobody looked there either. */
export function outsideLines(
  page: Page,
  { summary, gaps }: AccountPart,
  causes: readonly CauseGroup[],
): readonly string[] {
  const told = new Set(causes.flatMap((group) => group.causes.map(causeText)));
  const untold = causesOf(gaps).filter((cause) => !told.has(causeText(cause)));
  const excluded = summary?.excludedRegions ?? [];
  return [
    ...(untold.length === 0 ? [] : ["", ...paragraph(page, "Also not read:", { indent: 0 })]),
    ...untold.flatMap((cause) => [
      ...paragraph(page, causeAndReason(cause), { indent: 2 }),
      ...(cause.grant === undefined ? [] : paragraph(page, cause.grant, { indent: 4, label: "grant" })),
    ]),
    ...(excluded.length === 0 ? [] : ["", ...paragraph(page, "Excluded regions:", { indent: 0 })]),
    ...excluded.flatMap(({ region, reason }) => paragraph(page, `${region}: ${reason}`, { indent: 2 })),
  ];
}

/** So many regions are named; the rest is counted. */
export const mostRegions = 6;
const mostCauses = 12;

/** Findings, grouped by their rule. */
export function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  return [...groupBy(findings, ({ rule }) => rule).values()];
}

function gravity([first]: readonly Finding[]): number {
  return first === undefined ? -1 : severities.indexOf(first.severity);
}

/** What a report says of one account. */
export type AccountPart = {
  readonly id: string;
  readonly summary: AccountSummary | undefined;
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
};
/** So many notes are shown; the rest is counted. */
export const mostNotes = 5;
