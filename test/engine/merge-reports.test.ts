import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/core/report.js";
import { canonical } from "../../src/engine/evaluate-rules.js";
import { mergeReports } from "../../src/engine/merge-reports.js";
import { summarize } from "../../src/engine/summarize.js";
import { anyReports } from "./support/any-report.js";

describe("merged reports", () => {
  it("hold every finding and gap, in the report's order, and count them", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const merged = mergeReports(reports);
        expect(new Set(merged.findings)).toEqual(new Set(reports.flatMap(({ findings }) => findings)));
        expect(merged.findings).toEqual([...merged.findings].sort(canonical));
        expect(merged.gaps).toEqual(reports.flatMap(({ gaps }) => gaps));
        expect(merged.summary).toEqual(summarize(merged.findings, 3));
      }),
    );
  });

  it("are the same in whichever order they come", () => {
    fc.assert(
      fc.property(anyReports, fc.nat(), (reports, turn) => {
        const turned = [
          ...reports.slice(turn % reports.length),
          ...reports.slice(0, turn % reports.length),
        ] as unknown as readonly [Report, ...Report[]];
        expect(mergeReports(turned)).toEqual(mergeReports(reports));
      }),
    );
  });

  it("of one report are that report", () => {
    fc.assert(
      fc.property(anyReports, ([report]) => {
        expect(mergeReports([report])).toEqual(report);
      }),
    );
  });

  it("carry the notes about all of them last", () => {
    const note = { kind: "account-skipped" as const, message: "so" };
    fc.assert(
      fc.property(anyReports, (reports) => {
        expect(mergeReports(reports, [note]).notes?.at(-1)).toEqual(note);
      }),
    );
  });
});
