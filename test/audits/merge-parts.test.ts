import fc from "fast-check";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { gzipList } from "../../src/audits/gzip-list.js";
import { partMerger } from "../../src/audits/merge-parts.js";
import type { MergedParts } from "../../src/audits/merge-parts.js";
import type { Report, ReportNote } from "../../src/core/report.js";
import { severities } from "../../src/core/severity.js";
import { mergeReports } from "../../src/engine/merge-reports.js";
import { summarizeRun } from "../../src/engine/summarize-run.js";
import { json } from "../../src/reporters/json.js";
import { anyReports } from "../engine/support/any-report.js";

const textOf = ({ gz }: MergedParts): string => gunzipSync(gz).toString("utf8");

function mergeParts(reports: readonly Report[], notes: readonly ReportNote[] = []): MergedParts {
  const merger = partMerger();
  for (const report of reports) merger.add(report);
  return merger.finish(notes);
}

describe("parts that are merged one after the other", () => {
  it("are, unpacked, the bytes that --format json prints for the merged report", () => {
    const anyNotes = fc.array(
      fc.record({ kind: fc.constant("account-skipped" as const), message: fc.string() }),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(anyReports, anyNotes, (reports, notes) => {
        const merged = mergeReports(reports, notes);
        expect(textOf(mergeParts(reports, notes))).toBe(
          json.render(merged, { gate: { exitCode: 0, because: "" }, color: false }),
        );
      }),
    );
  });

  it("are counted as the merged report is", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const { summary, accounts, failures, rules } = mergeParts(reports);
        const merged = mergeReports(reports);
        expect(summary).toEqual(merged.summary);
        expect(failures).toHaveLength(merged.summary.fail);
        expect(accounts.map(({ id }) => id)).toEqual(merged.accounts.map(({ id }) => id));
        const open = severities.reduce((sum, severity) => sum + summarizeRun(merged).open[severity], 0);
        expect(rules.flatMap(({ failing }) => failing).reduce((sum, { count }) => sum + count, 0)).toBe(open);
      }),
    );
  });
});

describe("a compressed list", () => {
  it("is one gzip file, however many pieces it was compressed in", () => {
    const list = gzipList(", ");
    const texts = Array.from({ length: 40 }, (_, index) => String(index).padEnd(10_000, "x"));
    for (const text of texts) list.add(text);
    expect(list.members().length).toBeGreaterThan(1);
    expect(gunzipSync(Buffer.concat(list.members())).toString()).toBe(texts.join(", "));
  });
});
