import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rm } from "node:fs/promises";
import { root, temporaryFolder, writeIn } from "../support/run-cli.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";

// The package whose command the tests run.
const built =
  process.env["WATCHPROOF_BIN"] === undefined ? root : join(dirname(process.env["WATCHPROOF_BIN"]), "../..");
const page = readFileSync(join(root, "docs/library.md"), "utf8");
const programs = [...page.matchAll(/```ts\n\/\/ (\S+)\.ts\n([\s\S]*?)```/gu)].map(
  ([, name = "", text = ""]) => ({ name, text }),
);

// What each program prints; the account is the recorded one that breaks many rules.
const outputs: Readonly<Record<string, RegExp>> = {
  "one-account": /^(?:\S+ \S+: .+\n)+.+\n$/u,
  "by-config": /^\[ 'eu-west-1' \] 1 1 open failure \(1 low\).+\n$/u,
  "several-accounts": /^111111111111 \{[\s\S]*222222222222 \{[\s\S]*\}\n$/u,
  audit: /^\[\n {2}'111111111111 judged',\n {2}'222222222222 judged',\n {2}'333333333333 not judged'\n\]\n$/u,
  snapshot: /^recorded true\n$/u,
  "own-evaluator": /^\[ '(?:pass|fail)' \]\n$/u,
  "own-source": /^true\n$/u,
  abort: /^the request that asked for this is gone\n$/u,
  "plugin-settings": /^\[ 'no-such-package in line 1' \]\n$/u,
};

// A team's own config: all that it says counts.
const team = {
  "watchproof.yaml": `
packs: [./few.yaml]
overrides:
  - { rule: cloudtrail.trail-per-region, severity: low }
  - { rule: cloudtrail.log-file-validation, off: not ours }
regions: { include: [eu-west-1] }
waivers: waivers.yaml
waiverDays: 100000
`,
  "few.yaml": `id: few\ntitle: A few\nrules: [cloudtrail.trail-per-region, cloudtrail.log-file-validation, cloudtrail.glacier-events]\n`,
  "waivers.yaml": `waivers: [{ rule: cloudtrail.glacier-events, subject: "*", reason: r, owner: o, expires: 2199-12-31 }]\n`,
};

let folder: string;
let aws: SimulatedAws;

beforeAll(async () => {
  folder = await temporaryFolder();
  aws = await startSimulatedAws();
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(built, join(folder, "node_modules/watchproof"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  await writeIn(folder, "package.json", `{ "type": "module" }`);
  await writeIn(folder, "watchproof.yaml", "plugins: [watchproof-nowhere]\n");
  for (const [file, text] of Object.entries(team)) await writeIn(folder, `team/${file}`, text);
  for (const { name, text } of programs) await writeIn(folder, `${name}.ts`, text);
});

afterAll(async () => {
  await aws.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("docs/library.md", () => {
  test("every block of TypeScript is a program with an expected output", () => {
    expect(page.match(/```ts\n/gu)).toHaveLength(programs.length);
    expect(programs.map(({ name }) => name)).toEqual(Object.keys(outputs));
  });

  test("the programs have the types that the package declares", () => {
    const program = ts.createProgram(
      programs.map(({ name }) => join(folder, `${name}.ts`)),
      {
        noEmit: true,
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        types: ["node"],
        typeRoots: [join(folder, "node_modules/@types")],
      },
    );
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    expect(problems.filter((problem) => problem.startsWith(folder))).toEqual([]);
  });

  test.each(programs)("$name runs", async ({ name, text }) => {
    const { stdout, stderr } = await run({ name, text });
    expect(stdout).toMatch(outputs[name] ?? /$^/u);
    expect(stderr).toBe("");
  });

  test("its evaluator does not count in a list that was refused", async () => {
    const program = programs.find(({ name }) => name === "own-evaluator");
    if (program === undefined) throw new Error("there is no such program");
    const deaf = await startSimulatedAws({ deny: ["cloudtrail.DescribeTrails"] });
    try {
      expect((await run(program, deaf)).stdout).toBe("[ 'unknown' ]\n");
    } finally {
      await deaf.stop();
    }
  });
});

/** What a program of the page prints. */
async function run(
  { name, text }: (typeof programs)[number],
  endpoint = aws,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  await writeIn(folder, `${name}.mjs`, outputText);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...endpoint.env(accounts.broken),
  };
  return promisify(execFile)(process.execPath, [`${name}.mjs`], {
    cwd: folder,
    env,
  });
}
