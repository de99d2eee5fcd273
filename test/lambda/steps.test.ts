import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Terminal } from "../../src/cli/terminal.js";
import { createSteps } from "../../src/lambda/steps.js";
import type { StepResult } from "../../src/lambda/events.js";
import type { StepSurroundings } from "../../src/lambda/steps.js";
import { memoryStore } from "../support/memory-store.js";
import type { MemoryStore } from "../support/memory-store.js";
import { readReport } from "../support/report.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";

// The testbed's organization: its management account at hand, one member open, one refused, one suspended.
const files = {
  "config/watchproof.yaml": `
packs: [packs/few.yaml]
audit:
  organization: {}
  accounts:
    - { id: "${accounts.broken}", role: DeniedAudit }
  role: { name: GuardedAudit, externalId: guard-1234 }
`,
  "config/packs/few.yaml":
    "id: few\ntitle: A few rules\nrules: [cloudtrail.glacier-events, cloudtrail.log-file-validation, glacier.vault-notifications]\n",
  "config/own.js": "throw new Error('code of the bucket was run');\n",
};
const members = [accounts.compliant, accounts.management, accounts.broken].sort();
const aMinute = { getRemainingTimeInMillis: () => 60_000 };

let aws: SimulatedAws;
beforeAll(async () => {
  aws = await startSimulatedAws();
});
afterAll(() => aws.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

type Invocations = {
  readonly store: MemoryStore;
  readonly log: () => readonly Record<string, unknown>[];
  readonly invoke: (event: unknown, time?: typeof aMinute) => Promise<StepResult>;
};

/** Two accounts that are listed, and never answer. */
const hanging: StepSurroundings["accounts"] = () => ({
  inquiries: {
    caller: () => Promise.resolve({ id: accounts.management, partition: "aws" }),
    members: () =>
      Promise.resolve({
        accounts: [accounts.management, accounts.compliant].map((id) => ({ id, name: "" })),
        skipped: [],
      }),
  },
  openSource: () => ({
    kind: "live",
    read: () => new Promise(() => undefined),
    readSecret: () => new Promise(() => undefined),
  }),
  openTransport: () => {
    throw new Error("nobody is told");
  },
});

function deployed(
  more: Readonly<Record<string, string>> = {},
  live?: StepSurroundings["accounts"],
): Invocations {
  for (const [name, value] of Object.entries(aws.env(accounts.management))) vi.stubEnv(name, value);
  const store = {
    ...memoryStore(
      new Map(
        Object.entries({ ...files, ...more }).map(([name, text]) => [name, new TextEncoder().encode(text)]),
      ),
    ),
    location: "s3://reports/audits",
  };
  const lines: string[] = [];
  const terminal: Terminal = {
    out: () => Promise.resolve(),
    err: (text) => {
      lines.push(text);
    },
    trouble: () => undefined,
    isWatched: false,
    hasColor: false,
  };
  const steps = createSteps({
    store,
    terminal,
    now: () => new Date("2026-11-21T02:00:00.000Z"),
    ...(live === undefined ? {} : { accounts: live }),
  });
  return {
    store,
    log: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    invoke: (event, time = aMinute) => steps.run(event, time),
  };
}

const run = "2026-11-21T02-00-00-000Z";
const reportIn = ({ files: kept }: MemoryStore): string =>
  gunzipSync(kept.get(`runs/${run}.json.gz`) ?? new Uint8Array())
    .toString()
    .replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/gu, '"(time)"');

describe("an event", () => {
  it.each<[unknown, string]>([
    [{}, 'the event names no step: {"step": "audit"}'],
    [undefined, "the event names no step"],
    [{ step: "Audit" }, "the event names no step"],
    [{ step: "merge" }, 'the event of step "merge" lacks "run"'],
    [{ step: "judge", run: 7 }, 'the event of step "judge" lacks "run" and "account"'],
  ])("such as %j is refused, and nothing is begun", async (event, words) => {
    const { store, invoke } = deployed();
    await expect(invoke(event)).rejects.toThrow(words);
    expect([...store.files.keys()].filter((key) => !key.startsWith("config/"))).toEqual([]);
  });
});

