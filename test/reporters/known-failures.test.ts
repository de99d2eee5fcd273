import { describe, expect, it } from "vitest";
import type { RenderOptions, Reporter } from "../../src/core/reporter.js";
import { github } from "../../src/reporters/github.js";
import { gitlab } from "../../src/reporters/gitlab.js";
import { html } from "../../src/reporters/html.js";
import { junit } from "../../src/reporters/junit.js";
import { markdown } from "../../src/reporters/markdown.js";
import { sarif } from "../../src/reporters/sarif.js";
import { text } from "../../src/reporters/text.js";
import { allReporters, madeFromReport } from "./all-reporters.js";
import { reportOf, schemaErrors, trailFinding } from "./reports.js";

const report = reportOf([
  trailFinding("fresh", { status: "fail", message: "validation of fresh is off", baseline: "new" }),
  trailFinding("old", {
    status: "fail",
    severity: "critical",
    message: "validation of old is off",
    baseline: "known",
  }),
  trailFinding("sandbox", {
    status: "fail",
    message: "validation of sandbox is off",
    baseline: "known",
    waiver: { reason: "nobody uses it", owner: "Ada", expires: "2026-12-31" },
  }),
  trailFinding("good", { message: "validation of good is on" }),
]);
const newOnly: RenderOptions = {
  gate: { exitCode: 1, because: "1 open failure (1 high); 2 failures not counted: 1 waived, 1 known before" },
  color: false,
  newOnly: true,
};
const allCount: RenderOptions = {
  gate: { exitCode: 1, because: "2 open failures (1 critical, 1 high); 1 failure not counted: 1 waived" },
  color: false,
};
// They draw a line between known failures that count and those that do not; the others hold every finding with its mark.
const drawsLine: readonly string[] = ["github", "html", "junit", "markdown", "text"];
const linesOf = (reporter: Reporter, options: RenderOptions): readonly string[] =>
  reporter.render(report, options).split("\n");

it.each(allReporters)("$id looks as it should where only new failures count", async (reporter, extension) => {
  expect(schemaErrors(report)).toEqual([]);
  await expect(madeFromReport(reporter, reporter.render(report, newOnly))).toMatchFileSnapshot(
    `golden/new-only.${reporter.id}.${extension}`,
  );
});

it.each(allReporters.filter(([{ id }]) => id !== "github"))(
  "$id shows a known failure, whether or not it counts",
  (reporter) => {
    for (const options of [newOnly, allCount])
      expect(reporter.render(report, options)).toContain("validation of old is off");
  },
);

it.each(allReporters.filter(([{ id }]) => !drawsLine.includes(id)))(
  "$id is the same, whether or not a known failure counts",
  (reporter) => {
    expect(reporter.render(report, newOnly)).toBe(reporter.render(report, { ...newOnly, newOnly: false }));
  },
);

it.each(allReporters.filter(([{ id }]) => drawsLine.includes(id)))(
  "$id differs, whether or not a known failure counts",
  (reporter) => {
    expect(reporter.render(report, newOnly)).not.toBe(
      reporter.render(report, { ...newOnly, newOnly: false }),
    );
  },
);

it.each(allReporters.filter(([{ id }]) => id !== "github" && id !== "gitlab"))(
  "$id shows a waived failure, and why, by whom and until when",
  (reporter) => {
    for (const options of [newOnly, allCount])
      for (const words of ["validation of sandbox is off", "nobody uses it", "Ada", "2026-12-31"])
        expect(reporter.render(report, options)).toContain(words);
  },
);

describe("a known failure", () => {
  it("is skipped in junit where only new ones count, and a failure where all do", () => {
    expect(linesOf(junit, newOnly)).toContain(
      '      <skipped message="known before: validation of old is off"/>',
    );
    expect(junit.render(report, newOnly)).toContain('tests="4" failures="1" errors="0" skipped="2"');
    expect(linesOf(junit, allCount)).toContain(
      '      <failure type="critical" message="validation of old is off"></failure>',
    );
    expect(junit.render(report, allCount)).toContain('tests="4" failures="2" errors="0" skipped="1"');
  });

  it("is no annotation of github where only new ones count, but is counted; and is one where all do", () => {
    const said = github.render(report, newOnly);
    expect(said).not.toContain("validation of old is off");
    expect(said).toContain(
      "::notice title=Watchproof::1 open failure, 0 verdicts that could not be reached. 1 open failure (1 high); 2 failures not counted: 1 waived, 1 known before",
    );
    expect(github.render(report, allCount)).toMatch(/^::error .*\(critical\)::.*validation of old is off$/mu);
  });

  it("stays in gitlab with its fingerprint, marked: GitLab would call it fixed if it were gone", () => {
    const entries: readonly unknown[] = JSON.parse(gitlab.render(report, newOnly));
    expect(entries).toMatchObject([
      { fingerprint: "f-old", description: expect.stringMatching(/^known before: /u) },
      { fingerprint: "f-fresh" },
    ]);
  });

  it("stays a result of sarif, marked: GitHub compares two uploads, and would close its alert if it were gone", () => {
    expect(JSON.parse(sarif.render(report, newOnly))).toMatchObject({
      runs: [{ results: [{ baselineState: "unchanged" }, { baselineState: "new" }] }],
    });
  });

  it.each<[string, RenderOptions, readonly (readonly [string, string])[]]>([
    [
      "apart from the open ones where only new ones count",
      newOnly,
      [
        ["failures", "1"],
        ["accepted", "2"],
        ["passed", "1"],
      ],
    ],
    [
      "among the open ones where all count",
      allCount,
      [
        ["failures", "2"],
        ["accepted", "1"],
        ["passed", "1"],
      ],
    ],
  ])("stands in html %s, and is counted there", (_, options, sections) => {
    const page = html.render(report, options);
    expect(
      [...page.matchAll(/<h3 id="([a-z-]+)">.*?<span class="count">(\d+)</gu)].map(([, id, count]) => [
        id,
        count,
      ]),
    ).toEqual(sections);
    expect(
      [...page.matchAll(/<a class="tile" href="#([a-z-]+)"><b>(\d+)</gu)].map(([, id, count]) => [id, count]),
    ).toEqual(sections);
    expect(/<td class="number">(\d+)<\/td>/u.exec(page)?.[1]).toBe(sections[0]?.[1]);
  });

  it.each<[string, RenderOptions, string]>([
    ["apart from the open ones where only new ones count", newOnly, "## Known before"],
    ["among the open ones where all count", allCount, "## Open failures"],
  ])("stands in markdown %s", (_, options, heading) => {
    const section =
      markdown
        .render(report, options)
        .split(/^(?=## )/mu)
        .find((part) => part.includes("validation of old is off")) ?? "";
    expect(section.split("\n")[0]).toBe(heading);
  });

  it.each<[string, RenderOptions, readonly string[]]>([
    [
      "apart from the open ones where only new ones count",
      newOnly,
      ["✘ 1 failure", "✘ 2 failures waived or known before"],
    ],
    ["among the open ones where all count", allCount, ["✘ 2 failures", "✘ 1 failure waived or known before"]],
  ])("stands in text %s", (_, options, titles) => {
    expect(linesOf(text, options).filter((line) => line.startsWith("✘"))).toEqual(titles);
  });
});
