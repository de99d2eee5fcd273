import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { compareReports } from "../../src/compare/compare-reports.js";
import { comparisonMarkdown, renderComparison } from "../../src/compare/diff-text.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import type { Report } from "../../src/core/report.js";
import { renderDiagnostics } from "../../src/loaders/diagnostics/render-diagnostics.js";
import { printableJson } from "../../src/shared/text/terminal-text.js";
import { withoutCommands } from "../../src/shared/text/runner-commands.js";
import { hostileNames } from "../support/hostile-names.js";
import { obeyedCommands } from "../support/runner-log.js";
import { allReporters } from "./all-reporters.js";
import { finding, reportOf, trailFinding } from "./reports.js";

const widths = [undefined, 1, 40, 41, 47, 60, 72, 79, 80, 100, 120, 200];
const options: RenderOptions = {
  gate: { exitCode: 1, because: "3 open failures (1 high, 2 low)" },
  color: false,
  newOnly: false,
  places: {},
};

function named(name: string): Report {
  const failure = trailFinding(name, {
    status: "fail",
    message: `${name} and ${name}`,
    title: name,
    witness: { name },
    notes: [name],
    remediation: { text: name, cli: name, terraform: name },
    references: [name],
    candidates: [{ ref: name, status: "fail", brokenLink: name }],
    evidence: [{ path: name, value: { [name]: [name] }, from: name }],
  });
  return {
    ...reportOf([
      failure,
      finding({ id: "f-pass", message: name, notes: [name] }),
      trailFinding(`${name}2`, { status: "unknown", reason: "unreadable", message: name }),
      trailFinding(`${name}3`, { status: "not-applicable", message: name }),
    ]),
    gaps: [
      {
        account: "111111111111",
        type: "AWS::CloudTrail::Trail",
        region: "us-east-1",
        reason: "AccessDenied",
        message: name,
        resource: name,
      },
    ],
    notes: [{ kind: "waiver-expired", message: name, place: name }],
  };
}

describe.each(allReporters)("$id", (reporter) => {
  // Its own commands, and no other.
  const own = (output: string): number =>
    reporter.id === "github"
      ? output.split("\n").filter((line) => /^::(?:error|warning|notice) /u.test(line)).length
      : 0;

  it("makes no command of a name, in any width and colour", () => {
    for (const name of hostileNames)
      for (const color of [false, true])
        for (const width of reporter.id === "text" ? widths : [undefined]) {
          const output = reporter.render(named(name), {
            ...options,
            color,
            ...(width === undefined ? {} : { width }),
          });
          const obeyed = obeyedCommands(output);
          const expected = reporter.id === "github" ? 2 * own(output) : 0;
          expect({ name, width, obeyed: obeyed.slice(0, expected === 0 ? 3 : obeyed.length) }).toMatchObject({
            obeyed: { length: expected },
          });
        }
  });
});

it("diagnostics, whose excerpts are files that anybody may propose, hold no command", () => {
  for (const name of hostileNames)
    for (const color of [false, true]) {
      const diagnostic = { code: "bad-value", file: name, message: name, hint: name, excerpt: name } as const;
      for (const column of [1, 5, 60, 150])
        expect(
          obeyedCommands(
            renderDiagnostics([{ ...diagnostic, position: { line: 1, column, length: 1 } }], { color }),
          ),
        ).toEqual([]);
      expect(obeyedCommands(renderDiagnostics([diagnostic], { color }))).toEqual([]);
    }
});

it("a comparison holds no command, in any width", () => {
  for (const name of hostileNames) {
    const [old, now] = [named(`${name}old`), named(name)];
    const comparison = { old, new: now, diff: compareReports(old, now) };
    for (const width of widths)
      expect(
        obeyedCommands(
          renderComparison(comparison, { color: false, ...(width === undefined ? {} : { width }) }),
        ),
      ).toEqual([]);
    expect(obeyedCommands(comparisonMarkdown(comparison))).toEqual([]);
  }
});

it("an example of each reading is obeyed by the runners that the tests stand on", () => {
  const obeyed = (text: string): readonly string[] => obeyedCommands(text).map(({ runner }) => runner);
  expect(obeyed("  ::error::x")).toHaveLength(2);
  expect(obeyed("a ##[error]x")).toHaveLength(2);
  expect(obeyed("a ##vso[task.complete]x")).toEqual(["azure"]);
  expect(obeyed("#\u200b#[error]x")).toEqual(["github, without ignorable characters"]);
  expect(obeyed("section_start:1:a\r\u001b[0K")).toEqual(["gitlab"]);
  expect(obeyed("##teamcity[message text='a']")).toEqual(["teamcity"]);
  expect(obeyed("::stop-commands::t\n::error::x\n::t::\n::error::y")).toHaveLength(4);
  expect(obeyed("a ::error::x\n::unknown::x\n::error x\n##[unknown]x")).toEqual([]);
});

it("what is no command stays as it is", () => {
  for (const text of [
    "arn:aws:s3:::bucket",
    "a :: b",
    "## heading",
    "#1 [a]",
    "##",
    "C# [x]",
    "a::error::b",
    "::/0",
  ])
    expect(withoutCommands(text)).toBe(text);
});

it("text from anywhere holds no command once it is made harmless, and is made so once", () => {
  const piece = fc.constantFrom(
    "#",
    "::",
    ":",
    "[",
    "]",
    "vso",
    "error",
    "set-output",
    "task.complete",
    " ",
    "\n",
    "\ufe0f",
    "x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const harmless = withoutCommands(pieces.join(""));
      expect(obeyedCommands(harmless)).toEqual([]);
      expect(withoutCommands(harmless)).toBe(harmless);
    }),
    { numRuns: 3_000 },
  );
});

it("JSON keeps its value", () => {
  for (const name of hostileNames) {
    const text = printableJson(JSON.stringify({ [name]: [name] }, undefined, 2));
    expect(JSON.parse(text)).toEqual({ [name]: [name] });
    expect(obeyedCommands(text)).toEqual([]);
  }
});

// So long that whatever looks back over the run for each sign would never end.
it.each(["#", "##a", ":", "#\ufe0f", "\ufe0f"])("a long run of %j is only read once", (sign) => {
  expect(withoutCommands(sign.repeat(1_000_000)).length).toBeGreaterThanOrEqual(sign.length * 1_000_000);
});
