import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { addReport } from "../../../src/audits/add-report.js";
import { appendRun } from "../../../src/audits/history/append-run.js";
import { renderFindingLife, renderHistory, renderTrends } from "../../../src/audits/history/text.js";
import { readHistory } from "../../../src/audits/history/run-index.js";
import { readLives, readTrends } from "../../../src/audits/history/read-history.js";
import { readRun } from "../../../src/audits/read-run.js";
import type { Finding } from "../../../src/core/report.js";
import { summarizeRun } from "../../../src/engine/summarize-run.js";
import { night } from "./support.js";
import { finding, reportOf } from "../../reporters/reports.js";
import { memoryStore } from "../support.js";

const id = "ab12000000000000000000000000cdef";
const reportOfNight = (day: number, findings: readonly Finding[]) => {
  const report = reportOf(findings);
  return { ...report, accounts: report.accounts.map((account) => ({ ...account, takenAt: night(day) })) };
};
async function stored(nights: readonly (readonly Finding[])[], keep = {}) {
  const store = memoryStore();
  for (const [at, findings] of nights.entries())
    await addReport(store, reportOfNight(at + 1, findings), { keep });
  return store;
}
const failing = finding({ id, status: "fail", message: "it fails" });
const passing = finding({ id });

describe("a stored run", () => {
  it("is read by its id, as the latest, as the one before", async () => {
    const store = await stored([[failing], [passing]]);
    expect((await readRun(store)).report).toEqual(reportOfNight(2, [passing]));
    expect((await readRun(store, "previous")).report.findings).toEqual([failing]);
    expect((await readRun(store, "2026-11-01T02-00-00Z")).entry.run).toBe("2026-11-01T02-00-00Z");
  });

  it("may be several gzip members, one after the other", async () => {
    const store = memoryStore();
    const report = reportOfNight(1, [failing]);
    const text = JSON.stringify(report);
    const packed = Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))]);
    await appendRun(store, { run: "r", startedAt: night(1), report: packed, summary: summarizeRun(report) });
    expect((await readRun(store, "r")).report).toEqual(report);
  });

  it.each([
    ["altered", (bytes: Uint8Array) => bytes.slice(1), "was altered after it was written"],
    ["gone", () => undefined, "is not there"],
  ])("that is %s is refused", async (_, change, words) => {
    const store = await stored([[failing]]);
    const key = "runs/2026-11-01T02-00-00Z.json.gz";
    const changed = change(store.files.get(key) ?? new Uint8Array());
    if (changed === undefined) store.files.delete(key);
    else store.files.set(key, changed);
    await expect(readRun(store)).rejects.toThrow(words);
  });

  it("that holds no report is refused", async () => {
    const store = memoryStore();
    await appendRun(store, {
      run: "r",
      startedAt: night(1),
      report: gzipSync("{}"),
      summary: summarizeRun(reportOfNight(1, [])),
    });
    await expect(readRun(store)).rejects.toThrow("is no report");
  });

  it("that judged nothing is not kept", async () => {
    await expect(addReport(memoryStore(), reportOfNight(1, []))).rejects.toThrow("judged nothing");
  });
});

describe("over the runs of a store", () => {
  it("a finding's life is told by the first characters of its id; how many runs are gone is said", async () => {
    const store = await stored([[failing], [failing], [passing], [failing]], { runs: 3 });
    const { lives, removed } = await readLives(store, "AB12");
    expect(lives.map(({ steps }) => steps.map(({ what }) => what))).toEqual([
      ["first seen", "fixed", "came back"],
    ]);
    expect(removed).toBe(1);
    expect(renderFindingLife(lives[0]!, { color: false, removed })).toContain(
      "the reports of 1 run are no longer kept",
    );
    expect((await readLives(store, "ffff")).lives).toEqual([]);
  });

  it("a trend by rule reads the newest runs that are kept; one by severity goes back further", async () => {
    const store = await stored(
      [[failing], [passing], [failing, finding({ status: "fail", rule: "other.rule", severity: "low" })]],
      { runs: 2 },
    );
    const byRule = await readTrends(store, { by: "rule" });
    expect(byRule.runs.map(({ open }) => Object.fromEntries(open))).toEqual([
      {},
      { "cloudtrail.glacier-events": 1, "other.rule": 1 },
    ]);
    expect((await readTrends(store, { by: "rule", last: 1 })).runs).toHaveLength(1);
    expect(
      (await readTrends(store, { by: "severity" })).runs.map(({ open }) => open.get("high") ?? 0),
    ).toEqual([1, 0, 1]);
  });

  it("names that could steer a terminal are spelled out", async () => {
    const hostile = finding({
      id,
      status: "fail",
      rule: "a\u001b[31m\nb",
      message: "\u202egone",
      subject: { kind: "resource", type: "T", id: "\u001b]0;x\u0007" },
    });
    const store = await stored([[hostile]]);
    const { lives } = await readLives(store, id);
    const { history } = await readHistory(store);
    const texts = [
      renderFindingLife(lives[0]!, { color: false }),
      renderTrends(await readTrends(store, { by: "rule" }), { color: false }),
      renderHistory(history, { color: false }),
    ];
    for (const text of texts) expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(texts[1]).toContain("a\\u{1b}[31m\\nb");
  });
});
