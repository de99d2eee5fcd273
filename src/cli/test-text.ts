import { plural, printable, withoutCommands } from "../inner.js";
import type { CaseFileResult, CaseResult, RuleCoverage, TestRun } from "../index.js";

/** How results are printed. */
export type TestStyle = { readonly color: boolean; readonly coverage: boolean };

type Paint = {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
};

const plain: Paint = { good: (text) => text, bad: (text) => text, faint: (text) => text };
const colors: Paint = {
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
};

/** What came of rule cases, for a terminal: a line a file, each difference with its place, a summary. */
export function testText({ files }: TestRun, { color, coverage }: TestStyle): string {
  const paint = color ? colors : plain;
  const lines = files.flatMap((file) => [
    fileLine(file, paint),
    ...file.cases.flatMap((one) => caseLines(one, file, paint)),
    ...(coverage ? coverageLines(file, paint) : []),
  ]);
  return withoutCommands(
    [...lines, summaryLine(files), ...(coverage ? [coverageSummary(files)] : []), ""].join("\n"),
  );
}

/** Whether a case came out otherwise than expected. */
export function hasFailed({ differences }: CaseResult): boolean {
  return differences.length > 0;
}

/** Whether the cases of a rule leave something of it unshown. */
export function isIncomplete({ unreached, refuted, untaken }: RuleCoverage): boolean {
  return unreached.length + refuted.length + untaken.length > 0;
}

function fileLine({ file, rule, cases }: CaseFileResult, { good, bad, faint }: Paint): string {
  const failed = cases.filter(hasFailed).length;
  const mark = failed === 0 ? good("✔") : bad("✘");
  const count = `${plural(cases.length, "case")}${failed === 0 ? "" : `, ${bad(`${failed.toString()} failed`)}`}`;
  return `${mark} ${printable(rule)}  ${count}  ${faint(printable(file))}`;
}

function caseLines(one: CaseResult, { file }: CaseFileResult, { bad, faint }: Paint): readonly string[] {
  if (!hasFailed(one)) return [];
  const differences = one.differences.flatMap(({ subject, what, expected, got, because, position }) => [
    `    ${printable(subject ?? "")}: ${what}  ${faint(printable(`${file}:${position.line.toString()}:${position.column.toString()}`))}`,
    `      expected  ${printable(expected)}`,
    `      got       ${bad(printable(got))}`,
    ...(because === undefined ? [] : [`      because   ${printable(because)}`]),
  ]);
  return ["", `  ${bad("✘")} ${printable(one.name)}`, ...differences, ""];
}

function coverageLines({ coverage, ruleFile }: CaseFileResult, { bad }: Paint): readonly string[] {
  const { unreached, refuted, untaken } = coverage;
  return [
    ...unreached.map((status) => `    ${bad("no case")} is ${status}`),
    ...refuted.map((status) => `    ${bad("a case")} is ${status}, which the file calls impossible`),
    ...untaken.map(({ text, when, at, position }) => {
      const place =
        position === undefined || ruleFile === undefined
          ? at
          : `${ruleFile}:${position.line.toString()}:${position.column.toString()}`;
      return `    ${bad(`never ${when}`)}: ${printable(text)}  (${printable(place)})`;
    }),
  ];
}

function summaryLine(files: readonly CaseFileResult[]): string {
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(hasFailed).length;
  return `${files.length === 0 ? "" : "\n"}${plural(cases.length, "case")} of ${plural(files.length, "file")}: ${(cases.length - failed).toString()} passed, ${failed.toString()} failed`;
}

function coverageSummary(files: readonly CaseFileResult[]): string {
  const whole = files.filter(({ coverage }) => !isIncomplete(coverage)).length;
  const sides = files.reduce((sum, { coverage }) => sum + coverage.sides, 0);
  const taken = sides - files.reduce((sum, { coverage }) => sum + coverage.untaken.length, 0);
  return `coverage: ${whole.toString()} of ${plural(files.length, "file")} complete; ${taken.toString()} of ${plural(sides, "side")} of conditions taken`;
}
