import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/report.js";
import type { Status } from "../../src/core/verdict.js";
import { mergeWorlds } from "../../src/previews/merge-worlds.js";
import { finding } from "../support/build.js";

const told = (status: Status | "absent"): readonly Finding[] =>
  status === "absent"
    ? []
    : [finding({ status, ...(status === "unknown" ? { reason: "undecidable" as const } : {}) })];

const merged = (...statuses: readonly (Status | "absent")[]): readonly string[] =>
  mergeWorlds(
    statuses.map((status, at) => ({
      given: [`parameter Stage is ${at.toString()}`],
      findings: told(status),
    })),
  ).map(({ status }) => status);

describe("findings of several worlds", () => {
  it.each<readonly [readonly (Status | "absent")[], readonly string[]]>([
    [["pass", "pass"], ["pass"]],
    [["fail", "fail"], ["fail"]],
    [["pass", "fail"], ["unknown"]],
    [["fail", "absent"], ["unknown"]],
    [["pass", "absent"], ["pass"]],
    [["pass", "not-applicable"], ["pass"]],
    [["unknown", "pass"], ["unknown"]],
    [["fail", "unknown"], ["unknown"]],
    [["not-applicable", "fail"], ["unknown"]],
    [["absent", "absent"], []],
    [["error", "pass"], ["unknown"]],
  ])("%j is %j", (statuses, expected) => {
    expect(merged(...statuses)).toEqual(expected);
  });

  it("names the parameter that decides, and where it fails", () => {
    const [one] = mergeWorlds([
      { given: ["parameter Stage is prod"], findings: told("pass") },
      {
        given: ["parameter Stage is dev"],
        findings: [
          finding({ status: "fail", message: "validation is off", remediation: { text: "turn it on" } }),
        ],
      },
    ]);
    expect(one).toMatchObject({ status: "unknown", reason: "undecidable" });
    expect(one?.message).toBe(
      "depends on parameter Stage; it fails where parameter Stage is dev: validation is off",
    );
    expect(one).not.toHaveProperty("remediation");
  });

  it("takes no verdict from the order of worlds", () => {
    const status = fc.constantFrom<Status | "absent">("pass", "fail", "unknown", "not-applicable", "absent");
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 6 }), (statuses) => {
        expect(merged(...statuses.toReversed())).toEqual(merged(...statuses));
      }),
    );
  });

  it("never passes what fails somewhere, and never fails what passes somewhere", () => {
    const status = fc.constantFrom<Status | "absent">("pass", "fail", "unknown", "not-applicable", "absent");
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 6 }), (statuses) => {
        const [verdict] = merged(...statuses);
        if (statuses.includes("fail")) expect(verdict).not.toBe("pass");
        if (statuses.some((one) => one !== "fail")) expect(verdict).not.toBe("fail");
      }),
    );
  });
});
