import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReport, snapshotErrors } from "../support/report.js";
import { inFolder, runCli } from "../support/run-cli.js";
import { accounts, startSimulatedAws, withAws } from "../support/simulated-aws.js";

describe.each(Object.entries(accounts))("%s, recorded", (_, account) => {
  it("gives the same findings as live, and the same bytes each time", async () => {
    await withAws(startSimulatedAws(), async (aws) =>
      inFolder({}, async (cwd) => {
        const live = await runCli(["check", "--format", "json"], { cwd, env: aws.env(account) });
        const collected = await runCli(["collect", "--out", "account.json"], { cwd, env: aws.env(account) });
        expect([collected.exitCode, collected.stdout]).toEqual([0, ""]);
        const offline = ["check", "--snapshot", "account.json", "--format", "json"];
        const first = await runCli(offline, { cwd });
        const second = await runCli(offline, { cwd });
        expect(second.stdout).toBe(first.stdout);
        expect(readReport(first.stdout).findings).toEqual(readReport(live.stdout).findings);
        expect(readReport(first.stdout).accounts).toMatchObject([{ id: account, source: "recorded" }]);
        expect(first.exitCode).toBe(live.exitCode);
      }),
    );
  });
});

describe("a snapshot", () => {
  it("fits its schema, is private to its owner, and says what was not read", async () => {
    await withAws(startSimulatedAws({ deny: "cloudtrail.GetEventSelectors" }), async (aws) =>
      inFolder({}, async (cwd) => {
        await runCli(["collect", "--out", "account.json"], { cwd, env: aws.env(accounts.tricky) });
        const text = await readFile(join(cwd, "account.json"), "utf8");
        expect(snapshotErrors(JSON.parse(text))).toBe("");
        expect(text).toMatch(/"action":\s*"cloudtrail:GetEventSelectors"/);
        expect((await stat(join(cwd, "account.json"))).mode & 0o777).toBe(0o600);
      }),
    );
  });

  it("that was taken for one rule leaves the others unknown", async () => {
    await withAws(startSimulatedAws(), async (aws) =>
      inFolder({}, async (cwd) => {
        await runCli(["collect", "--rule", "cloudtrail.log-file-validation", "--out", "account.json"], {
          cwd,
          env: aws.env(accounts.compliant),
        });
        const { exitCode, stdout } = await runCli(
          [
            "check",
            "--snapshot",
            "account.json",
            "--rule",
            "cloudtrail.log-file-validation",
            "--rule",
            "cloudtrail.any-trail-logging",
            "--format",
            "json",
          ],
          { cwd },
        );
        expect(readReport(stdout).findings).toMatchObject([
          { rule: "cloudtrail.any-trail-logging", status: "unknown", reason: "not-collected" },
          { rule: "cloudtrail.log-file-validation", status: "pass" },
        ]);
        expect(exitCode).toBe(3);
      }),
    );
  });

  it("of one region leaves the other regions unknown", async () => {
    await withAws(startSimulatedAws(), async (aws) =>
      inFolder({}, async (cwd) => {
        await runCli(["collect", "--region", "us-east-1", "--out", "account.json"], {
          cwd,
          env: aws.env(accounts.compliant),
        });
        const judge = (region: string) =>
          runCli(
            [
              "check",
              "--snapshot",
              "account.json",
              "--rule",
              "cloudtrail.trail-per-region",
              "--region",
              region,
              "--format",
              "json",
            ],
            { cwd },
          );
        expect((await judge("us-east-1")).exitCode).toBe(0);
        expect((await judge("eu-west-1")).exitCode).toBe(3);
      }),
    );
  });

  it("of a second collection holds the same resources", async () => {
    await withAws(startSimulatedAws(), async (aws) =>
      inFolder({}, async (cwd) => {
        const collected = await Promise.all(
          ["a.json", "b.json"].map(async (file) => {
            await runCli(["collect", "--out", file], { cwd, env: aws.env(accounts.broken) });
            return JSON.parse(await readFile(join(cwd, file), "utf8")) as {
              resources: unknown;
              collected: unknown;
              calls: unknown;
            };
          }),
        );
        const [first, second] = collected;
        expect(second!.resources).toEqual(first!.resources);
        expect([second!.collected, second!.calls]).toEqual([first!.collected, first!.calls]);
      }),
    );
  });
});
