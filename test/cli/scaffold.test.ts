import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { inFolder, root, runCli } from "../support/run-cli.js";

const snapshot = join(root, "examples/account/snapshot.json");
const installed =
  process.env["WATCHPROOF_BIN"] === undefined ? root : join(dirname(process.env["WATCHPROOF_BIN"]), "../..");

/** A folder in which watchproof is installed. */
function inProject<T>(body: (folder: string) => Promise<T>): Promise<T> {
  return inFolder({}, async (folder) => {
    await mkdir(join(folder, "node_modules"));
    await symlink(installed, join(folder, "node_modules/watchproof"));
    return body(folder);
  });
}

it("a new evaluator is tested by its rule's cases and judges an account at once", async () => {
  await inProject(async (cwd) => {
    expect((await runCli(["new", "evaluator", "key-prefix"], { cwd })).exitCode).toBe(0);
    expect(await runCli(["validate"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
    const tested = await runCli(["test"], { cwd });
    expect([tested.exitCode, tested.stderr]).toEqual([0, ""]);
    expect(tested.stdout).toContain("3 passed, 0 failed");
    const { stdout } = await runCli(["check", "rules", "--snapshot", snapshot, "--format", "json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { fail: 2, unknown: 1, error: 0 } });
    expect((await runCli(["explain", "own.key-prefix"], { cwd })).stdout).toContain("How S3 keys must begin");
  });
}, 60_000);

it("a new evaluator's rule with a wrong option is refused at its place", async () => {
  await inProject(async (cwd) => {
    await runCli(["new", "evaluator", "key-prefix"], { cwd });
    const rule = await readFile(join(cwd, "rules/key-prefix.yaml"), "utf8");
    await writeFile(join(cwd, "rules/key-prefix.yaml"), rule.replace("prefix: audit/", "prefx: audit/"));
    const { exitCode, stderr } = await runCli(["validate"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("rules/key-prefix.yaml:7:3: with.prefx");
  });
}, 60_000);

it("a new reporter writes the open failures at once", async () => {
  await inProject(async (cwd) => {
    expect((await runCli(["new", "reporter", "failure-lines"], { cwd })).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await runCli(
      [
        "check",
        "--rule",
        "cloudtrail.log-file-validation",
        "--snapshot",
        snapshot,
        "--format",
        "failure-lines",
      ],
      { cwd },
    );
    expect([exitCode, stderr]).toEqual([1, ""]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([
      {
        rule: "cloudtrail.log-file-validation",
        subject: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/console-reads",
      },
    ]);
  });
}, 60_000);

type Step = { readonly uses?: string; readonly run?: string };
type Workflow = {
  readonly permissions: object;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly if?: string; readonly steps: readonly Step[] }>
  >;
};

it("the workflow of a new project gets the least it needs, and its commands run as they are written", async () => {
  await inFolder({}, async (cwd) => {
    await runCli(["init"], { cwd });
    const { permissions, jobs } = parse(
      await readFile(join(cwd, ".github/workflows/watchproof.yml"), "utf8"),
    ) as Workflow;
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs["rules"]?.permissions).toBeUndefined();
    expect(jobs["account"]).toMatchObject({
      if: "github.event_name != 'pull_request'",
      permissions: { contents: "read", "id-token": "write" },
    });
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      readonly version: string;
    };
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    const prefix = `npx --yes watchproof@${version} `;
    expect(commands.filter((command) => !command.startsWith(prefix))).toEqual([]);
    const outcomes = [];
    for (const command of commands) {
      const words = command.slice(prefix.length).split(" ");
      outcomes.push(
        (await runCli([...words, ...(words[0] === "check" ? ["--snapshot", snapshot] : [])], { cwd }))
          .exitCode,
      );
    }
    expect(outcomes).toEqual([0, 0, 1]);
    expect(JSON.parse(await readFile(join(cwd, "watchproof-report.json"), "utf8"))).toMatchObject({
      format: "watchproof-report/1",
    });
  });
}, 60_000);
