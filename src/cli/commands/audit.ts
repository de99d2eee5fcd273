import { Command, InvalidArgumentError, Option } from "commander";
import { PluginError, SourceError, StoreError, renderDiagnostics, severities } from "../../index.js";
import { addAcceptanceOptions } from "../acceptance.js";
import { jsonLog, textLog } from "../audit-log.js";
import type { AuditLog } from "../audit-log.js";
import { auditAccounts } from "../audit-accounts.js";
import type { AuditWords } from "../audit-accounts.js";
import { statusLine } from "../audit-status.js";
import type { CommandContext } from "../command-context.js";
import { addNotifyOptions } from "../notify.js";
import { addSelectionOptions, collectWord } from "../options.js";
import { addBucketOptions } from "../store.js";
import { stopOnSignals } from "../stop-signals.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

/** `watchproof audit`: judges many accounts, and keeps one report of all in a store. */
export function auditCommand(context: CommandContext): Command {
  return addBucketOptions(addNotifyOptions(addAcceptanceOptions(addSelectionOptions(new Command("audit")))))
    .description("judge the accounts that the config names, and keep the report in a store")
    .option("--account <id>", "only this account of the audit; repeatable", readAccount, [])
    .option(
      "--concurrency <number>",
      "accounts under way at the same time (default: the config's, else 8)",
      readConcurrency,
    )
    .option(
      "--store <place>",
      "where reports are kept: a folder, or s3://bucket/prefix (default: the config's, else watchproof-audits beside it)",
    )
    .option("--resume [run]", "continue a run that was stopped or killed (default: the newest)")
    .option(
      "--format <format[=file]>",
      "text, json, … of the whole report; repeatable (default: a summary)",
      collectWord,
      [],
    )
    .addOption(
      new Option("--fail-on <severity>", "the lowest severity that fails the run (default: low)").choices(
        severities,
      ),
    )
    .option("--allow-unknown", "what could not be judged does not change the exit code")
    .addOption(
      new Option("--log-format <format>", "how stderr tells what happens: json is one object a line")
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--plan", "show which accounts would be judged, and how they would be entered")
    .option("--color", "colours, wherever the output goes")
    .option("--no-color", "no colours")
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 open failures, 2 wrong usage, nothing judged or (--notify) somebody not told, 3 something could not be judged, 130 and 143 stopped by a signal.",
    )
    .action((paths: readonly string[], words: AuditWords) => run(paths, words, context));
}

export async function run(
  paths: readonly string[],
  words: AuditWords,
  context: CommandContext,
): Promise<void> {
  const { terminal, finish } = context;
  const log = openLog(words, terminal);
  const stop = stopOnSignals(() => {
    log.message({ event: "audit-stopping", level: "warning", message: "stopping; once more stops at once" });
  });
  try {
    await auditAccounts(paths, words, { ...context, log, stop });
  } catch (error) {
    const code = stop.exitCode();
    if (code === undefined && words.logFormat === "text") throw error;
    if (code === undefined) log.message({ event: "audit-failed", level: "error", message: wordsOf(error) });
    finish(code ?? 2);
  } finally {
    stop.release();
  }
}

function openLog({ logFormat }: AuditWords, terminal: Terminal): AuditLog {
  if (logFormat === "json") return jsonLog(terminal, () => new Date());
  return terminal.isWatched ? statusLine(terminal, () => performance.now()) : textLog(terminal);
}

// Whoever reads JSON lines reads nothing else; what is none of these is a mistake of ours, and is told in full.
function wordsOf(error: unknown): string {
  if (error instanceof DiagnosticsError)
    return renderDiagnostics(error.diagnostics, { color: false }).trimEnd();
  if (
    error instanceof UsageError ||
    error instanceof SourceError ||
    error instanceof StoreError ||
    error instanceof PluginError
  )
    return error.message;
  return `this is a mistake of ours, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function readAccount(word: string, words: readonly string[]): readonly string[] {
  if (!/^\d{12}$/u.test(word))
    throw new InvalidArgumentError(`"${word}" is no account: twelve digits are expected.`);
  return [...words, word];
}

function readConcurrency(word: string): number {
  const count = /^\d{1,2}$/u.test(word) ? Number(word) : 0;
  if (count < 1 || count > 64) throw new InvalidArgumentError(`"${word}" is not a number from 1 to 64.`);
  return count;
}
