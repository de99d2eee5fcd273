import type { History, HistoryEntry, RunEntry } from "../../core/history.js";
import type { HistoryProblem } from "../../core/history-check.js";
import { byText } from "../../shared/order.js";
import { hashOf, historyText } from "./chain.js";

/**
 * Proves that the entries of a history are as they were written: none altered, inserted, removed or in another order. That the
 * newest are not cut off can only be seen by whoever kept the head's hash elsewhere. `bytes` are the index file's.
 */
export function verifyChain(history: History, bytes: Uint8Array): readonly HistoryProblem[] {
  const { entries } = history;
  const seen = { runs: new Map<string, string>(), removed: new Set<string>() };
  const problems = entries.flatMap((entry, index) =>
    verifyEntry(entry, { index, before: entries[index - 1], seen }),
  );
  const isAsWritten = new TextDecoder().decode(bytes) === historyText(history);
  return isAsWritten || problems.length > 0
    ? problems
    : [
        {
          kind: "index-altered",
          at: "index.json",
          message: "says the same as was written, but not in the same bytes: something else wrote it",
        },
      ];
}

/** Says so where no entry has the hash that was kept elsewhere. */
export function verifyHead({ entries }: History, head: string): readonly HistoryProblem[] {
  if (entries.some(({ hash }) => hash === head)) return [];
  return [
    {
      kind: "head-missing",
      at: head,
      message:
        "no entry has this hash, which was the head once: entries were cut off, or the history was written anew",
    },
  ];
}

type Context = {
  readonly index: number;
  readonly before: HistoryEntry | undefined;
  /** Runs with the time at which each began, in their order, and those that were removed. */
  readonly seen: { readonly runs: Map<string, string>; readonly removed: Set<string> };
};

function verifyEntry(entry: HistoryEntry, { index, before, seen }: Context): readonly HistoryProblem[] {
  const at = `entry ${(index + 1).toString()} (${"run" in entry ? `run ${entry.run}` : "a removal"})`;
  const say = (kind: HistoryProblem["kind"], message: string): HistoryProblem => ({ kind, at, message });
  const problems: HistoryProblem[] = [];
  if (hashOf(entry) !== entry.hash)
    problems.push(say("entry-altered", "its hash is not that of what it says: it was altered"));
  if (entry.previous !== (before?.hash ?? null))
    problems.push(
      say(
        "chain-broken",
        "it does not carry the hash of the entry before: an entry was altered, inserted, removed or moved",
      ),
    );
  return [
    ...problems,
    ...("run" in entry ? verifyRun(entry, seen) : verifyRemoval(entry.removed, seen)).map(
      ({ kind, message }) => say(kind, message),
    ),
  ];
}

type Said = Pick<HistoryProblem, "kind" | "message">;

function verifyRun({ run, report, startedAt }: RunEntry, { runs }: Context["seen"]): readonly Said[] {
  const twice: readonly Said[] = runs.has(run)
    ? [{ kind: "run-twice", message: "an entry before has the same run" }]
    : [];
  runs.set(run, startedAt);
  return report === `runs/${run}.json.gz`
    ? twice
    : [...twice, { kind: "entry-altered", message: `its report is said to be ${report}` }];
}

function verifyRemoval(
  removed: readonly string[],
  { runs, removed: gone }: Context["seen"],
): readonly Said[] {
  const kept = [...runs]
    .filter(([run]) => !gone.has(run))
    .sort(([a, atA], [b, atB]) => Date.parse(atA) - Date.parse(atB) || byText(a, b))
    .map(([run]) => run);
  const wrong = removed.filter((run) => !runs.has(run) || gone.has(run));
  for (const run of removed) gone.add(run);
  if (wrong.length > 0)
    return wrong.map((run) => ({ kind: "removal-wrong", message: `it removes ${run}, which was not there` }));
  const because = neverPruned(removed, kept);
  return because === undefined ? [] : [{ kind: "removal-wrong", message: because }];
}

/** Why pruning never removes these runs: it removes the oldest, in their order, and never the newest. `kept` are all that were there, the oldest first. */
function neverPruned(removed: readonly string[], kept: readonly string[]): string | undefined {
  if (removed.length === 0) return "it removes nothing, which pruning never writes";
  if (removed.length >= kept.length) return "it removes the newest run, which pruning never does";
  const wrong = removed.find((run, at) => run !== kept[at]);
  return wrong === undefined
    ? undefined
    : `it removes ${wrong} and leaves or follows an older run, which pruning never does`;
}
