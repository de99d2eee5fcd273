import { expect, it } from "vitest";
import { loadReport } from "../../src/loaders/load-report.js";
import { places, problemsOf, withFiles } from "./support/plugins.js";

const summary = {
  pass: 0,
  fail: 0,
  "not-applicable": 0,
  unknown: 0,
  error: 0,
  waived: 0,
  known: 0,
  rules: 0,
};
const report = {
  format: "watchproof-report/1",
  tool: { name: "watchproof", version: "1.0.0" },
  accounts: [],
  summary,
  findings: [],
  gaps: [],
};

it("a report is loaded as it is", async () => {
  await withFiles({ "r.json": JSON.stringify(report) }, async (folder) => {
    expect(await loadReport(`${folder}/r.json`)).toEqual({ ok: true, value: report });
  });
});

it.each<[string, string, readonly string[]]>([
  ["an empty file", " \n", ["empty-file"]],
  ["text that is cut off", '{ "format": ', ["json-syntax 1:13"]],
  ["a snapshot", '{ "format": "watchproof-snapshot/1" }', ["not-a-report"]],
  ["some other JSON", '{ "name": "x" }', ["not-a-report"]],
  ["a report that misses a part", JSON.stringify({ ...report, findings: undefined }), ["not-a-report"]],
  ["a report of another version", '{ "format": "watchproof-report/9" }', ["report-version"]],
])("%s is refused, with the reason", async (_, text, expected) => {
  await withFiles({ "r.json": text }, async (folder) => {
    expect(places(problemsOf(await loadReport(`${folder}/r.json`)))).toEqual(expected);
  });
});

it("a file that is not there is named", async () => {
  await withFiles({ "report.json": "{}" }, async (folder) => {
    expect(problemsOf(await loadReport(`${folder}/reprot.json`))).toMatchObject([
      { code: "no-such-file", hint: 'did you mean "report.json"?' },
    ]);
  });
});
