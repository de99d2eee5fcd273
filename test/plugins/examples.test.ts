import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { resource, snapshot } from "../support/build.js";
import { readReport } from "../support/report.js";
import { inFolder, root, runCli } from "../support/run-cli.js";

// The package whose command runCli runs.
const built =
  process.env["WATCHPROOF_BIN"] === undefined ? root : join(dirname(process.env["WATCHPROOF_BIN"]), "../..");

const state = snapshot({
  regions: ["us-east-1"],
  resources: [
    resource({
      type: "AWS::CloudTrail::Trail",
      id: "audit",
      arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit",
      properties: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true },
      observed: { IsLogging: true },
    }),
    resource({ type: "AWS::Logs::LogGroup", id: "/aws/lambda/resize", properties: { RetentionInDays: 30 } }),
    resource({ type: "AWS::Logs::LogGroup", id: "app", properties: { RetentionInDays: 100 } }),
    resource({ type: "AWS::Logs::LogGroup", id: "archive", properties: { RetentionInDays: null } }),
    resource({
      type: "AWS::Logs::LogGroup",
      id: "hidden",
      properties: {},
      unreadable: { RetentionInDays: { reason: "AccessDenied" } },
    }),
    resource({ type: "AWS::SNS::Topic", id: "alerts", properties: { KmsMasterKeyId: "alias/alerts" } }),
    resource({ type: "AWS::SNS::Topic", id: "plain", properties: { KmsMasterKeyId: null } }),
  ],
});

// Packs an example as npm would publish it, and installs it beside watchproof.
async function installed<T>(
  example: string,
  config: string,
  body: (folder: string) => Promise<T> | T,
): Promise<T> {
  return inFolder({ "watchproof.yaml": config, "account.json": JSON.stringify(state) }, async (folder) => {
    const packed = execFileSync(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder],
      { cwd: join(root, "examples", example), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    ).trim();
    const name = packed.replace(/-\d+\.\d+\.\d+\.tgz$/u, "");
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    execFileSync("tar", [
      "-xzf",
      join(folder, packed),
      "-C",
      join(folder, "node_modules", name),
      "--strip-components=1",
    ]);
    symlinkSync(built, join(folder, "node_modules", "watchproof"));
    return body(folder);
  });
}

async function verdicts(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(
    ["check", "--snapshot", "account.json", "--format", "json", ...args],
    { cwd },
  );
  expect(stderr).toBe("");
  return readReport(stdout).findings.map(({ rule, subject, status }) => `${rule} ${subject.id} ${status}`);
}

describe("examples/own-evaluator", () => {
  const config = "plugins: [watchproof-log-retention]\nextends: [watchproof-log-retention]\n";

  test("judges with its own evaluator and rule", async () => {
    await installed("own-evaluator", config, async (folder) => {
      expect(await verdicts(folder, "--rule", "acme.log-retention")).toEqual([
        "acme.log-retention /aws/lambda/resize pass",
        "acme.log-retention app fail",
        "acme.log-retention archive pass",
        "acme.log-retention hidden unknown",
      ]);
    });
  });

  test("its rule is overridden and switched off like a built-in one", async () => {
    await installed(
      "own-evaluator",
      `${config}overrides:\n  - { rule: acme.log-retention, with: { days: 90 }, severity: low }\n`,
      async (folder) => {
        expect((await verdicts(folder, "--rule", "acme.*"))[1]).toBe("acme.log-retention app pass");
      },
    );
    await installed(
      "own-evaluator",
      `${config}overrides:\n  - { rule: acme.log-retention, with: { dasy: 90 } }\n`,
      async (folder) => {
        expect((await runCli(["validate"], { cwd: folder })).stderr).toContain(`watchproof.yaml:4:41`);
      },
    );
  });

  test("lists show where things come from", async () => {
    await installed("own-evaluator", config, async (folder) => {
      const evaluators: unknown = JSON.parse(
        (await runCli(["list", "evaluators", "--format", "json"], { cwd: folder })).stdout,
      );
      expect(evaluators).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: "log-retention", from: "watchproof-log-retention" }),
          expect.objectContaining({ id: "assert", from: "built-in" }),
        ]),
      );
      expect((await runCli(["list", "rules", "acme"], { cwd: folder })).stdout).toBe(
        "acme.log-retention  medium  Log groups keep a year of events, those of functions a month  [watchproof-log-retention]\n",
      );
    });
  });

  test("a program that used it ends by itself", async () => {
    await installed("own-evaluator", config, (folder) => {
      const program = `
import { check, loadSnapshot, prepareRun, recordedSource } from "watchproof";
const { value: { rules, plugins } } = await prepareRun({ config: "watchproof.yaml", globs: ["acme.*"] });
const { value: snapshot } = await loadSnapshot("account.json");
const reports = await Promise.all([1, 2, 3].map(() => check({ rules, plugins, source: recordedSource(snapshot) })));
console.log(reports.map(({ summary }) => summary.fail).join());
`;
      expect(
        execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
          cwd: folder,
          encoding: "utf8",
          timeout: 20_000,
        }),
      ).toBe("1,1,1\n");
    });
  });

  test("its cases hold", async () => {
    await installed("own-evaluator", config, async (folder) => {
      const { exitCode, stdout, stderr } = await runCli(
        ["test", "node_modules/watchproof-log-retention/rules"],
        { cwd: folder },
      );
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0 });
    });
  });

  test("its types hold, as tsc --checkJs finds", () => {
    const paths = { "watchproof/plugin": [join(built, "dist/plugin.d.ts")] };
    const program = ts.createProgram([join(root, "examples/own-evaluator/index.js")], {
      allowJs: true,
      checkJs: true,
      noEmit: true,
      strict: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      skipLibCheck: true,
      types: [],
      paths,
    });
    const own = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file?.fileName.includes("/examples/") === true);
    expect(own.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  });
});

