import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import { parseFilterPattern } from "../../../src/languages/filter-pattern/filter-pattern.js";
import type { FilterPattern } from "../../../src/languages/filter-pattern/ast.js";
import { decideFilterPatterns, matchFilterPattern } from "../../../src/languages/filter-pattern/match.js";
import { printFilterPattern } from "../../../src/languages/filter-pattern/print.js";
import {
  ANYTHING,
  anyText,
  exactly,
  oneOf,
  optional,
  partialList,
  partialRecord,
  type PartialRecord,
  type PartialValue,
} from "../../../src/languages/partial-record/partial-record.js";

function parsed(text: string): FilterPattern {
  const result = parseFilterPattern(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.value;
}

const decided = (texts: string | readonly string[], record: PartialRecord) =>
  decideFilterPatterns([texts].flat().map(parsed), record);

/** An API call from any caller and region, successful or not. */
const call = (eventName: string, eventSource: string) =>
  partialRecord({
    eventName: exactly(eventName),
    eventSource: exactly(eventSource),
    awsRegion: oneOf("eu-west-1", "us-east-1"),
    sourceIPAddress: anyText({ examples: ["203.0.113.7"] }),
    errorCode: optional(anyText({ examples: ["AccessDenied"] })),
    userIdentity: partialRecord({ type: oneOf("IAMUser", "AssumedRole", "Root") }),
  });

describe("whether a demanded call is always matched", () => {
  const route = call("CreateRoute", "ec2.amazonaws.com");
  it.each([
    ["{ $.eventName = CreateRoute }", "always"],
    ['{ ($.eventName = "DeleteRoute") || ($.eventName="CreateRoute") }', "always"],
    ['{ $.eventName = "Create*" && $.eventSource = "ec2*" }', "always"],
    ["{ $.eventName = DeleteRoute }", "never"],
    ["{ $.eventName = DeleteRoute && $.anything = 1 }", "never"],
    ["{ $.eventName = CreateRoute && $.errorCode NOT EXISTS }", "sometimes"],
    ['{ $.eventName = CreateRoute && $.awsRegion = "eu-west-1" }', "sometimes"],
    ['{ $.eventName = CreateRoute && ($.awsRegion = "eu-west-1" || $.awsRegion = "us-east-1") }', "always"],
    ["{ $.eventName = CreateRoute && ($.errorCode NOT EXISTS || $.errorCode = *) }", "always"],
    ['{ $.eventName = CreateRoute && $.errorCode != "Throttling" }', "sometimes"],
    ['{ $.eventName = CreateRoute && $.userIdentity.type != "AWSService" }', "always"],
    [
      '{ $.eventName = CreateRoute && $.userIdentity.sessionContext.attributes.mfaAuthenticated != "true" }',
      "sometimes",
    ],
    ['{ $.eventName = "C*e" }', "unknown"],
    ['{ $.eventName = "C*e" || $.eventName = CreateRoute }', "always"],
    ['{ $.eventName = "C*e" && $.errorCode NOT EXISTS }', "sometimes"],
    ["", "always"],
    ["CreateRoute", "always"],
    ["-CreateRoute", "never"],
    ["[a, b]", "unknown"],
  ])("%s: %s", (text, kind) => {
    expect(decided(text, route).kind).toBe(kind);
  });

  it("the witness is the smallest record that slips through", () => {
    const decision = decided('{ $.eventName = CreateRoute && $.sourceIPAddress = "10.*" }', route);
    expect(decision).toMatchObject({
      kind: "sometimes",
      witness: { eventName: "CreateRoute", sourceIPAddress: "203.0.113.7" },
    });
  });

  it("several filters may cover a call together", () => {
    const halves = [
      "{ $.eventName = CreateRoute && $.errorCode NOT EXISTS }",
      "{ $.eventName = CreateRoute && $.errorCode = * }",
    ];
    expect(decided(halves, route).kind).toBe("always");
    expect(decided(halves.slice(1), route)).toMatchObject({
      kind: "sometimes",
      witness: { eventName: "CreateRoute" },
    });
    expect(decided([], route).kind).toBe("never");
  });

  it("wildcards split free text exactly", () => {
    const free = partialRecord({ a: anyText() }, "absent");
    expect(decided('{ $.a = "x*" || $.a != "x*" }', free).kind).toBe("always");
    expect(decided('{ $.a = "x*" && $.a = "*y" && $.a != "*z*" && $.a != "xy" }', free)).toMatchObject({
      kind: "sometimes",
    });
    expect(decided("{ $.a = %^x% && $.a = %^y% }", free).kind).toBe("never");
    expect(decided("{ $.a = %^[a-m]% || $.a = %^[^a-m]% }", free).kind).toBe("always");
  });

  it("a fixed beginning of a free text counts", () => {
    const arn = partialRecord({ arn: anyText({ prefix: "arn:aws:iam::111111111111:user/" }) });
    expect(decided('{ $.arn = "arn:aws:iam::111111111111:*" }', arn).kind).toBe("always");
    expect(decided('{ $.arn = "*:role/*" }', arn)).toMatchObject({ kind: "sometimes" });
    expect(decided('{ $.arn = "arn:aws-cn:*" }', arn).kind).toBe("never");
  });

  it("lists, numbers and members that nothing is known of are explored", () => {
    const open = partialRecord({});
    expect(decided('{ $.l[0] = "a" && $.l[1] NOT EXISTS }', open)).toMatchObject({
      kind: "sometimes",
      matched: { l: ["a"] },
    });
    expect(decided('{ $.l[*] = "a" && $.l[*] = "b" }', open)).toMatchObject({
      kind: "sometimes",
      matched: { l: expect.arrayContaining(["a", "b"]) as unknown },
    });
    expect(decided("{ $.n > 5 && $.n < 6 }", open)).toMatchObject({ kind: "sometimes", matched: { n: 5.5 } });
    expect(decided("{ $.n > 5 && $.n < 5 }", open).kind).not.toBe("always");
    expect(decided("{ $.a.b IS TRUE && $.a.c IS NULL }", open)).toMatchObject({
      kind: "sometimes",
      matched: { a: { b: true, c: null } },
    });
  });

  it("too many cases end as unknown or with a witness, never with a guess", () => {
    const many = Array.from({ length: 24 }, (_, at) => `($.k${at} = "*a*" || $.k${at} NOT EXISTS)`).join(
      " && ",
    );
    const free = partialRecord(
      Object.fromEntries(
        Array.from({ length: 24 }, (_, at) => [`k${at}`, optional(anyText({ prefix: "a" }))]),
      ),
      "absent",
    );
    expect(["unknown", "always"]).toContain(decided(`{ ${many} }`, free).kind);
  });
});

// A second, naive evaluator over a small language of its own, where AWS documents everything.
type Naive =
  | { readonly op: "and"; readonly parts: readonly Naive[] }
  | { readonly op: "or"; readonly parts: readonly Naive[] }
  | {
      readonly op: "=" | "!=";
      readonly at: string;
      readonly lead: boolean;
      readonly text: string;
      readonly trail: boolean;
    }
  | { readonly op: "gone"; readonly at: string }
  | { readonly op: "null"; readonly at: string };

const names = ["a", "b", "o.x"];
const joined = (op: "and" | "or", node: fc.Arbitrary<Naive>) =>
  fc.record({
    op: fc.constant(op),
    parts: fc.array(node, { minLength: 2, maxLength: 3 }),
  }) as fc.Arbitrary<Naive>;
const leaf = fc.oneof(
  fc.record({
    op: fc.constantFrom("=" as const, "!=" as const),
    at: fc.constantFrom(...names),
    lead: fc.boolean(),
    text: fc.constantFrom("p", "q", "pq", "qp"),
    trail: fc.boolean(),
  }),
  fc.record({ op: fc.constantFrom("gone" as const, "null" as const), at: fc.constantFrom(...names) }),
);
const naive: fc.Arbitrary<Naive> = fc.letrec<{ node: Naive }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf as fc.Arbitrary<Naive>,
    joined("and", tie("node")),
    joined("or", tie("node")),
  ),
})).node;

