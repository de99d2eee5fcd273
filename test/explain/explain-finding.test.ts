import { describe, expect, it } from "vitest";
import type { Report, ReportGap } from "../../src/core/report.js";
import { explainFinding, findFindings } from "../../src/explain/explain-finding.js";
import { renderFindingExplanation } from "../../src/explain/finding-text.js";
import { accountId, finding } from "../support/build.js";

const gap = (part: Partial<ReportGap> = {}): ReportGap => ({
  account: accountId,
  type: "AWS::CloudTrail::Trail",
  region: "us-west-2",
  reason: "AccessDenied",
  action: "cloudtrail:DescribeTrails",
  ...part,
});
const report = (findings: Report["findings"], gaps: Report["gaps"] = []): Report => ({
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "0.0.0" },
  accounts: [
    {
      id: accountId,
      partition: "aws",
      regions: ["us-east-1"],
      source: "recorded",
      takenAt: "2026-01-01T00:00:00.000Z",
    },
  ],
  summary: { pass: 0, fail: 0, "not-applicable": 0, unknown: 0, error: 0, waived: 0, known: 0, rules: 1 },
  findings,
  gaps,
});
const explain = (
  part: Parameters<typeof finding>[0],
  gaps: Report["gaps"] = [],
  reads?: readonly string[],
) => {
  const one = finding(part);
  return explainFinding(
    report([one], gaps),
    one,
    reads === undefined ? undefined : { options: [], reads: reads.map((type) => ({ type, properties: [] })) },
  );
};
const region = {
  subject: { kind: "region", type: "AWS::Region", id: "us-west-2" },
  region: "us-west-2",
} as const;
const trail = (name: string): string => `arn:aws:cloudtrail:us-east-1:${accountId}:trail/${name}`;

describe("what would change a verdict", () => {
  it("fail: the finding's remedy, and mending a candidate where there are any", () => {
    const remediation = { text: "Start it.", cli: "aws start" };
    const { changes } = explain({
      status: "fail",
      remediation,
      candidates: [{ ref: trail("a"), status: "fail", brokenLink: "is not logging" }],
    });
    expect(changes[0]).toEqual({ to: ["pass"], how: "Start it.", remediation });
    expect(changes[1]?.how).toContain("first broken link");
  });

  it("fail: a waiver only hides it for a time", () => {
    expect(
      explain({ status: "fail", waiver: { reason: "known", until: "2026-02-01" } }).changes.at(-1),
    ).toMatchObject({ to: ["fail"] });
  });

  it("pass: the only candidate that carries it", () => {
    const candidates = [
      { ref: trail("a"), status: "pass" },
      { ref: trail("b"), status: "fail", brokenLink: "is not logging" },
    ] as const;
    expect(explain({ status: "pass", candidates }).changes).toEqual([
      { to: ["fail"], how: `It rests on ${trail("a")} alone: without it, it fails.` },
    ]);
  });

  it("pass: several candidates, or the observed values", () => {
    const both = [
      { ref: trail("a"), status: "pass" },
      { ref: trail("b"), status: "pass" },
    ] as const;
    expect(explain({ status: "pass", candidates: both }).changes[0]?.how).toContain("without all of them");
    expect(
      explain({ status: "pass", evidence: [{ path: "a.IsLogging", value: true }] }).changes[0]?.how,
    ).toContain("1 value");
    expect(explain({ status: "pass" }).changes).toEqual([]);
  });

  it("unknown, unreadable: what to grant, and where", () => {
    const { causes, changes } = explain({ status: "unknown", reason: "unreadable", ...region }, [gap()]);
    expect(causes).toMatchObject([{ grant: "cloudtrail:DescribeTrails", regions: ["us-west-2"] }]);
    expect(changes).toMatchObject([{ to: ["pass", "fail"], grants: ["cloudtrail:DescribeTrails"] }]);
    expect(changes[0]?.how).toContain("Grant cloudtrail:DescribeTrails in us-west-2");
  });

  it("unknown, unreadable: each of several actions is granted by itself", () => {
    expect(
      explain({ status: "unknown", reason: "unreadable", ...region }, [
        gap({ action: "cloudtrail:ListChannels, cloudtrail:ListServiceLinkedChannels" }),
      ]).changes[0]?.grants,
    ).toEqual(["cloudtrail:ListChannels", "cloudtrail:ListServiceLinkedChannels"]);
  });

  it("unknown, unreadable for want of an answer: nothing to grant", () => {
    const [change] = explain({ status: "unknown", reason: "unreadable", ...region }, [
      gap({ reason: "TimedOut" }),
    ]).changes;
    expect(change).not.toHaveProperty("grants");
    expect(change?.how).toContain("Try again");
  });

  it("unknown: another region's gap, and a type that the rule does not read, have no part in it", () => {
    const gaps = [
      gap(),
      gap({ region: "eu-west-1" }),
      gap({ type: "AWS::SNS::Topic", action: "sns:ListTopics" }),
    ];
    expect(
      explain({ status: "unknown", reason: "unreadable", ...region }, gaps, ["AWS::CloudTrail::Trail"])
        .causes,
    ).toMatchObject([{ what: "cloudtrail:DescribeTrails", regions: ["us-west-2"] }]);
  });

  it("unknown, not collected: a snapshot that holds it", () => {
    expect(explain({ status: "unknown", reason: "not-collected" }).changes[0]?.how).toContain(
      "watchproof collect --rule a.rule --out FILE",
    );
  });

  it.each([
    ["unknown", "undecidable"],
    ["not-applicable", undefined],
    ["error", undefined],
  ] as const)("%s %s: says so", (status, reason) => {
    expect(explain({ status, ...(reason === undefined ? {} : { reason }) }).changes).toHaveLength(1);
  });
});

it("gaps that could not change a verdict are counted, those of other accounts not", () => {
  expect(explain({ status: "fail" }, [gap(), gap({ account: "999999999999" })])).toMatchObject({
    causes: [],
    harmlessGaps: 1,
  });
});

it("a finding is found by the first characters of its id", () => {
  const one = finding({ id: "aa11" });
  const two = finding({ id: "aa22" });
  expect(findFindings(report([one, two]), "AA1")).toEqual([one]);
  expect(findFindings(report([one, two]), "aa")).toEqual([one, two]);
  expect(findFindings(report([one, two]), "b")).toEqual([]);
});

it("as text, every observed value stands whole, null as not set, and nothing steers the terminal", () => {
  const evidence = [
    { path: "audit.Selectors", value: ["x".repeat(200)], from: "cloudtrail:GetEventSelectors us-east-1" },
    { path: "audit.Key", value: null },
  ];
  const text = renderFindingExplanation(
    explain({ status: "fail", message: "bad \u001b]0;x\u0007 name", evidence, witness: { kind: "off" } }),
    { color: false, width: 60 },
  );
  expect(text).toContain(`cloudtrail:GetEventSelectors us-east-1  ["${"x".repeat(200)}"]`);
  expect(text).toMatch(/audit\.Key +not set/u);
  expect(text).toContain("witness     kind: off");
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});
