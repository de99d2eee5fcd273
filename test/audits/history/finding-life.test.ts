import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingLife } from "../../../src/core/finding-life.js";
import { beginLife, continueLife } from "../../../src/audits/history/finding-life.js";
import type { Standing } from "../../../src/engine/judged-places.js";
import { finding } from "../../support/build.js";
import { night } from "./support.js";

const standings = {
  fail: { kind: "found", finding: finding({ status: "fail", message: "it fails" }) },
  waived: {
    kind: "found",
    finding: finding({ status: "fail", message: "it fails", waiver: { reason: "r" } }),
  },
  pass: { kind: "found", finding: finding({ message: "it holds" }) },
  none: { kind: "found", finding: finding({ status: "not-applicable" }) },
  unknown: {
    kind: "found",
    finding: finding({ status: "unknown", reason: "unreadable", message: "refused" }),
  },
  error: { kind: "found", finding: finding({ status: "error" }) },
  gone: { kind: "gone" },
  hidden: { kind: "hidden" },
  region: { kind: "outside", missing: "region" },
} as const satisfies Record<string, Standing>;
type Word = keyof typeof standings;

function live(words: readonly Word[]): FindingLife {
  const [first = "fail", ...rest] = words;
  const start = standings[first];
  const begun = beginLife(start.kind === "found" ? start.finding : finding(), {
    run: "1",
    startedAt: night(1),
  });
  return rest.reduce(
    (life, word, at) =>
      continueLife(life, standings[word], { run: (at + 2).toString(), startedAt: night(at + 2) }),
    begun,
  );
}
const story = (words: readonly Word[]): readonly string[] =>
  live(words).steps.map(({ run, what }) => `${run} ${what}`);

describe("a finding's life", () => {
  it.each<readonly [string, readonly Word[], readonly string[]]>([
    [
      "a failure is fixed, and comes back",
      ["fail", "fail", "pass", "fail"],
      ["1 first seen", "3 fixed", "4 came back"],
    ],
    ["what passed begins to fail", ["pass", "fail"], ["1 first seen", "2 failed"]],
    [
      "what nobody could look at is not fixed",
      ["fail", "unknown", "unknown", "fail"],
      ["1 first seen", "2 no longer judged", "4 judged again"],
    ],
    [
      "it is fixed when it was seen to be, not when nobody looked",
      ["fail", "hidden", "pass"],
      ["1 first seen", "2 no longer judged", "3 fixed"],
    ],
    [
      "a fix that nobody could look at, and then a failure, is a return",
      ["fail", "pass", "error", "fail"],
      ["1 first seen", "2 fixed", "3 no longer judged", "4 came back"],
    ],
    [
      "a region that was not judged",
      ["fail", "region", "fail"],
      ["1 first seen", "2 no longer judged", "3 judged again"],
    ],
    [
      "a failure is accepted, and no longer",
      ["fail", "waived", "fail", "none"],
      ["1 first seen", "2 waived", "3 waiver ended", "4 fixed"],
    ],
    [
      "the subject goes, and comes back failing",
      ["fail", "gone", "fail"],
      ["1 first seen", "2 gone", "3 came back"],
    ],
    [
      "the subject goes, and comes back in order",
      ["pass", "gone", "pass"],
      ["1 first seen", "2 gone", "3 seen again"],
    ],
    [
      "what could not be judged at first",
      ["unknown", "pass", "fail"],
      ["1 first seen", "2 judged again", "3 failed"],
    ],
  ])("%s", (_, words, expected) => {
    expect(story(words)).toEqual(expected);
  });

  it("counts days from the run that saw a state to the one that saw another; a span that nobody judged is neither open nor fixed", () => {
    const { days, failedFirst, state, settled, until } = live([
      "pass",
      "fail",
      "fail",
      "unknown",
      "pass",
      "fail",
    ]);
    expect(days).toEqual({ open: 2, waived: 0, closed: 2, gone: 0, unjudged: 1 });
    expect([failedFirst, state, settled, until]).toEqual([night(2), "open", "open", night(6)]);
  });

  it("is fixed only after it failed, comes back only after that, and its days make up the whole time", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(Object.keys(standings) as Word[])), { minLength: 1, maxLength: 20 }),
        (words) => {
          fc.pre(standings[words[0] ?? "fail"].kind === "found");
          const { days, steps, state, hasFailed } = live(words);
          expect(Object.values(days).reduce((sum, part) => sum + part, 0)).toBeCloseTo(words.length - 1, 6);
          const failing = words.map((word) => word === "fail" || word === "waived");
          expect(hasFailed).toBe(failing.includes(true));
          for (const { run, what, state: seen } of steps) {
            const before = failing.slice(0, Number(run) - 1);
            if (what === "fixed") expect([seen, before.includes(true)]).toEqual(["closed", true]);
            if (what === "came back")
              expect(before.includes(true) && before.lastIndexOf(true) < Number(run) - 2).toBe(true);
            if (seen === "unjudged") expect(["first seen", "no longer judged"]).toContain(what);
          }
          expect(steps.at(-1)?.state).toBe(state);
        },
      ),
    );
  });
});
