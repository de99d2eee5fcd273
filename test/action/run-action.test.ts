import { cp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtins } from "../../src/run/builtins.js";
import type { Report } from "../../src/core/report.js";
import { schemaErrors } from "../reporters/reports.js";
import { inFolder, root } from "../support/run-cli.js";
import { accounts, startSimulatedAws, withAws } from "../support/simulated-aws.js";
import { entry, heard, runStep } from "./support.js";
import type { Step } from "./support.js";

const recorded = { snapshot: "account.json", rules: "rules" };
const read = async ({ workspace }: Step, file: string): Promise<string> =>
  readFile(join(workspace, file), "utf8");

describe("a step", () => {
  it("passes on a passing account, and sets outputs and the summary", async () => {
    await runStep({ ...recorded, rule: "own.*", region: "us-east-1", "fail-on": "critical" }, {}, (step) => {
      expect(step).toMatchObject({
        exitCode: 0,
        stderr: "",
        outputs: {
          "exit-code": "0",
          verdict: "passed",
          passed: "3",
          failed: "1",
          unknown: "0",
          errors: "0",
          "not-applicable": "0",
          waived: "0",
          known: "0",
        },
      });
      expect(step.summary).toMatch(/^# Watchproof: passed\n/u);
      expect(step.log).toContain("Exit code 0: 3 verdicts passed");
    });
  });

  it("fails on open failures, each with an annotation, and leaves the report", async () => {
    await runStep({ ...recorded, rule: "own.validated" }, {}, async (step) => {
      expect(step).toMatchObject({
        exitCode: 1,
        outputs: { "exit-code": "1", verdict: "failed", failed: "3", passed: "2" },
      });
      const commands = heard(step.log);
      expect(commands.map((line) => line.split("::")[1]?.split(" ")[0])).toEqual([
        "error",
        "error",
        "error",
        "notice",
      ]);
      expect(commands[0]).toContain("archive in eu-central-1");
      expect(step.summary).toContain("## Open failures");
      const report: Report = JSON.parse(await readFile(step.outputs["report"] ?? "", "utf8"));
      expect(schemaErrors(report)).toEqual([]);
      expect(report.summary.fail).toBe(3);
    });
  });

  it("is undecided where something could not be judged, and passes where that is allowed", async () => {
    await runStep({ ...recorded, region: "us-west-2" }, {}, (step) => {
      expect(step).toMatchObject({
        exitCode: 3,
        outputs: { "exit-code": "3", verdict: "undecided", unknown: "1" },
      });
      expect(heard(step.log)[0]).toMatch(
        /^::warning file=rules\/logging\.yaml,line=1,col=1,title=own\.logging/u,
      );
    });
    await runStep({ ...recorded, region: "us-west-2", "allow-unknown": "true" }, {}, (step) => {
      expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "passed", unknown: "1" } });
    });
  });

  it("takes lists line by line, writes more formats, and says where the report is", async () => {
    const inputs = {
      ...recorded,
      rules: "rules/validated.yaml\n  rules/logging.yaml\r\n",
      region: "eu-west-1\nus-east-1\n",
      formats: "csv=out/findings.csv\njunit=out/junit.xml",
      report: "out/report.json",
    };
    await runStep(inputs, {}, async (step) => {
      expect(step.outputs).toMatchObject({
        verdict: "failed",
        report: expect.stringMatching(/\/out\/report\.json$/u),
      });
      expect(step.outputs).not.toHaveProperty("sarif");
      expect((await read(step, "out/findings.csv")).trimEnd().split("\r\n")).toHaveLength(7);
      expect(await read(step, "out/junit.xml")).toContain('tests="6" failures="3"');
      expect(JSON.parse(await read(step, "out/report.json"))).toMatchObject({
        summary: { fail: 3, rules: 2 },
      });
    });
  });

  it("writes every format that ships to a file", async () => {
    const formats = Object.keys(builtins.reporters).map((id) => `${id}=out/${id}`);
    await runStep({ ...recorded, formats: formats.join("\n") }, {}, async (step) => {
      expect(step.exitCode).toBe(1);
      const texts = await Promise.all(Object.keys(builtins.reporters).map((id) => read(step, `out/${id}`)));
      expect(texts.filter((text) => text === "")).toEqual([]);
    });
  });

  it("honours waivers, baseline and budgets like the command line", async () => {
    const baseline = {
      format: "watchproof-baseline/1",
      entries: [
        {
          id: "fc9761cea1fc7b59e5266bbef2f702ca",
          rule: "own.validated",
          account: "111122223333",
          region: "eu-west-1",
          subject: "reads",
        },
      ],
    };
    const files = { "known.json": JSON.stringify(baseline) };
    await runStep(
      { ...recorded, rule: "own.validated", region: "eu-west-1", baseline: "known.json", "new-only": "true" },
      { files },
      (step) => {
        expect(step).toMatchObject({ exitCode: 0, outputs: { known: "1", failed: "1" } });
        expect(step.log).not.toMatch(/^::error/mu);
      },
    );
    await runStep({ ...recorded, rule: "own.validated", "max-fail": "3" }, {}, (step) => {
      expect(step.exitCode).toBe(0);
    });
  });

  it("works below the workspace, with the config that is there", async () => {
    const files = { "accounts/watchproof.yaml": "rules: [../rules]\nfailOn: critical\nallowUnknown: true\n" };
    await runStep({ snapshot: "../account.json", "working-directory": "accounts" }, { files }, (step) => {
      expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "passed", failed: "4" } });
    });
  });

  it("shows neither annotations nor a summary where they are switched off", async () => {
    await runStep({ ...recorded, summary: "false", annotations: "false" }, {}, (step) => {
      expect(step).toMatchObject({ exitCode: 1, summary: "" });
      expect(heard(step.log)).toEqual([]);
    });
  });

  it("is like any other outside a runner, without its files", async () => {
    await runStep(recorded, { env: { GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "" } }, (step) => {
      expect(step).toMatchObject({ exitCode: 1, stderr: "", outputs: {}, summary: "" });
    });
  });

  it("needs nothing but its folder, no package and no registry, to judge a live account", async () => {
    await withAws(startSimulatedAws(), async (aws) => {
      await inFolder({}, async (folder) => {
        await cp(dirname(entry), folder, { recursive: true });
        const options = { entry: join(folder, "index.js"), env: aws.env(accounts.compliant) };
        await runStep(
          { rule: "cloudtrail.glacier-events\nkms.rotation", region: "us-east-1" },
          options,
          (step) => {
            expect(step).toMatchObject({
              exitCode: 0,
              stderr: "",
              outputs: { verdict: "passed", failed: "0" },
            });
          },
        );
      });
    });
  });

  it("without credentials says so, and is no verdict", async () => {
    await runStep({}, {}, (step) => {
      expect(step).toMatchObject({ exitCode: 2, outputs: { verdict: "not-judged" } });
      expect(heard(step.log)).toEqual([expect.stringMatching(/^::error title=Watchproof::.*credentials/u)]);
    });
  });
});

