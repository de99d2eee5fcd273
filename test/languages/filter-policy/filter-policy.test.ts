import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { acceptsMessage, parseFilterPolicy } from "../../../src/languages/filter-policy/filter-policy.js";
import type { ParsedFilterPolicy } from "../../../src/languages/filter-policy/filter-policy.js";
import type { MessageBody } from "../../../src/languages/filter-policy/filter-policy.js";
import type { Truth } from "../../../src/shared/truth.js";

const body = {
  kind: "json",
  value: {
    AlarmName: "egress-5xx",
    NewStateValue: "ALARM",
    AlarmDescription: null,
    Tags: [],
    Trigger: {
      Period: 300,
      Dimensions: [
        { name: "Channel", value: "live1" },
        { name: "StatusCodeRange", value: "5xx" },
      ],
    },
    Ip: "203.0.113.9",
    Levels: ["high", "page"],
  },
  free: ["NewStateReason", "Trigger.*"],
} satisfies MessageBody;
const ask = (policy: JsonObject, scope = "MessageBody", message: MessageBody = body): Truth =>
  acceptsMessage({ policy, scope, body: message });

describe("a filter on attributes", () => {
  test.each<readonly [fact: string, policy: JsonObject, is: Truth]>([
    ["drops a message without attributes", { severity: ["high"] }, "no"],
    ["drops it even where an attribute must be missing", { severity: [{ exists: false }] }, "no"],
    ["lets pass where it is empty", {}, "yes"],
  ])("%s", (_fact, policy, is) => {
    expect(ask(policy, "MessageAttributes")).toBe(is);
  });
});

describe("a filter on the body", () => {
  test.each<readonly [fact: string, policy: JsonObject, is: Truth]>([
    ["takes a value that is listed", { NewStateValue: ["OK", "ALARM"] }, "yes"],
    ["drops a value that is not listed", { NewStateValue: ["OK"] }, "no"],
    ["is case-sensitive", { NewStateValue: ["alarm"] }, "no"],
    ["drops where the key is missing", { severity: ["high"] }, "no"],
    ["wants all keys", { NewStateValue: ["ALARM"], severity: ["high"] }, "no"],
    ["does not know a free value", { NewStateReason: [{ prefix: "Threshold" }] }, "unknown"],
    [
      "drops whatever a free value is, where another key fails",
      { NewStateReason: [{ prefix: "T" }], NewStateValue: ["OK"] },
      "no",
    ],
    ["does not know members that may be there", { Trigger: { Statistic: ["SUM"] } }, "unknown"],
    ["knows the members that are named", { Trigger: { Period: [300] } }, "yes"],
    ["takes a prefix", { AlarmName: [{ prefix: "egress-" }] }, "yes"],
    ["takes a suffix", { AlarmName: [{ suffix: "4xx" }] }, "no"],
    ["takes a wildcard", { AlarmName: [{ wildcard: "*-5*" }] }, "yes"],
    ["takes any case", { AlarmName: [{ "equals-ignore-case": "EGRESS-5XX" }] }, "yes"],
    ["excludes a value", { NewStateValue: [{ "anything-but": "ALARM" }] }, "no"],
    ["excludes other values", { NewStateValue: [{ "anything-but": ["OK", "INSUFFICIENT_DATA"] }] }, "yes"],
    ["excludes a prefix", { AlarmName: [{ "anything-but": { prefix: "egress" } }] }, "no"],
    ["excludes nothing that is missing", { severity: [{ "anything-but": "low" }] }, "no"],
    ["compares numbers", { Trigger: { Period: [{ numeric: [">", 60, "<=", 300] }] } }, "yes"],
    ["compares no text as a number", { AlarmName: [{ numeric: [">", 0] }] }, "no"],
    ["does not take a number for a text", { Trigger: { Period: ["300"] } }, "no"],
    ["takes an address in a network", { Ip: [{ cidr: "203.0.113.0/24" }] }, "yes"],
    ["drops an address of another network", { Ip: [{ cidr: "198.51.100.0/24" }] }, "no"],
    ["finds a key", { NewStateValue: [{ exists: true }] }, "yes"],
    ["finds no missing key", { severity: [{ exists: true }] }, "no"],
    ["takes a missing key where it must be missing", { severity: [{ exists: false }] }, "yes"],
    ["counts null as no value", { AlarmDescription: [{ exists: true }] }, "no"],
    ["takes null as null", { AlarmDescription: [null] }, "yes"],
    ["counts an empty list as no value", { Tags: [{ exists: true }] }, "no"],
    ["does not decide exists on an object", { Trigger: [{ exists: true }] }, "unknown"],
    ["takes one value of a list", { Levels: ["page"] }, "yes"],
    [
      "takes one branch of $or",
      { $or: [{ NewStateValue: ["OK"] }, { AlarmName: [{ prefix: "e" }] }] },
      "yes",
    ],
    [
      "drops where no branch of $or fits",
      { NewStateValue: ["ALARM"], $or: [{ severity: ["a"] }, { severity: ["b"] }] },
      "no",
    ],
    [
      "finds one item that has both",
      { Trigger: { Dimensions: { name: ["Channel"], value: ["live1"] } } },
      "yes",
    ],
    ["finds no item that has it", { Trigger: { Dimensions: { value: ["live2"] } } }, "no"],
    [
      "does not decide keys of different items",
      { Trigger: { Dimensions: { name: ["Channel"], value: ["5xx"] } } },
      "unknown",
    ],
    ["does not know new operators", { AlarmName: [{ sounds: "like" }] }, "unknown"],
    ["does not understand a leaf that is no list", { AlarmName: "egress-5xx" }, "unknown"],
  ])("%s", (_fact, policy, is) => {
    expect(ask(policy)).toBe(is);
  });
  test("drops a body that is not JSON", () => {
    expect(ask({ a: ["b"] }, "MessageBody", { kind: "text" })).toBe("no");
  });
  test("says nothing of a body that nobody knows", () => {
    expect(ask({ a: ["b"] }, "MessageBody", { kind: "unknown" })).toBe("unknown");
  });
});

