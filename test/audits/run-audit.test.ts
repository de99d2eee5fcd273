import fc from "fast-check";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readMergedReport } from "../../src/audits/audit-steps.js";
import { runAudit } from "../../src/audits/run-audit.js";
import type { AuditOptions, AuditResult } from "../../src/audits/run-audit.js";
import type { AuditEvent } from "../../src/core/audit.js";
import { SourceError } from "../../src/core/source.js";
import { StoreError } from "../../src/core/store.js";
import { summarizeRun } from "../../src/engine/summarize-run.js";
import { json } from "../../src/reporters/json.js";
import { hangs } from "../sources/support/fake-aws.js";
import { Killed, memoryStore } from "../support/memory-store.js";
import type { MemoryStore } from "../support/memory-store.js";
import { readReport } from "../support/report.js";
import { auditOf, emptyAccount, ids, targets } from "./audit-of.js";

const run = "2026-11-21T02-00-00-000Z";
const reportIn = ({ files }: MemoryStore, id = run): string =>
  gunzipSync(files.get(`runs/${id}.json.gz`) ?? new Uint8Array()).toString();
const attemptsIn = (files: ReadonlyMap<string, Uint8Array>, id: string): number => {
  const file = files.get(`work/${run}/attempts/${id}.json`);
  return file === undefined
    ? 0
    : (JSON.parse(new TextDecoder().decode(file)) as { readonly attempts: number }).attempts;
};
const refusingThird: AuditOptions["openSource"] = ({ id }) =>
  id === ids[2] ? { kind: "live", read: () => Promise.reject(new SourceError("refused")) } : emptyAccount(id);

async function finish(options: AuditOptions): Promise<Extract<AuditResult, { readonly kind: "finished" }>> {
  const result = await runAudit(options);
  if (result.kind !== "finished") throw new Error("the audit was stopped");
  return result;
}

describe("an audit", () => {
  it("keeps one report of all its accounts in the store, and leaves nothing else there", async () => {
    const store = memoryStore();
    const result = await finish(auditOf({ store, openSource: refusingThird }));
    const report = readReport(reportIn(store));
    expect([...store.files.keys()].sort()).toEqual(["index.json", `runs/${run}.json.gz`]);
    expect(report.accounts.map(({ id }) => id)).toEqual(ids);
    expect(report.summary).toMatchObject({ fail: 2, unknown: 2, pass: 4, rules: 2 });
    expect(report.notes).toEqual([
      { kind: "account-skipped", message: "account 555555555555 (closed) is suspended, and was not judged" },
    ]);
    expect(await readMergedReport(result)).toEqual(report);
    expect(json.render(report, { gate: { exitCode: 0, because: "" }, color: false })).toBe(reportIn(store));
  });

  it("enters into the index what the report comes to", async () => {
    const store = memoryStore();
    await runAudit(auditOf({ store, openSource: refusingThird }));
    const index = JSON.parse(new TextDecoder().decode(store.files.get("index.json"))) as {
      readonly entries: readonly { readonly summary: unknown }[];
    };
    expect(index.entries.map(({ summary }) => summary)).toEqual([summarizeRun(readReport(reportIn(store)))]);
  });

  it("has so many accounts under way and no more", async () => {
    let inFlight = 0;
    let most = 0;
    const openSource: AuditOptions["openSource"] = ({ id }) => ({
      kind: "live",
      async read(request) {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        return emptyAccount(id).read(request);
      },
    });
    await runAudit(auditOf({ openSource, concurrency: 2 }));
    expect(most).toBe(2);
  });

  it("says what happens, account by account", async () => {
    const told: AuditEvent[] = [];
    await runAudit(
      auditOf({
        tell: (event) => {
          told.push(event);
        },
        concurrency: 1,
        openSource: refusingThird,
      }),
    );
    expect(told.map(({ event }) => event)).toEqual([
      "audit-started",
      ...ids.flatMap(() => ["account-started", "account-finished"]),
      "audit-merged",
      "audit-finished",
    ]);
    expect(told.flatMap((event) => (event.event === "account-finished" ? [event.outcome] : []))).toEqual([
      "judged",
      "judged",
      "refused",
      "judged",
    ]);
  });

  it("without an account is refused", async () => {
    await expect(
      runAudit(auditOf({ begin: { kind: "new", targets: { ...targets, units: [] } } })),
    ).rejects.toThrow("there is no account to judge: 555555555555 is suspended");
  });

  it("is the same in whichever order its accounts are given, and refuses one that is there twice", async () => {
    const [one, other] = [memoryStore(), memoryStore()];
    await runAudit(auditOf({ store: one }));
    await runAudit(
      auditOf({
        store: other,
        begin: { kind: "new", targets: { ...targets, units: targets.units.toReversed() } },
      }),
    );
    expect(other.files).toEqual(one.files);
    await expect(
      runAudit(
        auditOf({
          begin: { kind: "new", targets: { ...targets, units: [...targets.units, ...targets.units] } },
        }),
      ),
    ).rejects.toThrow("is twice in this audit");
  });

  it("that begins in the same millisecond as another is another run", async () => {
    const store = memoryStore();
    const results = await Promise.all([runAudit(auditOf({ store })), runAudit(auditOf({ store }))]);
    expect(new Set(results.map((result) => result.run)).size).toBe(2);
  });

  it("whose store fails ends with that", async () => {
    await expect(runAudit(auditOf({ store: memoryStore(new Map(), 2) }))).rejects.toThrow(Killed);
  });

  it("marks what is waived, and notes a waiver only where no account needs it", async () => {
    const waiver = { rule: "a.odd", subject: "*", reason: "so", owner: "me", expires: "2026-12-01" };
    const waivers = [
      { waiver },
      { waiver: { ...waiver, owner: "idle", account: ids[1] } },
      { waiver: { ...waiver, account: ids[2] } },
    ];
    const options = auditOf({ openSource: refusingThird });
    const { summary, notes } = await finish({
      ...options,
      judging: { ...options.judging, waiving: { waivers, today: "2000-01-01" } },
    });
    expect(summary.waived).toBe(1);
    expect(
      notes
        .filter(({ kind }) => kind !== "account-skipped")
        .map(({ kind, message }) => [kind, message.includes("idle")]),
    ).toEqual([["waiver-unused", true]]);
  });
});

