import type { TextOptions } from "../explain/rule-text.js";
import { sortedUnique } from "../shared/order.js";
import { marks, subjectText } from "../shared/text/finding-text.js";
import { firstFew, paragraph, setLines, terminalPage } from "../shared/text/terminal-page.js";
import type { Page } from "../shared/text/terminal-page.js";
import { printableLines } from "../shared/text/terminal-text.js";
import { plural } from "../shared/text/words.js";
import type { Fix, FixStep, LeftOut } from "./fix-plan.js";

const MOST_LEFT = 10;

/** What to mend first, for people at a terminal: the steps in order, what each ends, and what no computed change ends. */
export function renderFix(fix: Fix, options: TextOptions): string {
  const page = terminalPage(options);
  const ended = fix.failing - fix.left.length;
  const lines = [
    ...paragraph(page, `account ${fix.account}, as of ${fix.takenAt}: ${plural(fix.failing, "failure")}`, {
      indent: 0,
      tone: "faint",
    }),
    "",
    ...fix.steps.flatMap((step, at) => [...stepLines(page, step, { at, of: fix.failing }), ""]),
    ...fix.leftOut.flatMap((one) => [...leftOutLines(page, one), ""]),
    ...leftLines(page, fix),
    ...paragraph(
      page,
      fix.steps.length === 0
        ? "No computed change ends a failure."
        : `${plural(fix.steps.length, "step")} would end ${ended.toString()} of ${plural(fix.failing, "failure")}, proven on this state.`,
      { indent: 0, tone: "strong" },
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** "ends 17 of 96: cloudtrail.trail-per-region (16), …". */
export function endsText({ ends }: FixStep, failing: number): string {
  const rules = sortedUnique(ends.map(({ rule }) => rule)).map((rule) => {
    const count = ends.filter((finding) => finding.rule === rule).length;
    return count === 1 ? rule : `${rule} (${count.toString()})`;
  });
  return `ends ${ends.length.toString()} of ${failing.toString()}: ${rules.join(", ")}`;
}

function stepLines(
  page: Page,
  step: FixStep,
  { at, of }: { readonly at: number; readonly of: number },
): readonly string[] {
  const { text, cli, costs } = step;
  return [
    ...paragraph(page, `${(at + 1).toString()}. ${text.trim()}`, { indent: 0, tone: "strong" }),
    ...paragraph(page, endsText(step, of), { indent: 3, tone: "good" }),
    ...(costs === undefined ? [] : paragraph(page, costs, { indent: 3, label: "costs" })),
    ...(cli === undefined ? [] : setLines(page, printableLines(cli.trimEnd()), { indent: 0 })),
  ];
}

function leftOutLines(page: Page, { text, breaks }: LeftOut): readonly string[] {
  return [
    ...paragraph(page, `${marks.unknown} left out: ${text.trim()}`, { indent: 0, tone: "warning" }),
    ...breaks.slice(0, MOST_LEFT).flatMap((finding) =>
      paragraph(page, `it would break ${finding.rule}: ${subjectText(finding)}: ${finding.message}`, {
        indent: 3,
      }),
    ),
  ];
}

function leftLines(page: Page, { left }: Fix): readonly string[] {
  if (left.length === 0) return [];
  const rules = sortedUnique(left.map(({ rule }) => rule)).map(
    (rule) => `${rule} (${left.filter((finding) => finding.rule === rule).length.toString()})`,
  );
  const { shown, more } = firstFew(rules, 40);
  return [
    ...paragraph(page, `${plural(left.length, "failure")} that no computed change ends:`, { indent: 0 }),
    ...paragraph(page, [...shown, ...(more === undefined ? [] : [more])].join(", "), { indent: 3 }),
    "",
  ];
}
