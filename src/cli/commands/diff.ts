import { Command, Option } from "commander";
import { compare, comparisonExitCode, comparisonJson, comparisonMarkdown, loadReportOrSnapshot, printableJson, renderComparison } from "../../index.js";
import type { CheckOptions, Comparison, ReportOrSnapshot } from "../../index.js";
import { loadAcceptance } from "../acceptance.js";
import type { CommandContext } from "../command-context.js";
import { addRuleOptions, chooseRegions, prepare } from "../options.js";
import type { RuleOptions } from "../options.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError } from "../usage-error.js";

type DiffWords = RuleOptions & { readonly format: "text" | "markdown" | "json"; readonly waivers?: string; readonly color?: boolean };

/** `watchproof diff`: what became of each finding between two reports, or two snapshots. */
export function diffCommand(context: CommandContext): Command {
  const command = new Command("diff")
    .description("compare two reports or snapshots: new, fixed, changed, still failing, gone, no longer judged")
    .argument("<old>", "a report (check --format json=FILE), or a snapshot, which is judged first")
    .argument("<new>", "the later one");
  return addRuleOptions(command)
    .option("--waivers <file>", "for snapshots: failures that are accepted until a day")
    .addOption(new Option("--format <format>", "how").choices(["text", "markdown", "json"]).default("text"))
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExit codes: 0 no new failure, 1 new failures that nobody waived, 2 wrong usage, or one side judged nothing.")
    .action((...[old, now, paths, words]: readonly [string, string, readonly string[], DiffWords]) => run({ files: [old, now], paths, words }, context));
}

type Request = { readonly files: readonly [string, string]; readonly paths: readonly string[]; readonly words: DiffWords };

async function run({ files, paths, words }: Request, { terminal, finish }: CommandContext): Promise<void> {
  const [old, now] = await Promise.all(files.map(loadReportOrSnapshot));
  if (old?.ok !== true || now?.ok !== true) throw new DiagnosticsError([old, now].flatMap((loaded) => (loaded === undefined || loaded.ok ? [] : loaded.diagnostics)));
  const comparison = await compare(old.value, now.value, await judging([old.value, now.value], paths, words));
  await terminal.out(render(comparison, words, terminal));
  const exitCode = comparisonExitCode(comparison);
  if (exitCode === 2) terminal.err("watchproof: one side judged nothing, so there is nothing to compare\n");
  finish(exitCode);
}

// Reports are compared as they are: rules need not be at hand.
async function judging(given: readonly ReportOrSnapshot[], paths: readonly string[], words: DiffWords): Promise<Omit<CheckOptions, "source">> {
  if (given.every(({ kind }) => kind === "report")) return { rules: [] };
  const { rules, config, plugins, known } = await prepare(paths, words);
  const { waiving } = await loadAcceptance({ ...words, newOnly: false }, { config, known });
  return { rules, plugins, ...chooseRegions(words, config), overrides: config.overrides ?? [], ...(waiving === undefined ? {} : { waiving }) };
}

function render(comparison: Comparison, { format, color }: DiffWords, { hasColor, width }: Terminal): string {
  const forms = {
    text: () => renderComparison(comparison, { color: color ?? hasColor, ...(width === undefined ? {} : { width }) }),
    markdown: () => comparisonMarkdown(comparison),
    json: () => printableJson(`${JSON.stringify(comparisonJson(comparison), undefined, 2)}\n`),
  } satisfies Record<DiffWords["format"], () => string>;
  return forms[format]();
}
