import type { History, Keep, RunEntry } from "../../core/history.js";
import { byText } from "../../shared/order.js";

/** Every run of a history, removed or not, the oldest first: in order of their start, whoever wrote first. */
export function runsOf({ entries }: History): readonly RunEntry[] {
  const runs = entries.flatMap((entry) => ("run" in entry ? [entry] : []));
  return runs.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || byText(a.run, b.run));
}

/** The runs whose reports were removed because they need not be kept. */
export function removedRuns({ entries }: History): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => ("removed" in entry ? entry.removed : [])));
}

/** The runs whose reports are kept, the oldest first. */
export function keptRuns(history: History): readonly RunEntry[] {
  const removed = removedRuns(history);
  return runsOf(history).filter(({ run }) => !removed.has(run));
}

const DAY = 86_400_000;

/** The runs that need not be kept any longer, the oldest first. Ages count from the start of the newest run, which is always kept. */
export function runsToRemove(
  history: History,
  { runs: most = Infinity, days = Infinity }: Keep,
): readonly RunEntry[] {
  const kept = keptRuns(history);
  const newest = kept.at(-1);
  if (newest === undefined) return [];
  const oldest = Date.parse(newest.startedAt) - days * DAY;
  return kept.filter(
    (entry, at) => entry !== newest && (at < kept.length - most || Date.parse(entry.startedAt) < oldest),
  );
}
