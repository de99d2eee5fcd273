import { Command, InvalidArgumentError, Option } from "commander";
import {
  PluginError,
  SourceError,
  StoreError,
  decideGate,
  liveAccounts,
  planUnits,
  readMergedReport,
  renderAudit,
  renderDiagnostics,
  renderTargets,
  runAudit,
  severities,
  unfinishedRuns,
} from "../../index.js";
import type {
  AuditOptions,
  AuditResult,
  Config,
  FinishedAudit,
  LiveAccounts,
  RenderOptions,
  Store,
} from "../../index.js";
import { addAcceptanceOptions, chooseGate } from "../acceptance.js";
import { jsonLog, textLog } from "../audit-log.js";
import type { AuditLog, LogFormat } from "../audit-log.js";
import { onlyOf, optionsOf, settingsOf, whose } from "../audit-setup.js";
import type { AuditSetupWords } from "../audit-setup.js";
import { statusLine } from "../audit-status.js";
import type { CommandContext } from "../command-context.js";
import { readFormats, writeReport } from "../formats.js";
import { addNotifyOptions, auditNews, mustHaveChannels } from "../notify.js";
import type { NotifyWords } from "../notify.js";
import { addSelectionOptions, collectWord, prepare } from "../options.js";
import { placesInRepository } from "../repository.js";
import { chooseStore } from "../store.js";
import { stopOnSignals } from "../stop-signals.js";
import type { Stop } from "../stop-signals.js";
import type { Terminal } from "../terminal.js";
import { DiagnosticsError, UsageError } from "../usage-error.js";

type AuditWords = AuditSetupWords &
  NotifyWords & {
    readonly store?: string;
    readonly resume?: string | true;
    readonly format: readonly string[];
    readonly logFormat: LogFormat;
    readonly plan?: boolean;
    readonly color?: boolean;
  };

/** `watchproof audit`: judges many accounts, and keeps one report of all in a store. */
export function auditCommand(context: CommandContext): Command {
  return addNotifyOptions(addAcceptanceOptions(addSelectionOptions(new Command("audit"))))
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

async function run(paths: readonly string[], words: AuditWords, context: CommandContext): Promise<void> {
  const { terminal, finish } = context;
  const log = openLog(words, terminal);
  const stop = stopOnSignals(() => {
    log.message({ event: "audit-stopping", level: "warning", message: "stopping; once more stops at once" });
  });
  try {
    await audit(paths, words, { ...context, log, stop });
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

type AuditContext = CommandContext & { readonly log: AuditLog; readonly stop: Stop };

async function audit(
  paths: readonly string[],
  words: AuditWords,
  { terminal, finish, log, stop }: AuditContext,
): Promise<void> {
  if (words.resume !== undefined && words.account.length > 0)
    throw new UsageError("--account does not go with --resume: a run keeps the accounts that it began with");
  const prepared = await prepare(paths, words);
  const { config, plugins, known } = prepared;
  const outputs = await readFormats(words.format.length > 0 ? words.format : (config.formats ?? []), {
    plugins,
  });
  const live = liveAccounts({ collectors: plugins.collectors, ...whose(words), signal: stop.signal });
  if (words.plan === true) {
    await terminal.out(
      renderTargets(
        await planUnits(settingsOf(words, config), live.inquiries, onlyOf(words)),
        pageOf(words, terminal),
      ),
    );
    return;
  }
  mustHaveChannels({ words, config });
  const store = await chooseStore(words);
  const news = auditNews({ words, config, store, live, ...whose(words) }, (text) => {
    log.message({ event: "notified", level: "info", message: text.trimEnd() });
  });
  const result = await runAudit({
    ...(await optionsOf(words, prepared, live)),
    store,
    kept: news.kept,
    signal: stop.signal,
    tell: (event) => {
      log.event(event);
    },
    begin: await beginning(words, { config, live, store, log }),
  });
  if (result.kind === "stopped") {
    tellStopped(result, words, log);
    finish(stop.exitCode() ?? 2);
    return;
  }
  const gateOptions = chooseGate(words, { config, known });
  const gate = decideGate({ summary: result.summary, findings: result.failures }, gateOptions);
  const rendering = {
    gate,
    newOnly: gateOptions.newOnly === true,
    places: await placesInRepository(prepared.places),
  };
  for (const { kind, message, place } of result.notes)
    if (kind !== "account-skipped")
      log.message({
        event: "note",
        level: "warning",
        message: place === undefined ? message : `${place}: ${message}`,
      });
  await write(result, { words, terminal, outputs, rendering, store });
  finish(news.told() ? gate.exitCode : 2);
}

type Beginning = {
  readonly config: Config;
  readonly live: LiveAccounts;
  readonly store: Store;
  readonly log: AuditLog;
};

async function beginning(
  words: AuditWords,
  { config, live, store, log }: Beginning,
): Promise<AuditOptions["begin"]> {
  if (words.resume !== undefined)
    return { kind: "resume", ...(words.resume === true ? {} : { run: words.resume }) };
  for (const run of await unfinishedRuns(store))
    log.message({
      event: "run-unfinished",
      level: "info",
      run,
      message: `audit ${run} was not finished; \`watchproof audit --resume ${run}\` continues it`,
    });
  return { kind: "new", targets: await planUnits(settingsOf(words, config), live.inquiries, onlyOf(words)) };
}

function tellStopped(
  { run: id, finished, accounts }: Extract<AuditResult, { readonly kind: "stopped" }>,
  { store }: AuditWords,
  log: AuditLog,
): void {
  const where = store === undefined ? "" : ` --store ${store}`;
  log.message({
    event: "audit-stopped",
    level: "warning",
    run: id,
    message: `stopped after ${finished.toString()} of ${accounts.toString()} accounts; \`watchproof audit --resume ${id}${where}\` continues`,
  });
}

type Rendering = Pick<RenderOptions, "gate"> & Required<Pick<RenderOptions, "newOnly" | "places">>;
type Writing = {
  readonly words: AuditWords;
  readonly terminal: Terminal;
  readonly outputs: Awaited<ReturnType<typeof readFormats>>;
  readonly rendering: Rendering;
  readonly store: Store;
};

async function write(
  result: FinishedAudit,
  { words, terminal, outputs, rendering, store }: Writing,
): Promise<void> {
  const place = `${store.location.replace(/\/$/u, "")}/runs/${result.run}.json.gz`;
  const toStdout = outputs.some(({ file }) => file === undefined);
  if (outputs.length > 0)
    await writeReport(await readMergedReport(result), outputs, {
      ...rendering,
      color: words.color ?? terminal.hasColor,
      terminal,
    });
  if (!toStdout)
    await terminal.out(renderAudit(result, { gate: rendering.gate, place, ...pageOf(words, terminal) }));
}

function pageOf(
  { color }: AuditWords,
  { hasColor, width }: Terminal,
): { readonly color: boolean; readonly width?: number } {
  return { color: color ?? hasColor, ...(width === undefined ? {} : { width }) };
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
