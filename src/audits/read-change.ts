import type { RunEntry } from "../core/history.js";
import { StoreError } from "../core/store.js";
import type { Store } from "../core/store.js";
import { keptRuns, runsOf } from "./history/runs.js";
import { searchBefore } from "./history/report-before.js";
import { readHistory } from "./history/run-index.js";
import type { NotifyChange } from "./notify.js";
import { readReport } from "./read-run.js";

/** How many earlier runs are looked at for an account that was not judged of late. */
const MOST = 30;

/** What a run is compared with. */
export type ChangeOptions = {
  /** Only some accounts were meant to be judged. */
  readonly partial: boolean;
  /** The run up to which whoever is told knows everything; null: they know nothing. Default: the run before. */
  readonly since?: string | null;
};

/**
 * What a stored run found, and what came before it, account by account; and which run came just before it.
 *
 * @throws StoreError where one of the reports is not there, or was altered.
 */
export async function readChange(
  store: Store,
  run: string,
  { partial, since }: ChangeOptions,
): Promise<NotifyChange & { readonly previous: string | null }> {
  const { history } = await readHistory(store);
  const kept = keptRuns(history);
  const at = kept.findIndex((entry) => entry.run === run);
  const entry = kept[at];
  if (entry === undefined) throw new StoreError(`${store.location} does not hold run ${run}`);
  const after = await readReport(store, entry);
  const search = searchBefore(after, { partial });
  const earlier = upTo(kept.slice(0, at), { since, all: runsOf(history) });
  for (const one of earlier.slice(-MOST).reverse())
    if (search.isOpen()) search.look(await readReport(store, one));
  const before = search.found();
  return {
    run,
    location: store.location,
    after,
    previous: kept[at - 1]?.run ?? null,
    ...(before === undefined ? {} : { before }),
  };
}

// Of what was told, the report may be kept no longer: the oldest that is kept comes nearest to it.
function upTo(
  earlier: readonly RunEntry[],
  { since, all }: { readonly since: string | null | undefined; readonly all: readonly RunEntry[] },
): readonly RunEntry[] {
  if (since === null) return [];
  const last = all.findIndex(({ run }) => run === since);
  if (last < 0) return earlier;
  const known = new Set(all.slice(0, last + 1).map(({ run }) => run));
  const told = earlier.filter(({ run }) => known.has(run));
  return told.length > 0 ? told : earlier.slice(0, 1);
}
