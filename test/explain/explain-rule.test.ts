import { describe, expect, it } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import type { Rule } from "../../src/core/rule.js";
import { explainRule } from "../../src/explain/explain-rule.js";
import { renderRuleExplanation } from "../../src/explain/rule-text.js";
import { findRule } from "../../src/run/find-rule.js";
import { places, problemsOf, withFiles } from "../loaders/support/plugins.js";

const rule: Rule = {
  id: "own.signed",
  title: "Trails sign",
  severity: "low",
  evaluator: "assert",
  why: "So that it is known.",
  with: {
    for: "AWS::CloudTrail::Trail",
    noun: "trail",
    assert: { path: "IsLogging", equals: true },
    absence: "fail",
  },
  controls: { "cis-aws-9.9.9": ["3.2"] },
  remediation: { text: "Sign.", cli: "aws sign --it\naws again" },
  references: ["https://example.com/why"],
};

const shippedRules = await builtins.rules();

describe("a rule's explanation", () => {
  it("says what is read, by which calls, and which actions these need", async () => {
    const { reads, calls, actions } = await explainRule(rule);
    expect(reads).toEqual([
      { type: "AWS::CloudTrail::Trail", properties: ["IsLogging"], summary: expect.any(String) as string },
    ]);
    expect(calls.map(({ operation }) => operation)).toEqual([
      "sts:GetCallerIdentity",
      "account:ListRegions",
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetTrailStatus",
    ]);
    expect(actions).toEqual([
      "account:ListRegions",
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetTrailStatus",
    ]);
  });

  it("shows what the rule itself says of an empty account, and of one that refuses everything", async () => {
    const { verdicts } = await explainRule(rule);
    expect(verdicts.map(({ status, shown }) => [status, shown])).toEqual([
      ["pass", undefined],
      ["fail", undefined],
      ["fail", "this account has no trail"],
      [
        "unknown",
        "the AWS::CloudTrail::Trail list of us-east-1 could not be read: AccessDenied; grant cloudtrail:DescribeTrails in us-east-1",
      ],
    ]);
    const lenient = await explainRule({ ...rule, with: { ...rule.with, absence: "not-applicable" } });
    expect(lenient.verdicts[2]).toMatchObject({ status: "not-applicable" });
  });

  it("names the packs that hold the rule, and the titles that a framework's pack gives its controls", async () => {
    const packs = [
      {
        id: "cis-aws-9.9.9",
        title: "CIS",
        controls: {
          "3.2": { title: "Validation is on", rules: ["own.signed"] },
          "3.9": { title: "More", rules: ["own.signed", "x"] },
        },
      },
      { id: "mine", title: "Mine", rules: ["own.*"] },
    ];
    const explained = await explainRule(rule, { packs });
    expect(explained.packs).toEqual(["cis-aws-9.9.9", "every-rule", "mine"]);
    expect(explained.controls).toEqual([
      { framework: "cis-aws-9.9.9", id: "3.2", title: "Validation is on" },
      { framework: "cis-aws-9.9.9", id: "3.9", title: "More" },
    ]);
  });

  it("of a template has no verdicts, since its options are not complete", async () => {
    expect(
      await explainRule({
        id: "t",
        title: "T",
        severity: "low",
        evaluator: "cloudtrail-logging",
        template: true,
      }),
    ).toMatchObject({ template: true, verdicts: [] });
  });

  it("of a rule whose evaluator is gone still tells the rest", async () => {
    expect(await explainRule({ ...rule, evaluator: "gone" })).toMatchObject({
      title: "Trails sign",
      evaluator: { id: "gone", summary: "there is no such evaluator" },
      reads: [],
      verdicts: [],
    });
  });

  it("as text keeps commands whole and neutralises what could steer a terminal", async () => {
    const text = renderRuleExplanation(
      await explainRule({ ...rule, why: "so\u001b[31m", remediation: { cli: `aws ${"x".repeat(120)}` } }),
      { color: false, width: 60 },
    );
    expect(text).toContain(`  aws ${"x".repeat(120)}\n`);
    expect(text).toContain("so\\u{1b}[31m");
    expect(text).not.toContain("\u001b");
  });

  it.each(shippedRules.map((shipped) => [shipped.id, shipped] as const))(
    "of the built-in %s says what is read, and when it is unknown",
    async (_, shipped) => {
      const explained = await explainRule(shipped);
      if (shipped.template === true) return;
      expect(explained.reads.length).toBeGreaterThan(0);
      expect(explained.verdicts.map(({ status }) => status)).toContain("unknown");
    },
  );
});

describe("a rule is found", () => {
  const text = "id: own.x\ntitle: X\nseverity: low\nevaluator: cloudtrail-logging\nwith: { per: account }\n";

  it("by its id, built in", async () => {
    expect(await findRule("cloudtrail.glacier-events")).toMatchObject({
      ok: true,
      value: { rule: { id: "cloudtrail.glacier-events" } },
    });
  });

  it("by its file, and by its id where a config names it", async () => {
    await withFiles({ "x.yaml": text, "watchproof.yaml": "rules: [x.yaml]\n" }, async (folder) => {
      expect(await findRule(`${folder}/x.yaml`)).toMatchObject({
        ok: true,
        value: { rule: { id: "own.x" }, file: `${folder}/x.yaml` },
      });
      expect(await findRule("own.x", { config: `${folder}/watchproof.yaml` })).toMatchObject({
        ok: true,
        value: { rule: { id: "own.x" } },
      });
    });
  });

  it("or there is none, and the nearest id is named", async () => {
    const [problem] = problemsOf(await findRule("cloudtrail.glacier-event"));
    expect(problem).toMatchObject({
      code: "unknown-rule",
      hint: 'did you mean "cloudtrail.glacier-events"?',
    });
  });

  it("with the mistakes of its file", async () => {
    await withFiles({ "x.yaml": text.replace("low", "lwo") }, async (folder) => {
      expect(places(problemsOf(await findRule(`${folder}/x.yaml`)))).toEqual(["bad-value 3:11"]);
    });
  });

  it("not in a folder of several", async () => {
    await withFiles({ "r/x.yaml": text, "r/y.yaml": text.replace("own.x", "own.y") }, async (folder) => {
      expect(places(problemsOf(await findRule(`${folder}/r`)))).toEqual(["unknown-rule"]);
    });
  });
});
