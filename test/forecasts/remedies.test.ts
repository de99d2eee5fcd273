import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { targetOf } from "../../src/core/change.js";
import type { Change } from "../../src/core/change.js";
import type { JsonValue } from "../../src/core/json.js";
import type { Finding, Report } from "../../src/core/report.js";
import type { SelectedRule } from "../../src/core/rule.js";
import type { Snapshot } from "../../src/core/snapshot.js";
import { lay } from "../../src/forecasts/lay.js";
import { builtins } from "../../src/run/builtins.js";
import { check, collect } from "../../src/run/check.js";
import { prepareRun } from "../../src/run/prepare.js";
import { liveSource } from "../../src/sources/live.js";
import { recordedSource } from "../../src/sources/recorded.js";
import { accounts, startSimulatedAws } from "../support/simulated-aws.js";
import type { SimulatedAws } from "../support/simulated-aws.js";

let aws: SimulatedAws;
let rules: readonly SelectedRule[];

beforeAll(async () => {
  aws = await startSimulatedAws();
  const run = await prepareRun({ globs: ["*"] });
  if (!run.ok) throw new Error("the rules do not load");
  ({ rules } = run.value);
});

afterAll(async () => {
  await aws.stop();
  vi.unstubAllEnvs();
});

const judge = (snapshot: Snapshot): Promise<Report> => check({ rules, source: recordedSource(snapshot) });

const changesOf = ({ remediation }: Finding): readonly Change[] => remediation?.changes ?? [];

describe.each(Object.entries(accounts))("the computed remedies of the account %s, all together", (_, id) => {
  let before: Report;
  let after: Report;

  beforeAll(async () => {
    for (const [name, value] of Object.entries(aws.env(id))) vi.stubEnv(name, value);
    const state = await collect({ rules, source: liveSource({ collectors: builtins.collectors }) });
    before = await judge(state);
    after = await judge(lay(state, before.findings.flatMap(changesOf)));
  }, 120_000);

  it("never give one property two values", () => {
    const given = new Map<string, JsonValue>();
    for (const finding of before.findings)
      for (const change of changesOf(finding))
        for (const [name, value] of Object.entries({ ...change.properties, ...change.observed })) {
          const key = `${targetOf(change)} ${name}`;
          expect(value, `${finding.rule}: ${key}`).toEqual(given.get(key) ?? value);
          given.set(key, value);
        }
  });

  it("fail nothing that passed, nor what there was not before", () => {
    const statuses = new Map(before.findings.map((finding) => [finding.id, finding.status]));
    const broken = after.findings.filter(
      (finding) =>
        finding.status === "fail" && statuses.get(finding.id) !== "fail" && !isOfNewTopic(finding, before),
    );
    expect(broken.map(told)).toEqual([]);
  });

  it("mend what they say", () => {
    const promised = before.findings.filter((finding) => changesOf(finding).length > 0);
    const then = new Map(after.findings.map((finding) => [finding.id, finding]));
    const left = promised.map((finding) => then.get(finding.id) ?? finding);
    expect(promised.length).toBeGreaterThan(0);
    expect(left.filter(({ status }) => status !== "pass").map(told)).toEqual([]);
  });
});

const told = ({ rule, subject, message }: Finding): string => `${rule} ${subject.id}: ${message}`;

// A remedy that creates a topic says that it is not encrypted.
function isOfNewTopic({ rule, subject }: Finding, before: Report): boolean {
  return (
    rule === "sns.topic-encrypted" &&
    before.findings.some(
      ({ remediation }) =>
        remediation?.text?.includes("It is not encrypted") === true &&
        remediation.changes?.some(({ kind, arn }) => kind === "create" && arn === subject.arn) === true,
    )
  );
}
