import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpackReport } from "../../src/audits/unpack-report.js";
import type { Report } from "../../src/core/report.js";
import { reportJsonPieces } from "../../src/shared/report/json.js";
import { finding } from "../support/build.js";

const reportOf = (messages: readonly string[]): Report => ({
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "1.0.0" },
  accounts: [
    {
      id: "111122223333",
      partition: "aws",
      regions: ["us-east-1"],
      source: "live",
      takenAt: "2026-11-21T02:00:00Z",
    },
  ],
  summary: {
    pass: messages.length,
    fail: 0,
    "not-applicable": 0,
    unknown: 0,
    error: 0,
    waived: 0,
    known: 0,
    rules: 1,
  },
  findings: messages.map((message) => finding({ message, witness: { list: [message, {}], empty: [] } })),
  gaps: [],
  ...(messages.length % 2 === 0 ? {} : { notes: [{ kind: "waiver-unused", message: messages[0] ?? "" }] }),
});
const packed = (report: Report): Uint8Array =>
  Buffer.concat([...reportJsonPieces(report)].map((piece) => gzipSync(piece)));

describe("a compressed report", () => {
  it("is the same, read as a whole and read item by item, whatever its texts hold", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("  ],", "    },", "\n    },\n", '  "findings": [', "\u2028"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 5 }), async (messages) => {
        const gz = packed(reportOf(messages));
        expect(await unpackReport(gz, 100)).toEqual(await unpackReport(gz));
      }),
      { numRuns: 200 },
    );
  });

  it.each([undefined, 3])("that is damaged is refused (longest: %s)", async (longest) => {
    const gz = packed(reportOf(["a", "b"]));
    await expect(unpackReport(gz.subarray(0, gz.length - 20), longest)).rejects.toThrow();
    await expect(unpackReport(gzipSync("no report"), longest)).rejects.toThrow();
  });
});
