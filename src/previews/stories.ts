import type { Finding } from "../core/report.js";
import { severities } from "../core/severity.js";
import type { Cause, WhatIf } from "../core/what-if.js";
import type { Tone } from "../shared/text/terminal-page.js";
import { listed, plural } from "../shared/text/words.js";

/** Findings that are told together: those of one cause, or those of which no single change is the cause. The gravest first. */
export type Story = {
  readonly heading: string;
  readonly tone: Extract<Tone, "bad" | "warning">;
  /** "main.tf:12", where it is known. */
  readonly place?: string;
  readonly findings: readonly Finding[];
};

/** What a deployment brings, told by its causes; each finding stands under the cause that brings most, once. */
export function storiesOf(result: WhatIf): readonly Story[] {
  const open = new Map([...result.new, ...result.unproven].map((finding) => [finding.id, finding]));
  const told: Story[] = [];
  for (const cause of result.causes) {
    const findings = cause.findings.flatMap((id) => {
      const finding = open.get(id);
      open.delete(id);
      return finding === undefined ? [] : [finding];
    });
    if (findings.length > 0) told.push(storyOf(cause, findings));
  }
  const rest = [...open.values()];
  return [
    ...told,
    ...(rest.length === 0
      ? []
      : [
          { heading: bringWords("together, the changes", rest), tone: toneOf(rest), findings: gravest(rest) },
        ]),
    ...(result.unjudged.length === 0
      ? []
      : [
          {
            heading: `${plural(result.unjudged.length, "verdict")} about something new that could not be reached`,
            tone: "warning" as const,
            findings: gravest(result.unjudged),
          },
        ]),
  ];
}

function storyOf({ change, changes }: Cause, findings: readonly Finding[]): Story {
  const [first] = findings;
  const who = changes === undefined ? change : `${listed(changes)} together`;
  const place = first?.declared?.address === change ? placeText(first) : undefined;
  return {
    heading: bringWords(who, findings),
    tone: toneOf(findings),
    ...(place === undefined ? {} : { place }),
    findings: gravest(findings),
  };
}

function bringWords(who: string, findings: readonly Finding[]): string {
  const failing = findings.filter(({ status }) => status === "fail").length;
  const dark = findings.length - failing;
  const parts = [
    ...(failing === 0 ? [] : [plural(failing, "new failure")]),
    ...(dark === 0 ? [] : [`${plural(dark, "verdict")} that could not be proven any more`]),
  ];
  return `${who} would bring ${parts.join(" and ")}`;
}

function toneOf(findings: readonly Finding[]): Story["tone"] {
  return findings.some(({ status }) => status === "fail") ? "bad" : "warning";
}

/** "main.tf:12", or nothing where the input has no lines. */
export function placeText({ declared }: Finding): string | undefined {
  if (declared?.file === undefined) return undefined;
  return declared.line === undefined ? declared.file : `${declared.file}:${declared.line.toString()}`;
}

function gravest(findings: readonly Finding[]): readonly Finding[] {
  return severities
    .toReversed()
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
