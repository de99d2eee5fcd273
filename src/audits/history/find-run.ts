import type { History, RunEntry } from "../../core/history.js";
import { nearest } from "../../shared/nearest.js";
import { keptRuns, removedRuns } from "./runs.js";

/** The run that a person means by its id, "latest" or "previous"; or why there is none. */
export function findRun(
  history: History,
  word: string,
): { readonly ok: true; readonly run: RunEntry } | { readonly ok: false; readonly because: string } {
  const kept = keptRuns(history);
  const run =
    word === "latest"
      ? kept.at(-1)
      : word === "previous"
        ? kept.at(-2)
        : kept.find((entry) => entry.run === word);
  if (run !== undefined) return { ok: true, run };
  if (kept.length === 0) return { ok: false, because: "the store holds no run" };
  if (word === "previous")
    return { ok: false, because: "the store holds one run only, so there is none before it" };
  if (removedRuns(history).has(word))
    return {
      ok: false,
      because: `the report of run ${word} was removed, since it need not be kept any longer`,
    };
  const near = nearest(
    word,
    kept.map((entry) => entry.run),
  );
  return {
    ok: false,
    because: `there is no run "${word}"; ${near === undefined ? "" : `did you mean ${near}? `}\`watchproof history\` lists them, and latest and previous are understood`,
  };
}
