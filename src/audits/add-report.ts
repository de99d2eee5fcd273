import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Keep, RunEntry } from "../core/history.js";
import type { Report } from "../core/report.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { summarizeRun } from "../engine/summarize-run.js";
import { byText } from "../shared/order.js";
import { appendRun } from "./history/append-run.js";

/** Keeps a report that was made by other means than an audit; its run began when its first account was read, and is named after that. @throws StoreError */
export async function addReport(
  store: Store,
  report: Report,
  { run, keep }: { readonly run?: string; readonly keep?: Keep } = {},
): Promise<RunEntry> {
  const [first] = report.accounts.map(({ takenAt }) => new Date(takenAt).toISOString()).sort(byText);
  if (first === undefined || report.findings.length === 0)
    throw new StoreError("this report judged nothing, so there is nothing to keep");
  const packed = await promisify(gzip)(JSON.stringify(report));
  return appendRun(
    store,
    { run: run ?? runIdOf(first), startedAt: first, report: packed, summary: summarizeRun(report) },
    keep,
  );
}

// Colons are no names on every file system.
function runIdOf(startedAt: string): string {
  return startedAt.replace(".000Z", "Z").replaceAll(":", "-");
}