describe("an audit that is killed", () => {
  it("between any two changes of its store, once or several times, gives the same report when it is resumed, except where one account is under way each time", async () => {
    const undisturbed = memoryStore();
    await runAudit(auditOf({ store: undisturbed, openSource: refusingThird, concurrency: 1 }));
    const changes = undisturbed.changes();
    const begun = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: begun, max: changes }), { minLength: 1, maxLength: 3 }),
        async (kills) => {
          const files = new Map<string, Uint8Array>();
          let begin: AuditOptions["begin"] = auditOf().begin;
          const died = new Set<string>();
          for (const kill of [...kills, Infinity]) {
            for (const id of ids) if (attemptsIn(files, id) > 1) died.add(id);
            await runAudit(
              auditOf({ store: memoryStore(files, kill), begin, openSource: refusingThird, concurrency: 1 }),
            ).catch((error: unknown) => {
              if (!isExpected(error)) throw error;
            });
            begin = { kind: "resume" };
          }
          // Killed after its plan was removed, it is finished: what is left of it is swept up later.
          const kept = new Map([...files].filter(([key]) => !key.startsWith("work/")));
          if (died.size === 0) expect(kept).toEqual(undisturbed.files);
          expect([...files.keys()].filter((key) => key.endsWith("plan.json"))).toEqual([]);
        },
      ),
    );
  });

  it("at each single change, too, and repeats no finished account", async () => {
    const undisturbed = memoryStore();
    await runAudit(auditOf({ store: undisturbed, concurrency: 1 }));
    for (let kill = 1; kill <= 3 * ids.length + 1; kill++) {
      const files = new Map<string, Uint8Array>();
      await expect(runAudit(auditOf({ store: memoryStore(files, kill), concurrency: 1 }))).rejects.toThrow(
        Killed,
      );
      const opened: string[] = [];
      await runAudit(
        auditOf({
          store: memoryStore(files),
          begin: { kind: "resume" },
          openSource: ({ id }) => {
            opened.push(id);
            return emptyAccount(id);
          },
        }),
      );
      expect(opened.sort()).toEqual(ids.slice(Math.floor(kill / 3)));
      expect(files).toEqual(undisturbed.files);
    }
  });

  it("tells again that its report is kept, if it was killed while it told", async () => {
    const store = memoryStore();
    const told: string[] = [];
    await expect(
      runAudit(auditOf({ store, kept: () => Promise.reject(new Killed("killed")) })),
    ).rejects.toThrow(Killed);
    await runAudit(
      auditOf({
        store,
        begin: { kind: "resume" },
        kept: (finished) => {
          told.push(finished.run);
          return Promise.resolve();
        },
      }),
    );
    expect(told).toEqual([run]);
  });

  it("judges an account again whose part is damaged, missing or about another account", async () => {
    const damages: readonly ((files: Map<string, Uint8Array>, key: string) => void)[] = [
      (files, key) => {
        files.set(key, new Uint8Array([31, 139, 8, 0]));
      },
      (files, key) => {
        files.set(key, files.get(key)?.slice(0, -9) ?? new Uint8Array());
      },
      (files, key) => {
        files.set(key, new Uint8Array(gzipSync("{}")));
      },
      (files, key) => {
        files.set(key, files.get(key.replace(ids[0], ids[1])) ?? new Uint8Array());
      },
      (files, key) => {
        files.delete(key);
      },
    ];
    for (const damage of damages) {
      const files = new Map<string, Uint8Array>();
      await expect(
        runAudit(auditOf({ store: memoryStore(files, 3 * ids.length - 2), concurrency: 1 })),
      ).rejects.toThrow(Killed);
      damage(files, `work/${run}/parts/${ids[0]}.json.gz`);
      const opened: string[] = [];
      await runAudit(
        auditOf({
          store: memoryStore(files),
          begin: { kind: "resume" },
          openSource: ({ id }) => {
            opened.push(id);
            return emptyAccount(id);
          },
        }),
      );
      expect(opened).toEqual([ids[0], ids[3]]);
    }
  });
});

