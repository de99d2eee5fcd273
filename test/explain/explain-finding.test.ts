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
    const evidence = [{ path: "a.IsLogging", value: true }];
    expect(explain({ status: "pass", candidates, evidence }).changes).toEqual([
      { to: ["fail"], how: `It rests on ${trail("a")} alone: without it, it fails.` },
    ]);
  });

  it("pass: where a candidate stays open, the verdict without its only proof is not known", () => {
    const candidates = [
      { ref: trail("a"), status: "pass" },
      { ref: trail("b"), status: "unknown", brokenLink: "EventSelectors could not be read" },
    ] as const;
    const evidence = [{ path: `${trail("a")}/IsLogging`, value: true }];
    expect(explain({ status: "pass", candidates, evidence }).changes).toEqual([
      { to: ["fail", "unknown"], how: `It rests on ${trail("a")} alone: without it, it no longer passes.` },
    ]);
  });

  it.each([
    ["an ARN", `${trail("a")}/IsLogging`, trail("a")],
    ["an ARN behind a label", `trail: ${trail("a")}/IsLogging`, trail("a")],
    ["a name", "a.IsLogging", trail("a")],
    ["a type and an id", "filter: AWS::Logs::MetricFilter//group/of:name/Pattern", "/group/of:name"],
  ])("pass: the proof alone, named by %s; what holds beside it may carry it then", (_, path, ref) => {
    const candidates = [
      { ref, status: "pass" },
      { ref: trail("b"), status: "pass" },
    ] as const;
    expect(explain({ status: "pass", candidates, evidence: [{ path, value: true }] }).changes).toEqual([
      {
        to: ["fail"],
        how: `It rests on ${ref}: it may fail when that no longer holds. ${trail("b")} holds too, and may carry it then.`,
      },
    ]);
  });

  it("pass: one name that ends like another is no proof", () => {
    const candidates = [{ ref: trail("my-a"), status: "pass" }] as const;
    expect(
      explain({ status: "pass", candidates, evidence: [{ path: "a.IsLogging", value: true }] }).changes[0]
        ?.how,
    ).toBe(`Of the candidates, ${trail("my-a")} holds: where none does, it no longer passes.`);
  });

  it("pass: of several in the proof, none is said to be enough", () => {
    const candidates = [
      { ref: trail("a"), status: "pass" },
      { ref: trail("b"), status: "pass" },
    ] as const;
    const evidence = [
      { path: "a.IsLogging", value: true },
      { path: "b.IsLogging", value: true },
    ];
    expect(explain({ status: "pass", candidates, evidence }).changes[0]?.how).toBe(
      `It rests on ${trail("a")} and ${trail("b")}: it may fail when one of them no longer holds.`,
    );
  });

  it("pass without candidates: the observed values", () => {
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

  it("unknown, unreadable: what the finding names is behind it, in whatever region it hides", () => {
    const ref = "arn:aws:cloudtrail:us-east-1:999999999999:trail/org";
    const { causes, changes } = explain(
      {
        status: "unknown",
        reason: "unreadable",
        ...region,
        candidates: [{ ref, status: "unknown", brokenLink: "EventSelectors could not be read" }],
      },
      [
        gap({ region: "us-east-1", reason: "TrailNotFoundException", resource: ref }),
        gap({ region: "eu-west-1" }),
        gap(),
      ],
    );
    expect(causes).toMatchObject([{ reason: "TrailNotFoundException", regions: ["us-east-1"] }]);
    expect(changes[0]?.how).toBe(
      `cloudtrail:DescribeTrails failed (TrailNotFoundException) in us-east-1. The report's gaps hold what AWS answered: mend that, and check again. Open is ${ref}.`,
    );
  });

  it("unknown, unreadable, of another account's topic: its owner must allow it as well", () => {
    const topic = gap({
      type: "AWS::SNS::Topic",
      action: "sns:GetTopicAttributes",
      resource: "arn:aws:sns:us-west-2:999999999999:pager",
    });
    expect(explain({ status: "unknown", reason: "unreadable" }, [topic]).changes[0]?.how).toBe(
      "sns:GetTopicAttributes was refused in us-west-2 (AccessDenied). Grant sns:GetTopicAttributes in us-west-2, and let account 999999999999 allow it in its resource's own policy; then check again.",
    );
    const own = { ...topic, resource: `arn:aws:sns:us-west-2:${accountId}:pager` };
    expect(explain({ status: "unknown", reason: "unreadable" }, [own]).changes[0]?.how).not.toContain(
      "allow it",
    );
  });

  it("unknown, unreadable, of another account: the reason once, no place that is none, nothing to try again", () => {
    const bucket: ReportGap = {
      account: accountId,
      type: "AWS::S3::Bucket",
      region: "unknown",
      reason: "OtherAccount",
      resource: "arn:aws:s3:::logs",
    };
    const [change] = explain({ status: "unknown", reason: "unreadable" }, [bucket]).changes;
    expect(change?.how).toBe(
      "reading AWS::S3::Bucket is left to the account that owns it (OtherAccount). Judge that account too, or look there.",
    );
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

describe("gaps beside a decided verdict", () => {
  const gaps = [
    gap(),
    gap({ type: "AWS::SNS::Topic", action: "sns:ListTopics" }),
    gap({ account: "999999999999" }),
    gap({ type: "Watchproof::Account::Regions", action: "account:ListRegions", region: "global" }),
  ];

  it("what its rule does not read cannot change it; the rest it was reached without", () => {
    const found = explain({ status: "fail" }, gaps, ["AWS::CloudTrail::Trail"]);
    expect(found).toMatchObject({ causes: [], harmlessGaps: 1 });
    expect(found.withoutAnswer.map(({ what }) => what)).toEqual([
      "account:ListRegions",
      "cloudtrail:DescribeTrails",
    ]);
    const text = renderFindingExplanation(found, { color: false, width: 200 });
    expect(text).toContain(
      "1 thing of this account that could not be read cannot change this verdict: its rule does not read it.",
    );
    expect(text).toContain(
      "this verdict was reached without it:\n  account:ListRegions was refused (AccessDenied)",
    );
    expect(text).toContain("  cloudtrail:DescribeTrails was refused in us-west-2 (AccessDenied)");
  });

  it("where the rule is not at hand, none is called harmless", () => {
    expect(explain({ status: "pass" }, gaps)).toMatchObject({ harmlessGaps: 0 });
    expect(explain({ status: "pass" }, gaps).withoutAnswer).toHaveLength(3);
  });

  it("an unknown verdict calls none harmless", () => {
    expect(explain({ status: "unknown", reason: "undecidable" }, gaps)).toMatchObject({
      harmlessGaps: 0,
      withoutAnswer: [],
    });
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
