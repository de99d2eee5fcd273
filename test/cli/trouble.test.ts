import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readReport } from "../support/report.js";
import { bin, runCli } from "../support/run-cli.js";
import type { Outcome } from "../support/run-cli.js";
import { accounts, deadEndpoint, environmentOf, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws, SimulationOptions } from "../support/simulated-aws.js";

const check = [
  "check",
  "--rule",
  "cloudtrail.glacier-events",
  "--rule",
  "cloudtrail.log-file-validation",
  "--format",
  "json",
];
const running: SimulatedAws[] = [];
afterAll(async () => Promise.all(running.map((aws) => aws.stop())));

async function checkAgainst(account: string, options: SimulationOptions): Promise<Outcome> {
  const aws = await startSimulatedAws(options);
  running.push(aws);
  return runCli(check, { env: aws.env(account) });
}

const verdicts = ({ stdout }: Outcome) =>
  readReport(stdout).findings.map(({ rule, subject, status }) => `${rule} ${subject.id} ${status}`);

/** Ends by itself (whoever does not is stopped, and has no exit code), blames nobody who is innocent, and does not show its inside. */
function expectHonest(outcome: Outcome): void {
  expect(outcome.stderr).not.toMatch(/^\s+at /m);
  expect([2, 3]).toContain(outcome.exitCode);
  if (outcome.exitCode === 2) expect(outcome.stderr.trim()).not.toBe("");
  else
    expect(new Set(readReport(outcome.stdout).findings.map(({ status }) => status))).toEqual(
      new Set(["unknown"]),
    );
}

// Most of the time here is waiting, so they wait together.
describe.concurrent("an endpoint that gives nothing", () => {
  it("dead: nothing is judged", async () => {
    expectHonest(await runCli(check, { env: environmentOf(await deadEndpoint(), accounts.broken) }));
  }, 60_000);

  it.each([["hang"], ["html"], ["garbage"], ["reset"]] as const)(
    "%s: nothing is judged",
    async (how) => {
      expectHonest(await checkAgainst(accounts.broken, { faults: [{ how }] }));
    },
    60_000,
  );

  it.each([
    ["hang", "cloudtrail.*"],
    ["html", "cloudtrail.*"],
    ["reset", "cloudtrail.DescribeTrails"],
    ["hang", "cloudtrail.DescribeTrails"],
  ] as const)(
    "%s on %s: trails are unknown",
    async (how, calls) => {
      expectHonest(await checkAgainst(accounts.management, { faults: [{ how, calls }] }));
    },
    60_000,
  );
});

describe.concurrent("an endpoint that gives a part", () => {
  it("selectors that never come leave tricky unknown, and say why", async () => {
    const outcome = await checkAgainst(accounts.tricky, {
      faults: [{ how: "hang", calls: "cloudtrail.GetEventSelectors" }],
    });
    const report = readReport(outcome.stdout);
    expect(outcome.exitCode).toBe(3);
    expect(report.findings.find(({ rule }) => rule === "cloudtrail.glacier-events")).toMatchObject({
      status: "unknown",
      reason: "unreadable",
    });
    expect(report.gaps.map(({ action }) => action)).toContain("cloudtrail:GetEventSelectors");
  }, 60_000);

  it("one region that never answers does not hide a failure elsewhere", async () => {
    const outcome = await checkAgainst(accounts.broken, {
      faults: [{ how: "hang", calls: "cloudtrail.*@eu-west-1" }],
    });
    expect(outcome.exitCode).toBe(1);
  }, 60_000);

  it("a refused list of regions does not hide a failure", async () => {
    const outcome = await checkAgainst(accounts.broken, { deny: "account.ListRegions" });
    expect(outcome.exitCode).toBe(1);
    expect(readReport(outcome.stdout).gaps).toContainEqual(
      expect.objectContaining({ action: "account:ListRegions" }),
    );
  });

  it("a refused list of regions never makes a clean pass out of compliant's default regions alone", async () => {
    const outcome = await checkAgainst(accounts.compliant, { deny: "account.ListRegions" });
    expect(readReport(outcome.stdout).gaps).toContainEqual(
      expect.objectContaining({ action: "account:ListRegions" }),
    );
    expect(outcome.exitCode).not.toBe(1);
  });
});

describe.concurrent("an endpoint that gives everything, with effort", () => {
  it.each(["compliant", "broken", "tricky"] as const)(
    "%s: throttling, flaws and slowness change no verdict",
    async (account) => {
      const calm = await checkAgainst(accounts[account], {});
      const throttled = await checkAgainst(accounts[account], { throttle: "cloudtrail.*=10:2" });
      const flaky = await checkAgainst(accounts[account], { faults: [{ how: "flaky" }] });
      const slow = await checkAgainst(accounts[account], { latency: 300 });
      expect(verdicts(throttled)).toEqual(verdicts(calm));
      expect(verdicts(flaky)).toEqual(verdicts(calm));
      expect(verdicts(slow)).toEqual(verdicts(calm));
      expect([throttled, flaky, slow].map(({ exitCode }) => exitCode)).toEqual([
        calm.exitCode,
        calm.exitCode,
        calm.exitCode,
      ]);
    },
    90_000,
  );
});

describe("output that is lost", () => {
  it("a full disk behind stdout is no success", () => {
    const snapshot = fileURLToPath(new URL("../../examples/account/snapshot.json", import.meta.url));
    const words = [
      "check",
      "--snapshot",
      snapshot,
      "--rule",
      "cloudtrail.any-trail-logging",
      "--format",
      "json",
    ];
    const script = `"${process.execPath}" "${bin}" ${words.map((word) => `'${word}'`).join(" ")} > /dev/full`;
    const ended = spawnSync("/bin/sh", ["-c", script], { encoding: "utf8" });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("stdout cannot be written");
  });
});
