import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { AuditEvent, AuditTargets, AuditUnit, SkippedAccount } from "../core/audit.js";
import type { Config } from "../core/config.js";
import type { Keep, RunSummary } from "../core/history.js";
import type { Report, ReportNote } from "../core/report.js";
import { SourceError } from "../core/source.js";
import type { Source } from "../core/source.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { version } from "../core/version.js";
import { openWaiverLedger } from "../engine/apply-waivers.js";
import type { Waiving } from "../core/waiver.js";
import { countOpen } from "../engine/summarize-run.js";
import { canonicalJson } from "../engine/canonical-json.js";
import { appendRun } from "./append-run.js";
import type { FinishedRun } from "./append-run.js";
import { byKeys } from "../shared/order.js";
import { judgeUnit } from "./judge-unit.js";
import type { Judging } from "./judge-unit.js";
import { partMerger } from "./merge-parts.js";
import type { MergedParts } from "./merge-parts.js";
import { readPart, writePart } from "./part.js";
import { clearRun, findRun, startRun, sweepRuns } from "./work.js";
import type { StartedRun } from "./work.js";

/** An audit. */
export type AuditOptions = {
  /** By what accounts are judged. Waivers hold by the day on which the run began, whenever it is resumed. */
  readonly judging: Judging;
  /** A new run over these accounts, or an unfinished one to continue; default: the newest. */
  readonly begin: { readonly kind: "new"; readonly targets: AuditTargets } | { readonly kind: "resume"; readonly run?: string };
  readonly openSource: (unit: AuditUnit) => Source | Promise<Source>;
  readonly store: Store;
  /** Which runs the store keeps. Default: all. */
  readonly keep?: Keep;
  /** What of the config says which accounts there are and how they are entered; a run is not resumed with another. */
  readonly settings?: Config["audit"];
  /** Accounts under way at the same time. Default: 8. */
  readonly concurrency?: number;
  readonly now?: () => Date;
  /** Stops the run: accounts under way are given up, and the run can be resumed. */
  readonly signal?: AbortSignal;
  readonly tell?: (event: AuditEvent) => void;
  /** Is called when the report is in the store, and before the run counts as finished: a run that was killed meanwhile calls it again. */
  readonly kept?: (finished: FinishedRun) => Promise<void>;
};

/** How an audit ended. `finished` counts accounts. */
export type AuditResult =
  | ({ readonly kind: "finished"; readonly run: string; readonly startedAt: string; readonly targets: AuditTargets } & MergedParts)
  | { readonly kind: "stopped"; readonly run: string; readonly finished: number; readonly accounts: number };

/**
 * Judges many accounts, each on its own, and merges what was found into one report in a store. What is finished is kept: a run that
 * was stopped or killed at any moment is resumed without repeating an account, and gives the same report.
 *
 * @throws StoreError where the store cannot be used, or the run cannot be resumed; SourceError where there is no account to judge.
 */
export async function runAudit(options: AuditOptions): Promise<AuditResult> {
  const { store, now = () => new Date(), tell = () => undefined, begin } = options;
  const digest = digestOf(options);
  if (begin.kind === "new" && begin.targets.units.length === 0) throw new SourceError(`there is no account to judge${skippedWords(begin.targets.skipped)}`);
  const started = begin.kind === "new" ? await startRun(store, { targets: inOrder(begin.targets), digest, at: now() }) : await findRun(store, { run: begin.run, digest });
  const { run, startedAt, targets } = started;
  const left = begin.kind === "new" ? targets.units : await unfinished(store, started);
  const accounts = targets.units.length;
  tell({ event: begin.kind === "new" ? "audit-started" : "audit-resumed", run, accounts, finished: accounts - left.length, skipped: targets.skipped });
  const finished = accounts - left.length + (await judgeAll(left, started, options));
  if (finished < accounts) return { kind: "stopped", run, finished, accounts };
  const merged = await mergeAll(started, options);
  tell({ event: "audit-merged", run, bytes: merged.gz.length });
  const kept: FinishedRun = { run, startedAt, report: merged.gz, summary: summaryOf(merged) };
  await appendRun(store, kept, options.keep);
  await options.kept?.(kept);
  await clearRun(store, run);
  await sweepRuns(store, now());
  tell({ event: "audit-finished", run, accounts, summary: merged.summary });
  return { kind: "finished", run, startedAt, targets, ...merged };
}