describe("an audit in one invocation", () => {
  it("judges the organization and keeps the report", async () => {
    const { store, invoke, log } = deployed();
    const result = await invoke({ step: "audit" });
    expect(result).toMatchObject({ run, counts: { rules: 3, unknown: 3 }, gate: { exitCode: 1 } });
    expect(
      readReport(reportIn(store).replaceAll("(time)", "2026-11-21T02:00:00.000Z")).accounts.map(
        ({ id }) => id,
      ),
    ).toEqual(members);
    expect(log().map(({ event }) => event)).toContain("audit-finished");
  }, 60_000);

  it("whose time ran out says so, and leaves what the next attempt goes on with", async () => {
    const { store, invoke } = deployed({}, hanging);
    await expect(invoke({ step: "audit" }, { getRemainingTimeInMillis: () => 30_100 })).rejects.toThrow(
      `audit ${run} stopped after 0 of 3 accounts: its time ran out`,
    );
    expect(store.files.has(`work/${run}/plan.json`)).toBe(true);
  });

  it("goes on with a run that was begun and not finished", async () => {
    const { store, invoke, log } = deployed();
    await invoke({ step: "begin" });
    await invoke({ step: "judge", run, account: accounts.management });
    expect(await invoke({ step: "audit" })).toMatchObject({ run });
    expect(log().filter(({ event }) => event === "audit-resumed")).toMatchObject([
      { run, accounts: 3, finished: 1 },
    ]);
    expect([...store.files.keys()].filter((key) => key.startsWith("work/"))).toEqual([]);
  }, 60_000);

  it("does not go on with a run that was begun by another config", async () => {
    const { store, invoke } = deployed();
    await invoke({ step: "begin" });
    store.files.set(
      "config/packs/few.yaml",
      new TextEncoder().encode("id: few\ntitle: Fewer\nrules: [cloudtrail.log-file-validation]\n"),
    );
    expect(await invoke({ step: "audit" })).toMatchObject({
      run: "2026-11-21T02-00-00-001Z",
      counts: { rules: 1 },
    });
  }, 60_000);

  it("does not go on with a run over some accounts only, which somebody has begun in the same store", async () => {
    const { store, invoke } = deployed();
    await invoke({ step: "begin" });
    const key = `work/${run}/plan.json`;
    const plan = JSON.parse(new TextDecoder().decode(store.files.get(key))) as { readonly targets: object };
    store.files.set(
      key,
      new TextEncoder().encode(JSON.stringify({ ...plan, targets: { ...plan.targets, partial: true } })),
    );
    expect(await invoke({ step: "audit" })).toMatchObject({ run: "2026-11-21T02-00-00-001Z" });
  }, 60_000);

  it("does not go on with a run of yesterday", async () => {
    const { store, invoke } = deployed();
    await invoke({ step: "begin" });
    const key = `work/${run}/plan.json`;
    const plan = JSON.parse(new TextDecoder().decode(store.files.get(key))) as Record<string, unknown>;
    store.files.set(
      key,
      new TextEncoder().encode(JSON.stringify({ ...plan, startedAt: "2026-11-20T02:00:00.000Z" })),
    );
    expect(await invoke({ step: "audit" })).toMatchObject({ run: "2026-11-21T02-00-00-001Z" });
  }, 60_000);
});

