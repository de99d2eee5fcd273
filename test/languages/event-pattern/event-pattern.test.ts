import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import {
  LONGEST_EVENT_PATTERN,
  parseEventPattern,
  type EventPattern,
} from "../../../src/languages/event-pattern/event-pattern.js";
import { explainMismatch } from "../../../src/languages/event-pattern/explain.js";
import { matchesEventPattern } from "../../../src/languages/event-pattern/match.js";
import { printEventPattern } from "../../../src/languages/event-pattern/print.js";

type Vector = {
  readonly id: string;
  readonly pattern: string;
  readonly event: JsonObject;
  readonly expected: boolean | "invalid";
};
const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/${file}.json`, import.meta.url), "utf8"));
const vectors = read("event-pattern-vectors") as readonly Vector[];
// Answers of event-ruler 2.0.1 itself, to questions that the vectors leave open.
const ruler = read("event-pattern-ruler") as readonly Omit<Vector, "id">[];
const events = read("mediapackage-events") as Readonly<Record<string, JsonObject>>;
const cases = read("mediapackage-patterns") as readonly {
  readonly id: string;
  readonly types: readonly string[];
  readonly patterns: readonly string[];
  readonly missed: readonly string[];
  readonly why: string;
}[];
const ofType: Readonly<Record<string, readonly string[]>> = {
  input: ["IN-max", "IN-sw1", "IN-sw2"],
  key: ["KP-1", "KP-2"],
  harvest: ["HJ-ok1", "HJ-ko1", "HJ-ok2", "HJ-ko2"],
  vod: ["VD-in", "VD-pl"],
  v2: ["V2-ok", "V2-ko"],
};

function parsed(text: string): EventPattern {
  const result = parseEventPattern(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.pattern;
}

function answer(pattern: string, event: JsonObject): boolean | "invalid" {
  const result = parseEventPattern(pattern);
  return result.ok ? matchesEventPattern(result.pattern, event) : "invalid";
}

describe("conformance with event-ruler", () => {
  it.each(vectors)("$id: $pattern on $event is $expected", ({ pattern, event, expected }) => {
    expect(answer(pattern, event)).toBe(expected);
  });

  it.each(ruler)("$pattern on $event is $expected", ({ pattern, event, expected }) => {
    expect(answer(pattern, event)).toBe(expected);
  });
});

describe("patterns for MediaPackage events", () => {
  it.each(cases)("$id: $why", ({ types, patterns, missed }) => {
    const wanted = types.flatMap((type) => ofType[type] ?? []);
    const slipsThrough = (id: string) =>
      !patterns.some((text) => matchesEventPattern(parsed(text), events[id] ?? {}));
    expect(wanted.filter(slipsThrough)).toEqual(missed);
  });
});

describe("a refused pattern says where and why", () => {
  it.each([
    ['{"detail":{"event":["x",{"regex":"y"}]}}', ["detail", "event", 1], /"regex" is not an operator/],
    ['{"a":"x"}', ["a"], /an object or a list/],
    ['{"$or":[{"a":["x"]},{"b":{}}]}', ["$or", 1, "b"], /empty object/],
    ['{"$or":[{"a":["x"]},{"wildcard":["y"]}]}', ["$or", 1, "wildcard"], /reserved/],
    ['{"a":[{"numeric":[">",1,"<",1]}]}', ["a", 0], /upper bound/],
    ['{"a":[1e999]}', ["a", 0], /range of numbers/],
    ['{"a":[{"cidr":"10.0.0.1/32"}]}', ["a", 0], /single address/],
  ])("%s", (text, path, message) => {
    expect(parseEventPattern(text)).toMatchObject({
      ok: false,
      path,
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each([
    ['{"a":["x"]', 10],
    ['{"a":["x",]}', 10],
    ['{"a":[01]}', 7],
    ['{"a":["x"]} {}', 12],
    ["{'a':['x']}", 1],
    ["", 0],
  ])("text that is not JSON is refused at its offset: %s", (text, at) => {
    expect(parseEventPattern(text)).toMatchObject({ ok: false, at });
  });

  it("nesting beyond 100 levels is refused, not followed", () => {
    const deep = `${'{"a":'.repeat(30_000 / 5)}["x"]${"}".repeat(30_000 / 5)}`;
    expect(parseEventPattern(deep)).toMatchObject({
      ok: false,
      message: expect.stringContaining("deeper than 100") as unknown,
    });
  });

  it("more than 1000 $or combinations are counted, not expanded", () => {
    const or = (key: string) =>
      `"${key}":{"$or":[${Array.from({ length: 32 }, (_, at) => `{"k${at}":["x"]}`).join(",")}]}`;
    expect(parseEventPattern(`{${or("a")},${or("b")}}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining("1024") as unknown,
    });
    expect(
      parseEventPattern(`{${Array.from({ length: 40 }, (_, at) => or(`n${at}`)).join(",")}}`),
    ).toMatchObject({ ok: false });
  });

  it("a text longer than any quota is refused", () => {
    expect(parseEventPattern(" ".repeat(LONGEST_EVENT_PATTERN + 1))).toMatchObject({ ok: false });
  });
});

