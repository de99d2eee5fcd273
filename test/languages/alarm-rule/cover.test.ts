import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlarmState } from "../../../src/languages/alarm-rule/alarm-rule.js";
import { constancyOf } from "../../../src/languages/alarm-rule/constancy.js";
import { coversChild } from "../../../src/languages/alarm-rule/cover.js";
import type { KnownAlarm, LookUpAlarm } from "../../../src/languages/alarm-rule/network.js";

const leaves: LookUpAlarm = () => ({ kind: "leaf" });
const composites =
  (rules: Readonly<Record<string, string>>): LookUpAlarm =>
  (name): KnownAlarm => {
    const rule = rules[name];
    return rule === undefined ? { kind: "leaf" } : { kind: "composite", rule };
  };
const needsAlarm = (...alarms: string[]) => alarms.map((alarm) => [{ alarm, state: "ALARM" }]);

describe("whether a composite speaks for its child c", () => {
  it.each([
    ["ALARM(c) OR ALARM(d)", { kind: "covered", notes: [] }],
    ["ALARM(c) AND ALARM(d)", { kind: "conditional", needs: needsAlarm("d") }],
    ["ALARM(c) AND NOT ALARM(maint)", { kind: "covered", notes: ["silent while maint is in ALARM"] }],
    ["ALARM(c) AND OK(d)", { kind: "covered", notes: ["silent while d is in ALARM"] }],
    ["NOT OK(c)", { kind: "covered", notes: ["also fires on INSUFFICIENT_DATA"] }],
    ["OK(c)", { kind: "not" }],
    ["INSUFFICIENT_DATA(c)", { kind: "not" }],
    ["AT_LEAST(1, ALARM, (c, d, e))", { kind: "covered" }],
    ["AT_LEAST(2, ALARM, (c, d, e))", { kind: "conditional", needs: needsAlarm("d", "e") }],
    [
      "AT_LEAST(50%, ALARM, (c, d, e))",
      {
        kind: "conditional",
        needs: needsAlarm("d", "e"),
        unsure: "AWS does not say how a percentage is rounded",
      },
    ],
    ["AT_LEAST(1, NOT OK, (c, d))", { kind: "covered" }],
    ["ALARM(c) OR TRUE", { kind: "not", why: "the composite is always in ALARM, so it never changes to it" }],
    ["FALSE", { kind: "not", why: "the rule does not mention c" }],
    ['ALARM("arn:aws:cloudwatch:us-west-2:111122223333:alarm:c")', { kind: "covered" }],
    [
      "ALARM(c) OR OK(d)",
      {
        kind: "not",
        why: "the composite is in ALARM while all its alarms are OK, so it does not change to it",
      },
    ],
    ["ALARM(c) AND FALSE", { kind: "not" }],
    [
      "ALARM(d) OR (ALARM(c) AND ALARM(d))",
      { kind: "not", why: "the composite never changes to ALARM because of c" },
    ],
    [
      "ALARM(c) AND INSUFFICIENT_DATA(d)",
      { kind: "conditional", needs: [[{ alarm: "d", state: "INSUFFICIENT_DATA" }]] },
    ],
    [
      "ALARM(c) AND ALARM(d) AND ALARM(e)",
      {
        kind: "conditional",
        needs: [
          [
            { alarm: "d", state: "ALARM" },
            { alarm: "e", state: "ALARM" },
          ],
        ],
      },
    ],
    ["ALARM(c) OR ALARM(d) AND ALARM(e)", { kind: "unknown" }],
    ["ALARM(c) AND ALARM(d) OR ALARM(c)", { kind: "covered" }],
    ["ALARM(d) AND ALARM(e) OR ALARM(c)", { kind: "unknown" }],
    ["ALARM(d) OR ALARM(e)", { kind: "not", why: "the rule does not mention c" }],
    ["AT_LEAST(0, ALARM, (c))", { kind: "not" }],
    ["ALARM(c) AND", { kind: "unknown" }],
  ])("%s", (rule, expected) => {
    expect(coversChild(rule, "c", leaves)).toMatchObject(expected);
  });

  it("finds a child by its ARN", () => {
    expect(coversChild("ALARM(c)", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:c", leaves).kind).toBe(
      "covered",
    );
  });
});

describe("composites of composites", () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["a composite below passes the alarm on", "ALARM(q)", { q: "ALARM(c) OR ALARM(d)" }, "covered"],
    ["the same leaf in both is one leaf", "ALARM(c) AND ALARM(q)", { q: "ALARM(c)" }, "covered"],
    ["a composite below that never fires passes nothing on", "ALARM(q)", { q: "ALARM(c) AND FALSE" }, "not"],
    ["a composite below that is always in ALARM blocks", "ALARM(c) OR ALARM(q)", { q: "TRUE" }, "not"],
    ["OK of a composite is its opposite", "OK(q)", { q: "ALARM(c)" }, "not"],
    ["a composite is not in INSUFFICIENT_DATA", "INSUFFICIENT_DATA(q)", { q: "ALARM(c)" }, "not"],
    ["a circle is not evaluated", "ALARM(q)", { q: "ALARM(r) OR ALARM(c)", r: "ALARM(q)" }, "unknown"],
    ["a rule below that does not parse leaves it open", "ALARM(q)", { q: "ALARM(c" }, "unknown"],
  ])("%s", (_title, ...[rule, rules, kind]) => {
    expect(coversChild(rule, "c", composites(rules)).kind).toBe(kind);
  });

  it("a composite can be the child itself", () => {
    expect(coversChild("ALARM(q)", "q", composites({ q: "ALARM(c)" })).kind).toBe("covered");
  });

  it("an alarm that could not be read matters only where its state decides", () => {
    const lookUp: LookUpAlarm = (name) =>
      name === "x" ? { kind: "unknown", why: "AccessDenied" } : { kind: "leaf" };
    expect(coversChild("ALARM(c) AND ALARM(x)", "c", lookUp)).toEqual({
      kind: "unknown",
      why: "x: AccessDenied",
    });
    expect(coversChild("ALARM(c) OR (ALARM(x) AND FALSE)", "c", lookUp).kind).toBe("covered");
  });
});

