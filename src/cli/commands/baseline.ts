import { Command } from "commander";
import { access } from "node:fs/promises";
import { loadBaseline, loadReport } from "../../index.js";
import {
  plural,
  printable,
  pruneBaseline,
  staleEntries,
  updateBaseline,
  writeBaseline,
} from "../../inner.js";
import type { Baseline, Report } from "../../index.js";
import type { CommandContext } from "../command-context.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type BaselineWords = { readonly report: string; readonly baseline: string };

/** `watchproof baseline update` and `watchproof baseline prune`: write down which failures are known. */
export function baselineCommand(context: CommandContext): Command {
  return new Command("baseline")
    .description("write down which failures are known, for check --baseline FILE --new-only")
    .addCommand(
      addFiles(new Command("update"))
        .description("take every open failure of a report in, and what no longer fails out")
        .action((words: BaselineWords) => update(words, context)),
    )
    .addCommand(
      addFiles(new Command("prune"))
        .description("take out what no longer fails, and nothing in")
        .action((words: BaselineWords) => prune(words, context)),
    );
}

function addFiles(command: Command): Command {
  return command
    .requiredOption("--report <file>", "a report (check --format json=FILE)")
    .requiredOption("--baseline <file>", "the baseline");
}

async function update(
  { report: reportFile, baseline: file }: BaselineWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const report = await readReport(reportFile);
  const old = (await isThere(file)) ? await readBaseline(file) : undefined;
  await write(
    file,
    { report, ...(old === undefined ? {} : { old }), next: updateBaseline(report, old) },
    terminal,
  );
  finish(0);
}

async function prune(
  { report: reportFile, baseline: file }: BaselineWords,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const report = await readReport(reportFile);
  const old = await readBaseline(file);
  await write(file, { report, old, next: pruneBaseline(report, old) }, terminal);
  finish(0);
}

type Writing = { readonly report: Report; readonly old?: Baseline; readonly next: Baseline };

async function write(file: string, { report, old, next }: Writing, terminal: Terminal): Promise<void> {
  const stale = old === undefined ? [] : staleEntries(report, old);
  const before = new Set(old?.entries.map(({ id }) => id));
  const added = next.entries.filter(({ id }) => !before.has(id)).length;
  await writeBaseline(file, next);
  for (const { rule, subject } of stale)
    terminal.err(printable(`watchproof: no longer fails: ${rule}, ${subject}`) + "\n");
  terminal.err(
    `watchproof: ${file} knows ${plural(next.entries.length, "failure")}: ${added.toString()} added, ${stale.length.toString()} removed\n`,
  );
}

async function readReport(file: string): Promise<Report> {
  const report = await loadReport(file);
  if (!report.ok) throw new DiagnosticsError(report.diagnostics);
  if (report.value.findings.length === 0)
    throw new UsageError(`${file} judged nothing, so it says nothing about what fails`);
  return report.value;
}

async function readBaseline(file: string): Promise<Baseline> {
  const baseline = await loadBaseline(file);
  if (!baseline.ok) throw new DiagnosticsError(baseline.diagnostics);
  return baseline.value;
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
