import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chained, emptyHistory } from "../../../src/audits/history/chain.js";
import { findRun } from "../../../src/audits/history/find-run.js";
import { keptRuns, runsOf, runsToRemove } from "../../../src/audits/history/runs.js";
import { historyOf, newRun } from "./support.js";

const ids = (runs: readonly { readonly run: string }[]): readonly string[] => runs.map(({ run }) => run);

it("runs stand in order of their start, whoever wrote first", () => {
  const history = chained(chained(emptyHistory, newRun(5)), newRun(2));
  expect(ids(runsOf(history))).toEqual(["night-2", "night-5"]);
});

describe("what need not be kept", () => {
  it("never holds the newest, and leaves no more than asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (nights, runs, days) => {
          const history = historyOf(nights);
          const removed = ids(runsToRemove(history, { runs, days }));
          const kept = ids(keptRuns(history)).filter((run) => !removed.includes(run));
          expect(kept.at(-1)).toBe(`night-${nights.toString()}`);
          expect(kept).toHaveLength(Math.min(nights, runs, days + 1));
        },
      ),
    );
  });

  it("is nothing where nothing is said, or nothing is there", () => {
    expect(runsToRemove(historyOf(3), {})).toEqual([]);
    expect(runsToRemove(emptyHistory, { runs: 1 })).toEqual([]);
  });
});

describe("a run that a person means", () => {
  it.each([
    ["latest", "night-4"],
    ["previous", "night-3"],
    ["night-3", "night-3"],
  ])("%s is %s", (word, run) => {
    expect(findRun(historyOf(4, 2), word)).toMatchObject({ ok: true, run: { run } });
  });

  it.each([
    ["night-1", historyOf(4, 2), "was removed, since it need not be kept"],
    ["nigt-4", historyOf(4), "did you mean night-4?"],
    ["previous", historyOf(1), "one run only"],
    ["latest", emptyHistory, "holds no run"],
  ])("%s is refused, and why is said", (word, history, because) => {
    const found = findRun(history, word);
    expect(found.ok ? "" : found.because).toContain(because);
  });
});
