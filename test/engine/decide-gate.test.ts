import { describe, expect, it } from "vitest";
import type { ExitCode, GateOptions } from "../../src/core/gate.js";
import type { Finding, Report } from "../../src/core/report.js";
import { decideGate } from "../../src/engine/decide-gate.js";
import { summarize } from "../../src/engine/summarize.js";
import { finding } from "../support/build.js";

const pass = finding();
const notApplicable = finding({ status: "not-applicable" });
const low = finding({ status: "fail", severity: "low" });
const high = finding({ status: "fail", severity: "high" });
const waived = finding({ status: "fail", severity: "high", waiver: { reason: "accepted" } });
const unknown = finding({ status: "unknown", reason: "unreadable" });
const error = finding({ status: "error" });
const report = (findings: readonly Finding[], rules = 1): Report => ({
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "0.0.0" },
  accounts: [],
  summary: summarize(findings, rules),
  findings,
  gaps: [],
});

describe("the gate", () => {
  it.each<[string, readonly Finding[], Partial<GateOptions>, ExitCode]>([
    ["passes when all is well", [pass], {}, 0],
    ["passes when nothing applies", [notApplicable], {}, 0],
    ["fails on a failure", [pass, high], {}, 1],
    ["counts a failure at the threshold", [low], { failOn: "low" }, 1],
    ["lets a failure below the threshold through", [pass, low], { failOn: "medium" }, 0],
    ["lets a waived failure through", [pass, waived], {}, 0],
    ["says when something is unknown", [pass, unknown], {}, 3],
    ["says when everything is unknown", [unknown], {}, 3],
    ["says when an evaluator broke", [pass, error], {}, 3],
    ["puts a failure before unknown", [high, unknown], {}, 1],
    ["puts unknown before a failure below the threshold", [low, unknown], { failOn: "high" }, 3],
    ["allows unknown beside something judged", [pass, unknown, error], { allowUnknown: true }, 0],
    ["does not pass a run that judged nothing, even if unknown is allowed", [unknown], { allowUnknown: true }, 2],
    ["does not pass a run without findings", [], {}, 2],
  ])("%s", (_, findings, options, exitCode) => {
    expect(decideGate(report(findings), { failOn: "low", allowUnknown: false, ...options }).exitCode).toBe(exitCode);
  });

  it("does not pass a run without rules", () => {
    expect(decideGate(report([], 0), { failOn: "low", allowUnknown: true })).toEqual({ exitCode: 2, because: "no rule was selected, so nothing was judged" });
  });

  it("counts failures by severity, the worst first", () => {
    const { because } = decideGate(report([low, high, high]), { failOn: "low", allowUnknown: false });
    expect(because).toBe("3 open failures (2 high, 1 low); severity low and above fails the run");
  });
});