// In this order parts are merged; an account that is there twice would be counted twice.
function inOrder({ units, skipped }: AuditTargets): AuditTargets {
  const twice = units.find(({ id }, index) => units.findIndex((other) => other.id === id) < index);
  if (twice !== undefined) throw new SourceError(`account ${twice.id} is twice in this audit`);
  return { units: [...units].sort(byKeys(({ id }) => id)), skipped };
}

function skippedWords(skipped: readonly SkippedAccount[]): string {
  return skipped.length === 0 ? "" : `: ${skipped.map(({ id, because }) => `${id} ${because}`).join(", ")}`;
}

function digestOf({ judging, settings = {} }: AuditOptions): string {
  const { rules, regions, exclude, overrides, waiving, baseline } = judging;
  const { accounts, organization, role } = settings;
  const judged = { rules: rules.map((rule) => ({ ...rule, file: undefined })), regions, exclude, overrides, waivers: waiving?.waivers.map(({ waiver }) => waiver), maxDays: waiving?.maxDays, baseline };
  return createHash("sha256").update(canonicalJson({ version, judged, accounts, organization, role })).digest("hex");
}

async function unfinished(store: Store, { run, targets }: StartedRun): Promise<readonly AuditUnit[]> {
  const left: AuditUnit[] = [];
  for (const unit of targets.units) if ((await readPart(store, { run, account: unit.id })) === undefined) left.push(unit);
  return left;
}

async function judgeAll(units: readonly AuditUnit[], started: StartedRun, options: AuditOptions): Promise<number> {
  const { concurrency = 8, signal } = options;
  const trouble = new AbortController();
  const stop = signal === undefined ? trouble.signal : AbortSignal.any([trouble.signal, signal]);
  const queue = units.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const unit of queue) {
      if (stop.aborted) return;
      await judgeOne(unit, started, { ...options, signal: stop });
      done += 1;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, units.length) }, () => work().catch((error: unknown) => {
    // Where the store fails, all accounts fail; where the run was stopped, nothing did.
    if (!stop.aborted) trouble.abort(error);
  }));
  await Promise.all(workers);
  if (trouble.signal.aborted) throw trouble.signal.reason;
  return done;
}

async function judgeOne(unit: AuditUnit, { run, startedAt }: StartedRun, options: AuditOptions & { readonly signal: AbortSignal }): Promise<void> {
  const { judging, openSource, store, now = () => new Date(), signal, tell = () => undefined } = options;
  const name = unit.name === undefined ? {} : { name: unit.name };
  const from = performance.now();
  tell({ event: "account-started", account: unit.id, ...name });
  const { report, outcome, because } = await judgeUnit(unit, { judging: { ...judging, ...onTheDay(judging, startedAt) }, openSource, now, signal });
  signal.throwIfAborted();
  await writePart(store, { run, account: unit.id }, report);
  const milliseconds = Math.round(performance.now() - from);
  tell({ event: "account-finished", account: unit.id, ...name, outcome, summary: report.summary, gaps: report.gaps.length, milliseconds, ...(because === undefined ? {} : { because }) });
}

function onTheDay({ waiving }: Judging, startedAt: string): { readonly waiving?: Waiving } {
  return waiving === undefined ? {} : { waiving: { ...waiving, today: startedAt.slice(0, 10) } };
}

async function mergeAll({ run, startedAt, targets }: StartedRun, { store, judging }: AuditOptions): Promise<MergedParts> {
  const merger = partMerger();
  const { waiving } = onTheDay(judging, startedAt);
  const ledger = waiving === undefined ? undefined : openWaiverLedger(waiving);
  for (const { id } of targets.units) {
    const report = await readPart(store, { run, account: id });
    if (report === undefined) throw new StoreError(`the report of account ${id} was written to ${store.location} and is damaged there; \`watchproof audit --resume ${run}\` judges it again`);
    merger.add(report);
    ledger?.add(report);
  }
  return merger.finish([...(ledger?.notes() ?? []), ...targets.skipped.map(noteOn)]);
}

function noteOn({ id, name, because }: SkippedAccount): ReportNote {
  return { kind: "account-skipped", message: `account ${id}${name === undefined ? "" : ` (${name})`} ${because}, and was not judged` };
}

function summaryOf({ summary, accounts, failures }: MergedParts): RunSummary {
  return { tool: version, accounts: accounts.length, rules: summary.rules, counts: summary, open: countOpen(failures) };
}

/** The report of a finished audit, as `check` would give it. Takes memory: about ten times what is compressed. */
export async function readMergedReport({ gz }: Pick<MergedParts, "gz">): Promise<Report> {
  const text = await promisify(gunzip)(gz);
  // Our own text; a test holds it against the schema.
  return JSON.parse(text.toString("utf8")) as Report;
}
