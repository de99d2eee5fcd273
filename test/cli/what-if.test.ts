import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { WhatIf } from "../../src/core/what-if.js";
import { readReport } from "../support/report.js";
import { runCli } from "../support/run-cli.js";

const sample = (path: string): string =>
  fileURLToPath(new URL(`../forecasts/plan/sample/${path}`, import.meta.url));
const plan = sample("plan-change.json");
const before = sample("expected/change.before.snapshot.json");

async function whatIf(
  ...words: readonly string[]
): Promise<{ readonly result: WhatIf; readonly exitCode: number | null }> {
  const { stdout, exitCode } = await runCli(["what-if", ...words, "--format", "json"]);
  // The command writes what the type says; its parts are looked at below.
  return { result: JSON.parse(stdout) as WhatIf, exitCode };
}

describe("what a plan would do to an account", () => {
  let told: Awaited<ReturnType<typeof whatIf>>;
  beforeAll(async () => {
    told = await whatIf("--plan-file", plan, "--snapshot", before);
  });
  const ruleOf = (id: string): string =>
    [...told.result.new, ...told.result.unproven].find((finding) => finding.id === id)?.rule ?? id;

  it("fails for what is new, and counts what failed before", () => {
    expect(told.exitCode).toBe(1);
    expect(told.result.exitCode).toBe(1);
    expect(told.result.failing.length).toBeGreaterThan(20);
    expect(told.result.failing.every(({ status }) => status === "fail")).toBe(true);
    expect(told.result.new.every(({ status }) => status === "fail")).toBe(true);
  });

  it.each([
    ["cloudtrail.any-trail-logging", "aws_cloudtrail.audit"],
    ["cloudtrail.trail-per-region", "aws_cloudtrail.audit"],
    ["alarmchain.cloudtrail-change", "aws_cloudtrail.audit"],
    ["cloudtrail.multi-region-management-rw", "aws_cloudtrail.audit"],
    ["config.recorder", "aws_config_configuration_recorder.this[0]"],
    ["cloudtrail.bucket-versioning", "aws_s3_bucket_versioning.trail"],
    ["loggroup.retention", "aws_cloudwatch_log_group.trail"],
  ])("puts %s down to %s", (rule, change) => {
    expect(told.result.new.map((finding) => finding.rule)).toContain(rule);
    const cause = told.result.causes.find((one) => one.change === change);
    expect(cause?.findings.map(ruleOf)).toContain(rule);
  });

  it("sees that an alarm in no plan would lose its topic", () => {
    const lost = told.result.new.filter(({ subject }) => subject.id === "by-hand");
    expect(lost.map(({ rule }) => rule).sort()).toEqual([
      "alarm.action-target-live",
      "alarm.reaches-someone",
    ]);
    const cause = told.result.causes.find(({ findings }) => lost.some(({ id }) => findings.includes(id)));
    expect(cause?.change).toBe("aws_sns_topic.alarms");
    expect(lost[0]?.message).toContain("topic does not exist");
  });

  it("tells one stopped trail in one paragraph", async () => {
    const { stdout } = await runCli(["what-if", "--plan-file", plan, "--snapshot", before, "--no-color"]);
    expect(stdout.match(/^✘ aws_cloudtrail\.audit would bring/gmu)).toHaveLength(1);
    expect(stdout).toContain("failures as before");
  });

  it("writes a comment that the next one can replace", async () => {
    const { stdout } = await runCli([
      "what-if",
      "--plan-file",
      plan,
      "--snapshot",
      before,
      "--format",
      "markdown",
    ]);
    expect(stdout.split("\n")[0]).toBe("<!-- watchproof what-if -->");
    expect(stdout).toContain("aws\\_cloudtrail.audit".replace("\\_", "&#95;"));
  });

  it("shows reports' formats only what the plan brings", async () => {
    const { stdout } = await runCli([
      "what-if",
      "--plan-file",
      plan,
      "--snapshot",
      before,
      "--format",
      "sarif",
    ]);
    const { result } = await whatIf("--plan-file", plan, "--snapshot", before);
    for (const { id } of result.new) expect(stdout).toContain(id);
    for (const { id } of result.failing) expect(stdout).not.toContain(id);
  });

  it("goes ahead where nothing changes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "what-if-"));
    const file = join(folder, "plan.json");
    await writeFile(
      file,
      JSON.stringify({ format_version: "1.2", terraform_version: "1.9.0", resource_changes: [] }),
    );
    const { result, exitCode } = await whatIf("--plan-file", file, "--snapshot", before);
    expect(exitCode).toBe(0);
    expect([...result.new, ...result.unproven, ...result.unjudged, ...result.fixed]).toEqual([]);
    expect(result.failing.length).toBeGreaterThan(20);
  });

  it.each([
    ["nothing", "no JSON at all"],
    ["another version", JSON.stringify({ format_version: "2.0", resource_changes: [] })],
    ["a truncated file", '{"format_version":"1.2","resource_changes":[{"address"'],
    ["a binary", "\u0000\u0001\u0002PK"],
  ])("refuses %s with one clear line", async (_, text) => {
    const folder = await mkdtemp(join(tmpdir(), "what-if-"));
    const file = join(folder, "plan.json");
    await writeFile(file, text);
    const { stdout, stderr, exitCode } = await runCli(["what-if", "--plan-file", file, "--snapshot", before]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("plan.json");
    expect(stderr).not.toMatch(/^\s+at /mu);
  });

  it.each([
    [["--snapshot", before], "name what would be deployed"],
    [["--plan-file", plan, "--template", plan, "--snapshot", before], "do not go together"],
    [["--plan-file", "nowhere.json", "--snapshot", before], "nowhere.json"],
    [["--plan-file", plan, "--parameters", "A=b", "--snapshot", before], "--parameters"],
    [["--plan-file", plan, "--account", "12", "--snapshot", before], "twelve digits"],
  ])("says what is wrong with %j", async (words, expected) => {
    const { stderr, exitCode } = await runCli(["what-if", ...words]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(expected);
  });
});

describe("a plan alone", () => {
  it("is judged as a part of an account", async () => {
    const { stdout, stderr, exitCode } = await runCli([
      "check",
      "--plan-file",
      sample("plan-create.json"),
      "--account",
      "111122223333",
      "--format",
      "json",
    ]);
    const { findings, accounts } = readReport(stdout);
    expect(exitCode).toBe(1);
    expect(accounts.map(({ source }) => source)).toEqual(["plan", "plan"]);
    const verdicts = (rule: string) =>
      findings
        .filter((finding) => finding.rule === rule && finding.account === "111122223333")
        .map(({ status, reason }) => reason ?? status);
    expect(verdicts("cloudtrail.log-file-validation")).toEqual(["pass"]);
    expect(verdicts("config.delivery")).toContain("outside");
    expect(verdicts("events.rule-live")).toEqual(["fail"]);
    expect(stderr).toContain("need the account around what is declared");
  });

  it("judges nothing where everything lies outside", async () => {
    const { exitCode, stderr } = await runCli([
      "check",
      "--plan-file",
      sample("plan-create.json"),
      "--rule",
      "trustedadvisor.available",
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("nothing was judged");
  });
});

describe("the account after a plan", () => {
  it("is a snapshot that is judged like any other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "predict-"));
    const after = join(folder, "after.json");
    const made = await runCli(["predict", "--plan-file", plan, "--snapshot", before, "--out", after]);
    expect(made.exitCode).toBe(0);
    expect(JSON.parse(await readFile(after, "utf8"))).toMatchObject({ format: "watchproof-snapshot/1" });
    const { stdout } = await runCli(["check", "--snapshot", after, "--format", "json"]);
    const failed = readReport(stdout).findings.filter(({ status }) => status === "fail");
    const { result } = await whatIf("--plan-file", plan, "--snapshot", before);
    expect(failed.map(({ id }) => id).sort()).toEqual(
      [...result.new, ...result.failing].map(({ id }) => id).sort(),
    );
  });
});