describe("rules that do not depend on any alarm", () => {
  it.each([
    ["TRUE", "always"],
    ["ALARM(a) OR TRUE", "always"],
    ["ALARM(a) OR NOT ALARM(a)", "always"],
    ["ALARM(a) AND NOT ALARM(a)", "never"],
    ["ALARM(a) AND OK(a)", "never"],
    ["OK(a) OR ALARM(a)", "varies"],
    ["OK(a) OR ALARM(a) OR INSUFFICIENT_DATA(a)", "always"],
    ["AT_LEAST(3, ALARM, (a, b))", "never"],
    ["ALARM(a)", "varies"],
    ["TRUE OR FALSE AND FALSE", "unknown"],
    ["((", "unknown"],
  ])("%s is %s", (rule, kind) => {
    expect(constancyOf(rule, leaves).kind).toBe(kind);
  });

  it("decides a hundred alarms at once", () => {
    const names = Array.from({ length: 100 }, (_, index) => `a${index.toString()}`);
    expect(constancyOf(names.map((name) => `ALARM(${name})`).join(" OR "), leaves).kind).toBe("varies");
    expect(constancyOf(`AT_LEAST(100%, ALARM, (${names.join(",")}))`, leaves).kind).toBe("varies");
  });
});

type Drawn = {
  readonly text: string;
  readonly holds: (states: Readonly<Record<string, AlarmState>>) => boolean;
};
const STATES = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;
const NAMES = ["c", "d", "e"] as const;

const drawnRule: fc.Arbitrary<Drawn> = fc.letrec<{ rule: Drawn; atom: Drawn }>((tie) => ({
  atom: fc
    .tuple(fc.constantFrom(...STATES), fc.constantFrom(...NAMES))
    .map(([state, name]) => ({ text: `${state}(${name})`, holds: (states) => states[name] === state })),
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("atom"),
    tie("rule").map((inner) => ({
      text: `NOT (${inner.text})`,
      holds: (states: Readonly<Record<string, AlarmState>>) => !inner.holds(states),
    })),
    fc.tuple(tie("rule"), tie("rule"), fc.constantFrom("AND", "OR")).map(([left, right, operator]) => ({
      text: `(${left.text}) ${operator} (${right.text})`,
      holds: (states: Readonly<Record<string, AlarmState>>) =>
        operator === "AND"
          ? left.holds(states) && right.holds(states)
          : left.holds(states) || right.holds(states),
    })),
  ),
})).rule;

