import {
  StoreError,
  decideGate,
  liveAccounts,
  planUnits,
  readRun,
  renderDiagnostics,
  runAudit,
} from "../index.js";
import {
  beginAudit,
  continueAudit,
  finishAudit,
  judgeAccount,
  keptRuns,
  readHistory,
  unfinishedRuns,
} from "../inner.js";
import type { AuditTargets, GateVerdict, LiveAccounts, PreparedRun, Store } from "../index.js";
import type { StepOptions, MergedParts, StartedRun } from "../inner.js";
import { prepareAccepting } from "../cli/acceptance.js";
import { jsonLog } from "../cli/audit-log.js";
import type { AuditLog } from "../cli/audit-log.js";
import { optionsOf, settingsOf } from "../cli/audit-setup.js";
import type { AuditSetupWords } from "../cli/audit-setup.js";
import { auditNews } from "../cli/notify.js";
import type { Terminal } from "../cli/terminal.js";
import { DiagnosticsError } from "../cli/usage-error.js";
import { copyConfig } from "./config-folder.js";
import { readEvent } from "./events.js";
import type { LambdaContext, StepEvent, StepResult } from "./events.js";

/** Where reports are kept, where the log goes, and what time it is. `accounts`: for tests; default: the live accounts. */
export type StepSurroundings = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly now: () => Date;
  readonly accounts?: (prepared: PreparedRun, signal: AbortSignal) => LiveAccounts;
};

/** The steps of an audit, each for an invocation of its own. */
export type Steps = { run(event: unknown, time: LambdaContext): Promise<StepResult> };

/** What is kept of an invocation's time for ending well, milliseconds. */
const FOR_ENDING = 30_000;
/** An unfinished run that is older is not continued but begun anew, milliseconds. */
const STALE = 12 * 3_600_000;

/** Makes the steps. */
export function createSteps(surroundings: StepSurroundings): Steps {
  return {
    async run(given, time) {
      const event = readEvent(given);
      const out = new AbortController();
      const folder = await copyConfig(surroundings.store);
      const timer = setTimeout(
        () => {
          out.abort(new Error("the time of this invocation ran out"));
        },
        Math.max(0, time.getRemainingTimeInMillis() - FOR_ENDING),
      );
      try {
        return await runStep(event, await getReady(folder.config, surroundings, out.signal));
      } catch (error) {
        throw error instanceof DiagnosticsError
          ? new Error(renderDiagnostics(error.diagnostics, { color: false }))
          : error;
      } finally {
        clearTimeout(timer);
        await folder.remove();
      }
    },
  };
}

type Ready = {
  readonly options: StepOptions & { readonly concurrency?: number };
  readonly targets: () => Promise<AuditTargets>;
  readonly gateOf: (merged: Pick<MergedParts, "summary" | "failures">) => GateVerdict;
  readonly accountsAtOnce: number;
};

// No word of a command line: the config alone says what is done.
async function getReady(
  config: string,
  { store, terminal, now, accounts }: StepSurroundings,
  signal: AbortSignal,
): Promise<Ready> {
  const words: AuditSetupWords = { config, rule: [], pack: [], region: [], account: [] };
  const prepared = await prepareAccepting([], words);
  const live =
    accounts?.(prepared, signal) ?? liveAccounts({ collectors: prepared.plugins.collectors, signal });
  const log = jsonLog(terminal, now);
  const settings = settingsOf(words, prepared.config);
  return {
    options: {
      ...(await optionsOf(words, prepared, live)),
      store,
      now,
      signal,
      tell: (event) => {
        log.event(event);
      },
      kept: telling({ store, live, config: prepared.config, log }),
    },
    targets: () => planUnits(settings, live.inquiries),
    gateOf: ({ summary, failures }) => decideGate({ summary, findings: failures }, prepared.gate),
    accountsAtOnce: settings.concurrency ?? 8,
  };
}

type Telling = {
  readonly store: Store;
  readonly live: LiveAccounts;
  readonly config: PreparedRun["config"];
  readonly log: AuditLog;
};

