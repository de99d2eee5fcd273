import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { keptRuns } from "./history/runs.js";
import { searchBefore } from "./history/report-before.js";
import { readHistory } from "./history/run-index.js";
import type { NotifyChange } from "./notify.js";
import { readReport } from "./read-run.js";

/** How many earlier runs are looked at for an account that was not judged of late. */
const MOST = 30;

/**
 * What a stored run found, and what came before it, account by account. `partial`: only some accounts were meant to be judged.
 *
 * @throws StoreError where one of the reports is not there, or was altered.
 */
export async function readChange(
  store: Store,
  run: string,
  { partial }: { readonly partial: boolean },
): Promise<NotifyChange> {
  const kept = keptRuns((await readHistory(store)).history);
  const at = kept.findIndex((entry) => entry.run === run);
  const entry = kept[at];
  if (entry === undefined) throw new StoreError(`${store.location} does not hold run ${run}`);
  const after = await readReport(store, entry);
  const search = searchBefore(after, { partial });
  for (const earlier of kept.slice(Math.max(0, at - MOST), at).reverse())
    if (search.isOpen()) search.look(await readReport(store, earlier));
  const before = search.found();
  return { run, location: store.location, after, ...(before === undefined ? {} : { before }) };
}
