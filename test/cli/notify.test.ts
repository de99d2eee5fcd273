import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { addReport } from "../../src/audits/add-report.js";
import { keepKnown, readKnown } from "../../src/audits/told.js";
import { auditNews } from "../../src/cli/notify.js";
import type { Config } from "../../src/core/config.js";
import type { Report } from "../../src/core/report.js";
import type { Store } from "../../src/core/store.js";
import { summarize } from "../../src/engine/summarize.js";
import { memoryStore } from "../support/memory-store.js";
import { reportOf, trailFinding } from "../reporters/reports.js";

const got: Record<string, string[]> = { a: [], b: [] };
const status: Record<string, number> = { a: 200, b: 200 };
const server = createServer((request, response) => {
  const name = (request.url ?? "/").slice(1);
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    if (status[name] === 200) got[name]?.push((JSON.parse(body) as { readonly text: string }).text);
    response.writeHead(status[name] ?? 404).end();
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const name of ["a", "b"])
    vi.stubEnv(`HOOK_${name.toUpperCase()}`, `http://127.0.0.1:${port.toString()}/${name}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  for (const name of ["a", "b"]) {
    got[name] = [];
    status[name] = 200;
  }
});

const config: Config = { audit: { notify: [{ webhook: "HOOK_A" }, { webhook: "HOOK_B" }] } };
const nights = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"];

/** A night's report: these trails fail, and a good one does not. */
function nightly(night: number, failing: readonly string[]): Report {
  const at = `${nights[night] ?? ""}T02:00:00.000Z`;
  const findings = [
    trailFinding("good", { status: "pass" }),
    ...failing.map((name) => trailFinding(name, { status: "fail", message: `${name} is broken` })),
  ];
  const report = reportOf(findings);
  return {
    ...report,
    accounts: report.accounts.map((account) => ({ ...account, takenAt: at })),
    summary: summarize(findings, 1),
  };
}

/** Keeps a night's report and tells of it; says whether everybody was told. */
async function night(store: Store, number: number, failing: readonly string[]): Promise<boolean> {
  const { run, startedAt, summary } = await addReport(store, nightly(number, failing));
  const news = auditNews(
    { words: { notify: true }, config, store, live: { openTransport: () => expect.unreachable() } },
    () => undefined,
  );
  await news.kept({ run, startedAt, report: new Uint8Array(), summary }, { units: [], skipped: [] });
  return news.told();
}

const heard = (name: string): string => (got[name] ?? []).join("\n");

it("what did not arrive is told by the next run, and to nobody twice", async () => {
  const store = memoryStore();
  expect(await night(store, 0, [])).toBe(true);
  got["b"] = [];
  status["b"] = 400;
  expect(await night(store, 1, ["first"])).toBe(false);
  expect(heard("a")).toContain("1 new failure");
  expect(heard("b")).toBe("");
  status["b"] = 200;
  got["a"] = [];
  expect(await night(store, 2, ["first"])).toBe(true);
  expect(heard("a")).toBe("");
  expect(heard("b")).toContain("1 new failure");
  got["b"] = [];
  expect(await night(store, 3, ["first"])).toBe(true);
  expect([heard("a"), heard("b")]).toEqual(["", ""]);
});

it("two bad nights in a row are told together", async () => {
  const store = memoryStore();
  await night(store, 0, []);
  status["a"] = 400;
  await night(store, 1, ["first"]);
  await night(store, 2, ["first", "second"]);
  status["a"] = 200;
  await night(store, 3, ["first", "second"]);
  expect(heard("a")).toMatch(/2 new failures/u);
});

it("who has never been told anything is told all of it, once it can be", async () => {
  const store = memoryStore();
  status["a"] = 400;
  await night(store, 0, ["first"]);
  expect((await readKnown(store))["webhook HOOK_A"]).toBeNull();
  status["a"] = 200;
  await night(store, 1, ["first"]);
  expect(heard("a")).toContain("first");
});

it("what another run has kept meanwhile is not lost, and a damaged file is as none", async () => {
  const store = memoryStore();
  await keepKnown(store, { one: "run-1" });
  await keepKnown(store, { two: null });
  expect(await readKnown(store)).toEqual({ one: "run-1", two: null });
  for (const text of ["", "[]", "{", '{"one":1}'])
    expect(
      await readKnown(memoryStore(new Map([["notify/told.json", new TextEncoder().encode(text)]]))),
    ).toEqual({});
});