describe("keys that are given twice", () => {
  it("an outer key written after the $or overrides the branch", () => {
    const text = '{"$or":[{"a":["x"]},{"b":["y"]}],"a":["z"]}';
    expect(answer(text, { a: "z" })).toBe(true);
    expect(answer(text, { a: "x" })).toBe(false);
  });

  it("objects of one name are read together", () => {
    expect(answer('{"a":{"b":["x"]},"a":{"c":["y"]}}', { a: { c: "y" } })).toBe(false);
  });

  it("a key named like a part of every object is an ordinary key", () => {
    expect(answer('{"__proto__":["x"]}', JSON.parse('{"__proto__":"x"}') as JsonObject)).toBe(true);
    expect(answer('{"constructor":[{"exists":true}]}', {})).toBe(false);
  });
});

describe("explaining a mismatch", () => {
  it.each([
    [
      '{"source":["aws.mediapackage"],"detail":{"event":["MaxIngestStreamsError"]}}',
      "IN-sw1",
      "detail.event",
      'detail.event is "InputSwitchEvent"; the pattern accepts "MaxIngestStreamsError"',
    ],
    [
      '{"source":["aws.mediapackage"],"detail":{"EventDetails":{"Channel":["live1"]}}}',
      "IN-max",
      "detail.EventDetails.Channel",
      'detail.EventDetails.Channel is absent; the pattern accepts "live1"',
    ],
    [
      '{"source":["aws.mediapackage-vod"],"region":["eu-west-1"]}',
      "VD-in",
      "source",
      'source is "aws.mediapackage"; the pattern accepts "aws.mediapackage-vod"',
    ],
    [
      '{"detail":{"harvest_job":[{"exists":true}]}}',
      "HJ-ok1",
      "detail.harvest_job",
      'detail.harvest_job is an object, which counts as absent; the pattern accepts {"exists":true}',
    ],
    [
      '{"$or":[{"region":["eu-west-1"],"source":["x"]},{"source":["aws.mediapackage"],"account":["1",{"prefix":"2"}]}]}',
      "KP-1",
      "account",
      'account is "111122223333"; the pattern accepts "1" or {"prefix":"2"}',
    ],
  ])("%s on %s names %s", (text, id, key, reason) => {
    expect(explainMismatch(parsed(text), events[id] ?? {})).toMatchObject({ key, reason });
  });

  it("says when different elements of a list meet the keys", () => {
    const found = explainMismatch(parsed('{"e":{"f":["Ann"],"l":["Lee"]}}'), {
      e: [
        { f: "Ann", l: "Ito" },
        { f: "Bo", l: "Lee" },
      ],
    });
    expect(found).toMatchObject({
      key: "e.l",
      reason: expect.stringContaining("no single element") as unknown,
    });
  });

  it("is undefined exactly for the events that match", () => {
    for (const { pattern, event, expected } of vectors) {
      if (expected !== "invalid")
        expect(explainMismatch(parsed(pattern), event) === undefined).toBe(expected);
    }
  });
});

describe("printing", () => {
  it("parsing the print gives the pattern again", () => {
    for (const { pattern, expected } of [...vectors, ...ruler]) {
      if (expected !== "invalid") expect(parsed(printEventPattern(parsed(pattern)))).toEqual(parsed(pattern));
    }
  });
});

// Each is so large that whatever tries one way after the other would never end.
describe("hostile input is answered", () => {
  it("a wildcard with very many stars on a long text", () => {
    const pattern = parsed(`{"a":[{"wildcard":"${"*a".repeat(900)}*b"}]}`);
    expect(matchesEventPattern(pattern, { a: "a".repeat(200_000) })).toBe(false);
  });

  it("many independent lists", () => {
    const keys = Array.from({ length: 30 }, (_, at) => `k${at}`);
    const pattern = parsed(`{${keys.map((key) => `"${key}":{"x":[1],"y":[2]}`).join(",")}}`);
    const list = [...Array.from({ length: 200 }, () => ({ x: 1, y: 3 })), { x: 1, y: 2 }];
    expect(matchesEventPattern(pattern, Object.fromEntries(keys.map((key) => [key, list])))).toBe(true);
  });

  it("an event nested deeper than any call stack", () => {
    let list: JsonObject["x"] = "x";
    for (let depth = 0; depth < 100_000; depth += 1) list = [list];
    expect(answer('{"a":["x"]}', { a: list })).toBe(true);
  });

  it("a wide pattern is read", () => {
    const text = `{${Array.from({ length: 5000 }, (_, at) => `"k${at}":[1]`).join(",")}}`;
    expect(parseEventPattern(text)).toMatchObject({ ok: true });
  });
});
