import { describe, expect, it } from "vitest";
import type { ExitCode, GateOptions } from "../../src/core/gate.js";
import type { Finding, Report } from "../../src/core/report.js";
import { severities } from "../../src/core/severity.js";
import { decideGate } from "../../src/engine/decide-gate.js";
import { summarize } from "../../src/engine/summarize.js";
import { finding } from "../support/build.js";

const pass = finding();
const notApplicable = finding({ status: "not-applicable" });
const low = finding({ status: "fail", severity: "low" });
const high = finding({ status: "fail", severity: "high" });
const waived = finding({ status: "fail", severity: "high", waiver: { reason: "accepted" } });
const unknown = finding({ status: "unknown", reason: "unreadable" });
const outside = finding({ status: "unknown", reason: "outside" });
const error = finding({ status: "error" });
const known = finding({ status: "fail", severity: "high", baseline: "known" });
const fresh = finding({ status: "fail", severity: "high", baseline: "new" });
const usual: GateOptions = { failOn: "low", allowUnknown: false };
const report = (findings: readonly Finding[], rules = 1): Report => ({
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "0.0.0" },
  accounts: [],
  summary: summarize(findings, rules),
  findings,
  gaps: [],
});

describe("the gate", () => {
  it.each<[string, readonly Finding[], Partial<GateOptions>, ExitCode]>([
    ["passes when all is well", [pass], {}, 0],
    ["passes when nothing applies", [notApplicable], {}, 0],
    ["fails on a failure", [pass, high], {}, 1],
    ["counts a failure at the threshold", [low], { failOn: "low" }, 1],
    ["lets a failure below the threshold through", [pass, low], { failOn: "medium" }, 0],
    ["lets a waived failure through", [pass, waived], {}, 0],
    ["says when something is unknown", [pass, unknown], {}, 3],
    ["says when everything is unknown", [unknown], {}, 3],
    ["says when an evaluator broke", [pass, error], {}, 3],
    ["puts a failure before unknown", [high, unknown], {}, 1],
    ["puts unknown before a failure below the threshold", [low, unknown], { failOn: "high" }, 3],
    ["allows unknown beside something judged", [pass, unknown, error], { allowUnknown: true }, 0],
    [
      "does not pass a run that judged nothing, even if unknown is allowed",
      [unknown],
      { allowUnknown: true },
      2,
    ],
    ["does not pass a run without findings", [], {}, 2],
    ["passes a part of an account, whatever lies outside it", [pass, outside], {}, 0],
    ["fails a part of an account", [high, outside], {}, 1],
    ["says when something inside a part is unknown", [pass, outside, unknown], {}, 3],
    [
      "counts no verdict about what lies outside against a budget",
      [pass, outside, unknown],
      { maxUnknown: 1 },
      0,
    ],
    ["does not pass a part of which everything lies outside", [outside, outside], {}, 2],
    ["does not pass it even if unknown is allowed", [outside], { allowUnknown: true }, 2],
  ])("%s", (_, findings, options, exitCode) => {
    expect(decideGate(report(findings), { failOn: "low", allowUnknown: false, ...options }).exitCode).toBe(
      exitCode,
    );
  });

  it("does not pass a run without rules", () => {
    expect(decideGate(report([], 0), { failOn: "low", allowUnknown: true })).toEqual({
      exitCode: 2,
      because: "no rule was selected, so nothing was judged",
    });
  });

  it.each<[string, readonly Finding[], Partial<GateOptions>, ExitCode]>([
    ["counts a known failure", [pass, known], {}, 1],
    ["lets a known failure through where only new ones count", [pass, known], { newOnly: true }, 0],
    ["counts a new failure where only new ones count", [known, fresh], { newOnly: true }, 1],
    ["counts a failure without a baseline where only new ones count", [high], { newOnly: true }, 1],
    ["lets as many failures through as a budget has", [low, high], { maxFail: 2 }, 0],
    ["fails on one failure more than a budget has", [low, high, high], { maxFail: 2 }, 1],
    ["takes a budget of none for none", [low], { maxFail: 0 }, 1],
    ["counts against a budget only what is open", [low, high, waived], { maxFail: 1, failOn: "high" }, 0],
    ["lets as many of a severity through as its budget has", [low, low], { max: { low: 2 } }, 0],
    ["fails on one more of a severity than its budget has", [low, low, low], { max: { low: 2 } }, 1],
    ["fails on a severity without a budget", [low, high], { max: { low: 2 } }, 1],
    [
      "counts a severity with a budget although it is below the threshold",
      [low, low],
      { max: { low: 1 }, failOn: "critical" },
      1,
    ],
    ["takes a severity's budget of none for none", [low], { max: { low: 0 }, failOn: "critical" }, 1],
    ["does not let a budget in all widen a severity's", [high, high], { max: { high: 1 }, maxFail: 5 }, 1],
    [
      "does not let severities' budgets widen the one in all",
      [low, low, high],
      { max: { high: 1, low: 2 }, maxFail: 2 },
      1,
    ],
    ["lets through what is within both budgets", [low, high], { max: { high: 1 }, maxFail: 2 }, 0],
    [
      "holds a rule to its pack's higher threshold",
      [low],
      { thresholds: [{ rules: ["a.rule"], failOn: "high" }] },
      0,
    ],
    [
      "holds a rule to its pack's lower threshold",
      [low],
      { failOn: "critical", thresholds: [{ rules: ["a.rule"], failOn: "low" }] },
      1,
    ],
    [
      "holds a rule of two packs to the lower threshold",
      [low],
      {
        thresholds: [
          { rules: ["a.rule"], failOn: "high" },
          { rules: ["a.rule"], failOn: "low" },
        ],
      },
      1,
    ],
    [
      "holds other rules to the usual threshold",
      [low],
      { thresholds: [{ rules: ["b.rule"], failOn: "high" }] },
      1,
    ],
    ["lets as much unknown through as a budget has", [pass, unknown, error], { maxUnknown: 2 }, 0],
    ["says when one more is unknown than a budget has", [pass, unknown, error], { maxUnknown: 1 }, 3],
    ["does not pass a run that judged nothing, even within the budget", [unknown], { maxUnknown: 5 }, 2],
    ["does not let a budget for the unknown excuse a failure", [high, unknown], { maxUnknown: 5 }, 1],
    ["does not let a budget for failures excuse the unknown", [high, unknown], { maxFail: 5 }, 3],
    [
      "puts allowed unknown before its budget",
      [pass, unknown, unknown],
      { allowUnknown: true, maxUnknown: 1 },
      0,
    ],
  ])("%s", (_, findings, options, exitCode) => {
    expect(decideGate(report(findings), { ...usual, ...options }).exitCode).toBe(exitCode);
  });

  it.each<[string, readonly Finding[], Partial<GateOptions>, string]>([
    [
      "the severities",
      [low, high, high],
      {},
      "3 open failures (2 high, 1 low); severity low and above fails the run",
    ],
    [
      "a severity's budget",
      [high, high],
      { max: { high: 1 } },
      "2 open failures (2 high); at most 1 high may fail",
    ],
    ["the budget in all", [high, low], { maxFail: 1 }, "2 open failures (1 high, 1 low); at most 1 may fail"],
    [
      "what does not count, each with its reason",
      [high, waived, known, low],
      { newOnly: true, failOn: "high" },
      "1 open failure (1 high); severity high and above fails the run; 3 failures not counted: 1 waived, 1 known before, 1 below the threshold",
    ],
    [
      "that packs have thresholds of their own",
      [high],
      { thresholds: [{ rules: [], failOn: "low" }] },
      "1 open failure (1 high); severity low and above fails the run (other than packs with a threshold of their own)",
    ],
    [
      "what a budget lets through",
      [pass, low],
      { maxFail: 1 },
      "1 verdict passed, none failed the run; 1 open failure (1 low) within the budget",
    ],
    [
      "that waived failures passed",
      [pass, waived],
      {},
      "1 verdict passed, none failed the run; 1 failure not counted: 1 waived",
    ],
    [
      "what is unknown",
      [pass, unknown, error],
      {},
      "nothing failed, but 1 verdict is unknown and 1 evaluation error: not everything could be looked at",
    ],
    [
      "a budget for the unknown",
      [pass, unknown, unknown],
      { maxUnknown: 1 },
      "nothing failed, but 2 verdicts are unknown (at most 1 may be): not everything could be looked at",
    ],
    [
      "that failures do not count",
      [pass, waived, unknown],
      {},
      "no failure counts, but 1 verdict is unknown: not everything could be looked at; 1 failure not counted: 1 waived",
    ],
    [
      "what a budget lets through beside what is unknown",
      [pass, low, unknown],
      { maxFail: 1 },
      "1 open failure (1 low) within the budget, but 1 verdict is unknown: not everything could be looked at",
    ],
    [
      "that nothing is there",
      [notApplicable, notApplicable],
      {},
      "there is nothing that could fail: 2 verdicts are not applicable",
    ],
    [
      "what is allowed to be unknown",
      [pass, unknown],
      { allowUnknown: true },
      "1 verdict passed, none failed the run; 1 verdict is unknown (allowed)",
    ],
  ])("says why: %s", (_, findings, options, because) => {
    expect(decideGate(report(findings), { ...usual, ...options }).because).toBe(because);
  });
});

