import { describe, expect, it } from "vitest";
import type { RenderOptions, Reporter } from "../../src/core/reporter.js";
import { csv } from "../../src/reporters/csv.js";
import { github } from "../../src/reporters/github.js";
import { gitlab } from "../../src/reporters/gitlab.js";
import { json } from "../../src/reporters/json.js";
import { junit } from "../../src/reporters/junit.js";
import { markdown } from "../../src/reporters/markdown.js";
import { text } from "../../src/reporters/text.js";
import { reportOf, schemaErrors, trailFinding } from "./reports.js";

const report = reportOf([
  trailFinding("fresh", { status: "fail", message: "validation of fresh is off", baseline: "new" }),
  trailFinding("old", { status: "fail", severity: "critical", message: "validation of old is off", baseline: "known" }),
  trailFinding("sandbox", { status: "fail", message: "validation of sandbox is off", baseline: "known", waiver: { reason: "sandbox" } }),
  trailFinding("good", { message: "validation of good is on" }),
]);
const newOnly: RenderOptions = { gate: { exitCode: 1, because: "1 open failure (1 high); 2 failures not counted: 1 waived, 1 known before" }, color: false, newOnly: true };
const allCount: RenderOptions = { gate: { exitCode: 1, because: "2 open failures (1 critical, 1 high); 1 failure not counted: 1 waived" }, color: false };
const reporters: readonly (readonly [Reporter, string])[] = [[csv, "csv"], [github, "txt"], [gitlab, "json"], [json, "json"], [junit, "xml"], [markdown, "md"], [text, "txt"]];
const linesOf = (reporter: Reporter, options: RenderOptions): readonly string[] => reporter.render(report, options).split("\n");

it.each(reporters)("$id looks as it should where only new failures count", async (reporter, extension) => {
  expect(schemaErrors(report)).toEqual([]);
  await expect(reporter.render(report, newOnly)).toMatchFileSnapshot(`golden/new-only.${reporter.id}.${extension}`);
});

it.each(reporters.filter(([{ id }]) => id !== "github"))("$id shows a known failure, whether or not it counts", (reporter) => {
  for (const options of [newOnly, allCount]) expect(reporter.render(report, options)).toContain("validation of old is off");
});

it.each([[csv], [gitlab], [json]])("$id is the same, whether or not a known failure counts", (reporter) => {
  expect(reporter.render(report, newOnly)).toBe(reporter.render(report, allCount));
});

describe("a known failure", () => {
  it("is skipped in junit where only new ones count, and a failure where all do", () => {
    expect(linesOf(junit, newOnly)).toContain('      <skipped message="known before: validation of old is off"/>');
    expect(junit.render(report, newOnly)).toContain('tests="4" failures="1" errors="0" skipped="2"');
    expect(linesOf(junit, allCount)).toContain('      <failure type="critical" message="validation of old is off"></failure>');
    expect(junit.render(report, allCount)).toContain('tests="4" failures="2" errors="0" skipped="1"');
  });

  it("is no annotation of github where only new ones count, but is counted; and is one where all do", () => {
    const said = github.render(report, newOnly);
    expect(said).not.toContain("validation of old is off");
    expect(said).toContain("::notice title=Watchproof::1 open failure, 0 verdicts that could not be reached. 1 open failure (1 high); 2 failures not counted: 1 waived, 1 known before");
    expect(github.render(report, allCount)).toMatch(/^::error .*\(critical\)::.*validation of old is off$/mu);
  });

  it("stays in gitlab with its fingerprint, marked: GitLab would call it fixed if it were gone", () => {
    const entries: readonly unknown[] = JSON.parse(gitlab.render(report, newOnly));
    expect(entries).toMatchObject([{ fingerprint: "f-old", description: expect.stringMatching(/^known before: /u) }, { fingerprint: "f-fresh" }]);
  });

  it.each<[string, RenderOptions, string]>([
    ["apart from the open ones where only new ones count", newOnly, "## Known before"],
    ["among the open ones where all count", allCount, "## Open failures"],
  ])("stands in markdown %s", (_, options, heading) => {
    const section = markdown.render(report, options).split(/^(?=## )/mu).find((part) => part.includes("validation of old is off")) ?? "";
    expect(section.split("\n")[0]).toBe(heading);
  });

  it.each<[string, RenderOptions, readonly string[]]>([
    ["apart from the open ones where only new ones count", newOnly, ["✘ 1 failure", "✘ 2 failures waived or known before"]],
    ["among the open ones where all count", allCount, ["✘ 2 failures", "✘ 1 failure waived or known before"]],
  ])("stands in text %s", (_, options, titles) => {
    expect(linesOf(text, options).filter((line) => line.startsWith("✘"))).toEqual(titles);
  });
});
