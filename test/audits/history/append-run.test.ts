import { rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { appendRun, pruneRuns } from "../../../src/audits/history/append-run.js";
import type { FinishedRun } from "../../../src/audits/history/append-run.js";
import { readHistory } from "../../../src/audits/history/run-index.js";
import type { Store } from "../../../src/core/store.js";
import { StoreError } from "../../../src/core/store.js";
import { digest, hashOf } from "../../../src/audits/history/chain.js";
import { folderStore } from "../../../src/stores/folder-store.js";
import { temporaryFolder } from "../../support/run-cli.js";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
const newStore = async (): Promise<Store> => {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folderStore(folder);
};
const day = (number: number): string => `2026-11-${number.toString().padStart(2, "0")}T02:00:00Z`;
const runOf = (number: number, part: Partial<FinishedRun> = {}): FinishedRun => ({
  run: `night-${number.toString()}`,
  startedAt: day(number),
  report: gzipSync(`{"night":${number.toString()}}`),
  summary: {
    tool: "1.0.0",
    accounts: 1,
    rules: 2,
    counts: { pass: 1, fail: 1, "not-applicable": 0, unknown: 0, error: 0, waived: 0, known: 0, rules: 2 },
    open: { info: 0, low: 0, medium: 0, high: 1, critical: 0 },
  },
  ...part,
});
const entriesOf = async (store: Store) => (await readHistory(store)).history.entries;

describe("a run that is appended", () => {
  it("has its report in the store, and an entry that carries the hash of the one before", async () => {
    const store = await newStore();
    const [one, two] = [await appendRun(store, runOf(1)), await appendRun(store, runOf(2))];
    expect(await entriesOf(store)).toEqual([one, two]);
    expect([one.previous, two.previous]).toEqual([null, one.hash]);
    expect(one.hash).toBe(hashOf(one));
    expect(digest((await store.read(one.report))?.bytes ?? "")).toBe(one.sha256);
    expect(await store.list("")).toEqual(["index.json", "runs/night-1.json.gz", "runs/night-2.json.gz"]);
  });

  it("again with the same bytes changes nothing; with others it is refused", async () => {
    const store = await newStore();
    const entry = await appendRun(store, runOf(1));
    const before = (await readHistory(store)).version;
    expect(await appendRun(store, runOf(1))).toEqual(entry);
    expect((await readHistory(store)).version).toBe(before);
    await expect(appendRun(store, runOf(1, { report: gzipSync("{}") }))).rejects.toThrow(
      "with another report",
    );
  });

  it("goes on where a killed one stopped, before the index was written", async () => {
    const store = await newStore();
    await store.write("runs/night-1.json.gz", runOf(1).report, { kind: "absent" });
    expect((await appendRun(store, runOf(1))).run).toBe("night-1");
    await store.write("runs/night-2.json.gz", gzipSync("{}"), { kind: "absent" });
    await expect(appendRun(store, runOf(2))).rejects.toThrow(StoreError);
  });

  it("is not lost when many are appended at once", async () => {
    const store = await newStore();
    const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
    await Promise.all(numbers.map((number) => appendRun(store, runOf(number))));
    const entries = await entriesOf(store);
    expect(entries.map((entry) => ("run" in entry ? entry.run : "")).sort()).toEqual(
      numbers.map((number) => runOf(number).run).sort(),
    );
    expect(entries.map(({ previous }) => previous)).toEqual([
      null,
      ...entries.slice(0, -1).map(({ hash }) => hash),
    ]);
  });

  it.each([["../x"], [".hidden"], [""], ["a b"]])("is refused with the id %j", async (run) => {
    await expect(appendRun(await newStore(), runOf(1, { run }))).rejects.toThrow("is no id of a run");
  });

  it.each(["yesterday", "2026-11-21", "2026-11-21T02:00:00+01:00"])(
    "is refused when it began %j",
    async (startedAt) => {
      await expect(appendRun(await newStore(), runOf(1, { startedAt }))).rejects.toThrow("ISO 8601 in UTC");
    },
  );

  it.each([
    ["{", "it is not a JSON object"],
    ['{"format":"watchproof-history/2","entries":[]}', "this version reads watchproof-history/1"],
    ['{"format":"watchproof-history/1"}', "entries"],
  ])("is refused where the index is %s", async (text, words) => {
    const store = await newStore();
    await store.write("index.json", new TextEncoder().encode(text), { kind: "always" });
    await expect(appendRun(store, runOf(1))).rejects.toThrow(words);
  });
});

describe("what is kept", () => {
  const nights = async (store: Store, keep: Parameters<typeof appendRun>[2]): Promise<readonly string[]> => {
    for (const number of [1, 2, 3, 4, 5]) await appendRun(store, runOf(number), keep);
    return (await store.list("runs/")).map((key) => key.slice("runs/".length, -".json.gz".length));
  };

  it.each([
    ["no limit", {}, ["night-1", "night-2", "night-3", "night-4", "night-5"]],
    ["two runs", { runs: 2 }, ["night-4", "night-5"]],
    ["three days", { days: 3 }, ["night-2", "night-3", "night-4", "night-5"]],
    ["whatever either no longer keeps goes", { runs: 3, days: 1 }, ["night-4", "night-5"]],
    ["the newest, always", { runs: 1, days: 1 }, ["night-5"]],
  ])("%s", async (_, keep, expected) => {
    expect(await nights(await newStore(), keep)).toEqual(expected);
  });

  it("the entries of removed runs stay, and a removal is an entry of its own", async () => {
    const store = await newStore();
    await nights(store, { runs: 2 });
    const entries = await entriesOf(store);
    expect(entries.map((entry) => ("run" in entry ? entry.run : entry.removed))).toEqual([
      "night-1",
      "night-2",
      "night-3",
      ["night-1"],
      "night-4",
      ["night-2"],
      "night-5",
      ["night-3"],
    ]);
    expect(entries.every((entry) => entry.hash === hashOf(entry))).toBe(true);
  });

  it("is also what pruning leaves, which finishes an interrupted removal", async () => {
    const store = await newStore();
    await nights(store, {});
    expect(await pruneRuns(store, { runs: 4 }, day(6))).toEqual(["night-1"]);
    await store.write("runs/night-1.json.gz", runOf(1).report, { kind: "absent" });
    expect(await pruneRuns(store, { runs: 4 }, day(6))).toEqual([]);
    expect(await store.list("runs/night-1")).toEqual([]);
    expect(await entriesOf(store)).toHaveLength(6);
  });
});