describe("examples/own-pack", () => {
  const expected = [
    "published.cloudtrail-enabled 111122223333 pass",
    "published.log-group-retention /aws/lambda/resize fail",
    "published.log-group-retention app fail",
    "published.log-group-retention archive pass",
    "published.log-group-retention hidden unknown",
    "published.topic-encrypted alerts pass",
    "published.topic-encrypted plain fail",
  ];

  test("its pack judges, named in the config or on the command line", async () => {
    await installed(
      "own-pack",
      "extends: [watchproof-published-policies]\npacks: [published-policies]\n",
      async (folder) => {
        expect(await verdicts(folder)).toEqual(expected);
      },
    );
    await installed("own-pack", "extends: [watchproof-published-policies]\n", async (folder) => {
      expect(await verdicts(folder, "--pack", "published-policies")).toEqual(expected);
      expect((await runCli(["list", "packs", "published"], { cwd: folder })).stdout).toContain(
        "[watchproof-published-policies]",
      );
    });
  });

  test("an own rule with the id of one of its rules is told", async () => {
    await installed(
      "own-pack",
      "extends: [watchproof-published-policies]\nrules: [mine.yaml]\n",
      async (folder) => {
        execFileSync("cp", [
          join(root, "examples/own-pack/rules/topic-encrypted.yaml"),
          join(folder, "mine.yaml"),
        ]);
        const { exitCode, stderr } = await runCli(["validate"], { cwd: folder });
        expect(exitCode).toBe(2);
        expect(stderr).toContain("mine.yaml:3:5");
      },
    );
  });
});

test("a plugin's reporter writes with --format; one that breaks ends with exit code 2, and its noise stays off stdout", async () => {
  const reporter = (id: string, render: string): string =>
    `{ contract: 1, id: "${id}", summary: "s", render: ${render} }`;
  const module = `console.log("noise"); export const watchproof = { contract: 1, reporters: [${reporter("count", "({ findings }) => findings.length + '\\n'")}, ${reporter("broken", `() => { throw new Error("bug"); }`)}] };`;
  await inFolder(
    { "watchproof.yaml": "plugins: [./own.mjs]\n", "own.mjs": module, "account.json": JSON.stringify(state) },
    async (cwd) => {
      const check = [
        "check",
        "--snapshot",
        "account.json",
        "--rule",
        "cloudtrail.any-trail-logging",
        "--format",
      ];
      expect((await runCli([...check, "count"], { cwd })).stdout).toBe("1\n");
      expect(await runCli([...check, "broken"], { cwd })).toMatchObject({
        exitCode: 2,
        stdout: "",
        stderr: expect.stringContaining("watchproof: plugin ./own.mjs: reporter broken: Error: bug\n"),
      });
      expect(await runCli([...check, "cuont"], { cwd })).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("did you mean count?"),
      });
    },
  );
});
