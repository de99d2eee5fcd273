import { describe, expect, it } from "vitest";
import { alarmReaches } from "../../../src/evaluators/alarm/reaches.js";
import type { Resource } from "../../../src/core/resource.js";
import {
  alarm,
  composite,
  home,
  logAlarm,
  people,
  refused,
  REGION,
  rule,
  state,
  thing,
  TOPIC,
} from "./state.js";
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

  describe("heads a failure with the link that is broken of the way that gets furthest", () => {
    const forEver = thing(
      "AWS::CloudWatch::AlarmMuteRule",
      "night",
      {
        Status: "ACTIVE",
        MuteTargets: { AlarmNames: ["c"] },
        Rule: { Schedule: { Expression: "cron(0 0 * * *)", Duration: "P1D" } },
      },
      {},
    );
    const since = (days: number): Resource => {
      const stuck = alarm("maintenance", silent);
      const at = new Date(Date.parse("2026-11-20T12:00:00Z") - days * 86_400_000).toISOString();
      return {
        ...stuck,
        observed: { ...stuck.observed, StateValue: "ALARM", StateTransitionedTimestamp: at },
      };
    };
    const nowhere = rule("r", { source: ["aws.cloudwatch"] });
    type Failure = {
      readonly message: string;
      readonly witness: { readonly alarm?: string; readonly link: string; readonly rule?: string };
      readonly evidence: readonly { readonly path: string }[];
      readonly remediation?: { readonly text: string; readonly cli?: string };
    };
    const failure = (resources: readonly Resource[]): Failure => {
      const judged = alarmReaches.evaluate(state({ resources }), {});
      const verdict = judged.find(({ subject }) => subject.id === "errors")?.verdict;
      expect(verdict?.status).toBe("fail");
      return verdict as never;
    };

    it.each([
      [
        "a composite that is muted for ever",
        [composite("c", "ALARM(errors)"), forEver],
        ["c", "mute", "composite c: mute rule night silences it for ever"],
        "mute rule",
      ],
      [
        "a composite that is suppressed for forty days",
        [composite("c", "ALARM(errors)", { ActionsSuppressor: "maintenance" }), since(40)],
        ["c", "suppressor", "composite c: its suppressor maintenance has been in ALARM since 2026-10-11"],
        "the suppressor of c",
      ],
      [
        "a composite whose suppressor is the child",
        [
          composite("c", "ALARM(errors) OR ALARM(slow)", { ActionsSuppressor: "errors" }),
          alarm("slow", silent),
        ],
        ["c", "suppressor", "composite c: its suppressor errors is in ALARM whenever errors is in ALARM"],
        "the suppressor of c",
      ],
      [
        "a composite whose actions are off",
        [composite("c", "ALARM(errors)", { ActionsEnabled: false })],
        ["c", "actions-enabled", "composite c: its actions are switched off"],
        "Switch on the actions of c.",
      ],
      [
        "a composite that wants two of its alarms",
        [composite("c", "AT_LEAST(2, ALARM, (errors, slow))"), alarm("slow", silent)],
        [
          "c",
          "rule",
          "it has no ALARM action, and composite c: errors alone is not enough: it needs slow in ALARM",
        ],
        "Give errors an action of its own, or write the rule of c",
      ],
      [
        "a composite above a composite, both without a fault but the upper one's mute",
        [composite("b", "ALARM(errors)", silent), composite("c", "ALARM(b)"), forEver],
        ["c", "mute", "composite c: mute rule night silences it for ever"],
        "mute rule",
      ],
    ])("%s", (_fact, more, [speaker, link, because], remedy) => {
      const { message, witness, evidence, remediation } = failure([
        ...people(),
        alarm("errors", silent),
        ...(more as readonly Resource[]),
      ]);
      expect(message).toContain(`nobody hears of errors: ${because as string}`);
      expect(witness).toMatchObject({
        alarm: `arn:aws:cloudwatch:${REGION}:${home}:alarm:${speaker as string}`,
        link,
      });
      expect(evidence.map(({ path }) => path)).toContain(
        `arn:aws:cloudwatch:${REGION}:${home}:alarm:c/AlarmRule`,
      );
      expect(remediation?.text).toContain(remedy);
    });

    it.each([
      ["that never speaks for it", composite("c", "OK(errors)")],
      [
        "that wants two and tells nobody itself",
        composite("c", "AT_LEAST(2, ALARM, (errors, slow))", silent),
      ],
      ["that does not mention it", composite("c", "ALARM(slow)")],
    ])("not by a composite %s", (_fact, above) => {
      const found = failure([...people(), alarm("errors", silent), alarm("slow", silent), above]);
      expect(found.message).toBe("nobody hears of errors: it has no ALARM action");
      expect(found.witness).toMatchObject({
        alarm: `arn:aws:cloudwatch:${REGION}:${home}:alarm:errors`,
        link: "action",
      });
      expect(found.remediation?.text).toContain("Give errors an ALARM action");
    });

    it("not by a composite whose own way breaks earlier than the alarm's", () => {
      const { message, witness, remediation } = failure([
        ...people({ Subscriptions: [] }),
        alarm("errors", {}),
        composite("c", "ALARM(errors)"),
        forEver,
      ]);
      expect(message).toBe(`nobody hears of errors: ${TOPIC}: it has no subscription`);
      expect(witness.link).toBe("subscription");
      expect(remediation?.cli).toContain(`aws sns subscribe --topic-arn ${TOPIC}`);
    });

    it("by an EventBridge rule for its changes of state whose topic has no subscription", () => {
      const found = failure([...people({ Subscriptions: [] }), alarm("errors", silent), nowhere]);
      expect(found.message).toContain("it has no subscription");
      expect(found.witness).toMatchObject({ rule: nowhere.arn, link: "subscription" });
      expect(found.evidence.map(({ path }) => path)).toContain(`${nowhere.arn ?? ""}/Targets`);
    });

    it("not by an EventBridge rule that brings only some of its changes", () => {
      const some = rule("r", {
        source: ["aws.cloudwatch"],
        detail: { previousState: { value: ["INSUFFICIENT_DATA"] } },
      });
      expect(failure([...people({ Subscriptions: [] }), alarm("errors", silent), some]).message).toBe(
        "nobody hears of errors: it has no ALARM action",
      );
    });

    it("switches actions on only as far as that helps", () => {
      const off = { ActionsEnabled: false };
      expect(failure([...people(), alarm("errors", off)]).remediation).toMatchObject({
        cli: `aws cloudwatch enable-alarm-actions --alarm-names errors --region ${REGION}\n`,
        changes: [{ kind: "set", id: "errors", properties: { ActionsEnabled: true } }],
      });
      const further = failure([...people({ Subscriptions: [] }), alarm("errors", off)]).remediation;
      expect(further).not.toHaveProperty("changes");
      expect(further?.text).toContain(`Behind that, this is open: ${TOPIC}: it has no subscription`);
    });
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
