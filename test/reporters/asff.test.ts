import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { asff } from "../../src/reporters/asff.js";
import { asffErrors, readBatches } from "./asff.support.js";
import { finding, reportOf, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options: RenderOptions = { gate: { exitCode: 1, because: "3 open failures" }, color: false };
const render = (report: Report): string => asff.render(report, options);
const hostile = [
  "<script>alert(1)</script>",
  "line\nbreak",
  "\u001b[31mred",
  "]]>",
  '"quoted", \\ back',
  "\u202egnp.exe",
  "\u0000",
  "😀".repeat(3_000),
  "   ",
  "",
];

it("looks as it should", async () => {
  await expect(render(sampleReport)).toMatchFileSnapshot("golden/everything.asff.json");
});

it("gives the same bytes for the same report", () => {
  expect(render(structuredClone(sampleReport))).toBe(render(sampleReport));
});

it("fits the documented shape, and holds every finding once", () => {
  const batches = readBatches(render(sampleReport));
  expect(asffErrors(batches)).toEqual([]);
  expect(batches.flatMap(({ Findings }) => Findings)).toHaveLength(sampleReport.findings.length);
});

it("is an empty list where nothing was found", () => {
  expect(render(reportOf([]))).toBe("[]\n");
});

it("puts findings of an account and a region, which one call can take, into a batch; account-wide ones go to the leader region", () => {
  const rows = ["111111111111", "222222222222"].flatMap((account) =>
    ["global", "us-east-1", "eu-west-1"].map((region) =>
      finding({ id: `${account} ${region}`, account, region }),
    ),
  );
  const batches = readBatches(render(reportOf(rows))).map(({ Findings }) =>
    Findings.map(({ ProductArn }) => ProductArn.split(":").slice(3, 5).join(" ")),
  );
  expect(batches).toEqual([
    ["us-east-1 111111111111", "us-east-1 111111111111"],
    ["eu-west-1 111111111111"],
    ["us-east-1 222222222222", "us-east-1 222222222222"],
    ["eu-west-1 222222222222"],
  ]);
});

it("puts no more than 100 findings into a batch", () => {
  const many = reportOf(
    Array.from({ length: 250 }, (_, at) => trailFinding(`t${at.toString()}`, { status: "fail" })),
  );
  expect(readBatches(render(many)).map(({ Findings }) => Findings.length)).toEqual([100, 100, 50]);
});

describe("hostile names", () => {
  const everywhere = (text: string): Finding =>
    finding({
      id: text,
      rule: text,
      title: text,
      status: "fail",
      message: text,
      region: "eu-west-1",
      subject: { kind: "resource", type: text, id: text, arn: text },
      witness: { [text]: text },
      notes: [text],
      evidence: [{ path: text, value: text, from: text }],
      candidates: [{ ref: text, status: "fail", brokenLink: text }],
      controls: Array.from({ length: 50 }, (_, at) => ({ framework: text, id: `${text}${at.toString()}` })),
      remediation: { text },
      references: [text, `https://${text}`],
      waiver: { reason: text },
    });

  it.each(hostile)("%j breaks no limit and steers no terminal", (name) => {
    const text = render(reportOf([everywhere(name)]));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    expect(asffErrors(readBatches(text))).toEqual([]);
  });

  it("any text of any length gives a finding within every limit, its 240 KB included, and no half characters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.integer({ min: 1, max: 400 }),
        (part, times) => {
          const text = render(reportOf([everywhere(part.repeat(times))]));
          expect(asffErrors(readBatches(text))).toEqual([]);
          expect(Buffer.byteLength(JSON.stringify(readBatches(text)[0]?.Findings[0]))).toBeLessThan(240_000);
          expect(text).not.toMatch(/\p{Cs}/u);
        },
      ),
      { numRuns: 150 },
    );
  });
});
