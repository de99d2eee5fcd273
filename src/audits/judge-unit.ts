import { setImmediate } from "node:timers/promises";
import { check } from "../run/check.js";
import type { CheckOptions } from "../run/check.js";
import type { AuditUnit, UnitOutcome } from "../core/audit.js";
import type { Report } from "../core/report.js";
import { SourceError } from "../core/source.js";
import type { Source } from "../core/source.js";
import { markWaived } from "../accept/apply-waivers.js";
import { summarize } from "../engine/summarize.js";
import { unreadReport } from "./history/unread-report.js";
import type { Unread } from "./history/unread-report.js";

/** By what accounts are judged; the same for each. */
export type Judging = Omit<CheckOptions, "source" | "signal" | "pause">;

/** The report of one account, and what became of it. `because`: why it could not be judged. */
export type JudgedUnit = {
  readonly report: Report;
  readonly outcome: UnitOutcome;
  readonly because?: string;
};

/** What judging an account takes. */
export type JudgeOptions = {
  readonly judging: Judging;
  readonly openSource: (unit: AuditUnit) => Source | Promise<Source>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
};

/** Judges one account, and always has something to say about it. Rejects only when it is aborted. */
export async function judgeUnit(unit: AuditUnit, options: JudgeOptions): Promise<JudgedUnit> {
  const { judging, now, signal } = options;
  const at = now().toISOString();
  try {
    return { report: await orAbort(judge(unit, options), signal), outcome: "judged" };
  } catch (error) {
    signal.throwIfAborted();
    const unread = explain(error);
    const outcome = unread.status === "error" ? "broken" : "refused";
    return { report: reportUnread(unit, unread, { judging, at }), outcome, because: unread.message };
  }
}

/** What is said of an account that ended the process that judged it `deaths` times. `at`: ISO 8601. */
export function diedUnit(
  unit: AuditUnit,
  { judging, at, deaths }: { readonly judging: Judging; readonly at: string; readonly deaths: number },
): JudgedUnit {
  const message = `This account was not judged: ${deaths.toString()} times the process that judged it ended before it was done (out of memory, a crash, or killed), and it is not tried again in this run. Audit it anew by itself, with more memory: NODE_OPTIONS=--max-old-space-size=8192 watchproof audit --account ${unit.id}`;
  const unread: Unread = { status: "unknown", message, because: { reason: "Died", message } };
  return { report: reportUnread(unit, unread, { judging, at }), outcome: "died", because: message };
}

function reportUnread(
  unit: AuditUnit,
  unread: Unread,
  { judging: { rules, overrides = [] }, at }: { readonly judging: Judging; readonly at: string },
): Report {
  return unreadReport(unit, unread, { rules, overrides, at });
}

async function judge(
  unit: AuditUnit,
  { judging: { waiving, ...judging }, openSource, signal }: JudgeOptions,
): Promise<Report> {
  const source = mustBe(unit, await openSource(unit));
  const where = unit.regions === undefined ? {} : { regions: unit.regions, exclude: [] };
  const report = await check({ ...judging, ...where, source, signal, pause: setImmediate });
  if (waiving === undefined) return report;
  // Whether a waiver is needed can only be said of all accounts together.
  const findings = markWaived(report.findings, waiving);
  return { ...report, findings, summary: summarize(findings, judging.rules.length) };
}

// A profile or a role that leads elsewhere would give one account's verdicts to another.
function mustBe({ id }: AuditUnit, source: Source): Source {
  return {
    kind: source.kind,
    async read(request) {
      const snapshot = await source.read(request);
      const { id: found } = snapshot.account;
      if (found === id) return snapshot;
      const what =
        found === "unknown"
          ? "AWS did not say which account answered"
          : `the credentials for account ${id} are those of account ${found}; correct its profile or role in audit.accounts`;
      throw new SourceError(`This account was not judged: ${what}.`, {
        reason: found === "unknown" ? "Unidentified" : "WrongAccount",
        action: "sts:GetCallerIdentity",
        message: what,
      });
    },
  };
}

function explain(error: unknown): Unread {
  if (error instanceof SourceError)
    return {
      status: "unknown",
      message: error.message,
      because: error.because ?? { reason: "Unreadable", message: error.message },
    };
  const message = `Judging this account failed, which is a mistake of ours, please report it: ${error instanceof Error ? error.message : String(error)}`;
  return { status: "error", message, because: { reason: "Broken", message } };
}

// Whatever hangs when a run is stopped, the run does not wait for it.
function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
