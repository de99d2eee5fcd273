import type { Finding, Report, ReportNote, Summary } from "../core/report.js";
import { defineReporter } from "../core/reporter.js";
import type { Status } from "../core/verdict.js";
import { groupBy } from "../shared/group-by.js";
import { isAccepted } from "../shared/report/open-failures.js";
import type { Acceptance } from "../shared/report/open-failures.js";
import { coverageText } from "../shared/text/coverage-text.js";
import { marks, tones } from "../shared/text/finding-text.js";
import { groupByCause } from "../shared/text/gap-causes.js";
import { reportNoteText as noteText } from "../shared/text/report-note-text.js";
import { firstFew, paragraph, setLines, terminalPage } from "../shared/text/terminal-page.js";
import type { Page } from "../shared/text/terminal-page.js";
import { plural } from "../shared/text/words.js";
import {
  failureLines,
  unknownLines,
  oneFinding,
  passLines,
  emptyLines,
  outsideLines,
  mostRegions,
  byRule,
} from "./text/sections.js";
import type { AccountPart } from "./text/sections.js";

/** What a person wants to read in a terminal: failures first, each with its proof and its remedy, and last how much was judged. */
export const text = defineReporter({
  id: "text",
  summary:
    "for people: failures first, each with its witness and remedy, then what could not be judged, and the coverage",
  render(report, { gate, color, width, ...acceptance }) {
    const page = terminalPage({ color, ...(width === undefined ? {} : { width }) });
    const lines = [
      ...paragraph(page, `${report.tool.name} ${report.tool.version}`, { indent: 0, tone: "strong" }),
      ...accountsOf(report).flatMap((part) => ["", ...accountLines(page, part, acceptance)]),
      ...acceptanceLines(page, report),
      "",
      ...paragraph(page, totals(report.summary), { indent: 0 }),
      ...paragraph(page, `Exit code ${gate.exitCode}: ${gate.because}.`, {
        indent: 0,
        tone: gate.exitCode === 0 ? "good" : "bad",
      }),
    ];
    return `${lines.join("\n")}\n`;
  },
});

type Section = { readonly mark: Status; readonly title: string; readonly lines: readonly string[] };

function accountsOf({ accounts, findings, gaps }: Report): readonly AccountPart[] {
  const byAccount = groupBy(findings, ({ account }) => account);
  const gapsByAccount = groupBy(gaps, ({ account }) => account);
  const ids = new Set([...accounts.map(({ id }) => id), ...byAccount.keys(), ...gapsByAccount.keys()]);
  return [...ids].map((id) => ({
    id,
    summary: accounts.find((account) => account.id === id),
    findings: byAccount.get(id) ?? [],
    gaps: gapsByAccount.get(id) ?? [],
  }));
}

function accountLines(page: Page, part: AccountPart, acceptance: Acceptance): readonly string[] {
  const having = (status: Status): readonly Finding[] =>
    part.findings.filter((finding) => finding.status === status);
  const failures = having("fail");
  const open = failures.filter((finding) => !isAccepted(finding, acceptance));
  const accepted = failures.filter((finding) => isAccepted(finding, acceptance));
  const unknown = having("unknown");
  const causes = groupByCause(
    unknown.filter(({ reason }) => reason === "unreadable"),
    part.gaps,
  );
  const sections: readonly Section[] = [
    { mark: "fail", title: plural(open.length, "failure"), lines: failureLines(page, open) },
    {
      mark: "fail",
      title: `${plural(accepted.length, "failure")} waived or known before`,
      lines: failureLines(page, accepted),
    },
    { mark: "unknown", title: `${unknown.length} unknown`, lines: unknownLines(page, unknown, causes) },
    {
      mark: "error",
      title: plural(having("error").length, "error"),
      lines: having("error").flatMap((finding) => oneFinding(page, finding, 2)),
    },
    {
      mark: "pass",
      title: `${having("pass").length} passed`,
      lines: byRule(having("pass")).flatMap((group) => passLines(page, group)),
    },
    {
      mark: "not-applicable",
      title: `${having("not-applicable").length} not applicable`,
      lines: byRule(having("not-applicable")).flatMap((group) => emptyLines(page, group)),
    },
  ];
  return [
    ...headerLines(page, part),
    ...sections.flatMap((section) => sectionLines(page, section)),
    ...outsideLines(page, part, causes),
    "",
    ...paragraph(page, `Coverage of account ${part.id}: ${coverageText(part.findings, causes)}.`, {
      indent: 0,
      tone: "strong",
    }),
  ];
}

function headerLines(page: Page, { id, summary }: AccountPart): readonly string[] {
  if (summary === undefined) return paragraph(page, `Account ${id}`, { indent: 0, tone: "strong" });
  const { partition, regions, source, takenAt } = summary;
  const { shown, more } = firstFew(regions, mostRegions);
  const places = `${plural(regions.length, "region")}${regions.length === 0 ? "" : `: ${shown.join(", ")}${more === undefined ? "" : `, ${more}`}`}`;
  return [
    ...paragraph(page, `Account ${id} (${partition})`, { indent: 0, tone: "strong" }),
    ...paragraph(page, `${source}, read ${takenAt}; ${places}`, { indent: 0, tone: "faint" }),
  ];
}

function sectionLines(page: Page, { mark, title, lines }: Section): readonly string[] {
  return lines.length === 0
    ? []
    : ["", ...setLines(page, [`${marks[mark]} ${title}`], { indent: 0, tone: tones[mark] }), ...lines];
}

function acceptanceLines(page: Page, { notes = [] }: Report): readonly string[] {
  const isSkip = ({ kind }: ReportNote): boolean => kind === "account-skipped";
  return [
    ...noteSection(
      page,
      "Waivers and baseline:",
      notes.filter((note) => !isSkip(note)),
    ),
    ...noteSection(page, "Accounts that were skipped:", notes.filter(isSkip)),
  ];
}

function noteSection(page: Page, title: string, notes: readonly ReportNote[]): readonly string[] {
  if (notes.length === 0) return [];
  return [
    "",
    ...paragraph(page, title, { indent: 0, tone: "warning" }),
    ...notes.flatMap((note) => paragraph(page, noteText(note), { indent: 2 })),
  ];
}

function totals({ rules, pass, fail, unknown, error, waived, known, ...rest }: Summary): string {
  const accepted = [...(waived > 0 ? [`${waived} waived`] : []), ...(known > 0 ? [`${known} known`] : [])];
  const failed = `${fail} failed${accepted.length === 0 ? "" : ` (${accepted.join(", ")})`}`;
  return `${plural(rules, "rule")}: ${failed}, ${unknown} unknown, ${plural(error, "error")}, ${pass} passed, ${rest["not-applicable"]} not applicable.`;
}