describe("a run over some accounts of an audit", () => {
  it("is that when it is resumed, too: nobody is told that the others are gone", async () => {
    const store = memoryStore();
    const begin = { kind: "new", targets: { ...targets, partial: true } } as const;
    await expect(
      runAudit(auditOf({ store, begin, kept: () => Promise.reject(new Killed("killed")) })),
    ).rejects.toThrow(Killed);
    const partial: unknown[] = [];
    await runAudit(
      auditOf({
        store,
        begin: { kind: "resume" },
        kept: (_, resumed) => {
          partial.push(resumed.partial);
          return Promise.resolve();
        },
      }),
    );
    expect(partial).toEqual([true]);
  });
});

describe("a run that two processes have under way", () => {
  it("is finished by one; the other says so, and calls nothing damaged", async () => {
    const store = memoryStore();
    await expect(
      runAudit(auditOf({ store, kept: () => Promise.reject(new Killed("killed")) })),
    ).rejects.toThrow(Killed);
    const isPart = (key: string): boolean => key.startsWith(`work/${run}/parts/`);
    const reads: string[] = [];
    // The other one finishes when this one has seen that each account is done, and begins to merge.
    const slow: MemoryStore = {
      ...store,
      async read(key) {
        if (isPart(key) && reads.push(key) === ids.length + 1)
          await runAudit(auditOf({ store, begin: { kind: "resume" } }));
        return store.read(key);
      },
    };
    await expect(runAudit(auditOf({ store: slow, begin: { kind: "resume" } }))).rejects.toThrow(
      `audit ${run} was finished meanwhile by another process`,
    );
    expect([...store.files.keys()].sort()).toEqual(["index.json", `runs/${run}.json.gz`]);
  });
});

function isExpected(error: unknown): boolean {
  return (
    error instanceof Killed ||
    (error instanceof StoreError && error.message.includes("no such unfinished run"))
  );
}

