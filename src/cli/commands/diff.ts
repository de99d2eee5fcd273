import { Command, Option } from "commander";
import {
  compare,
  comparisonJson,
  comparisonMarkdown,
  loadReportOrSnapshot,
  readRun,
  renderComparison,
} from "../../index.js";
import { comparisonExitCode, printableJson } from "../../inner.js";
import type { CheckOptions, Comparison, ReportOrSnapshot } from "../../index.js";
import { prepareAccepting } from "../acceptance.js";
import type { CommandContext } from "../command-context.js";
import { addRuleOptions } from "../options.js";
import type { RuleOptions } from "../options.js";
import { addBucketOptions, chooseStore } from "../store.js";
import type { BucketWords } from "../store.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type DiffWords = RuleOptions &
  BucketWords & {
    readonly format: "text" | "markdown" | "json";
    readonly waivers?: string;
    readonly color?: boolean;
    readonly store?: string;
    readonly profile?: string;
  };

/** `watchproof diff`: what became of each finding between two reports, two snapshots, or two runs of a store. */
export function diffCommand(context: CommandContext): Command {
  const command = new Command("diff")
    .description(
      "compare two reports, snapshots or stored runs: new, fixed, changed, still failing, gone, no longer judged",
    )
    .argument(
      "[old]",
      "a report (check --format json=FILE), or a snapshot, which is judged first; with --store a run: its id, latest or previous",
    )
    .argument("[new]", "the later one (with --store: default latest, against previous)");
  return addBucketOptions(addRuleOptions(command))
    .option("--store <place>", "compare runs that are kept there: a folder, or s3://bucket/prefix")
    .option("--profile <name>", "for a bucket: a profile of the AWS configuration files")
    .option("--waivers <file>", "for snapshots: failures that are accepted until a day")
    .addOption(new Option("--format <format>", "how").choices(["text", "markdown", "json"]).default("text"))
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .addHelpText(
      "after",
      "\nExit codes: 0 no new failure, 1 new failures that nobody waived, 2 wrong usage, or one side judged nothing.",
    )
    .action(
      (
        ...[old, now, paths, words]: readonly [
          string | undefined,
          string | undefined,
          readonly string[],
          DiffWords,
        ]
      ) => run({ old, now, paths, words }, context),
    );
}

type Request = {
  readonly old: string | undefined;
  readonly now: string | undefined;
  readonly paths: readonly string[];
  readonly words: DiffWords;
};

async function run({ old, now, paths, words }: Request, { terminal, finish }: CommandContext): Promise<void> {
  const sides = words.store === undefined ? await readFiles(old, now) : await readRuns(old, now, words);
  const comparison = await compare(...sides, await judging(sides, paths, words));
  await terminal.out(render(comparison, words, terminal));
  const exitCode = comparisonExitCode(comparison);
  if (exitCode === 2) terminal.err("watchproof: one side judged nothing, so there is nothing to compare\n");
  finish(exitCode);
}

type Sides = readonly [ReportOrSnapshot, ReportOrSnapshot];

async function readFiles(...files: readonly [string | undefined, string | undefined]): Promise<Sides> {
  const [first, second] = files;
  if (first === undefined || second === undefined)
    throw new UsageError("two files are compared, OLD and NEW; or two runs of a store: --store PLACE");
  const [old, now] = await Promise.all([loadReportOrSnapshot(first), loadReportOrSnapshot(second)]);
  if (old.ok && now.ok) return [old.value, now.value];
  throw new DiagnosticsError([old, now].flatMap((loaded) => (loaded.ok ? [] : loaded.diagnostics)));
}

async function readRuns(old = "previous", now = "latest", words: DiffWords): Promise<Sides> {
  const store = await chooseStore(words);
  const [before, after] = [await readRun(store, old), await readRun(store, now)];
  return [
    { kind: "report", report: before.report },
    { kind: "report", report: after.report },
  ];
}

// Reports are compared as they are: rules need not be at hand.
async function judging(
  given: readonly ReportOrSnapshot[],
  paths: readonly string[],
  words: DiffWords,
): Promise<Omit<CheckOptions, "source">> {
  if (given.every(({ kind }) => kind === "report")) return { rules: [] };
  return prepareAccepting(paths, { ...words, newOnly: false });
}

function render(comparison: Comparison, { format, color }: DiffWords, { hasColor, width }: Terminal): string {
  const forms = {
    text: () =>
      renderComparison(comparison, { color: color ?? hasColor, ...(width === undefined ? {} : { width }) }),
    markdown: () => comparisonMarkdown(comparison),
    json: () => printableJson(`${JSON.stringify(comparisonJson(comparison), undefined, 2)}\n`),
  } satisfies Record<DiffWords["format"], () => string>;
  return forms[format]();
}
