import { readdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/core/report.js";
import { readReport } from "../support/report.js";
import { inFolder, runCli, startCli } from "../support/run-cli.js";
import type { Outcome } from "../support/run-cli.js";
import { accounts, deadEndpoint, environmentOf, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws, SimulationOptions } from "../support/simulated-aws.js";

// The testbed's organization: its management account at hand, one member open, one refused, one suspended.
const config = `
packs: [./few.yaml]
audit:
  organization: {}
  accounts:
    - { id: "${accounts.broken}", role: DeniedAudit }
  role: { name: GuardedAudit, externalId: guard-1234 }
`;
const few = `id: few\ntitle: A few rules\nrules: [cloudtrail.glacier-events, cloudtrail.log-file-validation, cloudtrail.trail-per-region, glacier.vault-notifications]\n`;
const files = { "watchproof.yaml": config, "few.yaml": few };
const members = [accounts.compliant, accounts.management, accounts.broken].sort();

/** What does not depend on when an account was read. */
const timeless = (report: Report): unknown =>
  JSON.parse(
    JSON.stringify(report, (key, value: unknown) => (key === "takenAt" ? "" : value)).replace(
      /\d{4}-\d\d-\d\dT[\d:.]+Z/gu,
      "(time)",
    ),
  );

async function reportsIn(folder: string): Promise<readonly Report[]> {
  const names = await readdir(join(folder, "watchproof-audits/runs"));
  return names
    .sort()
    .map((name) =>
      readReport(gunzipSync(readFileSync(join(folder, "watchproof-audits/runs", name))).toString()),
    );
}

async function runIn(folder: string, args: readonly string[], aws: SimulatedAws): Promise<Outcome> {
  return runCli(["audit", ...args], { cwd: folder, env: aws.env(accounts.management) });
}

const running: SimulatedAws[] = [];
async function start(options: SimulationOptions = {}): Promise<SimulatedAws> {
  const aws = await startSimulatedAws(options);
  running.push(aws);
  return aws;
}
afterAll(() => Promise.all(running.map((aws) => aws.stop())));

describe("an audit of the testbed's organization", () => {
  let undisturbed: Report;
  let outcome: Outcome;

  beforeAll(async () => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      outcome = await runIn(folder, [], aws);
      const [report] = await reportsIn(folder);
      if (report === undefined) throw new Error(outcome.stderr);
      undisturbed = report;
    });
  }, 60_000);

  it("judges what opens, and says of the rest that and why it was not judged", () => {
    expect(outcome.exitCode).toBe(1);
    expect(undisturbed.accounts.map(({ id, regions }) => [id, regions.length > 0])).toEqual(
      members.map((id) => [id, id !== accounts.broken]),
    );
    expect(
      undisturbed.findings.filter(({ account }) => account === accounts.broken).map(({ status }) => status),
    ).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(undisturbed.gaps.find(({ account }) => account === accounts.broken)).toMatchObject({
      type: "AWS::IAM::Role",
      action: "sts:AssumeRole",
      reason: "AccessDenied",
    });
    expect(undisturbed.notes).toEqual([
      { kind: "account-skipped", message: "account 555555555555 (closed) is closed, and was not judged" },
    ]);
  });

  it("says so on stdout and stderr, each account in one line", () => {
    expect(outcome.stdout).toMatch(/^ {2}[✔✘] 111111111111 compliant {2}/mu);
    expect(outcome.stdout).toMatch(/^ {2}\? 222222222222 broken {2}not judged$/mu);
    expect(outcome.stdout).toMatch(/^ {2}– 555555555555 closed {2}is closed: skipped$/mu);
    expect(outcome.stdout).toMatch(/Exit code 1: /u);
    expect(outcome.stderr).toMatch(
      /^watchproof: account 555555555555 \(closed\) is closed, and is skipped$/mu,
    );
    expect(outcome.stderr).toMatch(
      /^watchproof: account 222222222222 \(broken\) was not judged: The role arn:aws:iam::222222222222:role\/DeniedAudit cannot be assumed \(AccessDenied\)/mu,
    );
  });

  it("gives each account the verdicts that a check of it alone gives", async () => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      const { stdout } = await runCli(["check", "--format", "json"], {
        cwd: folder,
        env: aws.env(accounts.compliant),
      });
      const alone = readReport(stdout).findings;
      expect(
        timeless({
          ...undisturbed,
          findings: undisturbed.findings.filter(({ account }) => account === accounts.compliant),
        }),
      ).toMatchObject({ findings: (timeless({ ...undisturbed, findings: alone }) as Report).findings });
    });
  }, 60_000);

  it("that is throttled, killed at random moments and resumed, gives the same report", async () => {
    const aws = await start({ throttle: "cloudtrail.*=10,sts.*=2:2,organizations.*=1:1", latency: 20 });
    await inFolder(files, async (folder) => {
      let seed = 20261121;
      const chance = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
      for (let kills = 0; kills < 6; kills++) {
        const resume = (await plansIn(folder)).length > 0 ? ["--resume"] : [];
        const child = startCli(["audit", ...resume], { cwd: folder, env: aws.env(accounts.management) });
        const timer = setTimeout(
          () => {
            child.kill("SIGKILL");
          },
          300 + chance() * 2500,
        );
        await child.outcome;
        clearTimeout(timer);
        if ((await plansIn(folder)).length === 0 && (await finishedIn(folder)) > 0) break;
      }
      const last =
        (await finishedIn(folder)) > 0
          ? undefined
          : await runIn(folder, (await plansIn(folder)).length > 0 ? ["--resume"] : [], aws);
      expect(last?.exitCode ?? 1).toBe(1);
      const reports = await reportsIn(folder);
      expect(reports.map(timeless)).toEqual([timeless(undisturbed)]);
      expect(await plansIn(folder)).toEqual([]);
    });
  }, 120_000);

  it("whose sessions end in the middle renews them, and gives the same report", async () => {
    const aws = await start({ firstSession: 9 });
    await inFolder(files, async (folder) => {
      await runIn(folder, [], aws);
      expect(aws.calls().filter(({ by }) => by === "expired").length).toBeGreaterThan(0);
      expect(
        aws
          .calls()
          .filter(
            ({ operation, account }) => operation === "sts.AssumeRole" && account === accounts.management,
          ),
      ).toHaveLength(3);
      expect((await reportsIn(folder)).map(timeless)).toEqual([timeless(undisturbed)]);
    });
  }, 60_000);

  it("with one region down says what it could not read there, and judges the rest", async () => {
    const aws = await start({ faults: [{ how: "reset", calls: "*@eu-west-2" }] });
    await inFolder(files, async (folder) => {
      const { exitCode } = await runIn(folder, [], aws);
      const [report] = await reportsIn(folder);
      expect(exitCode).toBe(1);
      expect(
        new Set(
          report?.gaps.filter(({ account }) => account !== accounts.broken).map(({ region }) => region),
        ),
      ).toEqual(new Set(["eu-west-2"]));
      expect(report?.findings.length).toBeGreaterThan(4);
    });
  }, 60_000);
});

const plansIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, "watchproof-audits"), { recursive: true }).catch(() => [])).filter((name) =>
    name.endsWith("plan.json"),
  );
const finishedIn = async (folder: string): Promise<number> =>
  (await readdir(join(folder, "watchproof-audits/runs")).catch(() => [])).length;

describe("an audit that is stopped by a signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s ends cleanly, and says how it goes on",
    async (signal, exitCode) => {
      const aws = await start({ faults: [{ how: "hang", calls: "cloudtrail.*" }] });
      await inFolder(files, async (folder) => {
        const child = startCli(["audit"], { cwd: folder, env: aws.env(accounts.management) });
        await child.seen("222222222222 (broken) was not judged");
        child.kill(signal);
        const stopped = await child.outcome;
        expect(stopped.exitCode).toBe(exitCode);
        expect(stopped.stdout).toBe("");
        const [, run = ""] =
          /stopped after 1 of 3 accounts; `watchproof audit --resume (\S+)` continues/u.exec(
            stopped.stderr,
          ) ?? [];
        expect(await readdir(join(folder, "watchproof-audits/work", run, "parts"))).toEqual([
          `${accounts.broken}.json.gz`,
        ]);
        aws.configure({ faults: [] });
        const resumed = await runIn(folder, ["--resume", run], aws);
        expect(resumed.exitCode).toBe(1);
        expect(resumed.stderr).toContain(`audit ${run} goes on: 1 of 3 accounts were judged before`);
        // The morning after a good night has nothing to continue.
        for (const again of [["--resume"], ["--resume", run]])
          expect(await runIn(folder, again, aws)).toMatchObject({
            exitCode: 0,
            stderr: expect.stringContaining(`audit ${run} is finished, and there is nothing to continue`),
          });
        expect((await reportsIn(folder))[0]?.accounts.map(({ id }) => id)).toEqual(members);
      });
    },
    60_000,
  );

  it("twice ends at once", async () => {
    const aws = await start({ faults: [{ how: "hang", calls: "organizations.*" }] });
    await inFolder(files, async (folder) => {
      const child = startCli(["audit"], { cwd: folder, env: aws.env(accounts.management) });
      setTimeout(() => {
        child.kill("SIGINT");
      }, 1500);
      await child.seen("stopping");
      child.kill("SIGINT");
      expect((await child.outcome).exitCode).toBe(130);
    });
  }, 60_000);
});

