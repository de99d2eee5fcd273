import { describe, expect, it } from "vitest";
import { overrideFindings, overrideRules } from "../../src/engine/apply-overrides.js";
import { accountId, finding, rule } from "../support/build.js";

const rules = [rule({ id: "a.one", with: { x: 1, y: 2 } }), rule({ id: "b.two" })];

describe("overriding rules", () => {
  it("merges options key by key and replaces the severity", () => {
    const [first, second] = overrideRules(
      rules,
      [{ rule: "a.*", severity: "critical", with: { y: 3 } }],
      accountId,
    );
    expect(first).toMatchObject({ severity: "critical", with: { x: 1, y: 3 } });
    expect(second).toEqual(rules[1]);
  });

  it("lets the later entry win", () => {
    const entries = [
      { rule: "*", severity: "low" },
      { rule: "a.one", severity: "high" },
    ] as const;
    expect(overrideRules(rules, entries, accountId).map(({ severity }) => severity)).toEqual(["high", "low"]);
  });

  it("switches a rule off", () => {
    expect(overrideRules(rules, [{ rule: "a.one", off: "not ours" }], accountId).map(({ id }) => id)).toEqual(
      ["b.two"],
    );
  });

  it("concerns only the accounts that are named", () => {
    expect(overrideRules(rules, [{ rule: "*", off: "no", accounts: ["999999999999"] }], accountId)).toEqual(
      rules,
    );
  });
});

describe("overriding findings of single regions", () => {
  const findings = [
    finding({ rule: "a.one", region: "us-east-1" }),
    finding({ rule: "a.one", region: "eu-west-1" }),
  ];

  it("changes the severity there and nowhere else", () => {
    const changed = overrideFindings(findings, [{ rule: "a.*", regions: ["eu-west-1"], severity: "info" }]);
    expect(changed.map(({ severity }) => severity)).toEqual(["medium", "info"]);
  });

  it("switches off there", () => {
    expect(overrideFindings(findings, [{ rule: "a.one", regions: ["eu-west-1"], off: "unused" }])).toEqual([
      findings[0],
    ]);
  });

  it("leaves overrides without regions to the rules", () => {
    expect(overrideFindings(findings, [{ rule: "a.one", off: "everywhere" }])).toEqual(findings);
  });
});