const everyState: readonly Readonly<Record<string, AlarmState>>[] = STATES.flatMap((c) =>
  STATES.flatMap((d) => STATES.map((e) => ({ c, d, e }))),
);

describe("against a truth table", () => {
  it("constancy is exact", () => {
    fc.assert(
      fc.property(drawnRule, ({ text, holds }) => {
        const truths = new Set(everyState.map(holds));
        const expected = truths.size === 2 ? "varies" : truths.has(true) ? "always" : "never";
        expect(constancyOf(text, leaves).kind).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("cover is exact", () => {
    const resting = { c: "OK", d: "OK", e: "OK" } as const;
    fc.assert(
      fc.property(drawnRule, ({ text, holds }) => {
        const turns = everyState.some(
          (states) => holds({ ...states, c: "ALARM" }) && !holds({ ...states, c: "OK" }),
        );
        const expected = holds(resting)
          ? "not"
          : holds({ ...resting, c: "ALARM" })
            ? "covered"
            : turns
              ? "conditional"
              : "not";
        expect(coversChild(text, "c", leaves).kind).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("what a conditional cover needs is enough", () => {
    fc.assert(
      fc.property(drawnRule, ({ text, holds }) => {
        const cover = coversChild(text, "c", leaves);
        if (cover.kind !== "conditional") return;
        for (const need of cover.needs) {
          const states = {
            c: "OK",
            d: "OK",
            e: "OK",
            ...Object.fromEntries(need.map(({ alarm, state }) => [alarm, state])),
          } as const;
          expect([holds({ ...states, c: "ALARM" }), holds({ ...states, c: "OK" })]).toEqual([true, false]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("adding OR ALARM(c) covers c unless the composite is in ALARM at rest", () => {
    fc.assert(
      fc.property(drawnRule, ({ text, holds }) => {
        const expected = holds({ c: "OK", d: "OK", e: "OK" }) ? "not" : "covered";
        expect(coversChild(`(${text}) OR ALARM(c)`, "c", leaves).kind).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a composite over very many alarms", () => {
  const names = Array.from({ length: 500 }, (_, at) => `a${at.toString()}`);
  const leaf = (): KnownAlarm => ({ kind: "leaf" });

  it("that asks for ALARM alone is silenced by none, and nobody asks each of them", () => {
    const rule = names.map((name) => `ALARM(${name})`).join(" OR ");
    for (const name of names) expect(coversChild(rule, name, leaf)).toEqual({ kind: "covered", notes: [] });
  });

  it("that can be silenced says of which alarms that was asked", () => {
    const rule = `(${names.map((name) => `ALARM(${name})`).join(" OR ")}) AND NOT ALARM(a1)`;
    const cover = coversChild(rule, "a0", leaf);
    expect(cover).toMatchObject({ kind: "covered" });
    expect("notes" in cover ? cover.notes : []).toEqual([
      "silent while a1 is in ALARM",
      "only 50 of its alarms were asked whether they silence it",
    ]);
  });

  it("is too complex where every state of all of them would have to be tried", () => {
    const ruleOf = (at: number): string =>
      at === 0
        ? "ALARM(a0)"
        : `(ALARM(x${(at - 1).toString()}) AND NOT ALARM(a${at.toString()})) OR (OK(x${(at - 1).toString()}) AND ALARM(a${at.toString()}))`;
    const lookUp = (name: string): KnownAlarm =>
      name.startsWith("x") ? { kind: "composite", rule: ruleOf(Number(name.slice(1))) } : { kind: "leaf" };
    const rule = "OK(x59) AND ALARM(x59) AND ALARM(a0)";
    expect(coversChild(rule, "a0", lookUp)).toMatchObject({ kind: "unknown", tooComplex: true });
  });
});