describe("telling people", () => {
  const notifying = `${files["config/watchproof.yaml"]}  notify: [{ webhook: REACHED }, { webhook: MISSING }]\n`;

  it("fails while somebody could not be told, and tells nobody twice", async () => {
    const said: string[] = [];
    const hook = createServer((request, response) => {
      request.resume().on("end", () => {
        said.push(request.url ?? "");
        response.end("ok");
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const { invoke, store, log } = deployed({ "config/watchproof.yaml": notifying });
    vi.stubEnv("REACHED", `http://127.0.0.1:${(hook.address() as AddressInfo).port.toString()}/hook`);
    try {
      for (const attempt of [1, 2])
        await expect(invoke({ step: "audit" }), `attempt ${attempt.toString()}`).rejects.toThrow(
          "not everybody was told",
        );
      expect(said).toEqual(["/hook"]);
      vi.stubEnv("MISSING", process.env["REACHED"]);
      expect(await invoke({ step: "audit" })).toMatchObject({ run });
      expect(said).toEqual(["/hook", "/hook"]);
      expect(log().filter(({ event }) => event === "account-started")).toHaveLength(3);
      expect([...store.files.keys()].filter((key) => key.startsWith("work/"))).toEqual([]);
    } finally {
      hook.close();
    }
  }, 60_000);
});

describe("an audit in steps", () => {
  it("gives the report that one invocation gives", async () => {
    const whole = deployed();
    await whole.invoke({ step: "audit" });
    const { store, invoke } = deployed();
    const begun = await invoke({ step: "begin", accountsAtOnce: "40" });
    expect(begun).toEqual({
      run,
      bucket: "reports",
      accounts: `audits/work/${run}/accounts.json`,
      accountsAtOnce: 40,
    });
    expect(JSON.parse(new TextDecoder().decode(store.files.get(`work/${run}/accounts.json`)))).toEqual(
      members,
    );
    for (const account of members.toReversed()) await invoke({ step: "judge", run, account });
    const merged = await invoke({ step: "merge", run });
    expect(merged).toMatchObject({ run, gate: { exitCode: 1 } });
    // Whoever lost the answer asks again, and hears the same.
    expect(await invoke({ step: "merge", run })).toEqual(merged);
    await expect(invoke({ step: "merge", run: "another" })).rejects.toThrow("no such unfinished run");
    expect(reportIn(store)).toBe(reportIn(whole.store));
    expect([...store.files.keys()].filter((key) => key.startsWith("work/"))).toEqual([]);
  }, 60_000);

  it("an account whose invocation died is unknown, and stops no other", async () => {
    const { store, invoke } = deployed();
    await invoke({ step: "begin" });
    await invoke({ step: "judge", run, account: accounts.management });
    expect(await invoke({ step: "merge", run })).toMatchObject({ counts: { unknown: 6 } });
    expect(reportIn(store)).toContain(
      "This account was not judged: what was to judge it ended before it was done",
    );
  }, 60_000);

  it("refuses an account that the run does not have", async () => {
    const { invoke } = deployed();
    await invoke({ step: "begin" });
    await expect(invoke({ step: "judge", run, account: "999999999999" })).rejects.toThrow(
      `account 999999999999 is not in run ${run}`,
    );
  }, 60_000);
});

describe("the config in the store", () => {
  it("that is missing is asked for", async () => {
    const { store, invoke } = deployed();
    store.files.delete("config/watchproof.yaml");
    await expect(invoke({ step: "audit" })).rejects.toThrow(
      "s3://reports/audits holds no config/watchproof.yaml",
    );
  });

  it("that holds mistakes is told with its lines", async () => {
    const { invoke } = deployed({ "config/watchproof.yaml": "packs: [nonsense]\n" });
    await expect(invoke({ step: "audit" })).rejects.toThrow(/watchproof\.yaml:1:9: .*nonsense/u);
  });

  it("brings no code: a plugin in it is not found", async () => {
    const { invoke } = deployed({
      "config/watchproof.yaml": "plugins: [./own.js]\npacks: [cis-aws-5.0.0]\n",
    });
    await expect(invoke({ step: "audit" })).rejects.toThrow(/own\.js/u);
    await expect(invoke({ step: "audit" })).rejects.not.toThrow("code of the bucket was run");
  });
});
