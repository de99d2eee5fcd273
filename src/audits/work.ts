import type { AuditTargets } from "../core/audit.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { byText, sortedUnique } from "../shared/order.js";

const FORMAT = "watchproof-audit/1";

/** A run that has begun: which accounts it judges, and by what (`digest`). It is in the store until its report is. `startedAt`: ISO 8601, UTC. */
export type StartedRun = {
  readonly format: typeof FORMAT;
  readonly run: string;
  readonly startedAt: string;
  readonly digest: string;
  readonly targets: AuditTargets;
};

const planKey = (run: string): string => `work/${run}/plan.json`;

/** Where the report of one account is kept until the run's report is made of it. */
export function partKey(run: string, account: string): string {
  return `work/${run}/parts/${account}.json.gz`;
}

/** Where it is kept that an account is being judged, so that a process that dies of it is known to have. */
export function attemptKey(run: string, account: string): string {
  return `work/${run}/attempts/${account}.json`;
}

/** Begins a run. Its id is the time of its start; where another has that id, a millisecond later. */
export async function startRun(
  store: Store,
  { targets, digest, at }: { readonly targets: AuditTargets; readonly digest: string; readonly at: Date },
): Promise<StartedRun> {
  const startedAt = at.toISOString();
  const started: StartedRun = {
    format: FORMAT,
    run: startedAt.replace(/[:.]/gu, "-"),
    startedAt,
    digest,
    targets,
  };
  const written = await store.write(
    planKey(started.run),
    new TextEncoder().encode(`${JSON.stringify(started, undefined, 2)}\n`),
    { kind: "absent" },
  );
  return written === "written"
    ? started
    : startRun(store, { targets, digest, at: new Date(at.getTime() + 1) });
}

/** Finds the run to continue; without an id, the newest that is not finished. @throws StoreError where there is none, or it was begun by other rules. */
export async function findRun(
  store: Store,
  { run, digest }: { readonly run?: string | undefined; readonly digest: string },
): Promise<StartedRun> {
  const unfinished = await unfinishedRuns(store);
  const chosen = run ?? unfinished.at(-1);
  const others =
    unfinished.length === 0
      ? `nothing in ${store.location} waits to be resumed`
      : `unfinished are ${unfinished.join(", ")}`;
  if (chosen === undefined || !unfinished.includes(chosen))
    throw new StoreError(
      `--resume${run === undefined ? "" : ` ${run}`}: there is no such unfinished run; ${others}`,
    );
  const started = await readStarted(store, chosen);
  if (started === undefined)
    throw new StoreError(
      `--resume ${chosen}: the plan of this run cannot be read; audit anew, without --resume`,
    );
  if (started.digest !== digest)
    throw new StoreError(
      `--resume ${chosen}: this run was begun with other rules, another config, other waivers or another version of watchproof; judged half by these and half by those, its report would say nothing. Audit anew, without --resume`,
    );
  return started;
}

/** The ids of the runs that have begun and are not finished, the newest last. */
export async function unfinishedRuns(store: Store): Promise<readonly string[]> {
  const keys = await store.list("work/");
  return keys.flatMap((key) => /^work\/([^/]+)\/plan\.json$/u.exec(key)?.[1] ?? []).sort(byText);
}

async function readStarted(store: Store, run: string): Promise<StartedRun | undefined> {
  const file = await store.read(planKey(run));
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(file?.bytes));
    return isStarted(value) && value.run === run ? value : undefined;
  } catch {
    return undefined;
  }
}

// A store appears whole or not at all; this is for files that something else has put there.
function isStarted(value: unknown): value is StartedRun {
  const { format, run, startedAt, digest, targets } = { ...(value as Partial<StartedRun> | undefined) };
  const isTimed =
    typeof run === "string" && typeof startedAt === "string" && !Number.isNaN(Date.parse(startedAt));
  return (
    format === FORMAT &&
    isTimed &&
    typeof digest === "string" &&
    Array.isArray(targets?.units) &&
    Array.isArray(targets.skipped)
  );
}

/** Removes what a finished run has left. Its plan goes first: what is left without one is never resumed. */
export async function clearRun(store: Store, run: string): Promise<void> {
  await store.remove(planKey(run));
  for (const key of await store.list(`work/${run}/`)) await store.remove(key);
}

const keptDays = 30;

/** Removes what is left of runs that nobody will resume: those without a plan, and those that began more than 30 days before `now`. */
export async function sweepRuns(store: Store, now: Date): Promise<void> {
  const runs = sortedUnique(
    (await store.list("work/")).flatMap((key) => /^work\/([^/]+)\//u.exec(key)?.[1] ?? []),
  );
  const unfinished = new Set(await unfinishedRuns(store));
  for (const run of runs) {
    const started = unfinished.has(run) ? await readStarted(store, run) : undefined;
    const isYoung =
      started !== undefined && now.getTime() - Date.parse(started.startedAt) < keptDays * 86_400_000;
    if (!isYoung) await clearRun(store, run);
  }
}
