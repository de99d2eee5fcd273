import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.js";
import { lay } from "../../src/forecasts/lay.js";
import { planFix } from "../../src/previews/fix.js";
import { fixJson, fixScript } from "../../src/previews/fix-forms.js";
import type { Fix } from "../../src/previews/fix-plan.js";
import { renderFix } from "../../src/previews/fix-text.js";
import { builtins } from "../../src/run/builtins.js";
import { check, collect } from "../../src/run/check.js";
import { prepareRun } from "../../src/run/prepare.js";
import type { PreparedRun } from "../../src/run/prepare.js";
import { liveSource } from "../../src/sources/live.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { resource, snapshot } from "../support/build.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";

let aws: SimulatedAws;
const states = new Map<string, Snapshot>();

const recorded = (name: string): Snapshot => {
  const state = states.get(name);
  if (state === undefined) throw new Error(`${name} was not read`);
  return state;
};

beforeAll(async () => {
  aws = await startSimulatedAws();
  const { rules } = await prepared(["*"]);
  for (const name of ["broken", "tricky"] as const) {
    for (const [variable, value] of Object.entries(aws.env(accounts[name]))) vi.stubEnv(variable, value);
    states.set(name, await collect({ rules, source: liveSource({ collectors: builtins.collectors }) }));
  }
}, 120_000);

afterAll(async () => {
  await aws.stop();
  vi.unstubAllEnvs();
});

const prepared = async (globs: readonly string[]): Promise<PreparedRun> => {
  const run = await prepareRun({ globs });
  if (!run.ok) throw new Error("the rules do not load");
  return run.value;
};

const failing = async (run: PreparedRun, state: Snapshot): Promise<readonly string[]> => {
  const { findings } = await check({ ...run, source: recordedSource(state) });
  return findings.filter(({ status }) => status === "fail").map(({ id }) => id);
};

describe.each(["broken", "tricky"])("the plan for the account %s", (name) => {
  let state: Snapshot;
  let run: PreparedRun;
  let fix: Fix;
  beforeAll(async () => {
    state = recorded(name);
    run = await prepared(["*"]);
    fix = await planFix({ ...run, snapshot: state });
  }, 120_000);

  it("applied, leaves exactly the failures that it promised to leave", async () => {
    const after = lay(
      state,
      fix.steps.flatMap(({ changes }) => changes),
    );
    expect(await failing(run, after)).toEqual(fix.left.map(({ id }) => id));
  });

  it("counts each failure in one step, or leaves it", () => {
    const ended = fix.steps.flatMap(({ ends }) => ends.map(({ id }) => id));
    expect(new Set(ended).size).toBe(ended.length);
    expect(ended.length + fix.left.length).toBeGreaterThanOrEqual(fix.failing);
    expect(fix.steps.every(({ ends }) => ends.length > 0)).toBe(true);
  });

  it("writes commands that have their values", () => {
    const commands = fixScript(fix)
      .split("\n")
      .filter((line) => line.startsWith("aws "));
    expect(commands.length).toBeGreaterThan(0);
    expect(
      commands.filter((line) =>
        /(?<![\w-])(?:REGION|TOPIC_ARN|HOME_REGION|TRAIL_ARN|BUCKET)(?![\w-])/u.test(line),
      ),
    ).toEqual([]);
    expect(new Set(commands).size).toBe(commands.length);
  });
});

describe("what is mended first", () => {
  it("is what ends most: one trail of all regions ends a failure in each", async () => {
    const fix = await planFix({ ...(await prepared(["cloudtrail.*"])), snapshot: recorded("broken") });
    const [first] = fix.steps;
    const perRegion = first?.ends.filter(({ rule }) => rule === "cloudtrail.trail-per-region") ?? [];
    expect(perRegion.length).toBeGreaterThan(10);
  });

  it("is the same for the same state, in whatever order it is written", async () => {
    const run = await prepared(["cloudtrail.*"]);
    const state = recorded("broken");
    const plan = await planFix({ ...run, snapshot: state });
    const turned = { ...state, resources: state.resources.toReversed() };
    expect(await planFix({ ...run, snapshot: turned })).toEqual(plan);
  });

  it("is one command where three rules fail for one trail", async () => {
    const run = await prepared(["cloudtrail.s3-*-data-events", "cloudtrail.lambda-data-events"]);
    const fix = await planFix({ ...run, snapshot: recorded("broken") });
    const puts = fixScript(fix).match(/put-event-selectors/gu) ?? [];
    expect(puts).toHaveLength(1);
    expect(fix.steps[0]?.ends.map(({ rule }) => rule).sort()).toEqual([
      "cloudtrail.lambda-data-events",
      "cloudtrail.s3-read-data-events",
      "cloudtrail.s3-write-data-events",
    ]);
  });

  it("says what it costs, and what no change ends", async () => {
    const fix = await planFix({ ...(await prepared(["cloudtrail.*"])), snapshot: recorded("broken") });
    const text = renderFix(fix, { color: false });
    expect(text).toContain("costs");
    expect(text).toContain("that no computed change ends");
    expect(JSON.parse(fixJson(fix))).toMatchObject({ format: "watchproof-fix/1", failing: fix.failing });
  });

  it("names a key as commands take it, and rotates it in its region", async () => {
    const run = await prepared(["kms.rotation"]);
    const fix = await planFix({ ...run, snapshot: recorded("broken") });
    for (const line of fixScript(fix)
      .split("\n")
      .filter((text) => text.includes("enable-key-rotation")))
      expect(line).toMatch(/--key-id arn:aws:kms:[\w-]+:\d{12}:key\/\S+ --region [a-z]+-[a-z]+-\d$/u);
  });

  it("mends nothing that a waiver accepts", async () => {
    const run = await prepared(["kms.rotation"]);
    const waiver = {
      rule: "kms.rotation",
      subject: "*",
      reason: "rotated by hand",
      owner: "keys",
      expires: "2027-01-01",
    };
    const waivers = [{ waiver, file: "waivers.yaml" }];
    const state = recorded("broken");
    const plan = await planFix({ ...run, snapshot: state, waiving: { waivers, today: "2026-12-01" } });
    expect((await planFix({ ...run, snapshot: state })).steps).toHaveLength(1);
    expect(plan.steps).toEqual([]);
  });

  it("steers no terminal by a name", async () => {
    const fix = await planFix({ ...(await prepared(["kms.rotation"])), snapshot: recorded("broken") });
    const [step] = fix.steps;
    if (step === undefined) throw new Error("there is a step");
    const hostile = { ...fix, steps: [{ ...step, cli: "aws x --name \u001b[31mred" }] };
    expect(fixScript(hostile)).not.toContain("\u001b");
  });

  it("mends nothing in an account in which nothing fails", async () => {
    const run = await prepared(["alarm.actions-enabled"]);
    const fix = await planFix({
      ...run,
      snapshot: snapshot({
        resources: [
          resource({
            type: "AWS::CloudWatch::Alarm",
            id: "errors",
            properties: { AlarmActions: ["arn:aws:sns:us-east-1:111122223333:ops"], ActionsEnabled: true },
          }),
        ],
      }),
    });
    expect(fix.steps).toEqual([]);
    expect(fix.failing).toBe(fix.left.length);
  });
});
