import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder, root, runCli } from "../support/run-cli.js";
import { startS3 } from "../support/s3-server.js";

const snapshot = await readFile(join(root, "test/cli/accepting/account.json"), "utf8");
const rule = await readFile(join(root, "test/cli/accepting/logging.yaml"), "utf8");
const files = { "account.json": snapshot, "rules/logging.yaml": rule };

async function withReport<T>(body: (folder: string) => Promise<T>): Promise<T> {
  return inFolder(files, async (cwd) => {
    expect(
      (
        await runCli(["check", "rules", "--snapshot", "account.json", "--format", "json=report.json"], {
          cwd,
        })
      ).exitCode,
    ).toBe(1);
    return body(cwd);
  });
}

describe("processes that write into one folder", () => {
  const runs = Array.from({ length: 6 }, (_, at) => `run-${at.toString()}`);

  it(
    "lose nothing, also those that are killed and run again",
    () =>
      withReport(async (cwd) => {
        const add = (run: string, timeout?: number) =>
          runCli(["history", "add", "report.json", "--run", run, "--store", "kept"], {
            cwd,
            ...(timeout === undefined ? {} : { timeout }),
          });
        // Spread over the time that one takes, so that some are killed before they write, some while, some after.
        const started = Date.now();
        await add("first");
        const ms = Date.now() - started;
        await Promise.all(runs.map((run, at) => add(run, Math.ceil((ms * (at + 4)) / runs.length))));
        const again = await Promise.all(runs.map((run) => add(run)));
        expect(again.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(
          runs.map((run) => [0, `watchproof: run ${run} is kept in kept\n`]),
        );
        const verified = await runCli(["history", "verify", "--store", "kept"], { cwd });
        expect([verified.exitCode, verified.stdout]).toEqual([
          0,
          expect.stringContaining("7 entries, 7 reports read"),
        ]);
        expect((await readdir(join(cwd, "kept"))).filter((name) => name.endsWith(".lock"))).toEqual([]);
      }),
    120_000,
  );
});

describe("a history in a bucket", () => {
  it(
    "is written, read, proved and compared over an endpoint of one's own",
    () =>
      withReport(async (cwd) => {
        const server = await startS3();
        const env = {
          AWS_ENDPOINT_URL: server.url,
          AWS_REGION: "eu-west-1",
          AWS_ACCESS_KEY_ID: "AKIDTEST",
          AWS_SECRET_ACCESS_KEY: "secret",
        };
        const watchproof = (...args: readonly string[]) =>
          runCli([...args, "--store", "s3://reports/security"], { cwd, env });
        try {
          expect((await watchproof("history", "add", "report.json", "--run", "one")).stderr).toBe(
            "watchproof: run one is kept in s3://reports/security\n",
          );
          expect((await watchproof("history", "add", "report.json", "--run", "two")).exitCode).toBe(0);
          expect([...server.objects.keys()].sort()).toEqual([
            "security/index.json",
            "security/runs/one.json.gz",
            "security/runs/two.json.gz",
          ]);
          expect((await watchproof("history", "verify")).stdout).toContain("2 entries, 2 reports read");
          expect((await watchproof("diff", "one", "two")).exitCode).toBe(0);
          server.objects.set("security/runs/one.json.gz", new Uint8Array([1]));
          expect(await watchproof("history", "verify")).toMatchObject({
            exitCode: 1,
            stdout: expect.stringContaining("runs/one.json.gz: is not the report that run one wrote"),
          });
          server.answer = ({ method }) =>
            method === "PUT" ? { status: 403, code: "AccessDenied" } : undefined;
          expect(await watchproof("history", "add", "report.json", "--run", "three")).toMatchObject({
            exitCode: 2,
            stderr: expect.stringContaining(
              "allow s3:PutObject on arn:aws:s3:::reports/security/runs/three.json.gz",
            ),
          });
        } finally {
          await server.stop();
        }
      }),
    60_000,
  );
});
