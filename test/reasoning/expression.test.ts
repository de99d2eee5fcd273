import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.js";
import { compileExpression, ExpressionError } from "../../src/reasoning/expression.js";
import { UndecidedError } from "../../src/reasoning/undecided.js";

const resource: JsonObject = { Name: "prod-logs", On: true, Days: 365, Items: [{ A: 1 }, { A: 2 }], When: "2026-11-19T12:00:00Z", Nested: { A: { B: true } } };
const scope = { resource, params: { least: 300 }, account: { id: "111122223333", regions: ["us-east-1"] }, takenAt: Date.UTC(2026, 10, 20, 12) };
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
  Object.defineProperty(blind, "Secret", { get: () => { throw new UndecidedError("unreadable", "Secret"); } });

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

describe("mistakes", () => {
  it.each([
    ["resource.", 9, 1, "ends too early"],
    ["resource.On &&& true", 14, 1, "is not expected here"],
    ["resourse.On", 0, 8, 'there is no "resourse"'],
    ["size(resource) > 1", 5, 8, "must be followed by the name of a property"],
    ["resource[params.x] == 1", 0, 8, "must be followed by the name of a property"],
    ["resource.Name.matches('^(a+)+$')", 0, 32, "matches() is not accepted"],
    ["size(resource.Items)", 0, 20, "must give true or false"],
    ["resource.L.all(a, resource.L.all(b, resource.L.all(c, resource.L.all(d, a == d))))", 0, 82, "more than 3 loops"],
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
