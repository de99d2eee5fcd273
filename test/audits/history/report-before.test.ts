import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/core/report.js";
import { compareReports } from "../../../src/compare/compare-reports.js";
import { searchBefore } from "../../../src/audits/history/report-before.js";
import { summarize } from "../../../src/engine/summarize.js";
import { finding } from "../../support/build.js";

type Night = Readonly<Record<string, "fails" | "passes" | "unread" | "hidden" | "empty">>;

/** One night's report: what became of one rule in each account. */
function night(accounts: Night): Report {
  const findings = Object.entries(accounts).map(([account, what]) =>
    what === "unread" || what === "hidden"
      ? finding({
          id: `account ${account}`,
          account,
          region: "global",
          status: "unknown",
          reason: "unreadable",
          message: "refused",
          subject: { kind: "account", type: "AWS::Account", id: account },
        })
      : finding({
          id: `bucket ${account}`,
          account,
          status: what === "fails" ? "fail" : "pass",
          ...(what === "empty" ? { id: `other ${account}` } : {}),
        }),
  );
  return {
    format: "watchproof-report/1",
    tool: { name: "watchproof", version: "1.0.0" },
    accounts: Object.entries(accounts).map(([id, what]) => ({
      id,
      partition: "aws",
      regions: what === "unread" ? [] : ["us-east-1"],
      source: "live",
      takenAt: "2026-11-21T02:00:00Z",
    })),
    summary: summarize(findings, 1),
    findings,
    gaps: [],
  };
}

/** What is new and what is not judged any more in the last of some nights, the oldest first. */
function news(
  nights: readonly Night[],
  partial = false,
): {
  readonly new: readonly string[];
  readonly unjudged: readonly string[];
  readonly fixed: readonly string[];
  readonly looked: number;
} {
  const [after = night({}), ...earlier] = nights.map(night).reverse();
  const search = searchBefore(after, { partial });
  let looked = 0;
  for (const report of earlier) {
    if (!search.isOpen()) break;
    search.look(report);
    looked += 1;
  }
  const before = search.found();
  if (before === undefined) return { new: ["everything"], unjudged: [], fixed: [], looked };
  const diff = compareReports(before, after);
  const accountsOf = (kind: "new" | "unjudged" | "fixed"): readonly string[] =>
    diff[kind].map((change) => change.new?.account ?? change.old?.account ?? "");
  return { new: accountsOf("new"), unjudged: accountsOf("unjudged"), fixed: accountsOf("fixed"), looked };
}

describe("what a night is compared with", () => {
  it.each<[string, readonly Night[], Partial<ReturnType<typeof news>>]>([
    ["the first night: with nothing", [{ a: "fails" }], { new: ["everything"] }],
    [
      "the night before",
      [
        { a: "fails", b: "passes" },
        { a: "passes", b: "fails" },
      ],
      { new: ["b"], fixed: ["a"] },
    ],
    [
      "only as many nights as are needed",
      [{ a: "fails" }, { a: "passes" }, { a: "fails" }],
      { new: ["a"], looked: 1 },
    ],
    [
      "a night without access makes nothing new",
      [{ a: "fails" }, { a: "unread" }, { a: "fails" }],
      { new: [], unjudged: [], looked: 2 },
    ],
    [
      "nor hides what was mended meanwhile",
      [{ a: "fails" }, { a: "unread" }, { a: "passes" }],
      { fixed: ["a"] },
    ],
    ["that an account refuses is said", [{ a: "fails" }, { a: "unread" }], { unjudged: ["a"] }],
    ["and said once", [{ a: "fails" }, { a: "unread" }, { a: "unread" }], { unjudged: [], looked: 1 }],
    [
      "an account that was never judged has nothing new but what fails",
      [{ a: "unread" }, { a: "fails" }],
      { new: ["a"] },
    ],
    [
      "an account that is new: its failures are",
      [{ a: "fails" }, { a: "fails", b: "fails" }],
      { new: ["b"] },
    ],
    ["an account that is gone is said", [{ a: "fails", b: "fails" }, { a: "fails" }], { unjudged: ["b"] }],
    ["and said once, too", [{ a: "fails", b: "fails" }, { a: "fails" }, { a: "fails" }], { unjudged: [] }],
    [
      "a night on which a rule could not look makes nothing new",
      [{ a: "fails" }, { a: "hidden" }, { a: "fails" }],
      { new: [], unjudged: [], looked: 2 },
    ],
    [
      "nor do several",
      [{ a: "fails" }, { a: "hidden" }, { a: "unread" }, { a: "hidden" }, { a: "fails" }],
      { new: [], looked: 4 },
    ],
    [
      "nor do they hide what was mended meanwhile",
      [{ a: "fails" }, { a: "hidden" }, { a: "passes" }],
      { fixed: ["a"] },
    ],
    ["what fails since is new", [{ a: "passes" }, { a: "hidden" }, { a: "fails" }], { new: ["a"] }],
    [
      "what came back after it was gone is new",
      [{ a: "fails" }, { a: "empty" }, { a: "hidden" }, { a: "fails" }],
      { new: ["a"], looked: 2 },
    ],
    ["that a rule cannot look is said", [{ a: "fails" }, { a: "hidden" }], { unjudged: ["a"] }],
    [
      "and said once, as well",
      [{ a: "fails" }, { a: "hidden" }, { a: "hidden" }],
      { unjudged: [], looked: 1 },
    ],
  ])("%s", (_title, nights, expected) => {
    expect(news(nights)).toMatchObject(expected);
  });

  it("of a part of the accounts: those alone", () => {
    expect(news([{ a: "fails", b: "fails" }, { a: "passes" }], true)).toMatchObject({
      fixed: ["a"],
      unjudged: [],
      new: [],
    });
  });

  it("after a part of the accounts: the last time that each was judged", () => {
    expect(news([{ a: "fails", b: "fails" }, { a: "fails" }, { a: "fails", b: "fails" }])).toMatchObject({
      new: [],
      unjudged: [],
    });
  });
});
