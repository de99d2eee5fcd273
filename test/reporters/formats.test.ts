import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { csv } from "../../src/reporters/csv.js";
import { github } from "../../src/reporters/github.js";
import { gitlab } from "../../src/reporters/gitlab.js";
import { junit } from "../../src/reporters/junit.js";
import { markdown } from "../../src/reporters/markdown.js";
import { allReporters, madeFromReport } from "./all-reporters.js";
import { countReads } from "../support/count-reads.js";
import { finding, refused, reportOf, trailFinding } from "./reports.js";
import { sampleReport } from "./sample-report.js";

const options: RenderOptions = {
  gate: { exitCode: 1, because: "3 open failures (1 high, 2 low)" },
  color: false,
  places: {
    "cloudtrail.log-file-validation": { file: "rules/log-file-validation.yaml", line: 2, column: 5 },
  },
};
// Their golden files are compared in their own tests.
const apart: readonly string[] = ["asff", "html", "json", "text"];
const hostile = [
  "<script>alert(1)</script>",
  "=cmd()",
  "+1",
  "-1",
  "@SUM(A1)",
  "line\nbreak",
  "\u001b[31mred",
  "::error::stolen",
  "]]>",
  "a|b`c`",
  '"quoted", comma',
  "%0A::error::x",
  "![x](http://evil)",
  "\u202egnp.exe",
  "＝cmd()",
  "a;=cmd()",
  "a; @SUM(A1)",
  "\ufffe\uffff",
];

it.each(allReporters.filter(([{ id }]) => !apart.includes(id)))(
  "$id looks as it should",
  async (reporter, extension) => {
    await expect(reporter.render(sampleReport, options)).toMatchFileSnapshot(
      `golden/everything.${reporter.id}.${extension}`,
    );
  },
);

it.each(allReporters)("$id gives the same bytes for the same report, and ends its last line", (reporter) => {
  const first = reporter.render(sampleReport, options);
  expect(reporter.render(structuredClone(sampleReport), options)).toBe(first);
  expect(first.endsWith("\n")).toBe(true);
});

it.each(allReporters)("$id looks at each finding and gap as often, however many there are", (reporter) => {
  const readsOf = (length: number): number => {
    const findings = Array.from({ length }, (_, at) =>
      trailFinding(
        `t${at.toString()}`,
        at % 2 === 0 ? { status: "fail" } : { status: "unknown", reason: "unreadable" },
      ),
    );
    const gaps = findings.map(({ subject }) =>
      refused("cloudtrail:GetTrailStatus", "us-east-1", { resource: subject.arn ?? "" }),
    );
    const { value, reads } = countReads(reportOf(findings, { gaps }));
    reporter.render(value, options);
    return reads();
  };
  // Sorting takes a little more than twice the comparisons for twice the findings; looking at each for each, four times.
  expect(readsOf(1_600) / readsOf(800)).toBeLessThan(2.5);
});

// GitHub shows ten annotations of a step, and no more are written.
it.each(allReporters.filter(([{ id }]) => id !== "github"))("$id has 5,000 failures in it", (reporter) => {
  const many = Array.from({ length: 5_000 }, (_, at) =>
    trailFinding(`t-${at.toString()}.`, { status: "fail" }),
  );
  const out = reporter.render(reportOf(many), options);
  expect(new Set(out.match(/\bt-\d+\./gu)).size).toBe(5_000);
});

