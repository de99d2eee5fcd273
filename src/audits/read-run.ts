import type { RunEntry } from "../core/history.js";
import type { Report } from "../core/report.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { digest } from "./history/chain.js";
import { findRun } from "./history/find-run.js";
import { printable } from "../shared/text/terminal-text.js";
import { readHistory } from "./history/run-index.js";
import { unpackReport } from "./unpack-report.js";

/** A run that was read from a store. */
export type StoredRun = { readonly entry: RunEntry; readonly report: Report };

/** Reads a run by its id, or the "latest" or the "previous" one. @throws StoreError where there is none, or it was altered. */
export async function readRun(store: Store, word = "latest"): Promise<StoredRun> {
  const found = findRun((await readHistory(store)).history, word);
  if (!found.ok) throw new StoreError(printable(`${store.location}: ${found.because}`));
  return { entry: found.run, report: await readReport(store, found.run) };
}

/** Reads the report of an entry, and makes sure that it is the one that was written. @throws StoreError */
export async function readReport(store: Store, { run, report, sha256 }: RunEntry): Promise<Report> {
  const file = await store.read(report);
  const refuse = (because: string): StoreError =>
    new StoreError(
      printable(
        `${report} in ${store.location} ${because}; \`watchproof history verify\` says what else is wrong`,
      ),
    );
  if (file === undefined) throw refuse(`is not there, although run ${run} is in the index`);
  if (digest(file.bytes) !== sha256) throw refuse("was altered after it was written");
  const value = await unpack(file.bytes);
  const { validators } = await import("../generated/validators.js");
  if (!validators.report(value)) throw refuse("is no report that this version can read");
  return value;
}

async function unpack(bytes: Uint8Array): Promise<unknown> {
  try {
    return await unpackReport(bytes);
  } catch {
    return undefined;
  }
}
