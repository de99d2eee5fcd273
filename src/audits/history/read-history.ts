import type { FindingLife } from "../../core/finding-life.js";
import type { Store } from "../../core/store.js";
import type { CountedRun, TrendKey, TrendSeries } from "../../core/trend-series.js";
import { beginLife, continueLife } from "./finding-life.js";
import { keptRuns, removedRuns } from "./runs.js";
import { judgedPlaces } from "../../engine/judged-places.js";
import { countBy, countBySeverity, trendOf } from "./trends.js";
import { readHistory } from "./run-index.js";
import { readReport } from "../read-run.js";

/** Counts the open failures of the newest runs of a store, the oldest first. Reports are read one at a time, and not at all by severity. @throws StoreError */
export async function readTrends(
  store: Store,
  { by, last = Infinity }: { readonly by: TrendKey; readonly last?: number },
): Promise<TrendSeries> {
  const { history } = await readHistory(store);
  const newest = <T>(runs: readonly T[]): readonly T[] => runs.slice(Math.max(0, runs.length - last));
  if (by === "severity") return { by, runs: newest(trendOf(history)).map(countBySeverity) };
  const runs: CountedRun[] = [];
  for (const entry of newest(keptRuns(history)))
    runs.push(countBy(by, await readReport(store, entry), entry));
  return { by, runs };
}

/** Lives over the runs that are kept; `removed` earlier runs could say more, but their reports are gone. */
export type Lives = { readonly lives: readonly FindingLife[]; readonly removed: number };

/** The lives of all findings whose id begins with these characters. Reports are read one at a time. @throws StoreError */
export async function readLives(store: Store, prefix: string): Promise<Lives> {
  const { history } = await readHistory(store);
  const lives = new Map<string, FindingLife>();
  for (const entry of keptRuns(history)) {
    const report = await readReport(store, entry);
    const standingOf = judgedPlaces(report);
    for (const [id, life] of lives) lives.set(id, continueLife(life, standingOf(life.finding), entry));
    for (const finding of report.findings)
      if (finding.id.startsWith(prefix.toLowerCase()) && !lives.has(finding.id))
        lives.set(finding.id, beginLife(finding, entry));
  }
  return { lives: [...lives.values()], removed: removedRuns(history).size };
}
