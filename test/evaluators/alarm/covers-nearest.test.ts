import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { Resource } from "../../../src/core/resource.js";
import type { Verdict } from "../../../src/core/verdict.js";
import { alarmCovers } from "../../../src/evaluators/alarm/covers.js";
import { alarm, people, state } from "./state.js";

type Options = Parameters<typeof alarmCovers.evaluate>[1];

const verdictOn = (resources: readonly Resource[], options: Options): Verdict =>
  alarmCovers.evaluate(state({ resources }), options)[0]!.verdict;

describe("a failure of the account names the nearest miss", () => {
  const metrics = [{ namespace: "App", metric: "Used", values: "gauge" as const, limit: 70 }];
  const used = (id: string, facts: JsonObject = {}): Resource =>
    alarm(id, {
      Namespace: "App",
      MetricName: "Used",
      Statistic: "Maximum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 80,
      ComparisonOperator: "GreaterThanThreshold",
      ...facts,
    });
  const fail = (
    resources: readonly Resource[],
    more: Partial<Options> = {},
  ): { readonly message: string; readonly witness: JsonObject } => {
    const verdict = verdictOn([...people(), ...resources], { metrics, ...more });
    expect(verdict.status).toBe("fail");
    return verdict as never;
  };

  it("of another region than the first: an alarm with 80 where 70 is asked", () => {
    const { message, witness } = fail([used("used")]);
    expect(message).toMatch(/^nobody hears of trouble with us-east-1: App Used: used: .*80/u);
    expect(witness).toMatchObject({
      region: "us-east-1",
      alarm: expect.stringMatching(/:alarm:used$/u) as string,
    });
  });

  it("of two alarms the one that only its threshold keeps from firing", () => {
    const low = used("a-low", { ComparisonOperator: "LessThanThreshold", Threshold: 1 });
    expect(fail([low, used("used")]).message).toContain("App Used: used: ");
  });

  it("one that fires and tells nobody before one that does not fire", () => {
    const silent = used("z-silent", { Threshold: 70, AlarmActions: [] });
    expect(fail([used("used"), silent]).message).toContain(
      "App Used: z-silent covers it, but it has no ALARM action",
    );
  });

  it("of several metrics of which one is enough, that one first", () => {
    const two = [
      { namespace: "App", metric: "Free", side: "low" as const, values: "gauge" as const },
      ...metrics,
    ];
    const { message, witness } = fail([used("used")], { metrics: two, need: "some" });
    expect(message).toMatch(/us-east-1: App Used: used: .*; App Free: no alarm watches it$/u);
    expect(witness).toMatchObject({ metric: "Used" });
  });

  it("the first region where none has an alarm", () => {
    expect(fail([]).message).toBe("nobody hears of trouble with eu-west-1: App Used: no alarm watches it");
  });
});
