import { Command } from "commander";
import { basename, dirname } from "node:path";
import { loadReport } from "../../index.js";
import { isUntold } from "../../inner.js";
import type { Report } from "../../index.js";
import type { CommandContext } from "../command-context.js";
import { tellChannels } from "../notify.js";
import { prepare } from "../options.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type Words = { readonly dryRun?: boolean; readonly config?: string; readonly profile?: string };

/** `watchproof notify`: tells the config's channels what has changed between two reports. */
export function notifyCommand(context: CommandContext): Command {
  return new Command("notify")
    .description("tell the channels of the config's audit.notify what has changed between two reports")
    .argument(
      "<reports...>",
      "the report before and the later one (check --format json=FILE); one alone is taken for a first run",
    )
    .option("--dry-run", "show what would be sent, and send nothing")
    .option("--config <file>", "default ./watchproof.yaml, if it is there")
    .option("--profile <name>", "a profile of the AWS configuration files, for SNS and Security Hub")
    .addHelpText(
      "after",
      "\nExit codes: 0 everything arrived or nothing has changed, 2 wrong usage, or something did not arrive.",
    )
    .action((files: readonly string[], words: Words) => run(files, words, context));
}

async function run(
  files: readonly string[],
  { dryRun = false, config: file, profile }: Words,
  { terminal, finish }: CommandContext,
): Promise<void> {
  if (files.length > 2)
    throw new UsageError(
      `two reports are compared, the one before and the later one, but ${files.length.toString()} were named`,
    );
  const loaded = await Promise.all(files.map(loadReport));
  const diagnostics = loaded.flatMap((report) => (report.ok ? [] : report.diagnostics));
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  const reports = loaded.flatMap((report) => (report.ok ? [report.value] : []));
  // A report that judged nothing would look as if everything were gone.
  for (const [at, report] of reports.entries())
    if (report.findings.length === 0)
      throw new UsageError(`${files[at] ?? ""}: this report judged nothing, so there is nothing to compare`);
  const { config } = await prepare([], file === undefined ? {} : { config: file });
  const request = {
    words: { notify: true, notifyDryRun: dryRun },
    config,
    ...(profile === undefined ? {} : { profile }),
  };
  const outcomes = await tellChannels(changeOf(files, reports), request, terminal.out);
  finish(outcomes.some(isUntold) ? 2 : 0);
}

function changeOf(
  files: readonly string[],
  reports: readonly Report[],
): { readonly run: string; readonly location: string; readonly before?: Report; readonly after: Report } {
  const [first, second] = reports;
  const file = files.at(-1) ?? "";
  const after = second ?? first;
  // The argument is required, so that commander does not come here without one.
  if (first === undefined || after === undefined) throw new UsageError("name a report");
  return {
    run: basename(file),
    location: dirname(file) === "." ? "" : dirname(file),
    after,
    ...(second === undefined ? {} : { before: first }),
  };
}
