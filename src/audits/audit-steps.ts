import { createHash } from "node:crypto";
import type { AuditEvent, AuditTargets, AuditUnit, SkippedAccount } from "../core/audit.js";
import type { Config } from "../core/config.js";
import type { Keep, RunSummary } from "../core/history.js";
import type { Report, ReportNote } from "../core/report.js";
import { SourceError } from "../core/source.js";
import type { Source } from "../core/source.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { version } from "../core/version.js";
import type { Waiving } from "../core/waiver.js";
import { openWaiverLedger } from "../accept/apply-waivers.js";
import { canonicalJson } from "../engine/canonical-json.js";
import { countOpen } from "../engine/summarize-run.js";
import { unreadReport } from "./history/unread-report.js";
import { byKeys } from "../shared/order.js";
import { appendRun } from "./history/append-run.js";
import type { FinishedRun } from "./history/append-run.js";
import { asAttempt, MOST_DEATHS, readDeaths } from "./attempts.js";
import { diedUnit, judgeUnit } from "./judge-unit.js";
import type { JudgedUnit, Judging } from "./judge-unit.js";
import { partMerger } from "./merge-parts.js";
import type { MergedParts } from "./merge-parts.js";
import { readPart, writePart } from "./part.js";
import { unpackReport } from "./unpack-report.js";
import { clearRun, findRun, startRun, sweepRuns, unfinishedRuns } from "./work.js";
import type { StartedRun } from "./work.js";

/** An audit, whether one process runs all of it or each step has one of its own. */
export type StepOptions = {
  /** By what accounts are judged. Waivers hold by the day on which the run began, whenever it is resumed. */
  readonly judging: Judging;
  readonly openSource: (unit: AuditUnit) => Source | Promise<Source>;
  readonly store: Store;
  /** Which runs the store keeps. Default: all. */
  readonly keep?: Keep;
  /** What of the config says which accounts there are and how they are entered; a run is not resumed with another. */
  readonly settings?: Config["audit"];
  readonly now?: () => Date;
  /** Stops the run: accounts under way are given up, and the run can be resumed. */
  readonly signal?: AbortSignal;
  readonly tell?: (event: AuditEvent) => void;
  /** Is called when the report is in the store, and before the run counts as finished: a run that was killed meanwhile calls it again. */
  readonly kept?: (finished: FinishedRun, targets: AuditTargets) => Promise<void>;
};

/** Writes down a new run over these accounts. @throws StoreError; SourceError where there is no account, or one twice. */
export async function beginAudit(targets: AuditTargets, options: StepOptions): Promise<StartedRun> {
  const { store, now = () => new Date() } = options;
  if (targets.units.length === 0)
    throw new SourceError(`there is no account to judge${skippedWords(targets.skipped)}`);
  return startRun(store, { targets: inOrder(targets), digest: digestOf(options), at: now() });
}

// In this order parts are merged; an account that is there twice would be counted twice.
function inOrder({ units, ...others }: AuditTargets): AuditTargets {
  const twice = units.find(({ id }, index) => units.findIndex((other) => other.id === id) < index);
  if (twice !== undefined) throw new SourceError(`account ${twice.id} is twice in this audit`);
  return { ...others, units: [...units].sort(byKeys(({ id }) => id)) };
}

function skippedWords(skipped: readonly SkippedAccount[]): string {
  return skipped.length === 0 ? "" : `: ${skipped.map(({ id, because }) => `${id} ${because}`).join(", ")}`;
}

/** Finds an unfinished run again; default: the newest. @throws StoreError where there is none, or it was begun by other rules. */
export function continueAudit(run: string | undefined, options: StepOptions): Promise<StartedRun> {
  return findRun(options.store, { run, digest: digestOf(options) });
}

/**
 * Judges one account of a run, and keeps its report for the merge. An account of which the process died before, more than once,
 * is not tried again: it counts as not judged. Rejects only when it is stopped, or the store fails.
 */
export async function judgeAccount(
  unit: AuditUnit,
  { run, startedAt }: StartedRun,
  options: StepOptions,
): Promise<void> {
  const { store, now = () => new Date(), signal = never, tell = () => undefined } = options;
  const judging = { ...options.judging, ...onTheDay(options.judging, startedAt) };
  const part = { run, account: unit.id };
  const name = unit.name === undefined ? {} : { name: unit.name };
  const from = performance.now();
  tell({ event: "account-started", account: unit.id, ...name });
  const deaths = await readDeaths(store, part);
  const judge = async (): Promise<JudgedUnit> => {
    const judged = await judgeUnit(unit, { judging, openSource: options.openSource, now, signal });
    signal.throwIfAborted();
    await writePart(store, part, judged.report);
    return judged;
  };
  const giveUp = async (): Promise<JudgedUnit> => {
    const died = diedUnit(unit, { judging, at: now().toISOString(), deaths });
    await writePart(store, part, died.report);
    return died;
  };
  const { report, outcome, because } =
    deaths < MOST_DEATHS ? await asAttempt(store, { ...part, deaths }, judge) : await giveUp();
  tell({
    event: "account-finished",
    account: unit.id,
    ...name,
    outcome,
    summary: report.summary,
    gaps: report.gaps.length,
    milliseconds: Math.round(performance.now() - from),
    ...(because === undefined ? {} : { because }),
  });
}

