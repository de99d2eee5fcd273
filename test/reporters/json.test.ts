import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import type { Report } from "../../src/core/report.js";
import { json } from "../../src/reporters/json.js";
import { finding, reportOf, schemaErrors } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options = { gate: { exitCode: 0, because: "" }, color: true, width: 20 } as const;
const render = (report: Report): string => json.render(report, options);

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe("json", () => {
  it.each([
    ["one of everything", sampleReport],
    ["nothing found", reportOf([])],
  ])("%s: the output is the report, and fits the published schema", (_title, report) => {
    expect(JSON.parse(render(report))).toEqual(report);
    expect(schemaErrors(JSON.parse(render(report)))).toEqual([]);
  });

  it("one of everything", async () => {
    await expect(render(sampleReport)).toMatchFileSnapshot("golden/everything.json");
  });

  it("the same report gives the same bytes, whatever the order of its keys", () => {
    expect(render(reversed(sampleReport) as Report)).toBe(render(sampleReport));
  });

  it("the order of candidates, evidence and findings is kept", () => {
    const report = reportOf([finding({ id: "b" }), finding({ id: "a", notes: ["z", "a"] })]);
    expect(JSON.parse(render(report))).toEqual(report);
  });

  it.each([0, 1, 100, 101, 250])(
    "%i findings: the pieces are the text, laid out as JSON.stringify does",
    (count) => {
      const hostile = '\n  "findings": [],';
      const report = reportOf(
        Array.from({ length: count }, (_, at) =>
          finding({ id: `f-${at.toString()}`, message: hostile, witness: { [hostile]: {}, list: [] } }),
        ),
      );
      const text = render(report);
      expect([...(json.pieces?.(report, options) ?? [])].join("")).toBe(text);
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
      expect(JSON.parse(text)).toEqual(report);
    },
  );

  it("text ends with one line feed and is indented by two", () => {
    expect(render(reportOf([]))).toMatch(/^\{\n {2}"format": "watchproof-report\/1",\n[\s\S]*[^\n]\n$/u);
  });

  it("no byte of a name steers a terminal, and every name survives", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u009b31m", "\u202e", "\u{e0041}", "\u007f", "\u2028", "__proto__"),
    );
    fc.assert(
      fc.property(names, names, (name, other) => {
        const witness: JsonObject = { [name]: { [other]: name } };
        const report = reportOf([finding({ message: name, status: "fail", witness })]);
        const out = render(report);
        expect(out).not.toMatch(/[^\P{C}\n\p{Co}\p{Cn}]/u);
        expect(JSON.parse(out)).toEqual(report);
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });
});
