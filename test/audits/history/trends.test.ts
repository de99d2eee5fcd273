import { expect, it } from "vitest";
import { chained, emptyHistory } from "../../../src/audits/history/chain.js";
import { trendsJson } from "../../../src/audits/history/json.js";
import { renderTrends } from "../../../src/audits/history/text.js";
import { countOpen, summarizeRun } from "../../../src/engine/summarize-run.js";
import { countBy, countBySeverity, trendOf } from "../../../src/audits/history/trends.js";
import { finding } from "../../support/build.js";
import { reportOf } from "../../reporters/reports.js";
import { historyOf, newRun, night, runSummary } from "./support.js";

const report = reportOf([
  finding({
    status: "fail",
    severity: "high",
    rule: "a.one",
    account: "111111111111",
    controls: [
      { framework: "nist", id: "AU-2" },
      { framework: "nist", id: "AU-12" },
      { framework: "nist", id: "AU-2" },
    ],
  }),
  finding({
    status: "fail",
    severity: "low",
    rule: "a.two",
    account: "222222222222",
    controls: [{ framework: "nist", id: "AU-2" }],
  }),
  finding({
    status: "fail",
    severity: "low",
    rule: "a.two",
    account: "111111111111",
    waiver: { reason: "r" },
  }),
  finding({ status: "unknown", reason: "unreadable", rule: "a.one" }),
]);

it.each([
  ["rule", { "a.one": 1, "a.two": 1 }],
  ["account", { 111111111111: 1, 222222222222: 1 }],
  ["control", { "nist AU-2": 2, "nist AU-12": 1 }],
  ["severity", { high: 1, low: 1 }],
] as const)("open failures are counted by %s; waived ones are not open", (by, expected) => {
  const counted = countBy(by, report, { run: "r", startedAt: night(1) });
  expect(Object.fromEntries(counted.open)).toEqual(expected);
});

it("names that mean something in JavaScript are names like others", () => {
  const hostile = reportOf([
    finding({ status: "fail", rule: "__proto__" }),
    finding({ status: "fail", rule: "constructor" }),
  ]);
  expect([...countBy("rule", hostile, { run: "r", startedAt: night(1) }).open.keys()].sort()).toEqual([
    "__proto__",
    "constructor",
  ]);
});

it("a summary holds what a trend needs, and by severity the index is enough", () => {
  expect(countOpen(report.findings)).toEqual({ info: 0, low: 1, medium: 0, high: 1, critical: 0 });
  const summary = summarizeRun(report);
  const [point] = trendOf(chained(emptyHistory, newRun(1, { summary })));
  expect(point).toEqual({ run: "night-1", at: night(1), open: summary.open, pass: 0, unknown: 1 });
  expect(point === undefined ? undefined : [...countBySeverity(point).open]).toEqual([
    ["high", 1],
    ["low", 1],
  ]);
});

it("a trend goes on over runs whose reports are no longer kept; what could not be judged counts errors, too", () => {
  const trend = trendOf(historyOf(4, 1));
  expect(trend.map(({ run }) => run)).toEqual(["night-1", "night-2", "night-3", "night-4"]);
  expect(trend[0]?.unknown).toBe(runSummary().counts.unknown + runSummary().counts.error);
});

it.each(["account", "rule", "control"] as const)(
  "what was not judged in a run is a gap in a trend by %s, and no nought",
  (by) => {
    const part = {
      rule: "a.one",
      account: "111111111111",
      controls: [{ framework: "nist", id: "AU-2" }],
    } as const;
    const key = { account: "111111111111", rule: "a.one", control: "nist AU-2" }[by];
    const other = finding({
      id: "o",
      status: "pass",
      rule: "a.other",
      account: "222222222222",
      controls: [],
    });
    const failing = reportOf([finding({ ...part, status: "fail" }), other]);
    const blind = reportOf([finding({ ...part, status: "unknown", reason: "unreadable" }), other]);
    const absent = reportOf([other]);
    const mended = reportOf([finding({ ...part, status: "pass" }), other]);
    const lineOf = (
      reports: readonly (typeof failing)[],
    ): { readonly text: string; readonly json: unknown } => {
      const runs = reports.map((one, at) =>
        countBy(by, one, {
          run: `r${at.toString()}`,
          startedAt: `2026-11-0${(at + 1).toString()}T02:00:00Z`,
        }),
      );
      const text = renderTrends({ by, runs }, { color: false }).split("\n");
      const { runs: written } = trendsJson({ by, runs }) as {
        readonly runs: readonly { readonly open: Readonly<Record<string, number | null>> }[];
      };
      return {
        text: text.find((line) => line.startsWith(key)) ?? "",
        json: written.map(({ open }) => open[key]),
      };
    };
    const gap = lineOf([failing, blind, absent, failing]);
    expect(gap.text).toContain("█  █");
    expect(gap.text).toMatch(/unchanged; not judged in 2 runs$/u);
    expect(gap.json).toEqual([1, null, null, 1]);
    expect(lineOf([failing, blind]).text).toMatch(/–  not judged in the last run; 1 before$/u);
    expect(lineOf([failing, mended]).text).toMatch(/█·\s+0  1 fewer$/u);
  },
);
