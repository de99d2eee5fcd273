import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RenderOptions } from "../../src/core/reporter.js";
import type { Finding, Report } from "../../src/core/report.js";
import { text } from "../../src/reporters/text.js";
import { finding, refused, reportOf, schemaErrors, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options: RenderOptions = {
  gate: { exitCode: 1, because: "3 open failures (1 high, 2 low)" },
  color: false,
};
const render = (report: Report, part: Partial<RenderOptions> = {}): string =>
  text.render(report, { ...options, ...part });
const clean = { gate: { exitCode: 0, because: "1 verdict passed, none failed the run" } } as const;
const many = Array.from({ length: 5_000 }, (_, at) => at);

describe("golden files", () => {
  it.each([
    { title: "one of everything", file: "everything.txt", report: sampleReport, part: {} },
    {
      title: "one of everything, coloured and narrow",
      file: "everything-color-60.txt",
      report: sampleReport,
      part: { color: true, width: 60 },
    },
    { title: "all well", file: "clean.txt", report: reportOf([finding()]), part: clean },
    {
      title: "nothing found",
      file: "empty.txt",
      report: reportOf([]),
      part: { gate: { exitCode: 2, because: "no rule was selected, so nothing was judged" } },
    },
    {
      title: "two accounts",
      file: "two-accounts.txt",
      report: reportOf([
        finding(),
        finding({ account: "222222222222", status: "fail", message: "no trail records" }),
      ]),
      part: {},
    },
  ] as const)("$title", async ({ file, report, part }) => {
    expect(schemaErrors(report)).toEqual([]);
    await expect(render(report, part)).toMatchFileSnapshot(`golden/${file}`);
  });
});

describe("what comes first", () => {
  it("failures come before what is unknown, and that before passes", () => {
    const out = render(sampleReport);
    expect(out.indexOf("✘ 3 failures")).toBeLessThan(out.indexOf("? 3 unknown"));
    expect(out.indexOf("? 3 unknown")).toBeLessThan(out.indexOf("✔ 3 passed"));
  });

  it("the gravest failure comes first, whatever the order of rules", () => {
    const severities = ["info", "critical", "low", "high", "medium"] as const;
    const out = render(
      reportOf(severities.map((severity) => finding({ rule: `a.${severity}`, severity, status: "fail" }))),
    );
    const places = ["critical", "high", "medium", "low", "info"].map((severity) =>
      out.indexOf(`a.${severity}`),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("a waived and a known failure stand apart from the open ones, with their mark", () => {
    const out = render(
      reportOf([
        trailFinding("w", { status: "fail", waiver: { reason: "sandbox" } }),
        trailFinding("k", { status: "fail", baseline: "known" }),
        trailFinding("o", { status: "fail", baseline: "new" }),
      ]),
      { newOnly: true },
    );
    expect(out).toContain("✘ 1 failure\n");
    expect(out).toContain("✘ 2 failures waived or known before");
    expect(out).toMatch(/waived +reason: sandbox/u);
    expect(out).toMatch(/baseline +known/u);
  });
});

describe("remedies", () => {
  const cli = "aws cloudtrail update-trail --name x";
  it("a remedy that all subjects of a rule share stands once", () => {
    const out = render(
      reportOf([
        trailFinding("a", { status: "fail", remediation: { cli } }),
        trailFinding("b", { status: "fail", remediation: { cli } }),
      ]),
    );
    expect(out.split(cli)).toHaveLength(2);
  });

  it("remedies that differ stand with their subjects", () => {
    const out = render(
      reportOf([
        trailFinding("a", { status: "fail", remediation: { cli: `${cli}a` } }),
        trailFinding("b", { status: "fail", remediation: { cli: `${cli}b` } }),
      ]),
    );
    expect(out).toContain(`${cli}a`);
    expect(out).toContain(`${cli}b`);
  });

  it("a command is never wrapped, so that it can be copied", () => {
    const long = `aws ${Array.from({ length: 40 }, (_, at) => `--option-${at.toString()} value`).join(" ")}`;
    expect(render(reportOf([finding({ status: "fail", remediation: { cli: long } })]))).toContain(long);
  });
});

describe("what could not be judged", () => {
  const unread = (part: Partial<Finding>): Finding =>
    trailFinding("t", { status: "unknown", reason: "unreadable", message: "could not be read", ...part });
  const coverage = (report: Report): string =>
    / *Coverage[\s\S]*?\.\n/u.exec(render(report, { width: 400 }))?.[0].trim() ?? "";

  it("coverage says how many were judged, and which refusal hides the rest", () => {
    const report = reportOf([finding(), finding({ status: "fail" }), unread({})], {
      gaps: [refused("cloudtrail:GetEventSelectors", "us-east-1")],
    });
    expect(coverage(report)).toBe(
      "Coverage of account 111111111111: judged 2 of 3; 1 unknown, because cloudtrail:GetEventSelectors was refused in us-east-1.",
    );
  });

  it.each([
    ["Throttled", "was throttled"],
    ["TimedOut", "timed out"],
    ["Unreachable", "could not be reached"],
    ["InternalFailure", "failed (InternalFailure)"],
  ])("%s reads %s, and grants nothing", (reason, words) => {
    const report = reportOf([unread({})], {
      gaps: [refused("cloudtrail:DescribeTrails", "eu-west-1", { reason })],
    });
    expect(coverage(report)).toContain(`because cloudtrail:DescribeTrails ${words} in eu-west-1`);
    expect(render(report)).not.toContain("grant ");
  });

  it("a refusal names the action to grant", () => {
    expect(
      render(reportOf([unread({})], { gaps: [refused("cloudtrail:GetTrailStatus", "eu-west-1")] })),
    ).toMatch(/grant +cloudtrail:GetTrailStatus/u);
  });

  it("findings are put under the gap of their own resource, not under others", () => {
    const gaps = [
      refused("cloudtrail:GetTrailStatus", "us-east-1", { resource: unread({}).subject.arn ?? "" }),
      refused("sns:ListTopics", "us-east-1", { type: "AWS::SNS::Topic" }),
    ];
    const report = reportOf([unread({})], { gaps });
    expect(coverage(report)).not.toContain("sns:ListTopics");
    expect(render(report)).toMatch(/Also not read:\n +sns:ListTopics was refused/u);
  });

  it("one cause in many regions is told once", () => {
    const regions = ["eu-west-1", "us-east-1", "us-east-2"];
    const out = render(
      reportOf([unread({})], { gaps: regions.map((region) => refused("cloudtrail:DescribeTrails", region)) }),
    );
    expect(out).toContain("cloudtrail:DescribeTrails was refused in eu-west-1, us-east-1, us-east-2");
  });

  it.each([
    ["undecidable", "what was read does not decide"],
    ["not-collected", "the snapshot does not hold what the rule needs"],
  ] as const)("%s is not blamed on a refusal", (reason, words) => {
    const report = reportOf([unread({ reason })], { gaps: [refused("sns:ListTopics", "us-east-1")] });
    expect(coverage(report)).toBe(
      `Coverage of account 111111111111: judged 0 of 1; 1 unknown, because ${words}.`,
    );
  });

  it("an account with gaps alone is still listed", () => {
    expect(
      render(
        reportOf([], {
          accounts: [],
          gaps: [refused("sts:GetCallerIdentity", "us-east-1", { account: "unknown" })],
        }),
      ),
    ).toContain("sts:GetCallerIdentity was refused");
  });
});

describe("any size", () => {
  it("5,000 failing trails are all there", () => {
    const out = render(
      reportOf(many.map((at) => trailFinding(`t-${at.toString()}`, { status: "fail", message: "off" }))),
    );
    expect(out.match(/AWS::CloudTrail::Trail t-\d+ in/gu)).toHaveLength(5_000);
  });

  it("5,000 unknown findings with 5,000 gaps have one reason", () => {
    const findings = many.map((at) =>
      trailFinding(`t-${at.toString()}`, { status: "unknown", reason: "unreadable" }),
    );
    const gaps = findings.map(({ subject }) =>
      refused("cloudtrail:GetTrailStatus", "us-east-1", { resource: subject.arn ?? "" }),
    );
    expect(render(reportOf(findings, { gaps }), { width: 400 })).toContain(
      "5000 unknown, because cloudtrail:GetTrailStatus was refused in us-east-1.",
    );
  });

  it("lines keep to the width, but a name longer than a line stays whole", () => {
    const name = "n".repeat(300);
    const out = render(reportOf([trailFinding(name, { status: "fail", message: "word ".repeat(200) })]), {
      width: 60,
    });
    expect(out).toContain(name);
    expect(out.split("\n").filter((line) => line.length > 60 && !line.includes(name))).toEqual([]);
  });
});

describe("terminal safety", () => {
  // Hostile names: controls, escapes, bidi overrides, zero-width characters, separators, lone surrogates, and anything else.
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "\u001b[2J",
          "\u009b31m",
          "\r",
          "\n",
          "\t",
          "\u0007",
          "\u202e",
          "\u2066",
          "\u200b",
          "\ufeff",
          "\u2028",
          "\ud800",
          "\u00ad",
          "\u{e0041}",
          "a",
          " ",
        ),
      )
      .map((parts) => parts.join("")),
  );
  const anyFinding = fc.record({
    name: hostile,
    other: hostile,
    status: fc.constantFrom("pass", "fail", "not-applicable", "unknown", "error"),
  });
  const report = fc.array(anyFinding, { maxLength: 6 }).map((rows) =>
    reportOf(
      rows.map(({ name, other, status }) => hostileFinding(name, other, status)),
      { gaps: rows.map(({ name, other }) => refused(name, other, { reason: name, resource: other })) },
    ),
  );

  function hostileFinding(name: string, other: string, status: Finding["status"]): Finding {
    return trailFinding(name, {
      status,
      rule: other,
      title: name,
      account: other,
      region: other,
      message: name,
      notes: [other],
      witness: { eventName: name, [other]: { [name]: other } },
      candidates: [{ ref: name, status, brokenLink: other }],
      remediation: { text: name, cli: other },
      references: [name],
      waiver: { reason: other },
      ...(status === "unknown" ? { reason: "unreadable" as const } : {}),
    });
  }

  it("nothing but line feeds and our own colours steers the terminal, whatever AWS calls its things", () => {
    fc.assert(
      fc.property(report, fc.boolean(), fc.integer({ min: 1, max: 200 }), (value, color, width) => {
        const rest = render(value, { color, width }).replace(
          color ? /\u001b\[(?:[0-2]|3[1-3])m/gu : /^$/gu,
          "",
        );
        expect(rest).not.toMatch(/[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });

  it("colour changes no word", () => {
    expect(render(sampleReport, { color: true }).replace(/\u001b\[\d+m/gu, "")).toBe(render(sampleReport));
  });
});
