import type { AuditTargets, AuditUnit } from "../core/audit.js";
import type { Store } from "../core/store.js";
import { readDeaths } from "./attempts.js";
import { beginAudit, continueAudit, finishAudit, judgeAccount } from "./audit-steps.js";
import type { StepOptions } from "./audit-steps.js";
import type { MergedParts } from "./merge-parts.js";
import { readPart } from "./part.js";
import type { StartedRun } from "./work.js";

/** An audit in one process. */
export type AuditOptions = StepOptions & {
  /** A new run over these accounts, or an unfinished one to continue; default: the newest. */
  readonly begin:
    | { readonly kind: "new"; readonly targets: AuditTargets }
    | { readonly kind: "resume"; readonly run?: string };
  /** Accounts under way at the same time. Default: 8. */
  readonly concurrency?: number;
};

/** How an audit ended. `finished` counts accounts. */
export type AuditResult =
  | ({
      readonly kind: "finished";
      readonly run: string;
      readonly startedAt: string;
      readonly targets: AuditTargets;
    } & MergedParts)
  | { readonly kind: "stopped"; readonly run: string; readonly finished: number; readonly accounts: number };

/**
 * Judges many accounts, each on its own, and merges what was found into one report in a store. What is finished is kept: a run that
 * was stopped or killed at any moment is resumed without repeating an account, and gives the same report.
 *
 * @throws StoreError where the store cannot be used, or the run cannot be resumed; SourceError where there is no account to judge.
 */
export async function runAudit(options: AuditOptions): Promise<AuditResult> {
  const { store, tell = () => undefined, begin } = options;
  const started =
    begin.kind === "new" ? await beginAudit(begin.targets, options) : await continueAudit(begin.run, options);
  const { run, startedAt, targets } = started;
  const { left, suspects } =
    begin.kind === "new" ? { left: targets.units, suspects: [] } : await unfinished(store, started);
  const accounts = targets.units.length;
  tell({
    event: begin.kind === "new" ? "audit-started" : "audit-resumed",
    run,
    accounts,
    finished: accounts - left.length - suspects.length,
    skipped: targets.skipped,
  });
  const judged =
    (await judgeAll(left, started, options)) +
    (await judgeAll(suspects, started, { ...options, concurrency: 1 }));
  const finished = accounts - left.length - suspects.length + judged;
  if (finished < accounts) return { kind: "stopped", run, finished, accounts };
  const merged = await finishAudit(started, { ...options, unjudged: "refused" });
  return { kind: "finished", run, startedAt, targets, ...merged };
}

type Unfinished = { readonly left: readonly AuditUnit[]; readonly suspects: readonly AuditUnit[] };

// `suspects`: any of these may have ended an earlier process. They come last and one by one, so that none takes others with it, and who did it shows.
async function unfinished(store: Store, { run, targets }: StartedRun): Promise<Unfinished> {
  const left: AuditUnit[] = [];
  const suspects: AuditUnit[] = [];
  for (const unit of targets.units) {
    const part = { run, account: unit.id };
    if ((await readPart(store, part)) !== undefined) continue;
    ((await readDeaths(store, part)) > 0 ? suspects : left).push(unit);
  }
  return { left, suspects };
}

async function judgeAll(
  units: readonly AuditUnit[],
  started: StartedRun,
  options: AuditOptions,
): Promise<number> {
  const { concurrency = 8, signal } = options;
  const trouble = new AbortController();
  const stop = signal === undefined ? trouble.signal : AbortSignal.any([trouble.signal, signal]);
  const queue = units.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const unit of queue) {
      if (stop.aborted) return;
      await judgeAccount(unit, started, { ...options, signal: stop });
      done += 1;
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, units.length) }, () =>
    work().catch((error: unknown) => {
      // Where the store fails, all accounts fail; where the run was stopped, nothing did.
      if (!stop.aborted) trouble.abort(error);
    }),
  );
  await Promise.all(workers);
  if (trouble.signal.aborted) throw trouble.signal.reason;
  return done;
}
