import { describe, expect, it } from "vitest";
import { asAttempt, readDeaths } from "../../src/audits/attempts.js";
import { runAudit } from "../../src/audits/run-audit.js";
import type { AuditOptions, AuditResult } from "../../src/audits/run-audit.js";
import type { AuditEvent } from "../../src/core/audit.js";
import type { Report } from "../../src/core/report.js";
import { readMergedReport } from "../../src/audits/audit-steps.js";
import { Killed, memoryStore } from "../support/memory-store.js";
import { auditOf, emptyAccount, ids, targets } from "./audit-of.js";

const run = "2026-11-21T02-00-00-000Z";
const never = new Promise<never>(() => undefined);

/** A process that dies, files and all, as soon as it reads one of these accounts. Says which it opened. */
async function dyingProcess(
  files: Map<string, Uint8Array>,
  deadly: readonly string[],
  { begin, concurrency = 8 }: Pick<AuditOptions, "begin" | "concurrency">,
): Promise<{ readonly opened: readonly string[]; readonly result?: AuditResult }> {
  const opened: string[] = [];
  let die = (): void => undefined;
  const died = new Promise<undefined>((resolve) => {
    die = () => {
      resolve(undefined);
    };
  });
  const alive = memoryStore(files);
  let isDead = false;
  const store = {
    ...alive,
    write: (...written: Parameters<typeof alive.write>) => (isDead ? never : alive.write(...written)),
    remove: (key: string) => (isDead ? never : alive.remove(key)),
  };
  const openSource: AuditOptions["openSource"] = ({ id }) => {
    opened.push(id);
    if (!deadly.includes(id)) return emptyAccount(id);
    return {
      kind: "live",
      read: () => {
        isDead = true;
        die();
        return never;
      },
    };
  };
  const result = await Promise.race([runAudit(auditOf({ store, begin, concurrency, openSource })), died]);
  return { opened, ...(result === undefined ? {} : { result }) };
}

const begin = { kind: "new", targets } as const;
const resume = { kind: "resume" } as const;

async function reportOf(result: AuditResult | undefined): Promise<Report> {
  if (result?.kind !== "finished") throw new Error("the audit is not finished");
  return readMergedReport(result);
}

describe("an account that ends the process that judges it", () => {
  it.each([1, 2, 8])(
    "is not judged after two deaths, and takes no other account with it (%i at a time)",
    async (concurrency) => {
      const files = new Map<string, Uint8Array>();
      const deadly = [ids[1]];
      await dyingProcess(files, deadly, { begin, concurrency });
      const second = await dyingProcess(files, deadly, { begin: resume, concurrency });
      expect(second.result).toBeUndefined();
      expect(second.opened).toContain(ids[1]);
      const third = await dyingProcess(files, deadly, { begin: resume, concurrency });
      expect(third.opened).not.toContain(ids[1]);
      const { findings, accounts, gaps } = await reportOf(third.result);
      const unread = findings.filter(({ status }) => status === "unknown");
      expect(unread.map(({ account, rule }) => [account, rule])).toEqual([
        [ids[1], "a.odd"],
        [ids[1], "b.odd"],
      ]);
      expect(unread[0]?.message).toContain("2 times the process that judged it ended");
      expect(accounts.map(({ id }) => id)).toEqual(ids);
      expect(gaps.map(({ account, reason }) => [account, reason])).toEqual([[ids[1], "Died"]]);
      expect([...files.keys()].filter((key) => key.startsWith("work/"))).toEqual([]);
    },
  );

  it("that are two, are both found", async () => {
    const files = new Map<string, Uint8Array>();
    const deadly = [ids[0], ids[3]];
    let next: AuditOptions["begin"] = begin;
    for (let starts = 0; starts < 3; starts++) {
      expect((await dyingProcess(files, deadly, { begin: next })).result).toBeUndefined();
      next = resume;
    }
    const { findings } = await reportOf((await dyingProcess(files, deadly, { begin: resume })).result);
    const unread = findings.filter(({ status }) => status === "unknown").map(({ account }) => account);
    expect(new Set(unread)).toEqual(new Set(deadly));
    expect(findings).toHaveLength(8);
  });

  it("is judged like any other where it does so only once", async () => {
    const files = new Map<string, Uint8Array>();
    await dyingProcess(files, [ids[1]], { begin });
    const { opened, result } = await dyingProcess(files, [], { begin: resume });
    expect(opened.at(-1)).toBe(ids[3]);
    expect((await reportOf(result)).summary).toMatchObject({ fail: 4, pass: 4, unknown: 0 });
  });

  it("is said to have died", async () => {
    const files = new Map<string, Uint8Array>();
    await dyingProcess(files, [ids[1]], { begin });
    await dyingProcess(files, [ids[1]], { begin: resume });
    const told: AuditEvent[] = [];
    const tell = (event: AuditEvent): void => void told.push(event);
    await runAudit(auditOf({ store: memoryStore(files), begin: resume, tell }));
    const finished = told.flatMap((event) => (event.event === "account-finished" ? [event] : []));
    expect(finished.find(({ account }) => account === ids[1])).toMatchObject({
      outcome: "died",
      because: expect.stringContaining("not tried again in this run") as string,
    });
  });
});

describe("what has not died", () => {
  it("is an account that was given up because the run was stopped", async () => {
    const files = new Map<string, Uint8Array>();
    let next: AuditOptions["begin"] = begin;
    for (let times = 0; times < 4; times++) {
      const stop = new AbortController();
      const openSource: AuditOptions["openSource"] = () => {
        stop.abort(new Error("stopped"));
        return { kind: "live", read: () => never };
      };
      await runAudit(auditOf({ store: memoryStore(files), begin: next, openSource, signal: stop.signal }));
      next = resume;
    }
    const result = await runAudit(auditOf({ store: memoryStore(files), begin: resume }));
    expect((await reportOf(result)).summary).toMatchObject({ fail: 4, pass: 4, unknown: 0 });
  });

  it("is an account whose report could not be written", async () => {
    const files = new Map<string, Uint8Array>();
    const store = memoryStore(files);
    const body = (): Promise<never> => Promise.reject(new Killed("full"));
    await expect(asAttempt(store, { run, account: ids[0], deaths: 1 }, body)).rejects.toThrow("full");
    expect(await readDeaths(store, { run, account: ids[0] })).toBe(1);
  });

  it.each(["", "{", "null", "[]", `{"attempts":-1}`, `{"attempts":"2"}`, `{"attempts":1e99}`])(
    "is an account of which the store says %j",
    async (text) => {
      const bytes = new TextEncoder().encode(text);
      const store = memoryStore(new Map([[`work/${run}/attempts/${ids[0]}.json`, bytes]]));
      expect(await readDeaths(store, { run, account: ids[0] })).toBe(0);
    },
  );
});
