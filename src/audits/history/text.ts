import type { FindingLife, LifeState } from "../../core/finding-life.js";
import type { History, RunEntry } from "../../core/history.js";
import type { HistoryCheck } from "../../core/history-check.js";
import { severities } from "../../core/severity.js";
import type { TrendSeries } from "../../core/trend-series.js";
import { removedRuns, runsOf } from "./runs.js";
import type { TextOptions } from "../../explain/rule-text.js";
import { subjectText } from "../../shared/text/finding-text.js";
import { paragraph, setLines, terminalPage } from "../../shared/text/terminal-page.js";
import type { Page, Tone } from "../../shared/text/terminal-page.js";
import { printable } from "../../shared/text/terminal-text.js";
import { plural } from "../../shared/text/words.js";
import { greatest } from "../../shared/many.js";

/** The runs of a store for people, the newest first. */
export function renderHistory(history: History, options: TextOptions): string {
  const page = terminalPage(options);
  const removed = removedRuns(history);
  const runs = runsOf(history).toReversed();
  const width = greatest(
    runs.map(({ run }) => run.length),
    0,
  );
  const lines = runs.flatMap((entry) =>
    setLines(page, [runText(entry, width, removed.has(entry.run))], {
      indent: 0,
      ...(removed.has(entry.run) ? { tone: "faint" } : {}),
    }),
  );
  return `${[...lines, plural(runs.length, "run")].join("\n")}\n`;
}

function runText({ run, startedAt, summary }: RunEntry, width: number, isRemoved: boolean): string {
  const { counts, open, accounts } = summary;
  const failed = severities
    .toReversed()
    .flatMap((severity) => (open[severity] === 0 ? [] : [`${open[severity].toString()} ${severity}`]));
  const parts = [
    plural(accounts, "account"),
    failed.length === 0 ? "none open" : `open: ${failed.join(", ")}`,
    `${counts.pass.toString()} passed`,
    ...undecidedText(counts),
  ];
  return printable(
    `${run.padEnd(width)}  ${startedAt}  ${parts.join("; ")}${isRemoved ? "; report removed" : ""}`,
  );
}

function undecidedText({ unknown, error }: RunEntry["summary"]["counts"]): readonly string[] {
  return unknown + error === 0 ? [] : [`${(unknown + error).toString()} not judged`];
}

/** What a verification came to, for people: each problem, or what was proved. */
export function renderHistoryCheck(
  { problems, head, entries, kept, removed, leftovers }: HistoryCheck,
  options: TextOptions,
): string {
  const page = terminalPage(options);
  const found = problems.flatMap(({ at, message }) =>
    paragraph(page, `✘ ${at}: ${message}`, { indent: 0, tone: "bad" }),
  );
  const counted = `${plural(entries, "entry", "entries")}, ${plural(kept, "report")} read${removed === 0 ? "" : `, ${removed.toString()} removed because they need not be kept`}`;
  const left =
    leftovers === 0
      ? []
      : paragraph(
          page,
          `${plural(leftovers, "removed report")} still there: \`watchproof history prune\` removes them`,
          { indent: 0 },
        );
  const verdict =
    problems.length === 0
      ? setLines(page, [`✔ nothing was altered, inserted, moved or removed: ${counted}`], {
          indent: 0,
          tone: "good",
        })
      : setLines(page, [`${plural(problems.length, "problem")}: ${counted}`], { indent: 0, tone: "strong" });
  return `${[...found, ...verdict, ...left, `head ${head ?? "none"}`].join("\n")}\n`;
}

const tones = {
  open: "bad",
  waived: "warning",
  closed: "good",
  gone: "faint",
  unjudged: "warning",
} satisfies Record<LifeState, Tone>;
const stateWords = {
  open: "open",
  waived: "failing, and accepted by a waiver",
  closed: "not failing",
  gone: "gone",
  unjudged: "not judged",
} satisfies Record<LifeState, string>;

