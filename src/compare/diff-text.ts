import { diffKinds } from "../core/report-diff.js";
import type { DiffKind, FindingChange } from "../core/report-diff.js";
import type { Finding } from "../core/report.js";
import type { Comparison } from "./diff.js";
import type { TextOptions } from "../explain/rule-text.js";
import { marks, subjectText } from "../shared/text/finding-text.js";
import { escapeMarkdown, markdownTable } from "../shared/text/markdown-text.js";
import { paragraph, setLines, terminalPage } from "../shared/text/terminal-page.js";
import type { Page, Tone } from "../shared/text/terminal-page.js";
import { plural } from "../shared/text/words.js";
import { witnessText } from "../shared/text/witness-text.js";

type Heading = { readonly mark: string; readonly tone: Tone; readonly title: (count: number) => string };

const headings = {
  new: { mark: marks.fail, tone: "bad", title: (count) => plural(count, "new failure") },
  unjudged: {
    mark: marks.unknown,
    tone: "warning",
    title: (count) => `${plural(count, "failure")} no longer judged: nobody knows whether mended`,
  },
  changed: { mark: "~", tone: "warning", title: (count) => `${count} changed` },
  failing: { mark: marks.fail, tone: "bad", title: (count) => `${count} still failing` },
  fixed: { mark: marks.pass, tone: "good", title: (count) => `${count} fixed` },
  gone: {
    mark: marks["not-applicable"],
    tone: "faint",
    title: (count) => `${plural(count, "failure")} gone with the rule or the subject`,
  },
} as const satisfies Record<DiffKind, Heading>;

/** A comparison for people at a terminal: new failures first, and last the counts. */
export function renderComparison({ diff, old, new: now }: Comparison, options: TextOptions): string {
  const page = terminalPage(options);
  const sections = diffKinds.flatMap((kind) =>
    diff[kind].length === 0 ? [] : [...sectionLines(page, kind, diff[kind]), ""],
  );
  const whence = [
    ...old.accounts.map(({ id, takenAt }) => `old: account ${id}, read ${takenAt}`),
    ...now.accounts.map(({ id, takenAt }) => `new: account ${id}, read ${takenAt}`),
  ];
  const lines = [
    ...whence.flatMap((line) => paragraph(page, line, { indent: 0, tone: "faint" })),
    "",
    ...sections,
    ...paragraph(page, totals(diff), { indent: 0, tone: "strong" }),
  ];
  return `${lines.join("\n")}\n`;
}

/** A comparison as Markdown, for issues and job summaries. */
export function comparisonMarkdown({ diff }: Comparison): string {
  const parts = diffKinds.flatMap((kind) => {
    const changes = diff[kind];
    if (changes.length === 0) return [];
    const rows = changes.map((change) => [
      severityText(change),
      latest(change)?.rule ?? "",
      subjectOf(change),
      storyOf(kind, change).join("; "),
    ]);
    return [
      `## ${headings[kind].title(changes.length)}\n\n${markdownTable(["severity", "rule", "subject", "what"], rows)}`,
    ];
  });
  return `${["# Watchproof: what changed", escapeMarkdown(totals(diff)), ...parts].join("\n\n")}\n`;
}

function sectionLines(page: Page, kind: DiffKind, changes: readonly FindingChange[]): readonly string[] {
  const { mark, tone, title } = headings[kind];
  return [
    ...setLines(page, [`${mark} ${title(changes.length)}`], { indent: 0, tone }),
    ...changes.flatMap((change) => changeLines(page, kind, change)),
  ];
}

function changeLines(page: Page, kind: DiffKind, change: FindingChange): readonly string[] {
  const head = `${severityText(change)}  ${latest(change)?.rule ?? ""}: ${subjectOf(change)}`;
  return [
    ...paragraph(page, head, { indent: 2 }),
    ...storyOf(kind, change).flatMap((line) => paragraph(page, line, { indent: 4 })),
    ...paragraph(page, change.id, { indent: 4, label: "finding", tone: "faint" }),
  ];
}

/** What happened, in sentences. */
function storyOf(kind: DiffKind, { old, new: now, because }: FindingChange): readonly string[] {
  const before = old === undefined ? "before: not there" : `before: ${verdictText(old)}`;
  const proof = now?.witness === undefined ? [] : [`witness: ${witnessText(now.witness)}`];
  const waived = now?.waiver === undefined ? [] : ["waived"];
  const story = {
    new: () => [now?.message ?? "", ...proof, ...waived, before],
    unjudged: () => [before, `now: ${because ?? ""}`],
    changed: () => [before, `now: ${now === undefined ? "" : verdictText(now)}`],
    failing: () => waived,
    fixed: () => [before, `now: ${now === undefined ? "" : verdictText(now)}`],
    gone: () => [before, `now: ${because ?? ""}`],
  } satisfies Record<DiffKind, () => readonly string[]>;
  return story[kind]();
}

function verdictText({ status, message }: Finding): string {
  return `${status}, ${message}`;
}

function severityText({ old, new: now }: FindingChange): string {
  const severity = now?.severity ?? old?.severity ?? "";
  return old !== undefined && now !== undefined && old.severity !== now.severity
    ? `${old.severity} → ${severity}`
    : severity;
}

function subjectOf(change: FindingChange): string {
  const finding = latest(change);
  if (finding === undefined) return "";
  return finding.subject.kind === "account"
    ? subjectText(finding)
    : `${subjectText(finding)} (${finding.account})`;
}

function latest({ old, new: now }: FindingChange): Finding | undefined {
  return now ?? old;
}

function totals(diff: Comparison["diff"]): string {
  const words = {
    new: "new",
    unjudged: "no longer judged",
    changed: "changed",
    failing: "still failing",
    fixed: "fixed",
    gone: "gone",
  } satisfies Record<DiffKind, string>;
  return `${diffKinds.map((kind) => `${diff[kind].length} ${words[kind]}`).join(", ")}; ${diff.same} as before.`;
}
