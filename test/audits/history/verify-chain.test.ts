import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { History } from "../../../src/core/history.js";
import { chained, headOf, historyText } from "../../../src/audits/history/chain.js";
import { runsToRemove } from "../../../src/audits/history/runs.js";
import { verifyChain, verifyHead } from "../../../src/audits/history/verify-chain.js";
import { histories, historyOf, newRun, night } from "./support.js";

const verify = (history: History) => verifyChain(history, new TextEncoder().encode(historyText(history)));
const kinds = (history: History) => verify(history).map(({ kind }) => kind);
const withEntries = (history: History, change: (entries: History["entries"][number][]) => void): History => {
  const entries = [...history.entries];
  change(entries);
  return { ...history, entries };
};

describe("a chain", () => {
  it("as it was written has no problem", () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(verify(history)).toEqual([]);
      }),
    );
  });

  it("shows an entry that is gone from before the head", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, at) => {
        fc.pre(history.entries.length > 1);
        expect(
          kinds(withEntries(history, (entries) => void entries.splice(at % (entries.length - 1), 1))),
        ).toContain("chain-broken");
      }),
    );
  });

  it("shows two entries that changed places, and one that stands twice", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, number) => {
        fc.pre(history.entries.length > 1);
        const at = number % (history.entries.length - 1);
        expect(
          kinds(
            withEntries(
              history,
              (entries) => void entries.splice(at, 2, ...entries.slice(at, at + 2).reverse()),
            ),
          ),
        ).toContain("chain-broken");
        expect(
          kinds(withEntries(history, (entries) => void entries.splice(at, 0, ...entries.slice(at, at + 1)))),
        ).toContain("chain-broken");
      }),
    );
  });

  it("shows an entry that was put in, though its own hash is right", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, number) => {
        const at = number % history.entries.length;
        const before = { ...history, entries: history.entries.slice(0, at) };
        const put = chained(before, newRun(9, { run: "put-in" })).entries.slice(-1);
        expect(kinds(withEntries(history, (entries) => void entries.splice(at, 0, ...put)))).toContain(
          "chain-broken",
        );
      }),
    );
  });

  it("shows an altered entry, also when its hash was made to fit and more entries follow", () => {
    const history = historyOf(3);
    const forged = withEntries(
      history,
      (entries) =>
        void entries.splice(
          1,
          1,
          ...chained(
            { ...history, entries: entries.slice(0, 1) },
            newRun(2, { startedAt: night(1) }),
          ).entries.slice(-1),
        ),
    );
    expect(kinds(forged)).toEqual(["chain-broken"]);
  });

  it("shows a run that is entered twice, and a removal of what is not there", () => {
    expect(kinds(chained(historyOf(1), newRun(1)))).toEqual(["run-twice"]);
    expect(kinds(chained(historyOf(1), { removed: ["night-7"], at: night(2) }))).toEqual(["removal-wrong"]);
    const removed = { removed: ["night-1"], at: night(2) };
    expect(kinds(chained(chained(historyOf(2), removed), removed))).toEqual(["removal-wrong"]);
  });

  it.each<[string, readonly string[]]>([
    ["of nothing", []],
    ["of the newest", ["night-4"]],
    ["of all", ["night-1", "night-2", "night-3", "night-4"]],
    ["of one in the middle", ["night-2"]],
    ["of the oldest and one that is not the next", ["night-1", "night-3"]],
    ["in another order", ["night-2", "night-1"]],
    ["of one twice", ["night-1", "night-1"]],
  ])("shows a removal %s, which pruning never writes, wherever it stands", (_, removed) => {
    const forged = chained(historyOf(4), { removed, at: night(5) });
    expect(new Set(kinds(forged))).toEqual(new Set(["removal-wrong"]));
    expect(kinds(chained(forged, newRun(6)))).toContain("removal-wrong");
  });

  it("takes every removal that pruning writes, by number and by age", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 27 }), { minLength: 1, maxLength: 8 }),
        fc.record({ runs: fc.integer({ min: 1, max: 6 }), days: fc.integer({ min: 1, max: 20 }) }),
        (nights, keep) => {
          let history = historyOf(0);
          for (const [at, day] of nights.entries())
            history = chained(
              history,
              newRun(day, { run: `r${at.toString()}`, report: `runs/r${at.toString()}.json.gz` }),
            );
          const removed = runsToRemove(history, keep).map(({ run }) => run);
          fc.pre(removed.length > 0);
          expect(verify(chained(history, { removed, at: night(28) }))).toEqual([]);
        },
      ),
    );
  });

  it("shows an entry whose report is said to be another's", () => {
    expect(kinds(chained(historyOf(1), newRun(2, { report: "runs/night-1.json.gz" })))).toEqual([
      "entry-altered",
    ]);
  });

  it("shows an index that something else laid out", () => {
    const history = historyOf(2);
    expect(
      verifyChain(history, new TextEncoder().encode(JSON.stringify(history))).map(({ kind }) => kind),
    ).toEqual(["index-altered"]);
  });
});

describe("a head that was kept elsewhere", () => {
  it("is still in a history that grew, and no more in one that was cut off", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const head = headOf(history) ?? "";
        expect(verifyHead(history, head)).toEqual([]);
        expect(verifyHead(chained(history, newRun(9, { run: "later" })), head)).toEqual([]);
        const cut = withEntries(history, (entries) => void entries.pop());
        expect(verify(cut)).toEqual([]);
        expect(verifyHead(cut, head).map(({ kind }) => kind)).toEqual(["head-missing"]);
      }),
    );
  });
});
