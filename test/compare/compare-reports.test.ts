import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffKinds } from "../../src/core/report-diff.js";
import type { DiffKind, ReportDiff } from "../../src/core/report-diff.js";
import type { Finding } from "../../src/core/report.js";
import { compareReports, newOpenFailures } from "../../src/compare/compare-reports.js";
import type { JudgedReport } from "../../src/engine/judged-places.js";
import { anyJudged, blind, found, judged } from "../engine/support/judged.js";

const at = (part: Partial<Finding> = {}): Finding => found({ rule: "a.rule", message: "so", ...part });
const beside = found({ rule: "a.rule", subjectId: "beside" });
const kindsOf = (diff: ReportDiff): readonly string[] =>
  diffKinds.flatMap((kind) => diff[kind].map(() => kind));
const idsOf = (diff: ReportDiff, kind: DiffKind): readonly string[] => diff[kind].map(({ id }) => id);

describe("a finding", () => {
  it.each<[string, readonly Finding[], readonly Finding[], readonly string[]]>([
    ["that passed and fails is new", [at()], [at({ status: "fail" })], ["new"]],
    ["that was unknown and fails is new", [at({ status: "unknown" })], [at({ status: "fail" })], ["new"]],
    ["that was not there and fails is new", [], [at({ status: "fail" })], ["new"]],
    ["that failed and passes is fixed", [at({ status: "fail" })], [at()], ["fixed"]],
    [
      "that failed and no longer applies is fixed",
      [at({ status: "fail" })],
      [at({ status: "not-applicable" })],
      ["fixed"],
    ],
    [
      "that failed and is unknown is not fixed",
      [at({ status: "fail" })],
      [at({ status: "unknown" })],
      ["unjudged"],
    ],
    [
      "that failed and has an error is not fixed",
      [at({ status: "fail" })],
      [at({ status: "error" })],
      ["unjudged"],
    ],
    ["that fails as before", [at({ status: "fail" })], [at({ status: "fail" })], ["failing"]],
    [
      "that fails with another message has changed",
      [at({ status: "fail" })],
      [at({ status: "fail", message: "worse" })],
      ["changed"],
    ],
    [
      "that fails with another severity has changed",
      [at({ status: "fail" })],
      [at({ status: "fail", severity: "critical" })],
      ["changed"],
    ],
    ["that passed and is unknown has changed", [at()], [at({ status: "unknown" })], ["changed"]],
    [
      "that is unknown for another reason has changed",
      [at({ status: "unknown", reason: "unreadable" })],
      [at({ status: "unknown", reason: "undecidable" })],
      ["changed"],
    ],
    ["that passes as before is the same", [at()], [at()], []],
    ["whose notes alone differ is the same", [at()], [at({ notes: ["look"] })], []],
    [
      "that failed, and whose subject is no longer there, is gone",
      [at({ status: "fail" })],
      [beside],
      ["gone"],
    ],
    [
      "that failed, and whose rule is no longer judged, is gone",
      [at({ status: "fail" })],
      [found({ rule: "b.rule" })],
      ["gone"],
    ],
    [
      "that failed, and that a refused list may hide, is neither gone nor fixed",
      [at({ status: "fail" })],
      [blind({ rule: "a.rule" })],
      ["unjudged"],
    ],
    ["that passed and is no longer there is nothing", [at()], [beside], []],
    ["that was not there and passes is nothing", [beside], [beside, at()], []],
  ])("%s", (_, before, after, expected) => {
    expect(kindsOf(compareReports(judged(before), judged(after)))).toEqual(expected);
  });

  it.each<[string, JudgedReport]>([
    ["region", judged([beside], ["eu-west-1"])],
    ["account", { accounts: [], findings: [] }],
  ])("whose %s was not judged this time is neither gone nor fixed", (_, after) => {
    expect(compareReports(judged([at({ status: "fail" })]), after)).toMatchObject({
      unjudged: [{ because: `the ${_} was not judged` }],
      gone: [],
      fixed: [],
    });
  });
});

it("a waived new failure is new, but not open", () => {
  const diff = compareReports(judged([]), judged([at({ status: "fail", waiver: { reason: "x" } })]));
  expect([diff.new.length, newOpenFailures(diff).length]).toEqual([1, 0]);
});

describe("whatever the reports", () => {
  it("a report compared with itself shows nothing but what still fails", () => {
    fc.assert(
      fc.property(anyJudged, (report) => {
        const diff = compareReports(report, report);
        const failing = report.findings.filter(({ status }) => status === "fail").length;
        expect(kindsOf(diff)).toEqual(Array.from({ length: failing }, () => "failing"));
        expect(diff.same).toBe(report.findings.length - failing);
      }),
      { numRuns: 200 },
    );
  });

  it("compared the other way round, what is new was fixed, gone or no longer judged", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (one, other) => {
        const [there, back] = [compareReports(one, other), compareReports(other, one)];
        const mirrored = (["fixed", "gone", "unjudged"] as const).flatMap((kind) => idsOf(back, kind));
        expect([...idsOf(there, "new")].sort()).toEqual(mirrored.sort());
        expect(idsOf(there, "failing")).toEqual(idsOf(back, "failing"));
        expect(idsOf(there, "changed")).toEqual(idsOf(back, "changed"));
        expect(there.same).toBe(back.same);
      }),
      { numRuns: 200 },
    );
  });

  it("every failure of either side stands in one list", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (one, other) => {
        const diff = compareReports(one, other);
        const listed = diffKinds.flatMap((kind) => idsOf(diff, kind));
        expect(new Set(listed).size).toBe(listed.length);
        const failed = [...one.findings, ...other.findings].filter(({ status }) => status === "fail");
        expect(failed.every(({ id }) => listed.includes(id))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("nothing is called fixed that was not judged to hold, or not to apply", () => {
    fc.assert(
      fc.property(anyJudged, anyJudged, (one, other) => {
        const { fixed } = compareReports(one, other);
        expect(
          fixed.every(
            ({ old, new: now }) =>
              old?.status === "fail" && (now?.status === "pass" || now?.status === "not-applicable"),
          ),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