function onTheDay({ waiving }: Judging, startedAt: string): { readonly waiving?: Waiving } {
  return waiving === undefined ? {} : { waiving: { ...waiving, today: startedAt.slice(0, 10) } };
}

const never = new AbortController().signal;

/** What finishing takes. `unjudged`: what becomes of an account without a report: the run is refused, or the account counts as not judged. */
export type FinishOptions = StepOptions & { readonly unjudged: "refused" | "unknown" };

/** Merges the reports of a run's accounts, keeps the result in the store, and removes what it was made of. @throws StoreError */
export async function finishAudit(started: StartedRun, options: FinishOptions): Promise<MergedParts> {
  const { store, now = () => new Date(), tell = () => undefined } = options;
  const { run, startedAt, targets } = started;
  const merged = await mergeAll(started, options);
  tell({ event: "audit-merged", run, bytes: merged.gz.length });
  const kept: FinishedRun = { run, startedAt, report: merged.gz, summary: summaryOf(merged) };
  await appendRun(store, kept, options.keep);
  await options.kept?.(kept, targets);
  await clearRun(store, run);
  await sweepRuns(store, now());
  tell({ event: "audit-finished", run, accounts: targets.units.length, summary: merged.summary });
  return merged;
}

function digestOf({ judging, settings = {} }: StepOptions): string {
  const { rules, regions, exclude, overrides, waiving, baseline } = judging;
  const { accounts, organization, role } = settings;
  const judged = {
    rules: rules.map((rule) => ({ ...rule, file: undefined })),
    regions,
    exclude,
    overrides,
    waivers: waiving?.waivers.map(({ waiver }) => waiver),
    maxDays: waiving?.maxDays,
    baseline,
  };
  return createHash("sha256")
    .update(canonicalJson({ version, judged, accounts, organization, role }))
    .digest("hex");
}

async function mergeAll(
  { run, startedAt, targets }: StartedRun,
  options: FinishOptions,
): Promise<MergedParts> {
  const { store, judging } = options;
  const merger = partMerger();
  const { waiving } = onTheDay(judging, startedAt);
  const ledger = waiving === undefined ? undefined : openWaiverLedger(waiving);
  for (const unit of targets.units) {
    const report =
      (await readPart(store, { run, account: unit.id })) ??
      (await unjudgedReport(unit, { run, startedAt }, options));
    merger.add(report);
    ledger?.add(report);
  }
  return merger.finish([...(ledger?.notes() ?? []), ...targets.skipped.map(noteOn)]);
}

async function unjudgedReport(
  unit: AuditUnit,
  { run, startedAt }: Pick<StartedRun, "run" | "startedAt">,
  { store, judging, unjudged }: FinishOptions,
): Promise<Report> {
  const { id } = unit;
  if (!(await unfinishedRuns(store)).includes(run))
    throw new StoreError(
      `audit ${run} was finished meanwhile by another process that had it under way too; \`watchproof history\` shows it`,
    );
  if (unjudged === "refused")
    throw new StoreError(
      `the report of account ${id} was written to ${store.location} and is damaged there; \`watchproof audit --resume ${run}\` judges it again`,
    );
  const message =
    "This account was not judged: what was to judge it ended before it was done; its log says whether time or memory ran out.";
  return unreadReport(
    unit,
    { status: "unknown", message, because: { reason: "NotFinished", message } },
    { rules: judging.rules, overrides: judging.overrides ?? [], at: startedAt },
  );
}

function noteOn({ id, name, because }: SkippedAccount): ReportNote {
  return {
    kind: "account-skipped",
    message: `account ${id}${name === undefined ? "" : ` (${name})`} ${because}, and was not judged`,
  };
}

function summaryOf({ summary, accounts, failures }: MergedParts): RunSummary {
  return {
    tool: version,
    accounts: accounts.length,
    rules: summary.rules,
    counts: summary,
    open: countOpen(failures),
  };
}

/** The report of a finished audit, as `check` would give it. Takes memory for all of its text and more. @throws StoreError where it is too long to be read as a whole. */
export async function readMergedReport({ gz }: Pick<MergedParts, "gz">): Promise<Report> {
  // Our own text; a test holds it against the schema.
  return (await unpackReport(gz)) as Report;
}