// What did not arrive fails the invocation before the run is cleared away: the next attempt tells again.
function telling({ config, log, ...request }: Telling): NonNullable<StepOptions["kept"]> {
  if (config.audit?.notify === undefined) return () => Promise.resolve();
  const news = auditNews({ ...request, config, words: { notify: true } }, (text) => {
    log.message({ event: "notified", level: "info", message: text.trimEnd() });
  });
  return async (finished, targets) => {
    await news.kept(finished, targets);
    if (!news.told())
      throw new Error(
        `audit ${finished.run} is in the store, but not everybody was told; the log says who was not`,
      );
  };
}

async function runStep(event: StepEvent, ready: Ready): Promise<StepResult> {
  const { options, targets, gateOf } = ready;
  if (event.step === "audit") return auditAll(ready);
  if (event.step === "begin")
    return writeAccounts(
      await beginAudit(await targets(), options),
      event.accountsAtOnce ?? ready.accountsAtOnce,
      options.store,
    );
  const done = event.step === "merge" ? await mergedBefore(event.run, ready) : undefined;
  if (done !== undefined) return done;
  const started = await continueAudit(event.run, options);
  if (event.step === "judge") {
    const unit = started.targets.units.find(({ id }) => id === event.account);
    if (unit === undefined) throw new Error(`account ${event.account} is not in run ${event.run}`);
    await judgeAccount(unit, started, options);
    return { run: event.run, account: event.account };
  }
  const merged = await finishAudit(started, { ...options, unjudged: "unknown" });
  return { run: event.run, counts: merged.summary, gate: gateOf(merged) };
}

// A merge that succeeded may be asked for again: its answer was lost, or a person started the execution anew.
async function mergedBefore(run: string, { options, gateOf }: Ready): Promise<StepResult | undefined> {
  const { store } = options;
  if ((await unfinishedRuns(store)).includes(run)) return undefined;
  if (!keptRuns((await readHistory(store)).history).some((entry) => entry.run === run)) return undefined;
  const { report } = await readRun(store, run);
  const failures = report.findings.filter(({ status }) => status === "fail");
  return { run, counts: report.summary, gate: gateOf({ summary: report.summary, failures }) };
}

// Lambda tries a failed invocation again: what was stopped by the clock goes on then.
async function auditAll({ options, targets, gateOf }: Ready): Promise<StepResult> {
  const run = await recentRun(options);
  const result = await runAudit({
    ...options,
    begin: run === undefined ? { kind: "new", targets: await targets() } : { kind: "resume", run },
  });
  if (result.kind === "stopped")
    throw new Error(
      `audit ${result.run} stopped after ${result.finished.toString()} of ${result.accounts.toString()} accounts: its time ran out. The next attempt continues it; if that happens each night, deploy/audit-large.yaml gives each account an invocation of its own`,
    );
  return { run: result.run, counts: result.summary, gate: gateOf(result) };
}

async function recentRun(options: StepOptions): Promise<string | undefined> {
  const newest = (await unfinishedRuns(options.store)).at(-1);
  if (newest === undefined) return undefined;
  try {
    const { startedAt, targets } = await continueAudit(newest, options);
    // Somebody's `audit --account` in the same store is not the audit of this night.
    if (targets.partial === true) return undefined;
    return (options.now?.() ?? new Date()).getTime() - Date.parse(startedAt) < STALE ? newest : undefined;
  } catch (error) {
    // It was begun by other rules, or by another config: a new run says what is true now.
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

// A map over more accounts than a state can hold reads them from a file. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
async function writeAccounts(
  { run, targets }: StartedRun,
  atOnce: string | number,
  store: Store,
): Promise<StepResult> {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/u.exec(store.location) ?? [];
  if (bucket === undefined) throw new Error(`step begin needs a bucket, and the store is ${store.location}`);
  const key = `work/${run}/accounts.json`;
  await store.write(key, new TextEncoder().encode(JSON.stringify(targets.units.map(({ id }) => id))), {
    kind: "always",
  });
  return {
    run,
    bucket,
    accounts: `${prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`}${key}`,
    accountsAtOnce: Number(atOnce),
  };
}
