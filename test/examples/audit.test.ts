import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inFolder, root, runCli } from "../support/run-cli.js";
import { splitWords } from "../support/scenario-file.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const config = read("examples/audit/watchproof.yaml");
const { version } = JSON.parse(read("package.json")) as { readonly version: string };

describe("the examples of nightly audits", () => {
  it("have a config without mistakes", async () => {
    await inFolder({ "watchproof.yaml": config }, async (cwd) => {
      expect(await runCli(["validate"], { cwd })).toMatchObject({ exitCode: 0 });
      const { stdout } = await runCli(["permissions", "--for", "organization", "--format", "actions"], {
        cwd,
      });
      expect(stdout.trim().split("\n")).toEqual([
        "sts:AssumeRole",
        "organizations:ListAccounts",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:PutObject",
        "s3:ListBucket",
        "sns:Publish",
      ]);
    });
  });

  it.each(["examples/audit/github-actions.yml", "examples/audit/crontab"])(
    "%s: its commands are understood, by this version",
    async (path) => {
      const commands = [...read(path).matchAll(/npx --yes watchproof@(\S+) (.+?)(?: 2>&1.*)?$/gmu)].map(
        ([, named = "", words = ""]) => ({ named, words: splitWords(words) }),
      );
      expect(commands.length).toBeGreaterThan(0);
      await inFolder({ "watchproof.yaml": config }, async (cwd) => {
        for (const { named, words } of commands) {
          expect(named).toBe(version.split(".").slice(0, 2).join("."));
          // Without credentials nothing is judged; a word that is not understood is told before that.
          const { exitCode, stderr } = await runCli(
            words.map((word) => (word === "--resume" ? "--plan" : word)),
            { cwd },
          );
          expect({ exitCode, stderr }).toMatchObject({
            exitCode: 2,
            stderr: expect.stringMatching(/credentials/iu) as string,
          });
        }
      });
    },
  );
});

describe("what leaves the repository as a bundle", () => {
  const copied = [...read("deploy/Dockerfile").matchAll(/^COPY --from=build \/build\/(\S+) (\S+)$/gmu)];
  const [, command = ""] = /^RUN ln -s (\S+) /mu.exec(read("deploy/Dockerfile")) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "watchproof-bundle-"));
  beforeAll(() => {
    execFileSync(process.execPath, [join(root, "scripts/pack-lambda.mjs"), join(folder, "lambda")]);
    for (const [, from = "", to = ""] of copied)
      cpSync(join(root, from), join(folder, "image", to), { recursive: true });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const node = (script: string, env: Readonly<Record<string, string>> = {}): string =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", AWS_EC2_METADATA_DISABLED: "true", ...env },
    });

  it("for Lambda runs by itself, under the name that the template gives", () => {
    const [, file = "", name = ""] = /Handler: (\S+)\.(\w+)$/mu.exec(read("deploy/audit.yaml")) ?? [];
    const script = `const lambda = await import(${JSON.stringify(join(folder, "lambda", `${file}.js`))}); await lambda[${JSON.stringify(name)}]({ step: "audit" }, { getRemainingTimeInMillis: () => 60000 }).catch(({ message }) => { console.log(message); });`;
    expect(node(script)).toContain("WATCHPROOF_STORE is not set");
    expect(node(script, { WATCHPROOF_STORE: join(folder, "store") })).toContain(
      "holds no config/watchproof.yaml",
    );
  });

  it("for the container runs by itself", () => {
    const run = (...words: readonly string[]): string =>
      execFileSync(process.execPath, [join(folder, "image", command), ...words], {
        cwd: folder,
        encoding: "utf8",
      });
    expect(run("--version")).toBe(`${version}\n`);
    expect(
      run(
        "check",
        "--snapshot",
        join(root, "examples/account/snapshot.json"),
        "--rule",
        "cloudtrail.log-file-validation",
        "--format",
        "json",
        "--max-fail",
        "99",
        "--allow-unknown",
      ),
    ).toContain('"watchproof-report/1"');
  });
});