describe("audit", () => {
  it("--plan shows which accounts it would judge, and judges none", async () => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      const { stdout, exitCode } = await runIn(folder, ["--plan"], aws);
      expect(exitCode).toBe(0);
      expect(stdout).toBe(
        `An audit would judge 3 accounts:\n  111111111111 compliant  by arn:aws:iam::111111111111:role/GuardedAudit\n  123456789012 management  by the credentials at hand\n  222222222222 broken  by arn:aws:iam::222222222222:role/DeniedAudit\n\nand skip 1 account:\n  555555555555 closed  is closed\n`,
      );
      expect(await readdir(folder)).not.toContain("watchproof-audits");
    });
  });

  it("--log-format json writes one object a line to stderr, and nothing else", async () => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      const { stderr, stdout } = await runIn(
        folder,
        ["--log-format", "json", "--format", "json", "--account", accounts.broken],
        aws,
      );
      const lines = stderr
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
      expect(lines.map(({ level, event, account = "" }) => [level, event, account])).toEqual([
        ["info", "audit-started", ""],
        ["info", "account-started", accounts.broken],
        ["warning", "account-finished", accounts.broken],
        ["info", "audit-merged", ""],
        ["info", "audit-finished", ""],
      ]);
      expect(lines.every(({ time }) => typeof time === "string" && !Number.isNaN(Date.parse(time)))).toBe(
        true,
      );
      expect(readReport(stdout).findings).toHaveLength(4);
    });
  });

  it.each<[string, readonly string[], string]>([
    ["an account that nobody knows", ["--account", "999999999999"], "there is no such account"],
    ["an account that is none", ["--account", "12"], "twelve digits"],
    ["too much at once", ["--concurrency", "65"], "from 1 to 64"],
    ["a run that is not there", ["--resume", "yesterday"], "no such unfinished run"],
    [
      "one account of a run that has begun",
      ["--resume", "--account", "111111111111"],
      "does not go with --resume",
    ],
    ["a probe without its variable", ["--probe", "--probe-cdn-env", "NOT_SET"], "NOT_SET"],
    ["a store that is none", ["--store", "ftp://x"], "is no store"],
    ["a format that is none", ["--format", "txt"], "there is no format"],
  ])("refuses %s", async (_, args, message) => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      const plain = await runIn(folder, args, aws);
      expect([plain.exitCode, plain.stdout]).toEqual([2, ""]);
      expect(plain.stderr).toContain(message);
    });
  });

  it("refuses in JSON where its log is JSON", async () => {
    const aws = await start();
    await inFolder(files, async (folder) => {
      const { stderr, exitCode } = await runIn(
        folder,
        ["--log-format", "json", "--account", "999999999999"],
        aws,
      );
      expect(exitCode).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({ level: "error", event: "audit-failed" });
    });
  });

  it("refuses a mistaken config with its place, before anything is asked", async () => {
    await inFolder({ "watchproof.yaml": "audit:\n  organization: {}\n" }, async (folder) => {
      const { stderr, exitCode } = await runCli(["audit"], { cwd: folder });
      expect(exitCode).toBe(2);
      expect(stderr).toContain("watchproof.yaml:2:3: audit.organization: how are these accounts entered?");
    });
  });

  it("without credentials judges nothing, and says what to do", async () => {
    await inFolder(files, async (folder) => {
      const { stderr, exitCode } = await runCli(["audit"], { cwd: folder, env: { AWS_REGION: "us-east-1" } });
      expect([exitCode, stderr.includes("No usable AWS credentials")]).toEqual([2, true]);
    });
  }, 60_000);

  it("of an organization that cannot be asked judges nothing", async () => {
    await inFolder(files, async (folder) => {
      const { stderr, exitCode } = await runCli(["audit"], {
        cwd: folder,
        env: environmentOf(await deadEndpoint(), accounts.management),
      });
      expect([exitCode, stderr.includes("cannot be listed")]).toEqual([2, true]);
    });
  }, 60_000);

  it("without a config judges the account at hand", async () => {
    const aws = await start();
    await inFolder({}, async (folder) => {
      const { exitCode } = await runIn(
        folder,
        ["--rule", "cloudtrail.glacier-events", "--region", "us-east-1"],
        aws,
      );
      expect([
        exitCode,
        (await reportsIn(folder))[0]?.accounts.map(({ id, regions }) => [id, regions]),
      ]).toEqual([1, [[accounts.management, ["us-east-1"]]]]);
    });
  });
});
