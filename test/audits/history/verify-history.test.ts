import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addReport } from "../../../src/audits/add-report.js";
import { pruneRuns } from "../../../src/audits/history/append-run.js";
import { verifyHistory } from "../../../src/audits/history/verify-history.js";
import { StoreError } from "../../../src/core/store.js";
import { night } from "./support.js";
import { finding, reportOf } from "../../reporters/reports.js";
import { memoryStore } from "../support.js";

const reportOfNight = (day: number) => {
  const report = reportOf([finding({ status: "fail" })]);
  return { ...report, accounts: report.accounts.map((account) => ({ ...account, takenAt: night(day) })) };
};
async function stored(nights = 4, keep = 3) {
  const store = memoryStore();
  for (let day = 1; day <= nights; day++)
    await addReport(store, reportOfNight(day), { keep: { runs: keep } });
  return store;
}
const kinds = async (store: ReturnType<typeof memoryStore>, head?: string) =>
  (await verifyHistory(store, head === undefined ? {} : { head })).problems.map(({ kind }) => kind);

describe("a history", () => {
  it("as it was written is proved, after a removal, too", async () => {
    expect(await verifyHistory(await stored())).toMatchObject({
      problems: [],
      entries: 5,
      kept: 3,
      removed: 1,
      leftovers: 0,
    });
  });

  it("shows any change of any byte of the index or of a report that is kept", async () => {
    const store = await stored();
    const files = [...store.files];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async ([key, bytes], at, change) => {
          const altered = bytes.map((byte, index) => (index === at % bytes.length ? byte ^ change : byte));
          expect(
            (await verifyHistory(memoryStore(new Map([...files, [key, altered]])))).problems,
          ).not.toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("shows any file that is cut short, gone or put in", async () => {
    const files = [...(await stored()).files];
    for (const [key, bytes] of files) {
      expect(await kinds(memoryStore(new Map([...files, [key, bytes.slice(0, -1)]])))).not.toEqual([]);
      expect(await kinds(memoryStore(new Map(files.filter(([other]) => other !== key))))).toContain(
        key === "index.json" ? "index-missing" : "report-missing",
      );
    }
    expect(await kinds(memoryStore(new Map([...files, ["runs/other.json.gz", new Uint8Array()]])))).toEqual([
      "report-unlisted",
    ]);
  });

  it("shows two reports that changed places", async () => {
    const { files } = await stored();
    const [one = "", two = ""] = [...files.keys()].filter((key) => key.startsWith("runs/"));
    const swapped = new Map([
      ...files,
      [one, files.get(two) ?? new Uint8Array()] as const,
      [two, files.get(one) ?? new Uint8Array()] as const,
    ]);
    expect(await kinds(memoryStore(swapped))).toEqual(["report-altered", "report-altered"]);
  });

  it("that was written anew, or cut off, is found by the head that was kept elsewhere", async () => {
    const { head } = await verifyHistory(await stored(4));
    expect(await kinds(await stored(4), head ?? "")).toEqual([]);
    expect(await kinds(await stored(5), head ?? "")).toEqual([]);
    expect(await kinds(await stored(3), head ?? "")).toEqual(["head-missing"]);
  });

  it("counts removed reports that came back, and pruning removes them", async () => {
    const store = await stored();
    const all = await stored(4, 9);
    for (const [key, bytes] of all.files) if (key.startsWith("runs/")) store.files.set(key, bytes);
    expect(await verifyHistory(store)).toMatchObject({ problems: [], leftovers: 1 });
    await pruneRuns(store, {}, night(9));
    expect(await verifyHistory(store)).toMatchObject({ problems: [], leftovers: 0 });
  });

  it("that is not there proves nothing", async () => {
    await expect(verifyHistory(memoryStore())).rejects.toThrow(StoreError);
  });
});
