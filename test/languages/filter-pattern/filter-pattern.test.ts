import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { parseFilterPattern } from "../../../src/languages/filter-pattern/filter-pattern.js";
import type { FilterPattern } from "../../../src/languages/filter-pattern/ast.js";
import { isOverBroad } from "../../../src/languages/filter-pattern/breadth.js";
import { matchFilterPattern } from "../../../src/languages/filter-pattern/match.js";
import { printFilterPattern } from "../../../src/languages/filter-pattern/print.js";

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/${file}.json`, import.meta.url), "utf8"));
const vectors = read("filter-pattern-vectors") as readonly {
  readonly pattern: string;
  readonly record: JsonObject;
  readonly expected: boolean | "invalid";
}[];
const controls = read("cis-controls") as readonly {
  readonly sh: number | null;
  readonly pattern?: string;
  readonly E?: readonly string[];
  readonly source?: string;
}[];

function parsed(text: string): FilterPattern {
  const result = parseFilterPattern(text);
  if (!result.ok) throw new Error(`${text}: ${result.message} at ${result.at}`);
  return result.value;
}

function answer(text: string, record: JsonObject | string): string {
  const result = parseFilterPattern(text);
  return result.ok ? matchFilterPattern(result.value, record).kind : "invalid";
}

const oneOfNames = (names: readonly string[]) =>
  `{ ${names.map((name) => `($.eventName = ${name})`).join(" || ")} }`;

describe("documented answers", () => {
  it.each(vectors)("$pattern on $record is $expected", ({ pattern, record, expected }) => {
    expect(answer(pattern, record)).toBe(expected === "invalid" ? "invalid" : expected ? "yes" : "no");
  });
});

describe("the CIS controls", () => {
  const pattern = (sh: number) => controls.find((control) => control.sh === sh)?.pattern ?? "";
  const root = { eventType: "AwsApiCall", userIdentity: { type: "Root" } };

  it.each([
    [1, root, "yes"],
    [1, { ...root, userIdentity: { type: "Root", invokedBy: "x.amazonaws.com" } }, "no"],
    [1, { ...root, eventType: "AwsServiceEvent" }, "no"],
    [1, { ...root, userIdentity: { type: "IAMUser" } }, "no"],
    [2, { errorCode: "Client.UnauthorizedOperation" }, "yes"],
    [2, { errorCode: "UnauthorizedOperation" }, "yes"],
    [2, { errorCode: "AccessDenied" }, "yes"],
    [2, { errorCode: "AccessDeniedException" }, "yes"],
    [2, {}, "no"],
    [2, { errorCode: "ThrottlingException" }, "no"],
    [3, signIn("No"), "yes"],
    [3, signIn("Yes"), "no"],
    [6, { eventName: "ConsoleLogin", errorMessage: "Failed authentication" }, "yes"],
    [6, { eventName: "ConsoleLogin" }, "no"],
  ])("CloudWatch.%i on %j is %s", (sh, record, expected) => {
    expect(answer(pattern(sh), record)).toBe(expected);
  });

  it("lists of names match each of their names and no other", () => {
    for (const { E: names = [] } of controls) {
      for (const name of names) expect(answer(oneOfNames(names), { eventName: name })).toBe("yes");
      if (names.length > 0) expect(answer(oneOfNames(names), { eventName: "DescribeInstances" })).toBe("no");
    }
  });

  function signIn(MFAUsed: string): JsonObject {
    return {
      eventName: "ConsoleLogin",
      userIdentity: { type: "IAMUser" },
      additionalEventData: { MFAUsed },
      responseElements: { ConsoleLogin: "Success" },
    };
  }
});

describe("what AWS does not document is unknown, and no more than that", () => {
  it.each([
    ['{ $.a = "5" }', { a: 5 }, "unknown"],
    ['{ $.a = "5" }', { a: "5" }, "yes"],
    ['{ $.a = "5" }', { a: 6 }, "no"],
    ["{ $.a = 5 }", { a: "5" }, "unknown"],
    ["{ $.a = 5 }", { a: "6" }, "no"],
    ["{ $.a = 5 }", { a: "x" }, "no"],
    ["{ $.a > 5 }", { a: "7" }, "unknown"],
    ["{ $.a > 5 }", { a: "4" }, "no"],
    ["{ $.a != 5 }", { a: "x" }, "unknown"],
    ['{ $.a != "x" }', { a: null }, "unknown"],
    ['{ $.a != "x" }', { a: { b: "y" } }, "no"],
    ['{ $.a = "a*b" }', { a: "a*b" }, "yes"],
    ['{ $.a = "a*b" }', { a: "axb" }, "unknown"],
    ['{ $.a = "a*b" }', { a: "xb" }, "no"],
    ['{ $.a != "a*b" }', { a: "xb" }, "yes"],
    ['{ $.a = "*a*" }', { a: "xax" }, "yes"],
    ["{ $.a = * }", { a: true }, "unknown"],
    ["{ $.a = * }", { a: null }, "unknown"],
    ["{ $.a = * }", {}, "no"],
    ["{ $.a = * }", { a: { b: 1 } }, "no"],
    ["{ $.a IS TRUE }", { a: "true" }, "unknown"],
    ["{ $.a IS FALSE }", { a: true }, "no"],
    ["{ $.a is true }", { a: true }, "unknown"],
    ["{ $.a is true }", {}, "no"],
    ["{ $.a not exists }", {}, "unknown"],
    ["{ $.a = us-east-1 }", { a: "us-east-1" }, "unknown"],
    ["{ $.a = us-east-1 }", {}, "no"],
    ['{ $.l[*] != "a" }', { l: ["b", "c"] }, "yes"],
    ['{ $.l[*] != "a" }', { l: ["a", "a"] }, "no"],
    ['{ $.l[*] != "a" }', { l: ["a", "b"] }, "unknown"],
    ["{ $.l[*] NOT EXISTS }", { l: [1] }, "no"],
    ["{ $.l[*] NOT EXISTS }", {}, "unknown"],
    ['{ $.o.* = "b" }', { o: { x: "a", y: "b" } }, "yes"],
    ["{ $.l[1] NOT EXISTS }", { l: ["a"] }, "yes"],
    ["{ $.a.b NOT EXISTS }", { a: "text" }, "yes"],
    ["{ $.a NOT EXISTS }", { a: {} }, "no"],
    ['{ $.a = "x" || $.b = 5 }', { a: "x", b: "5" }, "yes"],
    ['{ $.a = "y" && $.b = 5 }', { a: "x", b: "5" }, "no"],
    ["{ $.constructor = * }", {}, "no"],
    ["{ $.a = %^Put(Bucket)?% }", {}, "invalid"],
    ["{ $.a = %^Put[A-Z][a-z]{5}$% }", { a: "PutBucketAcl" }, "no"],
    ["{ $.a = %^Put[A-Z][a-z]{5}$% }", { a: "PutObject" }, "yes"],
    ["{ $.a = %Delete|\\x50ut% }", { a: "xPut" }, "yes"],
    ["{ $.a = %^\\d+\\.\\d$% }", { a: "12.3" }, "yes"],
    ["{ $.a = %^\\D$% }", { a: "1" }, "no"],
    ["{ $.a = %[^a-c]% }", { a: "abc" }, "no"],
    ["{ $.a = %1% }", { a: 1 }, "unknown"],
    ["{ $.a = %a b% }", { a: "a b" }, "unknown"],
  ])("%s on %j is %s", (text, record, expected) => {
    expect(answer(text, record)).toBe(expected);
  });
});

describe("a refused pattern says where and why", () => {
  it.each([
    ["{ $.a = }", 8, /value/],
    ["{ $.a }", 6, /NOT EXISTS/],
    ["{ ($.a = 1 }", 11, /expected \)/],
    ["{ $.a = 1 } x", 12, /the end/],
    ["{ $.a = 1 & $.b = 2 }", 10, /&& or \|\|/],
    ["{ eventName = x }", 2, /selector/],
    ["{ $ = x }", 3, /names a property/],
    ['{ $.a > "x" }', 11, /takes a number/],
    ['{ $.a = "x }', 8, /not closed/],
    ["{ $.a = %a(b)% }", 11, /parentheses/],
    ["{ $.a = %é% }", 9, /single-byte/],
    ["{ $.a[*].b[*] = 1 }", 2, /one wildcard/],
    ["{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }", 0, /wildcard selectors/],
    ["{ $.a = %a% || $.b = %b% || $.c = %c% }", 0, /regular expressions/],
    ["", 1024, /longer/],
  ])("%s at %i", (text, at, message) => {
    const refused = text === "" ? " ".repeat(1025) : text;
    expect(parseFilterPattern(refused)).toMatchObject({
      ok: false,
      at,
      message: expect.stringMatching(message) as unknown,
    });
  });

  it("parentheses nested beyond 100 levels are refused, not followed", () => {
    expect(parseFilterPattern(`{ ${"(".repeat(400)}$.a = 1${")".repeat(400)} }`)).toMatchObject({
      ok: false,
      message: expect.stringContaining("deeper") as unknown,
    });
    expect(parseFilterPattern(`{ ${"(".repeat(100)}$.a = 1${")".repeat(100)} }`)).toMatchObject({ ok: true });
  });
});

describe("patterns of words", () => {
  const line = "[ERROR 400] PutObject failed for bucket logs";
  it.each([
    ["", "yes"],
    ["  ", "yes"],
    ['""', "yes"],
    ['" "', "yes"],
    ["ERROR", "yes"],
    ["error", "no"],
    ["ERROR failed", "yes"],
    ["ERROR succeeded", "no"],
    ["Object", "unknown"],
    ["?WARN ?ERROR", "yes"],
    ["?WARN ?INFO", "no"],
    ["?WARN ERROR", "yes"],
    ["?ERROR WARN", "no"],
    ["?ERROR -WARN", "unknown"],
    ["ERROR -bucket", "no"],
    ["ERROR -Warn", "yes"],
    ['"failed for"', "yes"],
    ["%ERR[A-Z]+ 4\\d\\d%", "unknown"],
    ["%ERR[A-Z]+%", "yes"],
    ["a.b", "unknown"],
  ])("%s is %s", (text, expected) => {
    expect(answer(text, line)).toBe(expected);
  });

  it("words are found in the line of a record", () => {
    expect(answer("ConsoleLogin", { eventName: "ConsoleLogin" })).toBe("yes");
    expect(answer("ConsoleLogin", { eventName: "PutObject" })).toBe("no");
  });

  it("a line that is not JSON never matches a JSON pattern", () => {
    expect(answer("{ $.a NOT EXISTS }", "not json")).toBe("no");
    expect(answer("{ $.a NOT EXISTS }", "[1]")).toBe("no");
    expect(answer("{ $.a = 1 }", '{"a":1}')).toBe("yes");
  });
});

describe("space-delimited patterns", () => {
  const line = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
  it.each([
    ["[ip, id, user, timestamp, request, status_code, bytes]", "yes"],
    ["[ip, id, user, timestamp, request = *html*, status_code = 4*, bytes]", "yes"],
    ["[ip, id, user, timestamp, request, status_code = 404 || status_code = 410, bytes > 1000]", "yes"],
    ["[ip, id, user, timestamp, request, status_code = 404 && status_code != 404, bytes]", "no"],
    ["[..., status_code = 4*, bytes]", "yes"],
    ["[..., bytes > 2000]", "no"],
    ["[ip = 127.0.0.1, ...]", "yes"],
    ["[ip = 10.*, ...]", "no"],
    ["[ip, user]", "unknown"],
    ["[a, b, c, d, e, f, g, h]", "no"],
  ])("%s is %s", (text, expected) => {
    expect(answer(text, line)).toBe(expected);
  });

  it("a JSON record is not divided into fields", () => {
    expect(answer("[a, ...]", { a: 1 })).toBe("unknown");
  });
});

describe("over-broad patterns", () => {
  it.each([
    ["", true],
    ['{ $.sourceIPAddress != "delivery.logs.amazonaws.com" }', true],
    [vectors.at(-1)?.pattern ?? "", true],
    ["{ $.errorCode NOT EXISTS }", true],
    ['{ $.eventName = "*" }', true],
    ["{ $.eventName = DeleteTrail }", false],
    ['{ $.userIdentity.type = "AssumedRole" }', false],
    ...controls.flatMap(({ pattern, E }): [string, boolean][] => [
      ...(pattern === undefined ? [] : [[pattern, false] as [string, boolean]]),
      ...(E === undefined ? [] : [[oneOfNames(E), false] as [string, boolean]]),
    ]),
  ])("%s: %s", (text, expected) => {
    expect(isOverBroad(parsed(text))).toBe(expected);
  });
});

describe("printing", () => {
  it("keeps precedence", () => {
    expect(printFilterPattern(parsed("{$.a=1||$.b=2&&$.c=3}"))).toBe("{ $.a = 1 || ($.b = 2 && $.c = 3) }");
    expect(printFilterPattern(parsed("{($.a=1||$.b=2)&&$.['c d'] NOT EXISTS}"))).toBe(
      "{ ($.a = 1 || $.b = 2) && $.['c d'] NOT EXISTS }",
    );
  });
});

// Each is so large that whatever tries one way after the other would never end.
describe("hostile input is answered", () => {
  it("a regular expression that makes backtracking engines run away", () => {
    expect(answer(`{ $.a = %${"a*".repeat(200)}$% }`, { a: `${"a".repeat(3000)}b` })).toBe("yes");
    expect(answer(`{ $.a = %^${"a?".repeat(200)}b$% }`, { a: "a".repeat(3000) })).toBe("no");
  });

  it("a wildcard with very many stars", () => {
    expect(answer(`{ $.a = "*${"a*".repeat(450)}b" }`, { a: "a".repeat(100_000) })).toBe("no");
  });

  it("a repetition that would need very many states is refused", () => {
    expect(answer("{ $.a = %a{1000}b{1000}c{1000}d{1000}e{1000}% }", {})).toBe("invalid");
    expect(answer("{ $.a = %a{2,1}% }", {})).toBe("invalid");
  });
});
