import { expect, it } from "vitest";
import { loadBaseline } from "../../src/loaders/load-baseline.js";
import { places, problemsOf, withFiles } from "./support/plugins.js";

const entry = {
  id: "0123456789abcdef0123456789abcdef",
  rule: "a.rule",
  account: "111122223333",
  region: "global",
  subject: "111122223333",
};
const baseline = { format: "watchproof-baseline/1", entries: [entry] };

it("a baseline is loaded as it is", async () => {
  await withFiles({ "b.json": JSON.stringify(baseline) }, async (folder) => {
    expect(await loadBaseline(`${folder}/b.json`)).toEqual({ ok: true, value: baseline });
  });
});

it.each<[string, string, readonly string[]]>([
  ["an empty file", " \n", ["empty-file"]],
  ["text that is cut off", '{ "format": ', ["json-syntax 1:13"]],
  ["a report", '{ "format": "watchproof-report/1" }', ["not-a-baseline"]],
  ["some other JSON", "{}", ["not-a-baseline"]],
  [
    "an entry whose id is none",
    JSON.stringify({ ...baseline, entries: [{ ...entry, id: "x" }] }),
    ["not-a-baseline"],
  ],
  [
    "an entry with more than it may have",
    JSON.stringify({ ...baseline, entries: [{ ...entry, until: "x" }] }),
    ["not-a-baseline"],
  ],
  ["a baseline of another version", '{ "format": "watchproof-baseline/2" }', ["baseline-version"]],
])("%s is refused, with the reason", async (_, text, expected) => {
  await withFiles({ "b.json": text }, async (folder) => {
    expect(places(problemsOf(await loadBaseline(`${folder}/b.json`)))).toEqual(expected);
  });
});
