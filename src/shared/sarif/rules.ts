import type { Finding } from "../../core/report.js";
import { severities } from "../../core/severity.js";
import type { Severity } from "../../core/severity.js";
import type { Remediation } from "../../core/verdict.js";
import { groupBy } from "../group-by.js";
import { escapeMarkdown } from "../text/markdown-text.js";
import { byKeys, sortedUnique } from "../order.js";
import type { SarifLevel, SarifRule } from "./log.js";
import { linesOf, printable, visible } from "../text/terminal-text.js";
import { greatest } from "../many.js";

/** The levels of SARIF, by severity. */
export const sarifLevels = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
} satisfies Record<Severity, SarifLevel>;

/** The rules of some findings as SARIF describes them, sorted by id. A rule that is severe in one place is described as severe. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  return [...groupBy(findings, ({ rule }) => rule).values()]
    .flatMap(describe)
    .sort(byKeys<SarifRule>(({ id }) => id));
}

/** How to mend what breaks a rule, where it is the same for all of its findings. */
export function commonRemediation(findings: readonly Finding[]): Remediation | undefined {
  const different = new Map(
    findings.flatMap(({ remediation }) =>
      remediation === undefined ? [] : [[JSON.stringify(remediation), remediation]],
    ),
  );
  return different.size === 1 ? [...different.values()][0] : undefined;
}

/** An id as the name that people are shown: "s3.access-logging" gives S3AccessLogging. */
export function sarifName(id: string): string {
  return id
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

/** A text as GitHub takes it: on one line, not empty, at most 1024 characters. */
export function sarifText(text: string, instead: string): string {
  const line = printable(text.trim());
  if (line === "") return instead;
  // The cut may go through the middle of a character.
  return line.length <= MOST_CHARACTERS
    ? line
    : `${line.slice(0, MOST_CHARACTERS - 1).replace(/\p{Cs}$/u, "")}…`;
}

// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
const MOST_CHARACTERS = 1024;
const MOST_TAGS = 20;
const problems = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "recommendation",
  info: "recommendation",
} satisfies Record<Severity, SarifRule["properties"]["problem.severity"]>;
// GitHub calls above 9.0 critical, from 7.0 high, from 4.0 medium, above 0.0 low.
const scores: Readonly<Partial<Record<Severity, string>>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

function describe(findings: readonly Finding[]): readonly SarifRule[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { rule, title, references = [] } = first;
  const severity =
    severities.findLast((level) => findings.some((finding) => finding.severity === level)) ?? first.severity;
  const controls = sortedUnique(
    findings.flatMap(({ controls: mapped = [] }) => mapped.map(({ framework, id }) => `${framework} ${id}`)),
  );
  const score = scores[severity];
  const [page] = references.flatMap(linkTo);
  return [
    {
      id: rule,
      name: sarifName(rule),
      shortDescription: { text: sarifText(title, rule) },
      fullDescription: {
        text: sarifText(
          controls.length === 0 ? title : `${title}. Helps to meet ${controls.join(", ")}.`,
          rule,
        ),
      },
      help: helpOf(findings, { title: sarifText(title, rule), rule, references, controls }),
      ...(page === undefined ? {} : { helpUri: page }),
      defaultConfiguration: { level: sarifLevels[severity] },
      properties: {
        tags: tagsOf(rule, controls),
        precision: "very-high",
        "problem.severity": problems[severity],
        ...(score === undefined ? {} : { "security-severity": score }),
      },
    },
  ];
}

function tagsOf(rule: string, controls: readonly string[]): readonly string[] {
  const [service = rule] = rule.split(".");
  return [...new Set(["security", "aws", service, ...controls.map(printable)])].slice(0, MOST_TAGS);
}

type Told = {
  readonly title: string;
  readonly rule: string;
  readonly references: readonly string[];
  readonly controls: readonly string[];
};

// The same parts twice: as text, and as Markdown in which nothing that a rule says is markup.
function helpOf(
  findings: readonly Finding[],
  { title, rule, references, controls }: Told,
): SarifRule["help"] {
  const remedy =
    commonRemediation(findings) ??
    (findings.some(({ remediation }) => remediation !== undefined) ? differs : {});
  const { text = "", ...code } = remedy;
  const plain = (value: string): string => linesOf(value).map(visible).join("\n");
  const marked = (value: string): string => linesOf(value).map(escapeMarkdown).join("\n");
  const command = `watchproof explain ${rule}`;
  const list = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${heading}:\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
  const sections = ({ write, block, link }: Writing): string =>
    [
      write(title),
      ...(text.trim() === "" ? [] : [write(text)]),
      ...blocks.flatMap(([kind, label]) =>
        code[kind] === undefined || code[kind].trim() === "" ? [] : [`${label}:\n\n${block(code[kind])}`],
      ),
      ...list("Helps to meet", controls.map(write)),
      ...list("See", references.map(link)),
      `${block === plain ? command : `\`${command}\``} tells what is demanded and what is read.\n`,
    ].join("\n\n");
  return {
    text: sections({ write: plain, block: plain, link: plain }),
    markdown: sections({
      write: marked,
      block: (value) => fenced(plain(value)),
      link: (value) => linkTo(value).map((url) => `<${url}>`)[0] ?? marked(value),
    }),
  };
}

const differs: Remediation = {
  text: "How to mend it depends on the resource, and is said with each finding.",
};

type Writing = { readonly [Part in "write" | "block" | "link"]: (value: string) => string };

const blocks = [
  ["cli", "Command line"],
  ["cloudformation", "CloudFormation"],
  ["terraform", "Terraform"],
] as const;

// The address, where it is one that a browser may be sent to (RFC 3986), with nothing in it that could end a link.
function linkTo(reference: string): readonly string[] {
  return /^https:\/\/(?:[\w.~:/?#@!$&'()*+,;=-]|%[\dA-F]{2})+$/iu.test(reference) && URL.canParse(reference)
    ? [new URL(reference).href]
    : [];
}

// A fence longer than any run of backticks inside cannot be closed from there.
function fenced(text: string): string {
  const longest = greatest(
    [...text.matchAll(/`+/gu)].map(([run]) => run.length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