function write(node: Naive): string {
  if (node.op === "and" || node.op === "or")
    return `(${node.parts.map(write).join(node.op === "and" ? "&&" : " || ")})`;
  if (node.op === "gone") return `$.${node.at} NOT EXISTS`;
  if (node.op === "null") return `$.${node.at} IS NULL`;
  return `$.${node.at} ${node.op} "${node.lead ? "*" : ""}${node.text}${node.trail ? "*" : ""}"`;
}

function holds(node: Naive, record: JsonObject): boolean {
  if (node.op === "and") return node.parts.every((part) => holds(part, record));
  if (node.op === "or") return node.parts.some((part) => holds(part, record));
  const found = node.at
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      record,
    );
  if (node.op === "gone") return found === undefined;
  if (node.op === "null") return found === null;
  if (typeof found !== "string") return false;
  return (
    new RegExp(`^${node.lead ? ".*" : ""}${node.text}${node.trail ? ".*" : ""}$`, "s").test(found) ===
    (node.op === "=")
  );
}

const texts = ["p", "q", "pq", "qp", "z", "zpqz"];
const values: readonly (JsonValue | undefined)[] = [undefined, { y: 1 }, ...texts];
const universe = values.flatMap((a) =>
  values.flatMap((b) => [...texts, null, undefined].map((x) => toRecord(a, b, x))),
);

function toRecord(a: JsonValue | undefined, b: JsonValue | undefined, x: JsonValue | undefined): JsonObject {
  return {
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
    ...(x === undefined ? {} : { o: { x } }),
  };
}

