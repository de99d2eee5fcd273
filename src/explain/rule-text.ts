import type { RuleExplanation, RuleReading, VerdictMeaning } from "./explain-rule.js";
import { marks } from "../shared/text/finding-text.js";
import { groupBy } from "../shared/group-by.js";
import { paragraph, setLines, terminalPage } from "../shared/text/terminal-page.js";
import type { Page } from "../shared/text/terminal-page.js";
import { printable, printableLines } from "../shared/text/terminal-text.js";
import { oftenText } from "../sources/planned-call-text.js";
import { greatest } from "../shared/many.js";

/** How a text stands on a terminal: `width` in columns. */
export type TextOptions = { readonly color: boolean; readonly width?: number };

/** A rule's explanation for people at a terminal; commands and templates are never wrapped. */
export function renderRuleExplanation(explanation: RuleExplanation, options: TextOptions): string {
  const page = terminalPage(options);
  const lines = [
    ...headLines(page, explanation),
    ...needLines(page, explanation),
    ...verdictLines(page, explanation.verdicts),
    ...mappingLines(page, explanation),
    ...remedyLines(page, explanation),
  ];
  return `${lines.join("\n")}\n`;
}

/** A paragraph with its label in the margin, for each text; nothing for none. */
export function rows(page: Page, label: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text, at) => paragraph(page, text, { indent: 2, label: at === 0 ? label : "" }));
}

/** A block of lines as they are, under a heading; nothing for none. */
export function block(page: Page, heading: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return [
    "",
    ...paragraph(page, heading, { indent: 0, tone: "strong" }),
    ...setLines(page, printableLines(text), { indent: 2 }),
  ];
}

function headLines(
  page: Page,
  { id, severity, template, title, why, file, evaluator, options }: RuleExplanation,
): readonly string[] {
  return [
    ...paragraph(page, `${id}  ${severity}${template ? "  template" : ""}`, { indent: 0, tone: "strong" }),
    ...paragraph(page, title, { indent: 0 }),
    "",
    ...rows(page, "why", why === undefined ? [] : [why.trim()]),
    ...rows(page, "file", file === undefined ? [] : [file]),
    ...rows(page, "decided by", [`${evaluator.id}: ${evaluator.summary}`]),
    ...rows(
      page,
      "options",
      options.map(
        ({ name, value, meaning }) =>
          `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}${meaning === undefined ? "" : ` (${meaning.replace(/\.$/u, "")})`}`,
      ),
    ),
  ];
}

function needLines(page: Page, { reads, calls, actions }: RuleExplanation): readonly string[] {
  const width = greatest(
    calls.map(({ operation }) => operation.length),
    0,
  );
  const asked = calls.map((call) => printable(`${call.operation.padEnd(width)}  ${oftenText(call)}`));
  return [
    "",
    ...rows(page, "reads", reads.map(readingText)),
    ...setLines(page, asked, { indent: 2, label: "calls" }),
    ...rows(page, "permissions", actions.length === 0 ? [] : [actions.join(" ")]),
  ];
}

function readingText({ type, properties, only }: RuleReading): string {
  const named =
    only === undefined
      ? ""
      : ` (those that ${only.map(({ referencedBy, path }) => `${referencedBy} ${path}`).join(", ")} names)`;
  return `${type}${named}${properties.length === 0 ? "" : `: ${properties.join(", ")}`}`;
}

function verdictLines(page: Page, verdicts: readonly VerdictMeaning[]): readonly string[] {
  if (verdicts.length === 0) return [];
  return [
    "",
    ...rows(
      page,
      "verdicts",
      verdicts.map(
        ({ status, when, shown }) =>
          `${marks[status]} ${status}: ${when}${shown === undefined ? "" : ` (“${shown}”)`}`,
      ),
    ),
  ];
}

function mappingLines(page: Page, { controls, packs, references }: RuleExplanation): readonly string[] {
  const frameworks = [...groupBy(controls, ({ framework }) => framework)];
  const lines = [
    ...rows(
      page,
      "controls",
      frameworks.map(
        ([framework, of]) =>
          `${framework}: ${of.map(({ id, title }) => (title === undefined ? id : `${id} ${title}`)).join(", ")}`,
      ),
    ),
    ...rows(page, "packs", packs.length === 0 ? [] : [packs.join(", ")]),
    ...rows(page, "see", references),
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

function remedyLines(page: Page, { remediation = {} }: RuleExplanation): readonly string[] {
  const { text, cli, cloudformation, terraform } = remediation;
  return [
    ...(text === undefined
      ? []
      : [
          "",
          ...paragraph(page, "How to mend a failure", { indent: 0, tone: "strong" }),
          ...paragraph(page, text.trim(), { indent: 2 }),
        ]),
    ...block(page, "With the AWS command line", cli),
    ...block(page, "In CloudFormation", cloudformation),
    ...block(page, "In Terraform", terraform),
  ];
}
