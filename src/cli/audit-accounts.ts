import { decideGate, liveAccounts, planUnits, runAudit } from "../index.js";
import {
  keptRuns,
  readHistory,
  readMergedReport,
  renderAudit,
  renderTargets,
  unfinishedRuns,
} from "../inner.js";
import type {
  AuditOptions,
  AuditResult,
  Config,
  LiveAccounts,
  PreparedRun,
  RenderOptions,
  Store,
} from "../index.js";
import type { FinishedAudit } from "../inner.js";
import { prepareAccepting } from "./acceptance.js";
import type { AuditLog, LogFormat } from "./audit-log.js";
import { onlyOf, optionsOf, settingsOf, whose } from "./audit-setup.js";
import type { AuditSetupWords } from "./audit-setup.js";
import type { CommandContext } from "./command-context.js";
import { readFormats, writeReport } from "./formats.js";
import { auditNews, mustHaveChannels } from "./notify.js";
import type { NotifyWords } from "./notify.js";
import { placesInRepository } from "./repository.js";
import type { Stop } from "./stop-signals.js";
import { chooseStore } from "./store.js";
import type { BucketWords } from "./store.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** What `watchproof audit` is told in words. */
export type AuditWords = AuditSetupWords &
  NotifyWords &
  BucketWords & {
    readonly store?: string;
    readonly resume?: string | true;
    readonly format: readonly string[];
    readonly logFormat: LogFormat;
    readonly plan?: boolean;
    readonly color?: boolean;
  };

type AuditContext = CommandContext & { readonly log: AuditLog; readonly stop: Stop };

/** Judges the accounts, keeps the report, tells who is to be told; sets the exit code. @throws UsageError, DiagnosticsError, SourceError, StoreError, PluginError. */
export async function auditAccounts(
  paths: readonly string[],
  words: AuditWords,
  { terminal, finish, log, stop }: AuditContext,
): Promise<void> {
  if (words.resume !== undefined && words.account.length > 0)
    throw new UsageError("--account does not go with --resume: a run keeps the accounts that it began with");
  const prepared = await prepareAccepting(paths, words);
  const { config, plugins } = prepared;
  const named = words.format.length > 0 ? words.format : (config.formats ?? []);
  const outputs = await readFormats(named, { plugins });
  const live = liveAccounts({ collectors: plugins.collectors, ...whose(words), signal: stop.signal });
  if (words.plan === true) {
    const units = await planUnits(settingsOf(words, config), live.inquiries, onlyOf(words));
    await terminal.out(renderTargets(units, pageOf(words, terminal)));
    return;
  }
  mustHaveChannels({ words, config });
  const store = await chooseStore(words);
  const done = await finishedBefore(words, store);
  if (done !== undefined) {
    log.message({ event: "note", level: "info", message: done });
    finish(0);
    return;
  }
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
  const rendering = await renderingOf(result, prepared);
  tellNotes(result, log);
  await write(result, { words, terminal, outputs, rendering, store });
  finish(news.told() ? rendering.gate.exitCode : 2);
}

async function renderingOf(
  { summary, failures }: FinishedAudit,
  { gate, places }: PreparedRun,
): Promise<Rendering> {
  return {
    gate: decideGate({ summary, findings: failures }, gate),
    newOnly: gate.newOnly === true,
    places: await placesInRepository(places),
  };
}

function tellNotes({ notes }: FinishedAudit, log: AuditLog): void {
  for (const { kind, message, place } of notes)
    if (kind !== "account-skipped")
      log.message({
        event: "note",
        level: "warning",
        message: place === undefined ? message : `${place}: ${message}`,
      });
}

// A morning's --resume after a good night has nothing to do, and that is no failure. What the audit found was its own exit code.
async function finishedBefore({ resume }: AuditWords, store: Store): Promise<string | undefined> {
  if (resume === undefined) return undefined;
  const unfinished = await unfinishedRuns(store);
  if (resume === true ? unfinished.length > 0 : unfinished.includes(resume)) return undefined;
  const kept = keptRuns((await readHistory(store)).history);
  const done = resume === true ? kept.at(-1) : kept.find(({ run }) => run === resume);
  return done === undefined
    ? undefined
    : `audit ${done.run} is finished, and there is nothing to continue; \`watchproof history report ${done.run}\` shows it`;
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
