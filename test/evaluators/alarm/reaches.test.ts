import { describe, expect, it } from "vitest";
import { alarmReaches } from "../../../src/evaluators/alarm/reaches.js";
import { alarm, composite, home, logAlarm, people, refused, REGION, rule, state, TOPIC } from "./state.js";
import type { Parts } from "./state.js";

const judge = (
  parts: Parts,
  options: Parameters<typeof alarmReaches.evaluate>[1] = {},
): readonly (readonly [string, string])[] =>
  alarmReaches.evaluate(state(parts), options).map(({ subject, verdict }) => [subject.id, verdict.status]);

describe("alarm-reaches", () => {
  it("judges each metric alarm; composites and log alarms where asked", () => {
    const resources = [
      ...people(),
      alarm("a", {}),
      alarm("b", { AlarmActions: null }),
      composite("c", "ALARM(b)", { ActionsEnabled: false }),
      logAlarm("l", ["/app"]),
    ];
    expect(judge({ resources })).toEqual([
      ["a", "pass"],
      ["b", "fail"],
    ]);
    expect(judge({ resources }, { alarms: ["composite", "log"] })).toEqual([
      ["c", "fail"],
      ["l", "pass"],
    ]);
  });

  it("names the first broken link and every way that was looked at", () => {
    const [{ verdict }] = alarmReaches.evaluate(
      state({ resources: [...people({ Subscriptions: [] }), alarm("a", {}), composite("p", "OK(a)")] }),
      {},
    ) as never as [
      {
        verdict: {
          message: string;
          witness: object;
          candidates: readonly { readonly ref: string; readonly brokenLink?: string }[];
        };
      },
    ];
    expect(verdict.witness).toMatchObject({
      alarm: `arn:aws:cloudwatch:${REGION}:${home}:alarm:a`,
      link: "subscription",
      target: TOPIC,
    });
    expect(verdict.candidates.map(({ ref, brokenLink }) => [ref.split(":").at(-1), brokenLink])).toEqual([
      ["a", `${TOPIC}: it has no subscription`],
      ["p", expect.stringContaining("composite p: ") as string],
      ["ops", `${TOPIC}: it has no subscription`],
    ]);
  });

  it("passes through EventBridge, and says so", () => {
    const [{ verdict }] = alarmReaches.evaluate(
      state({
        resources: [
          ...people(),
          alarm("a", { ActionsEnabled: false }),
          rule("r", { source: ["aws.cloudwatch"] }),
        ],
      }),
      {},
    ) as never as [
      {
        verdict: { status: string; notes: readonly string[]; evidence: readonly { readonly path: string }[] };
      },
    ];
    expect(verdict).toMatchObject({ status: "pass", notes: ["heard through the EventBridge rule r"] });
    expect(
      verdict.evidence.map(({ path }) => path).some((path) => path.endsWith("rule/r/EventPattern")),
    ).toBe(true);
  });

  const silent = { AlarmActions: null };
  const quiet = (AlarmRule: string): ReturnType<typeof composite> =>
    composite(AlarmRule.slice(0, 1), AlarmRule.slice(2), silent);

  it.each([
    ["is the child", "ALARM(errors)", "errors", []],
    ["is the child, by its ARN", "ALARM(errors)", `arn:aws:cloudwatch:${REGION}:${home}:alarm:errors`, []],
    ["holds the child", "ALARM(errors)", "m", ["m ALARM(errors) OR ALARM(maintenance)"]],
    ["holds one that holds the child", "ALARM(errors)", "m", ["m ALARM(n)", "n NOT OK(errors)"]],
    ["is one of two that must both be bad", "ALARM(errors) AND ALARM(maintenance)", "maintenance", []],
    ["holds the composite itself", "ALARM(errors)", "m", ["m ALARM(c)"]],
  ])("fails a composite whose suppressor %s", (_fact, ruleText, ActionsSuppressor, more) => {
    const resources = [
      ...people(),
      alarm("errors", silent),
      alarm("maintenance", silent),
      composite("c", ruleText, { ActionsSuppressor }),
      ...more.map(quiet),
    ];
    const judged = new Map(judge({ resources }, { alarms: ["metric", "composite"] }));
    expect([judged.get("errors"), judged.get("c")]).toEqual(["fail", "fail"]);
  });

  it.each([
    ["is another alarm", "maintenance", []],
    ["needs another alarm as well", "m", ["m ALARM(errors) AND ALARM(maintenance)"]],
    ["is in ALARM while the child is not", "m", ["m NOT ALARM(errors)"]],
    ["is not there", "nobody", []],
  ])("passes a composite whose suppressor %s", (_fact, ActionsSuppressor, more) => {
    const resources = [
      ...people(),
      alarm("errors", silent),
      alarm("maintenance", silent),
      composite("c", "ALARM(errors)", { ActionsSuppressor }),
      ...more.map(quiet),
    ];
    const judged = new Map(judge({ resources }, { alarms: ["metric", "composite"] }));
    expect([judged.get("errors"), judged.get("c")]).toEqual(["pass", "pass"]);
  });

  it("hears of one child by a composite that another child holds back", () => {
    const resources = [
      ...people(),
      alarm("errors", silent),
      alarm("slow", silent),
      composite("c", "ALARM(errors) OR ALARM(slow)", { ActionsSuppressor: "errors" }),
    ];
    expect(judge({ resources })).toEqual([
      ["errors", "fail"],
      ["slow", "pass"],
    ]);
    expect(judge({ resources }, { alarms: ["composite"] })).toEqual([["c", "pass"]]);
  });

  it("hears of a suppressed composite through EventBridge, which its suppressor does not hold", () => {
    const resources = [
      ...people(),
      alarm("errors", silent),
      composite("c", "ALARM(errors)", { ActionsSuppressor: "errors" }),
      rule("r", { source: ["aws.cloudwatch"] }),
    ];
    expect(judge({ resources }, { alarms: ["composite"] })).toEqual([["c", "pass"]]);
  });

  it("names a region whose alarms could not be listed, once", () => {
    expect(
      judge({
        resources: [...people(), alarm("a", {})],
        gaps: [refused("AWS::CloudWatch::Alarm", "eu-west-1")],
      }),
    ).toEqual([
      ["a", "pass"],
      ["eu-west-1", "unknown"],
    ]);
    const types = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"];
    expect(judge({ gaps: types.map((type) => refused(type)) }, { alarms: ["metric", "composite"] })).toEqual([
      [REGION, "unknown"],
    ]);
  });

  it("has nothing to say of an account without alarms", () => {
    expect(judge({})).toEqual([[home, "not-applicable"]]);
  });
});
