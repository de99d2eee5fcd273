import type { History, HistoryEntry } from "../../core/history.js";
import type { HistoryProblem } from "../../core/history-check.js";
import { hashOf, historyText } from "./chain.js";

/**
 * Proves that the entries of a history are as they were written: none altered, inserted, removed or in another order. That the
 * newest are not cut off can only be seen by whoever kept the head's hash elsewhere. `bytes` are the index file's.
 */
export function verifyChain(history: History, bytes: Uint8Array): readonly HistoryProblem[] {
  const { entries } = history;
  const seen = { runs: new Set<string>(), removed: new Set<string>() };
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
  readonly seen: { readonly runs: Set<string>; readonly removed: Set<string> };
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
    ...("run" in entry ? verifyRun(entry.run, entry.report, seen) : verifyRemoval(entry.removed, seen)).map(
      ({ kind, message }) => say(kind, message),
    ),
  ];
}

type Said = Pick<HistoryProblem, "kind" | "message">;

function verifyRun(run: string, report: string, { runs }: Context["seen"]): readonly Said[] {
  const twice: readonly Said[] = runs.has(run)
    ? [{ kind: "run-twice", message: "an entry before has the same run" }]
    : [];
  runs.add(run);
  return report === `runs/${run}.json.gz`
    ? twice
    : [...twice, { kind: "entry-altered", message: `its report is said to be ${report}` }];
}

function verifyRemoval(
  removed: readonly string[],
  { runs, removed: gone }: Context["seen"],
): readonly Said[] {
  const wrong = removed.filter((run) => !runs.has(run) || gone.has(run));
  for (const run of removed) gone.add(run);
  return wrong.map((run) => ({ kind: "removal-wrong", message: `it removes ${run}, which was not there` }));
}
