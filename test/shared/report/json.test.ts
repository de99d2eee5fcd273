import { describe, expect, it } from "vitest";
import { reportJsonPieces } from "../../../src/shared/report/json.js";
import { finding } from "../../support/build.js";
import type { Report } from "../../../src/core/report.js";

const summary = {
  pass: 1,
  fail: 0,
  "not-applicable": 0,
  unknown: 0,
  error: 0,
  waived: 0,
  known: 0,
  rules: 1,
};
const empty: Report = {
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "1.0.0" },
  accounts: [],
  summary,
  findings: [],
  gaps: [],
};
const gap = { account: "111122223333", type: "AWS::IAM::Role", region: "global", reason: "AccessDenied" };
const account = {
  id: "111122223333",
  partition: "aws",
  regions: ["us-east-1"],
  source: "live",
  takenAt: "2026-11-20T12:00:00.000Z",
};

describe("a report as JSON text", () => {
  it.each<[string, Report]>([
    ["of nothing", empty],
    ["of one finding", { ...empty, findings: [finding({ notes: ["a\nb", "c"] })] }],
    [
      "of several",
      {
        ...empty,
        accounts: [account, { ...account, id: "222222222222", regions: [] }],
        findings: [finding(), finding({ witness: { b: [{}, []], a: null } })],
        gaps: [gap, gap],
        notes: [{ kind: "account-skipped", message: "so" }],
      },
    ],
  ])("%s is laid out as JSON.stringify does it", (_, report) => {
    const text = [...reportJsonPieces(report)].join("");
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it("holds nothing that could steer a terminal", () => {
    const hostile = "\u001b[2J\u202e";
    const text = [...reportJsonPieces({ ...empty, findings: [finding({ message: hostile })] })].join("");
    expect(text).not.toMatch(/[\u001b\u202e]/u);
    expect((JSON.parse(text) as Report).findings[0]?.message).toBe(hostile);
  });
});
