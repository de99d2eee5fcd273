import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alarmNameOf,
  parseAlarmRule,
  type AlarmState,
} from "../../../src/languages/alarm-rule/alarm-rule.js";
import { childrenOf, evaluateAlarmRule } from "../../../src/languages/alarm-rule/evaluate.js";

const ARN = "arn:aws:cloudwatch:us-west-2:111122223333:alarm:c";

function truth(rule: string, states: Readonly<Record<string, AlarmState>> = {}): string {
  const parsed = parseAlarmRule(rule);
  if (parsed.kind === "malformed") return "malformed";
  return evaluateAlarmRule(parsed.value, (child) => (child === "?" ? undefined : (states[child] ?? "OK")));
}

describe("parsing a composite rule", () => {
  it.each([
    ["a quoted name keeps its spaces and brackets", 'ALARM("cpu (high), eu")', ["cpu (high), eu"]],
    ["an escaped quote belongs to the name", 'ALARM("say \\"hi\\"")', ['say "hi"']],
    ["an ARN means the alarm of that name", `ALARM("${ARN}") OR ALARM(c)`, ["c"]],
    ["an unquoted ARN is read too", `OK(${ARN})`, ["c"]],
    ["names are case-sensitive", "ALARM(c) OR ALARM(C)", ["c", "C"]],
    ["keywords come in any case and line breaks do not matter", "alarm(a)\n  and not ok(b)", ["a", "b"]],
    ["a name may look like a keyword", "ALARM(NOT) AND OK(AT_LEAST)", ["NOT", "AT_LEAST"]],
    ["AT_LEAST names its children", 'AT_LEAST(2, NOT OK, (a, "b c", d))', ["a", "b c", "d"]],
  ])("%s", (_title, rule, children) => {
    const parsed = parseAlarmRule(rule);
    expect(parsed.kind === "parsed" && [...childrenOf(parsed.value).keys()]).toEqual(children);
  });

  it.each([
    ["", 0],
    ["ALARM(a) ALARM(b)", 9],
    ["ALARM(a", 7],
    ["ALARM()", 6],
    ["ALARM(a, b)", 7],
    ["(ALARM(a)", 9],
    ["AT_LEAST(x, ALARM, (a))", 9],
    ["AT_LEAST(1, ALARM, a)", 19],
    ['ALARM("a)', 6],
    ["ALARM(a) XOR ALARM(b)", 9],
    ["NOT", 3],
  ])("refuses %j at %i", (rule, at) => {
    expect(parseAlarmRule(rule)).toMatchObject({ kind: "malformed", at });
  });

  it("answers any text without throwing", () => {
    const pieces = fc.constantFrom(
      "ALARM",
      "(",
      ")",
      ",",
      "NOT ",
      " AND ",
      " OR ",
      "AT_LEAST",
      "50%",
      '"',
      "\\",
      "a",
      " ",
      "TRUE",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(["parsed", "malformed"]).toContain(parseAlarmRule(parts.join("")).kind);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what nests too deeply instead of running out of stack", () => {
    expect(parseAlarmRule("(".repeat(20_000)).kind).toBe("malformed");
    expect(parseAlarmRule("NOT ".repeat(10_000)).kind).toBe("malformed");
  });
});

describe("evaluating a composite rule", () => {
  it.each([
    ["TRUE", {}, "yes"],
    ["FALSE OR NOT TRUE", {}, "no"],
    ["INSUFFICIENT_DATA(a)", { a: "INSUFFICIENT_DATA" }, "yes"],
    ["NOT OK(a)", { a: "INSUFFICIENT_DATA" }, "yes"],
    ["AT_LEAST(2, ALARM, (a, b, c))", { a: "ALARM" }, "no"],
    ["AT_LEAST(2, ALARM, (a, b, c))", { a: "ALARM", c: "ALARM" }, "yes"],
    ["AT_LEAST(50%, ALARM, (a, b))", { a: "ALARM" }, "yes"],
    ["AT_LEAST(50%, ALARM, (a, b, c))", { a: "ALARM" }, "unknown"],
    ["AT_LEAST(50%, ALARM, (a, b, c))", { a: "ALARM", b: "ALARM" }, "yes"],
    ["AT_LEAST(0, ALARM, (a))", {}, "yes"],
    ["AT_LEAST(2, ALARM, (a))", { a: "ALARM" }, "no"],
    ["ALARM(a) OR ALARM(b) AND ALARM(c)", { a: "ALARM" }, "unknown"],
    ["ALARM(a) OR ALARM(b) AND ALARM(c)", { a: "ALARM", c: "ALARM" }, "yes"],
    ["ALARM(a) OR (ALARM(b) AND ALARM(c))", { a: "ALARM" }, "yes"],
    ["ALARM(a) OR ALARM(?)", { a: "ALARM" }, "yes"],
    ["ALARM(a) OR ALARM(?)", {}, "unknown"],
    ["ALARM(a) AND ALARM(?)", {}, "no"],
  ] as const)("%s in %j is %s", (rule, states, expected) => {
    expect(truth(rule, states)).toBe(expected);
  });

  it("is certain about a run of AND and OR exactly where every way to bracket it agrees", () => {
    const run = fc
      .integer({ min: 2, max: 6 })
      .chain((length) =>
        fc.tuple(
          fc.array(fc.boolean(), { minLength: length, maxLength: length }),
          fc.array(fc.constantFrom("AND", "OR"), { minLength: length - 1, maxLength: length - 1 }),
        ),
      );
    fc.assert(
      fc.property(run, ([values, operators]) => {
        const rule = values
          .map((value, index) => `${value ? "TRUE" : "FALSE"} ${operators[index] ?? ""}`)
          .join(" ");
        const all = bracketings(values, operators);
        const expected = all.size === 2 ? "unknown" : all.has(true) ? "yes" : "no";
        expect(truth(rule)).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });

  it("reads the name out of an alarm's ARN and leaves other text alone", () => {
    expect([
      alarmNameOf(ARN),
      alarmNameOf("arn:like"),
      alarmNameOf("arn:aws-cn:cloudwatch:cn-north-1:1:alarm:a:b"),
    ]).toEqual(["c", "arn:like", "a:b"]);
  });
});

function bracketings(values: readonly boolean[], operators: readonly string[]): ReadonlySet<boolean> {
  if (values.length === 1) return new Set(values);
  const found = new Set<boolean>();
  operators.forEach((operator, split) => {
    for (const left of bracketings(values.slice(0, split + 1), operators.slice(0, split))) {
      for (const right of bracketings(values.slice(split + 1), operators.slice(split + 1)))
        found.add(operator === "AND" ? left && right : left || right);
    }
  });
  return found;
}