describe("resuming", () => {
  const begunAudit = async (): Promise<MemoryStore> => {
    const files = new Map<string, Uint8Array>();
    await expect(runAudit(auditOf({ store: memoryStore(files, 2), concurrency: 1 }))).rejects.toThrow(Killed);
    return memoryStore(files);
  };
  const { judging } = auditOf();

  it.each<[string, Partial<AuditOptions>]>([
    ["other rules", { judging: { ...judging, rules: judging.rules.slice(1) } }],
    ["other options of a rule", { judging: { ...judging, overrides: [{ rule: "a.odd", with: { x: 1 } }] } }],
    [
      "other waivers",
      {
        judging: {
          ...judging,
          waiving: {
            today: "2026-11-21",
            waivers: [
              { waiver: { rule: "a.odd", subject: "*", reason: "so", owner: "me", expires: "2026-12-01" } },
            ],
          },
        },
      },
    ],
    ["other regions", { judging: { ...judging, regions: ["eu-west-1"] } }],
    ["other roles", { settings: { role: { name: "Other" } } }],
  ])("with %s is refused", async (_, part) => {
    await expect(
      runAudit(auditOf({ store: await begunAudit(), begin: { kind: "resume" }, ...part })),
    ).rejects.toThrow("was begun with other rules");
  });

  it("with another store, concurrency or day goes on", async () => {
    const store = await begunAudit();
    const result = await runAudit(
      auditOf({
        store,
        begin: { kind: "resume", run },
        concurrency: 1,
        settings: { store: "elsewhere", concurrency: 3 },
        now: () => new Date("2026-11-22T00:00:00Z"),
      }),
    );
    expect(result).toMatchObject({ kind: "finished", run });
  });

  it("needs a run that is there", async () => {
    await expect(runAudit(auditOf({ begin: { kind: "resume" } }))).rejects.toThrow(
      "there is no such unfinished run; nothing in memory waits",
    );
    await expect(
      runAudit(auditOf({ store: await begunAudit(), begin: { kind: "resume", run: "2026" } })),
    ).rejects.toThrow(`unfinished are ${run}`);
  });

  it("takes the newest", async () => {
    const store = await begunAudit();
    const later = memoryStore(store.files, 2);
    await expect(
      runAudit(auditOf({ store: later, concurrency: 1, now: () => new Date("2026-11-22T02:00:00Z") })),
    ).rejects.toThrow(Killed);
    expect(await runAudit(auditOf({ store, begin: { kind: "resume" } }))).toMatchObject({
      run: "2026-11-22T02-00-00-000Z",
    });
  });

  it("is not possible with a plan that is damaged", async () => {
    const store = await begunAudit();
    store.files.set(`work/${run}/plan.json`, new TextEncoder().encode("{"));
    await expect(runAudit(auditOf({ store, begin: { kind: "resume" } }))).rejects.toThrow("cannot be read");
  });

  it("is not waited for longer than thirty days", async () => {
    const store = await begunAudit();
    await runAudit(auditOf({ store, now: () => new Date("2026-12-20T02:00:00Z") }));
    expect([...store.files.keys()].some((key) => key.startsWith(`work/${run}/`))).toBe(true);
    await runAudit(auditOf({ store, now: () => new Date("2026-12-22T02:00:00Z") }));
    expect([...store.files.keys()].filter((key) => key.startsWith("work/"))).toEqual([]);
  });
});

describe("an audit that is stopped", () => {
  it("keeps what is finished, gives up what is under way, and is resumed to the same report", async () => {
    const undisturbed = memoryStore();
    await runAudit(auditOf({ store: undisturbed }));
    const store = memoryStore();
    const controller = new AbortController();
    const openSource: AuditOptions["openSource"] = ({ id }) => {
      if (id !== ids[1]) return emptyAccount(id);
      return {
        kind: "live",
        read: () => {
          controller.abort(new Error("stopped"));
          return hangs();
        },
      };
    };
    expect(await runAudit(auditOf({ store, openSource, concurrency: 1, signal: controller.signal }))).toEqual(
      { kind: "stopped", run, finished: 1, accounts: 4 },
    );
    expect([...store.files.keys()].filter((key) => key.includes("/parts/"))).toEqual([
      `work/${run}/parts/${ids[0]}.json.gz`,
    ]);
    await runAudit(auditOf({ store, begin: { kind: "resume" } }));
    expect(store.files).toEqual(undisturbed.files);
  });
});
