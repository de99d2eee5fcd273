import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../../src/core/report.js";
import { compareReports } from "../../../src/compare/compare-reports.js";
import { newsKinds, newsOf } from "../../../src/shared/text/news.js";
import { newsText } from "../../../src/shared/text/news-text.js";
import { reportOf, trailFinding } from "../../reporters/reports.js";

const failing: Partial<Finding> = { status: "fail", message: "validation is off" };
const waiver = { reason: "sandbox" };
const blind: Partial<Finding> = { status: "unknown", reason: "unreadable", message: "could not be read" };
const reports = (
  old: Partial<Finding> | undefined,
  now: Partial<Finding> | undefined,
): readonly [Report, Report] => {
  // Another finding of the rule shows that it looked.
  const report = (part: Partial<Finding> | undefined): Report =>
    reportOf([...(part === undefined ? [] : [trailFinding("main", part)]), trailFinding("other")]);
  return [report(old), report(now)];
};

describe("news", () => {
  it.each<[string, Partial<Finding> | undefined, Partial<Finding> | undefined, string]>([
    ["a pass that fails", {}, failing, "opened"],
    ["a failure of a new subject", undefined, failing, "opened"],
    ["an unknown that fails", blind, failing, "opened"],
    ["a failure whose waiver ended", { ...failing, waiver }, failing, "opened"],
    [
      "a failure whose waiver ended, and whose message changed",
      { ...failing, waiver },
      { ...failing, message: "off since May" },
      "opened",
    ],
    ["a failure that nobody can judge now", failing, blind, "unjudged"],
    ["a pass that nobody can judge now", {}, blind, "unjudged"],
    ["a pass that our own mistake hides", {}, { status: "error" }, "unjudged"],
    [
      "a failure of another severity",
      { ...failing, severity: "low" },
      { ...failing, severity: "high" },
      "regraded",
    ],
    ["a failure that was accepted", failing, { ...failing, waiver }, "accepted"],
    ["a failure that is new and accepted", {}, { ...failing, waiver }, "accepted"],
    ["a failure that passes", failing, {}, "fixed"],
    ["a failure that does not apply any more", failing, { status: "not-applicable" }, "fixed"],
    ["a failure whose subject is gone", failing, undefined, "gone"],
    ["a failure that stays", failing, failing, "nothing"],
    ["a failure that reads otherwise", failing, { ...failing, message: "off for 24 hours" }, "nothing"],
    [
      "an accepted failure that stays",
      { ...failing, waiver },
      { ...failing, waiver: { reason: "other" } },
      "nothing",
    ],
    ["an unknown that stays", blind, blind, "nothing"],
    ["an unknown that passes", blind, {}, "nothing"],
    ["a new unknown", undefined, blind, "nothing"],
    ["a pass that is gone", {}, undefined, "nothing"],
  ])("%s", (_, old, now, kind) => {
    const [before, after] = reports(old, now);
    const news = newsOf(compareReports(before, after));
    expect(newsKinds.filter((one) => news[one].length > 0)).toEqual(kind === "nothing" ? [] : [kind]);
  });

  it("tells failures of an account that was not judged as no longer judged, never as fixed", () => {
    const before = reportOf([
      trailFinding("main", { ...failing, account: "222222222222" }),
      trailFinding("other"),
    ]);
    const after = reportOf([trailFinding("other")]);
    expect(
      newsText({ after, before: { report: before, diff: compareReports(before, after) } })?.headline,
    ).toBe("1 no longer judged");
  });
});

describe("news in words", () => {
  const told = (old: Partial<Finding> | undefined, now: Partial<Finding> | undefined) => {
    const [before, after] = reports(old, now);
    return newsText({ after, before: { report: before, diff: compareReports(before, after) } });
  };

  it("are nothing where nothing changed", () => {
    expect(told(failing, failing)).toBeUndefined();
  });

  it("name severity, rule, subject, account and what is wrong", () => {
    expect(told({}, { ...failing, severity: "high" })).toEqual({
      headline: "1 new failure",
      lines: [
        "1 new failure:",
        "  high  cloudtrail.log-file-validation: AWS::CloudTrail::Trail main in us-east-1 (111111111111): validation is off",
      ],
    });
  });

  it("begin with the gravest, since a channel may have no room for all", () => {
    const after = reportOf(
      (["low", "critical", "medium", "high", "info"] as const).map((severity) =>
        trailFinding(severity, { ...failing, severity }),
      ),
    );
    const before = reportOf([trailFinding("other")]);
    const lines =
      newsText({ after, before: { report: before, diff: compareReports(before, after) } })?.lines ?? [];
    expect(lines.map((line) => line.trim().split(" ")[0])).toEqual([
      "5",
      "critical",
      "high",
      "medium",
      "low",
      "info",
    ]);
  });

  it("sum up a first run, and list nothing", () => {
    const report = reportOf([
      trailFinding("a", { ...failing, severity: "low" }),
      trailFinding("b", { ...failing, severity: "critical" }),
      trailFinding("c", { ...failing, waiver }),
      trailFinding("d", blind),
      trailFinding("e"),
    ]);
    expect(newsText({ after: report })).toEqual({
      headline: "first run, 2 open failures in 1 account",
      lines: [
        "2 open failures: 1 critical, 1 low",
        "1 accepted, 1 could not be judged, 1 passed",
        "There is no run before to compare with. From now on, only what changes is told.",
      ],
    });
  });

  it("keep what AWS supplied to its line", () => {
    const text = told({}, { ...failing, message: "line\nbreak \u001b[31m" });
    expect(text?.lines).toHaveLength(2);
    expect(text?.lines.join("")).not.toMatch(/\p{Cc}/u);
  });
});