describe("hostile names", () => {
  const named = (name: string): Report =>
    reportOf([
      trailFinding(name, { status: "fail", message: name, title: name, witness: { name } }),
      trailFinding(`${name}2`, { status: "unknown", reason: "unreadable", message: name }),
    ]);

  it.each(hostile)("%j steers no terminal in any format", (name) => {
    for (const [reporter] of allReporters)
      expect(madeFromReport(reporter, reporter.render(named(name), options))).not.toMatch(
        /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/u,
      );
  });

  it.each(hostile)("%j runs nothing in a spreadsheet and keeps to its line", (name) => {
    const lines = csv.render(named(name), options).split("\r\n");
    expect(lines).toHaveLength(4);
    for (const line of lines)
      for (const cell of [...cellsOf(line), ...line.split(";")])
        expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r]/u);
  });

  it.each(hostile)("%j is no markup in XML", (name) => {
    const xml = junit.render(named(name), options);
    expect(xml.match(/<(?!\/?(?:testsuites|testsuite|testcase|failure|error|skipped)\b|\?xml)/gu)).toBeNull();
    expect(xml.match(/<testcase/gu)).toHaveLength(2);
  });

  // https://www.w3.org/TR/xml/#charsets
  it("any text at all gives characters that XML allows, and no others", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom("\ufffe", "\uffff", "\ud800", "\u0000", "\u000b"),
        ),
        (text) => {
          expect(junit.render(named(text), options)).toMatch(
            /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(hostile)("%j starts no workflow command of its own", (name) => {
    const commands = github.render(named(name), options).trimEnd().split("\n");
    expect(commands.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice"]);
  });

  it.each(hostile)("%j is no markup in Markdown", (name) => {
    const out = markdown.render(named(name), options);
    expect(out).not.toMatch(/<script|!\[|\]\(/u);
    const table = out.split("\n").filter((line) => line.startsWith("| high"));
    expect(table).toHaveLength(1);
    expect(table[0]?.split("|")).toHaveLength(7);
  });

  it("any text at all gives as many lines of CSV as there are findings", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(
          csv.render(reportOf([finding({ message: text, title: text })]), options).split("\r\n"),
        ).toHaveLength(3);
      }),
      { numRuns: 300 },
    );
  });
});

describe("junit", () => {
  it("counts what it holds, on both levels", () => {
    const xml = junit.render(
      reportOf([
        finding(),
        finding({ id: "2", status: "fail" }),
        finding({ id: "3", status: "unknown", reason: "unreadable" }),
        finding({ id: "4", status: "not-applicable" }),
        finding({ id: "5", status: "fail", waiver: { reason: "x" } }),
      ]),
      options,
    );
    expect(xml).toContain('<testsuites name="watchproof" tests="5" failures="1" errors="1" skipped="2"');
    expect(xml.match(/<failure/gu)).toHaveLength(1);
    expect(xml.match(/<error/gu)).toHaveLength(1);
    expect(xml.match(/<skipped/gu)).toHaveLength(2);
  });

  it("names cases of several accounts and regions apart", () => {
    const rows = ["111111111111", "222222222222"].flatMap((account) =>
      ["us-east-1", "eu-west-1"].map((region) =>
        finding({ account, region, subject: { kind: "region", type: "AWS::Region", id: region } }),
      ),
    );
    const names = [
      ...junit.render(reportOf(rows), options).matchAll(/testcase classname="[^"]*" name="([^"]*)"/gu),
    ].map(([, name]) => name);
    expect(new Set(names).size).toBe(4);
  });
});

describe("github", () => {
  it("shows ten of each kind, the gravest first, and says how many there are", () => {
    const failures = Array.from({ length: 30 }, (_, at) =>
      trailFinding(`t${at.toString()}`, { status: "fail", severity: at === 29 ? "critical" : "high" }),
    );
    const lines = github.render(reportOf(failures), options).trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]).toContain("(critical)");
    expect(lines.at(-1)).toContain("30 open failures");
  });

  it("points at the rule's place", () => {
    const [line] = github.render(reportOf([trailFinding("t", { status: "fail" })]), options).split("\n");
    expect(line).toMatch(/^::error file=rules\/log-file-validation\.yaml,line=2,col=5,title=/u);
  });
});

it("gitlab lists open failures alone, each with its own fingerprint", () => {
  const entries: readonly {
    readonly fingerprint: string;
    readonly location: object;
    readonly severity: string;
  }[] = JSON.parse(
    gitlab.render(
      reportOf([
        trailFinding("a", { status: "fail", severity: "high" }),
        trailFinding("b", { status: "fail", waiver: { reason: "x" } }),
        finding(),
      ]),
      options,
    ),
  );
  expect(entries).toMatchObject([
    {
      fingerprint: "f-a",
      severity: "critical",
      location: { path: "rules/log-file-validation.yaml", lines: { begin: 2 } },
    },
  ]);
});

it.each([
  ["x", 10_000],
  ["漢", 2_500],
])("markdown is cut before GitHub refuses it, which counts bytes: %s", (letter, count) => {
  const rows: readonly Finding[] = Array.from({ length: count }, (_, at) =>
    trailFinding(`t${at.toString()}`, { status: "fail", message: letter.repeat(200) }),
  );
  const out = markdown.render(reportOf(rows), options);
  expect(Buffer.byteLength(out)).toBeLessThan(1_000_000);
  expect(out).toMatch(/This report was cut: \d+ more lines/u);
});

function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/gu)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
}
