import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { explainFilterMismatch } from "../../../src/languages/filter-pattern/explain.js";
import { parseFilterPattern } from "../../../src/languages/filter-pattern/filter-pattern.js";
import { matchFilterPattern } from "../../../src/languages/filter-pattern/match.js";

const record: JsonObject = {
  eventName: "CreateTrail",
  eventSource: "cloudtrail.amazonaws.com",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111111111111:user/someone" },
  requestParameters: { names: ["a", "b"], size: 3, open: false },
};

const explain = (text: string, of: JsonObject = record): ReturnType<typeof explainFilterMismatch> => {
  const parsed = parseFilterPattern(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return explainFilterMismatch(parsed.value, of);
};

describe("the place that decides, and why", () => {
  it.each([
    [
      "{ $.eventName = StopLogging }",
      ["eventName"],
      '$.eventName is "CreateTrail"; the pattern asks for StopLogging',
    ],
    [
      '{ ($.eventName = A) || ($.eventName = "B") }',
      ["eventName"],
      '$.eventName is "CreateTrail"; the pattern asks for A or "B"',
    ],
    [
      "{ ($.eventName = A) || ($.eventName = B) || ($.eventName = C) || ($.eventName = D) || ($.eventName = E) }",
      ["eventName"],
      '$.eventName is "CreateTrail"; the pattern asks for A, B, C or 2 more',
    ],
    [
      '{ ($.eventSource = cloudtrail.amazonaws.com) && ($.userIdentity.type = "Root") && ($.eventName = X) }',
      ["userIdentity", "type"],
      '$.userIdentity.type is "IAMUser"; the pattern asks for "Root"',
    ],
    [
      "{ ($.eventName = X && $.errorCode = Y) || ($.eventName = Z) }",
      ["eventName"],
      '$.eventName is "CreateTrail"; the pattern asks for Z',
    ],
    ["{ $.errorCode = * }", ["errorCode"], "$.errorCode is absent; the pattern asks for *"],
    [
      "{ $.userIdentity.type NOT EXISTS }",
      ["userIdentity", "type"],
      '$.userIdentity.type is "IAMUser"; the pattern asks for NOT EXISTS',
    ],
    [
      "{ $.eventName != CreateTrail }",
      ["eventName"],
      '$.eventName is "CreateTrail"; the pattern asks for != CreateTrail',
    ],
    [
      "{ $.requestParameters.open IS TRUE }",
      ["requestParameters", "open"],
      "$.requestParameters.open is false; the pattern asks for IS TRUE",
    ],
    [
      "{ $.requestParameters.size > 5 }",
      ["requestParameters", "size"],
      "$.requestParameters.size is 3; the pattern asks for > 5",
    ],
    [
      "{ $.requestParameters.names[1] = c }",
      ["requestParameters", "names"],
      '$.requestParameters.names[1] is "b"; the pattern asks for c',
    ],
    [
      "{ $.requestParameters.names[*] = c }",
      ["requestParameters", "names"],
      '$.requestParameters.names[*] is one of "a" and "b"; the pattern asks for c',
    ],
    ["{ $.userIdentity = x }", ["userIdentity"], "$.userIdentity is an object; the pattern asks for x"],
    ['CreateTrail "Root"', [], 'the record does not hold "Root"'],
    ["CreateTrail -IAMUser", [], "the record holds what -IAMUser keeps out"],
    ["?Root ?Role", [], "the record holds none of Root and Role"],
  ])("%s", (pattern, path, reason) => {
    expect(explain(pattern)).toEqual({ path, reason });
  });

  it("nothing where the pattern matches, or where AWS does not say", () => {
    expect(explain("{ $.eventName = Create* }")).toBeUndefined();
    expect(explain("[a, b = x]")).toBeUndefined();
    expect(explain("")).toBeUndefined();
  });
});

it("a JSON pattern that does not match always has a reason, and a value that it asks for does better", () => {
  const leaf = fc.record({
    place: fc.constantFrom("$.a", "$.b.c"),
    operator: fc.constantFrom("=", "!="),
    value: fc.constantFrom("x", "y"),
  });
  const text = fc
    .array(fc.array(leaf, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .map(
      (groups) =>
        `{ ${groups
          .map(
            (leaves) => `(${leaves.map((one) => `${one.place} ${one.operator} ${one.value}`).join(" && ")})`,
          )
          .join(" || ")} }`,
    );
  const value = fc.option(fc.constantFrom("x", "y", "z"), { nil: undefined });
  fc.assert(
    fc.property(text, value, value, (pattern, a, c) => {
      const parsed = parseFilterPattern(pattern);
      if (!parsed.ok) throw new Error(parsed.message);
      const of = { ...(a === undefined ? {} : { a }), ...(c === undefined ? {} : { b: { c } }) };
      const is = matchFilterPattern(parsed.value, of).kind;
      const why = explainFilterMismatch(parsed.value, of);
      expect(why !== undefined).toBe(is === "no");
      if (why !== undefined) expect(["a", "b.c"]).toContain(why.path.join("."));
    }),
  );
});

it.each([
  ["{ $.l[0] = b }", ["a", "b"], "no"],
  ["{ $.l[0] = a }", ["a", "b"], "yes"],
  ["{ $.l[1] = a }", ["x", "b", "a"], "no"],
  ["{ $.l[*] = b }", ["a", "b"], "yes"],
])("%s asks the item that it names alone: %j, %s", (text, l, is) => {
  const parsed = parseFilterPattern(text);
  expect(parsed.ok && matchFilterPattern(parsed.value, { l }).kind).toBe(is);
});