describe("a mistake", () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "an input that there is not",
      { packs: "logging-monitoring" },
      'there is no input "packs" (did you mean pack?)',
    ],
    [
      "a switch that is neither on nor off",
      { "new-only": "yes" },
      'input new-only: "yes" is not one of true, false',
    ],
    [
      "a format without a file",
      { formats: "csv" },
      'input formats: "csv" needs a file, such as csv=watchproof.txt',
    ],
    ["a format with an empty file", { formats: "csv=" }, 'input formats: "csv=" needs a file'],
    ["a format that there is not", { formats: "cvs=x" }, 'there is no format "cvs"'],
    [
      "a severity that there is not",
      { "fail-on": "hihg" },
      "Allowed choices are info, low, medium, high, critical",
    ],
    ["a snapshot that is not there", { snapshot: "nowhere.json" }, "nowhere.json"],
    ["a rule that there is not", { rule: "own.loging" }, "own.loging"],
    [
      "a folder that is not there",
      { "working-directory": "nowhere" },
      'input working-directory: "nowhere" is no folder of the workspace',
    ],
    ["new failures without a baseline", { "new-only": "true" }, "--new-only: needs a baseline"],
    ["an option for a path", { rules: "--plan" }, "--plan"],
    ["a budget that is no number", { "max-fail": "many" }, '"many" is not a whole number'],
  ])("%s ends the step with 2 and says so in an annotation", async (_, inputs, said) => {
    await runStep({ ...recorded, ...inputs }, {}, (step) => {
      expect(step).toMatchObject({
        exitCode: 2,
        stderr: "",
        outputs: { "exit-code": "2", verdict: "not-judged" },
      });
      expect(step.outputs).not.toHaveProperty("report");
      const [command = "", ...more] = heard(step.log);
      expect(command).toMatch(/^::error title=Watchproof::/u);
      expect(command).toContain(said);
      expect(more).toEqual([]);
    });
  });

  it("in a rule stands on the job's page, as code", async () => {
    await runStep(
      recorded,
      { files: { "rules/wrong.yaml": "id: <b>wrong</b>\nseverity: mediun\n" } },
      (step) => {
        expect(step.exitCode).toBe(2);
        expect(step.summary).toMatch(/^# Watchproof: not judged\n\n {4}\S/u);
        expect(
          step.summary
            .split("\n")
            .slice(2, -1)
            .every((line) => line.startsWith("    ")),
        ).toBe(true);
      },
    );
  });

  it("leaves no output from a report of an earlier run", async () => {
    await runStep(
      { ...recorded, rule: "own.loging", report: "old.json" },
      { files: { "old.json": "{}" } },
      (step) => {
        expect(step.outputs).toEqual({ "exit-code": "2", verdict: "not-judged" });
      },
    );
  });

  it("of the runner itself is told, and is no verdict", async () => {
    await runStep(recorded, { env: { GITHUB_OUTPUT: join(root, "no", "such", "folder") } }, (step) => {
      expect(step.exitCode).toBe(2);
      expect(heard(step.log).at(-1)).toMatch(/^::error title=Watchproof::ENOENT/u);
    });
  });
});