const malformed = { kind: "malformed" } as const;
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}["b"]${"}".repeat(depth)}`;

test.each<readonly [source: JsonValue, parsed: ParsedFilterPolicy]>([
  ['{"a":["b"]}', { kind: "policy", policy: { a: ["b"] } }],
  [{ a: ["b"] }, { kind: "policy", policy: { a: ["b"] } }],
  ["[]", malformed],
  ["{", malformed],
  [7, malformed],
])("the policy %j is read", (source, parsed) => {
  expect(parseFilterPolicy(source)).toEqual(parsed);
});

test.each<readonly [what: string, source: JsonValue]>([
  ["5,000 members deep", nested(5_000)],
  ["200,000 members deep", nested(200_000)],
  ["5,000 alternatives deep", `${'{"$or":['.repeat(5_000)}{"a":["b"]},{"c":["d"]}${"]}".repeat(5_000)}`],
  [
    "with 20,000 values",
    JSON.stringify({ a: Array.from({ length: 20_000 }, (_, at) => `v${at.toString()}`) }),
  ],
  ["of 300 KB", JSON.stringify({ a: ["x".repeat(300_000)] })],
])("a policy %s is too complex, and overflows nothing", (_, source) => {
  expect(parseFilterPolicy(source)).toEqual({ kind: "too-complex" });
});

test("as many values as SNS accepts are read", () => {
  const values = Array.from({ length: 150 }, (_, at) => `v${at.toString()}`);
  expect(parseFilterPolicy(JSON.stringify({ a: { b: { c: { d: values } } } }))).toMatchObject({
    kind: "policy",
  });
});

const leaf = fc.array(
  fc.oneof(
    fc.constantFrom<JsonValue>(
      "ALARM",
      "OK",
      null,
      300,
      { exists: true },
      { exists: false },
      { prefix: "A" },
      { "anything-but": ["OK"] },
    ),
  ),
  { minLength: 1, maxLength: 3 },
);
const policies = fc.dictionary(
  fc.constantFrom("NewStateValue", "NewStateReason", "severity", "Levels"),
  leaf,
  { maxKeys: 3 },
);
const rank: Readonly<Record<Truth, number>> = { no: 0, unknown: 1, yes: 2 };

test("a value that becomes known never turns a decided answer", () => {
  fc.assert(
    fc.property(policies, fc.constantFrom<JsonValue>("ALARM", "OK", null, 300, "x"), (policy, reason) => {
      const before = ask(policy);
      const after = ask(policy, "MessageBody", {
        kind: "json",
        value: { ...body.value, NewStateReason: reason },
      });
      if (before !== "unknown" && after !== "unknown") expect(after).toBe(before);
    }),
    { numRuns: 500 },
  );
});
test("another key never lets more pass", () => {
  fc.assert(
    fc.property(policies, leaf, (policy, more) => {
      if (Object.keys(policy).length > 0)
        expect(rank[ask({ ...policy, extra: more })]).toBeLessThanOrEqual(rank[ask(policy)]);
    }),
    { numRuns: 300 },
  );
});
test("any JSON object is judged, never thrown at", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (policy) =>
      ["yes", "no", "unknown"].includes(ask(policy as JsonObject)),
    ),
    { numRuns: 300 },
  );
});
