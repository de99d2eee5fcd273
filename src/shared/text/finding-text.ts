import type { Finding } from "../../core/report.js";
import type { Candidate, Status } from "../../core/verdict.js";
import { firstFew, paragraph, setLines } from "./terminal-page.js";
import type { Page, Tone } from "./terminal-page.js";
import { printableLines } from "./terminal-text.js";
import { membersText, witnessText } from "./witness-text.js";

/** The sign of a status. */
export const marks = {
  pass: "✔",
  fail: "✘",
  "not-applicable": "–",
  unknown: "?",
  error: "!",
} satisfies Record<Status, string>;

/** The tone of a status. */
export const tones = {
  pass: "good",
  fail: "bad",
  "not-applicable": "faint",
  unknown: "warning",
  error: "warning",
} satisfies Record<Status, Tone>;

const mostCandidates = 8;

/** A subject in a few words: "account 111111111111", "region eu-west-1", "AWS::SNS::Topic alerts in eu-west-1". */
export function subjectText({ subject, region }: Finding): string {
  if (subject.kind !== "resource") return `${subject.kind} ${subject.id}`;
  return `${subject.type} ${subject.id}${region === "global" ? "" : ` in ${region}`}`;
}

/** What was found about one subject: message, witness, candidates with their first broken link, notes, marks. */
export function findingLines(page: Page, finding: Finding, indent: number): readonly string[] {
  const { subject, witness, waiver, baseline } = finding;
  const row = (label: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : paragraph(page, text, { indent, label });
  return [
    ...paragraph(page, finding.message, { indent }),
    ...row("arn", subject.arn === subject.id ? undefined : subject.arn),
    ...row("declared", finding.declared && declaredText(finding.declared)),
    ...row(finding.status === "unknown" ? "may miss" : "witness", witness && witnessText(witness)),
    ...candidateLines(page, finding.candidates ?? [], indent),
    ...noteLines(page, finding, indent),
    ...row("waived", waiver && membersText(waiver)),
    ...row("baseline", baseline),
    ...row("finding", finding.id),
  ];
}

/** Where something is declared: "main.tf:12, aws_cloudtrail.audit". */
export function declaredText({ file, line, address }: NonNullable<Finding["declared"]>): string {
  const place = file === undefined || line === undefined ? file : `${file}:${line.toString()}`;
  return [...(place === undefined ? [] : [place]), address].join(", ");
}

/** What a person should look at, passed or not. */
export function noteLines(page: Page, { notes = [] }: Finding, indent: number): readonly string[] {
  return notes.flatMap((note) => paragraph(page, note, { indent, label: "note" }));
}

/** How to mend it: in words, then as a command that can be copied, then where to read on. */
export function remedyLines(
  page: Page,
  { remediation = {}, references = [] }: Finding,
  indent: number,
): readonly string[] {
  const { text, cli } = remediation;
  return [
    ...(text === undefined ? [] : paragraph(page, text.trim(), { indent, label: "remedy" })),
    ...(cli === undefined ? [] : setLines(page, printableLines(cli), { indent, label: "run" })),
    ...references.flatMap((reference) => paragraph(page, reference, { indent, label: "see" })),
  ];
}

function candidateLines(page: Page, candidates: readonly Candidate[], indent: number): readonly string[] {
  const { shown, more } = firstFew(candidates, mostCandidates);
  const texts = [...shown.map(candidateText), ...(more === undefined ? [] : [more])];
  return texts.flatMap((text, at) => paragraph(page, text, { indent, label: at === 0 ? "candidates" : "" }));
}

function candidateText({ ref, status, brokenLink }: Candidate): string {
  return `${marks[status]} ${ref}${brokenLink === undefined ? "" : `: ${brokenLink}`}`;
}
