import fc from "fast-check";
import { expect, it } from "vitest";
import type { Finding } from "../../../src/core/report.js";
import { severities } from "../../../src/core/severity.js";
import { isOpenFailure } from "../../../src/engine/decide-gate.js";
import {
  isAccepted,
  knownFailures,
  openFailures,
  undecidedFindings,
} from "../../../src/shared/report/open-failures.js";
import { finding, reportOf } from "../../reporters/reports.js";

const anyFinding = fc
  .record({
    status: fc.constantFrom("pass", "fail", "not-applicable", "unknown", "error"),
    severity: fc.constantFrom(...severities),
    baseline: fc.constantFrom("known", "new", undefined),
    waived: fc.boolean(),
  })
  .map(({ baseline, waived, ...rest }): Finding =>
    finding({
      ...rest,
      ...(baseline === undefined ? {} : { baseline }),
      ...(waived ? { waiver: { reason: "accepted" } } : {}),
    }),
  );

it("every failure is open, known or waived, and only one of them", () => {
  fc.assert(
    fc.property(fc.array(anyFinding), fc.boolean(), (findings, newOnly) => {
      const report = reportOf(findings);
      const waived = findings.filter(({ status, waiver }) => status === "fail" && waiver !== undefined);
      const parts = [...openFailures(report, { newOnly }), ...knownFailures(report, { newOnly }), ...waived];
      expect(new Set(parts).size).toBe(parts.length);
      expect(parts).toHaveLength(report.summary.fail);
    }),
  );
});

it("what counts for the gate and what is open are the same, where every severity counts", () => {
  fc.assert(
    fc.property(fc.array(anyFinding), fc.boolean(), (findings, newOnly) => {
      const open = openFailures(reportOf(findings), { newOnly });
      expect(new Set(open)).toEqual(
        new Set(
          findings.filter((item) => isOpenFailure(item, { failOn: "info", allowUnknown: false, newOnly })),
        ),
      );
    }),
  );
});

it("without newOnly a known failure is open, and nothing is let through", () => {
  const known = finding({ status: "fail", baseline: "known" });
  expect(openFailures(reportOf([known]))).toEqual([known]);
  expect(knownFailures(reportOf([known]), {})).toEqual([]);
  expect(isAccepted(known, {})).toBe(false);
});

it("the gravest come first, and those of a severity stay in their order", () => {
  const failures = (["low", "critical", "low", "high"] as const).map((severity, at) =>
    finding({ id: at.toString(), status: "fail", severity }),
  );
  expect(openFailures(reportOf(failures)).map(({ id }) => id)).toEqual(["1", "3", "0", "2"]);
});

it("what is unknown or broke could not be judged", () => {
  const findings = (["pass", "unknown", "fail", "error", "not-applicable"] as const).map((status) =>
    finding({ status }),
  );
  expect(undecidedFindings(reportOf(findings)).map(({ status }) => status)).toEqual(["unknown", "error"]);
});
