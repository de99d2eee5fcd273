import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { compileExpression, ExpressionError } from "../../../src/reasoning/condition/expression.js";
import { UndecidedError } from "../../../src/reasoning/condition/undecided.js";

const resource: JsonObject = {
  Name: "prod-logs",
  On: true,
  Days: 365,
  Items: [{ A: 1 }, { A: 2 }],
  When: "2026-11-19T12:00:00Z",
  Nested: { A: { B: true } },
};
const scope = {
  resource,
  params: { least: 300 },
  account: { id: "111122223333", regions: ["us-east-1"] },
  takenAt: Date.UTC(2026, 10, 20, 12),
};
const run = (text: string, of: JsonObject = resource): boolean => {
  const compiled = compileExpression(text);
  if (!compiled.ok) throw new Error(compiled.problem.message);
  return compiled.expression.run({ ...scope, resource: of });
};

it.each([
  ["resource.On", true],
  ["resource.Days >= 365 && resource.Name.startsWith('prod')", true],
  ["resource.Days == 365", true],
  ["resource.Items.exists(i, i.A == 2)", true],
  ["resource.Items.all(i, i.A == 2)", false],
  ["has(resource.Missing) && resource.Missing == 1", false],
  ["!has(resource.Missing) || resource.Missing == 1", true],
  ["has(resource.Nested.A.B)", true],
  ["resource['Name'].like('*-logs')", true],
  ["resource.Name.finds('^prod-[a-z]+$')", true],
  ["resource.Name.finds('\\\\d')", false],
  ["resource.Days >= params.least", true],
  ["account.id == '111122223333'", true],
  ["hours(takenAt - time(resource.When)) <= 24.0", true],
  ["size(resource.Items) > 1", true],
])("%s is %s", (text, expected) => {
  expect(run(text)).toBe(expected);
});

describe("at run time", () => {
  it.each([
    ["resource.Missing == 1", "resource.Missing is not set; guard it with has(resource.Missing)"],
    ["resource.Nested.X.B == true", "resource.Nested.X is not set; guard it with has(resource.Nested.X)"],
    ["resource.Name > 3", "resource.Name > 3 cannot be evaluated"],
  ])("%s is an error that says what to do", (text, message) => {
    expect(() => run(text)).toThrow(ExpressionError);
    expect(() => run(text)).toThrow(message);
  });

  const blind: JsonObject = { On: true };
  Object.defineProperty(blind, "Secret", {
    get: () => {
      throw new UndecidedError("unreadable", "Secret");
    },
  });

  it("is undecided where only what cannot be read could decide", () => {
    expect(() => run("resource.Secret == 1 || resource.On == false", blind)).toThrow(UndecidedError);
    expect(() => run("has(resource.Secret)", blind)).toThrow(UndecidedError);
  });

  it("is decided where something else decides", () => {
    expect(run("resource.Secret == 1 || resource.On", blind)).toBe(true);
    expect(run("resource.Secret == 1 && !resource.On", blind)).toBe(false);
  });

  it("refuses loops over lists that would take for ever", () => {
    const long = { L: Array.from({ length: 1_001 }, (_, index) => index) };
    expect(() => run("resource.L.all(a, resource.L.exists(b, a == b))", long)).toThrow("too long");
  });
});

describe("expressions that could run away", () => {
  const long: JsonObject = { L: Array.from({ length: 700 }, () => 1), Text: "x".repeat(2_000) };
  const written = `[${"1,".repeat(110)}1]`;

  it.each([
    `${written}.all(a, ${written}.all(b, ${written}.all(c, a + b + c > 0)))`,
    "resource.Text.split('').all(a, resource.Text.split('').all(b, a == b))",
    "(resource.L + resource.L).all(a, (resource.L + resource.L).all(b, a == b))",
    `[resource.L]${"map(a, a + a)".repeat(20).replaceAll("map", ".map")}.all(a, a.all(b, b == 1))`,
    `[[1]]${".map(a, a + a)".repeat(40)}.all(a, size(a) > 1)`,
  ])("are stopped before they begin: %s", (text) => {
    expect(() => run(text, long)).toThrow("too long for the loops");
  });

  it("count the lists of params", () => {
    const compiled = compileExpression("params.l.all(a, params.l.all(b, params.l.all(c, true)))");
    expect(
      () =>
        compiled.ok &&
        compiled.expression.run({ ...scope, params: { l: Array.from({ length: 250 }, () => 1) } }),
    ).toThrow("too long for the loops");
  });

  it("go over one long list, whatever its length", () => {
    expect(run("resource.L.all(a, a == 1)", { L: Array.from({ length: 200_000 }, () => 1) })).toBe(true);
  });

  it.each([
    ["cel.bind(a, [1], size(a + a) > 1)", "bind() is not accepted"],
    ["bytes(bytes('a').hex()).hex() == ''", "bytes() is not accepted"],
    ["['a', 'b'].join('-').split('').exists(x, x == 'a')", "split() and join() are not accepted together"],
    ["(".repeat(900) + "true" + ")".repeat(900), "too large"],
  ])("are refused when they load: %s", (text, message) => {
    const compiled = compileExpression(text);
    expect(compiled.ok ? "" : compiled.problem.message).toContain(message);
  });

  // Twice the work for each sign would never end.
  it("do not keep the loader busy by their depth", () => {
    expect(compileExpression(`${"!".repeat(1_900)}true`)).toBeDefined();
  });

  it("may loop over what a loop made, as often as they like", () => {
    expect(run("resource.Items.filter(i, i.A > 0).map(i, i.A).filter(a, a > 0).exists(a, a == 2)")).toBe(
      true,
    );
  });
});