describe("properties", () => {
  it("agrees with a naive evaluator", () => {
    fc.assert(
      fc.property(naive, fc.constantFrom(...universe), (node, record) => {
        const isNullBeside =
          Object.values(record["o"] ?? {}).includes(null) && write(node).includes("$.o.x !=");
        if (!isNullBeside)
          expect(matchFilterPattern(parsed(`{${write(node)}}`), record).kind).toBe(
            holds(node, record) ? "yes" : "no",
          );
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it("decides a finite set as trying each record does", () => {
    const domain = fc.uniqueArray(fc.constantFrom<JsonValue>("gone", ...texts), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(naive, domain, domain, domain, (node, a, b, x) => {
        const pattern = parsed(`{${write(node)}}`);
        const records = a.flatMap((va) =>
          b.flatMap((vb) =>
            x.map((vx) =>
              toRecord(
                ...([va, vb, vx].map((value) => (value === "gone" ? undefined : value)) as [
                  JsonValue,
                  JsonValue,
                  JsonValue,
                ]),
              ),
            ),
          ),
        );
        const yes = records.filter((record) => holds(node, record)).length;
        const decision = decideFilterPatterns(
          [pattern],
          partialRecord({ a: among(a), b: among(b), o: partialRecord({ x: among(x) }, "absent") }, "absent"),
        );
        expect(decision.kind).toBe(yes === records.length ? "always" : yes === 0 ? "never" : "sometimes");
      }),
      { numRuns: 3000, seed: 2 },
    );
  });

  it("decides an infinite set no differently than many of its records, and proves it with witnesses", () => {
    const field = fc.constantFrom<PartialValue>(
      ANYTHING,
      anyText(),
      optional(anyText()),
      anyText({ prefix: "p" }),
      anyText({ suffix: "q" }),
      oneOf("p", "q"),
      partialList(exactly("p")),
    );
    const tries = universe.flatMap((record) => [
      record,
      ...(typeof record["a"] === "string" ? [{ ...record, a: `p${record["a"]}q` }] : []),
    ]);
    fc.assert(
      fc.property(
        naive,
        field,
        field,
        fc.array(fc.constantFrom(...tries), { minLength: 30, maxLength: 30 }),
        (node, a, b, tried) => {
          const pattern = parsed(`{${write(node)}}`);
          const set = partialRecord({ a, b });
          const decision = decideFilterPatterns([pattern], set);
          const inSet = tried.filter((record) => isIn(a, record["a"]) && isIn(b, record["b"]));
          const answers = new Set(inSet.map((record) => matchFilterPattern(pattern, record).kind));
          if (decision.kind === "always") expect([...answers]).toEqual(answers.size === 0 ? [] : ["yes"]);
          if (decision.kind === "never") expect([...answers]).toEqual(answers.size === 0 ? [] : ["no"]);
          if (decision.kind === "never" || decision.kind === "sometimes")
            expectWitness(pattern, [a, b], [decision.witness, "no"]);
          if (decision.kind === "sometimes" && decision.matched !== undefined)
            expectWitness(pattern, [a, b], [decision.matched, "yes"]);
          if (decision.kind === "unknown") expect(answers.has("no")).toBe(false);
        },
      ),
      { numRuns: 3000, seed: 3 },
    );
  });

  it("printing and parsing come back to the same print", () => {
    fc.assert(
      fc.property(naive, (node) => {
        const pattern = parsed(`{${write(node)}}`);
        expect(parsed(printFilterPattern(pattern))).toEqual(pattern);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it("parsing never throws, and refuses at a place inside the text", () => {
    const noise = fc.string({
      maxLength: 60,
      unit: fc.constantFrom(
        ...Array.from("{}[]()$.*%\"'|&=!<>- \\^?ab1,"),
        "NOT EXISTS",
        "IS NULL",
        "$.a = ",
        "é",
        "\n",
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          noise,
          noise.map((text) => `{ ${text} }`),
          noise.map((text) => `{ $.a = %${text}% }`),
          noise.map((text) => `[${text}]`),
          fc.string(),
        ),
        (text) => {
          const result = parseFilterPattern(text);
          if (!result.ok) expect(result.at >= 0 && result.at <= text.length).toBe(true);
          else expect(matchFilterPattern(result.value, "a b").kind).toMatch(/yes|no|unknown/);
        },
      ),
      { numRuns: 2000, seed: 5 },
    );
  });
});

function among(options: readonly JsonValue[]): PartialValue {
  return {
    kind: "either",
    options: options.map((value) => (value === "gone" ? { kind: "absent" } : exactly(value))),
  };
}

function isIn(value: PartialValue, found: JsonValue | undefined): boolean {
  if (value.kind === "anything") return true;
  if (value.kind === "absent") return found === undefined;
  if (value.kind === "either") return value.options.some((option) => isIn(option, found));
  if (value.kind === "text")
    return (
      typeof found === "string" &&
      found.length > value.prefix.length + value.suffix.length &&
      found.startsWith(value.prefix) &&
      found.endsWith(value.suffix)
    );
  if (value.kind === "exactly") return JSON.stringify(value.value) === JSON.stringify(found);
  return value.kind === "list" && Array.isArray(found) && found.length === value.items.length;
}

function expectWitness(
  pattern: FilterPattern,
  [a, b]: readonly [PartialValue, PartialValue],
  [witness, answer]: readonly [JsonObject, string],
): void {
  expect(isIn(a, witness["a"]) && isIn(b, witness["b"])).toBe(true);
  expect(matchFilterPattern(pattern, witness).kind).toBe(answer);
}