describe("every combination", () => {
  it.each(
    severities.flatMap((failOn, lowest) =>
      severities.map((severity, at) => ({ failOn, severity, isOpen: at >= lowest })),
    ),
  )("severity $severity, --fail-on $failOn: open $isOpen", ({ failOn, severity, isOpen }) => {
    const failed = finding({ status: "fail", severity });
    expect(decideGate(report([failed, pass]), { ...usual, failOn }).exitCode).toBe(isOpen ? 1 : 0);
    expect(decideGate(report([failed, unknown]), { ...usual, failOn }).exitCode).toBe(isOpen ? 1 : 3);
    expect(decideGate(report([failed], 0), { ...usual, failOn }).exitCode).toBe(2);
  });

  const failures = {
    none: [],
    below: [low],
    open: [high],
    waived: [waived],
    known: [known],
    new: [fresh],
  } as const;
  const blanks = { none: [], unknown: [unknown], error: [error], both: [unknown, error] } as const;
  const others = { none: [], pass: [pass], "not-applicable": [notApplicable] } as const;
  const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] =>
    Object.keys(record) as Key[];
  const rows = keysOf(failures).flatMap((failed) =>
    keysOf(blanks).flatMap((blank) =>
      keysOf(others).flatMap((other) =>
        [true, false].flatMap((allowUnknown) =>
          [true, false].map((newOnly) => ({ failed, blank, other, allowUnknown, newOnly })),
        ),
      ),
    ),
  );

  it.each(rows)(
    "failed: $failed, undecided: $blank, else: $other, unknown allowed: $allowUnknown, new only: $newOnly",
    ({ failed, blank, other, allowUnknown, newOnly }) => {
      const findings = [...failures[failed], ...blanks[blank], ...others[other]];
      // In the order in which the design states it: 2 nothing judged, 1 an open failure, 3 something undecided, 0.
      const isOpen = failed === "open" || failed === "new" || (failed === "known" && !newOnly);
      const isBlind = blank !== "none";
      const isJudged = failed !== "none" || other !== "none";
      const expected =
        findings.length === 0 ? 2 : isOpen ? 1 : isBlind && !allowUnknown ? 3 : isJudged ? 0 : 2;
      expect(decideGate(report(findings), { failOn: "high", allowUnknown, newOnly }).exitCode).toBe(expected);
    },
  );
});