describe("times", () => {
  it.each(["nonsense", "", "2026-11-19T12:00:00", "19 Nov 2026", "2026-13-40"])(
    "time() of %o is an error, not a comparison that never holds",
    (When) => {
      expect(() => run("!(time(resource.When) > 0.0)", { When })).toThrow(ExpressionError);
    },
  );

  it.each([
    ["2026-11-19", Date.UTC(2026, 10, 19)],
    ["2026-11-19T12:00Z", Date.UTC(2026, 10, 19, 12)],
    ["2026-11-19T12:00:00.500+0200", Date.UTC(2026, 10, 19, 10, 0, 0, 500)],
  ])("%s is a time", (When, time) => {
    expect(run(`time(resource.When) == ${time.toString()}.0`, { When })).toBe(true);
  });

  it("an unknown time zone is the expression's error", () => {
    expect(() => run("timestamp(resource.When).getHours('Mars/X') == 1")).toThrow(ExpressionError);
  });
});

describe("mistakes with a way out", () => {
  it.each([
    ["resource.On == tru", "true"],
    ["On", "resource.On"],
    ["now > 5.0", "takenAt"],
    ["has(On)", "has(resource.On)"],
    ["resource.On = true", "=="],
    ["resource.On === true", "with two signs"],
    ["resource.On and true", "&&"],
    ["resource.On or true", "||"],
    ["resource.Items.any(i, i.A == 1)", "exists"],
    ["resource.Items.exists(i, i.A == 1, 2)", ".exists(x, …)"],
    ["resource.Name.startswith('a')", "startsWith"],
    ["length(resource.Name) > 1", undefined],
    ["days(takenAt - time(resource.When)) == 7", "7.0"],
    ["hours(3) > 2.0", "7.0"],
  ])("%s", (text, hint) => {
    const compiled = compileExpression(text);
    expect(compiled.ok).toBe(false);
    expect(compiled.ok ? "" : compiled.problem.hint).toEqual(
      hint === undefined ? undefined : expect.stringContaining(hint),
    );
  });
});

describe("mistakes", () => {
  it.each([
    ["resource.", 9, 1, "ends too early"],
    ["resource.On &&& true", 14, 1, "is not expected here"],
    ["resourse.On", 0, 8, 'there is no "resourse"'],
    ["size(resource) > 1", 5, 8, "must be followed by the name of a property"],
    ["resource[params.x] == 1", 0, 8, "must be followed by the name of a property"],
    ["resource.Name.matches('^(a+)+$')", 0, 32, "matches() is not accepted"],
    ["resource.Name.finds('a(b')", 20, 5, "is not a regular expression that is accepted"],
    ["resource.Name.finds(params.x)", 0, 29, "must be written out"],
    ["size(resource.Items)", 0, 20, "must give true or false"],
    [
      "resource.L.all(a, resource.L.all(b, resource.L.all(c, resource.L.all(d, a == d))))",
      0,
      82,
      "more than 3 loops",
    ],
    ["x".repeat(2_001), 0, 1, "more than 2000 characters"],
  ])("%s at %i", (text, offset, length, message) => {
    const compiled = compileExpression(text);
    expect(compiled).toMatchObject({ ok: false, problem: { offset, length } });
    expect(compiled.ok ? "" : compiled.problem.message).toContain(message);
  });

  it("names the properties that are read, with their places", () => {
    const compiled = compileExpression("resource.A.b && has(resource.Long) && resource['C'] == 1");
    expect(compiled.ok && compiled.expression.properties).toEqual([
      { name: "A", offset: 9 },
      { name: "Long", offset: 29 },
      { name: "C", offset: 48 },
    ]);
  });
});