/** A finding's life for people: what it is, how it stands, and each run in which something happened. `removed` runs could not be looked at. */
export function renderFindingLife(
  life: FindingLife,
  { removed = 0, ...options }: TextOptions & { readonly removed?: number },
): string {
  const page = terminalPage(options);
  const { finding, state, steps } = life;
  const now =
    state === "unjudged" && life.settled !== undefined
      ? `${stateWords[state]} since; last known: ${stateWords[life.settled]}`
      : stateWords[state];
  const lines = [
    ...setLines(page, [printable(`${finding.severity}  ${finding.rule}`)], { indent: 0, tone: "strong" }),
    ...paragraph(page, `${subjectText(finding)} (${finding.account})`, { indent: 0 }),
    ...paragraph(page, `${now}, as of ${life.until}`, { indent: 0, tone: tones[state] }),
    ...paragraph(page, daysText(life), { indent: 0 }),
    ...(removed === 0
      ? []
      : paragraph(
          page,
          `the reports of ${plural(removed, "run")} are no longer kept; what they said is not counted`,
          { indent: 0, tone: "warning" },
        )),
    "",
    ...steps.flatMap(({ at, what, because, run }) => [
      ...paragraph(page, `${at}  ${what}: ${because}`, { indent: 2 }),
      ...runLine(page, run),
    ]),
    ...paragraph(page, finding.id, { indent: 0, label: "finding", tone: "faint" }),
  ];
  return `${lines.join("\n")}\n`;
}

function runLine(page: Page, run: string): readonly string[] {
  return paragraph(page, `run ${run}`, { indent: 4, tone: "faint" });
}

function daysText({ days, failedFirst }: FindingLife): string {
  if (failedFirst === undefined) return "has not failed in the runs that are kept";
  const others = (["waived", "unjudged"] as const).flatMap((state) =>
    days[state] === 0 ? [] : [`${inDays(days[state])} ${state}`],
  );
  return [`failed first ${failedFirst}`, `open for ${inDays(days.open)}`, ...others].join("; ");
}

function inDays(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return plural(rounded, "day");
}

const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A trend for people: a line for each key, the most open first, with a small chart, what is open now, and the change. */
export function renderTrends({ by, runs }: TrendSeries, options: TextOptions): string {
  const page = terminalPage(options);
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return "no run is kept, so there is no trend\n";
  const keys = [...new Set(runs.flatMap(({ open }) => [...open.keys()]))];
  const series = keys
    .map((key) => ({ key, counts: runs.map((run) => countOf(run, key)) }))
    .sort((a, b) => lastOf(b.counts) - lastOf(a.counts));
  const rows = [...series, { key: "could not be judged", counts: runs.map(({ unknown }) => unknown) }].map(
    ({ key, counts }) => ({ key: printable(key), counts }),
  );
  const width = greatest(rows.map(({ key }) => key.length));
  const head = `Open failures by ${by}: ${plural(runs.length, "run")}, ${first.at} to ${last.at}`;
  const lines = rows.flatMap(({ key, counts }) =>
    setLines(
      page,
      [
        `${key.padEnd(width)}  ${chartOf(counts.slice(-40))}  ${(counts.at(-1)?.toString() ?? "–").padStart(5)}  ${changeText(counts)}`,
      ],
      { indent: 0 },
    ),
  );
  return `${[...setLines(page, [head], { indent: 0, tone: "strong" }), ...lines].join("\n")}\n`;
}

/** How much was open of something in a run; undefined where it was not judged then. */
type Count = number | undefined;

function countOf({ open, judged }: TrendSeries["runs"][number], key: string): Count {
  return open.get(key) ?? (judged === undefined || judged.has(key) ? 0 : undefined);
}

function lastOf(counts: readonly Count[]): number {
  return counts.findLast((count) => count !== undefined) ?? 0;
}

// What was not judged is a gap, and neither nought nor an end.
function chartOf(counts: readonly Count[]): string {
  const most = greatest(
    counts.map((count) => count ?? 0),
    1,
  );
  return counts
    .map((count) =>
      count === undefined
        ? " "
        : count === 0
          ? "·"
          : (bars[Math.ceil((count / most) * bars.length) - 1] ?? "█"),
    )
    .join("");
}

function changeText(counts: readonly Count[]): string {
  const known = counts.filter((count) => count !== undefined);
  const change = (known.at(-1) ?? 0) - (known[0] ?? 0);
  const said =
    change === 0 ? "unchanged" : change > 0 ? `${change.toString()} more` : `${(-change).toString()} fewer`;
  if (counts.at(-1) === undefined)
    return `not judged in the last run; ${(known.at(-1) ?? 0).toString()} before`;
  return known.length === counts.length
    ? said
    : `${said}; not judged in ${plural(counts.length - known.length, "run")}`;
}