describe("hostile names", () => {
  const hostile = [
    "::error::stolen",
    "x\n::error::stolen",
    "x\r\n::add-mask::a",
    "##[error]stolen",
    "%0A::error::stolen",
    "::stop-commands::x",
    "\u001b[31mred",
    "verdict<<x\npassed\nx",
    "<script>alert(1)</script>",
  ];

  it.each(hostile)("%j is no command, no output and no markup", async (name) => {
    await runStep(
      { ...recorded, rule: "own.validated" },
      { files: { "account.json": await accountOf([name]) } },
      (step) => {
        expect(step).toMatchObject({ exitCode: 1, outputs: { verdict: "failed", failed: "1" } });
        expect(heard(step.log).map((line) => /^::(\w+) (?:file=[^:]*,)?title=/u.exec(line)?.[1])).toEqual([
          "error",
          "notice",
        ]);
        expect(step.log).not.toMatch(/[^\P{Cc}\n]/u);
        expect(step.summary).not.toContain("<script");
      },
    );
  });

  it.each(["x\n::error::stolen", "::set-env name=A::b"])("%j in an input is no command", async (value) => {
    await runStep({ ...recorded, snapshot: value }, {}, ({ exitCode, log }) => {
      expect(exitCode).toBe(2);
      expect(heard(log).filter((line) => !line.startsWith("::error title=Watchproof::"))).toEqual([]);
    });
  });

  it("a report that is too long for the job's page is cut", async () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `${"漢".repeat(100)}${at.toString()}`);
    await runStep(
      { ...recorded, rule: "own.validated" },
      { files: { "account.json": await accountOf(names) } },
      (step) => {
        expect(step).toMatchObject({ exitCode: 1, outputs: { failed: "3000" } });
        expect(Buffer.byteLength(step.summary)).toBeLessThan(1024 * 1024);
        expect(step.summary).toMatch(/This report was cut: \d+ more lines/u);
        expect(heard(step.log)).toHaveLength(11);
      },
    );
  });
});

/** The example account with these trails alone, none of which signs its files. */
async function accountOf(names: readonly string[]): Promise<string> {
  const { resources, ...rest } = JSON.parse(
    await readFile(join(root, "test/cli/accepting/account.json"), "utf8"),
  ) as { readonly resources: readonly object[] };
  const trails = names.map((id) => ({
    ...resources[0],
    id,
    arn: `arn:aws:cloudtrail:eu-central-1:111122223333:trail/${id}`,
  }));
  return JSON.stringify({ ...rest, resources: trails });
}
