import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Diagnostic } from "../../../src/core/diagnostic.js";
import { decode } from "../../../src/loaders/read-text.js";
import { readYaml } from "../../../src/loaders/yaml/read-yaml.js";
import { places } from "../support/plugins.js";

const valueOf = (text: string): unknown => readYaml(text, "a.yaml").content?.value;

test.each([
  [
    "dates, yes, no and on stay text",
    "a: 2026-01-02\nb: no\nc: on\nd: yes",
    { a: "2026-01-02", b: "no", c: "on", d: "yes" },
  ],
  [
    "keys stay as they are written",
    "3.10: a\n007: b\ntrue: c\n~: d",
    { "3.10": "a", "007": "b", true: "c", "~": "d" },
  ],
  ["an alias is the value that it names", "a: &x [1, 2]\nb: *x", { a: [1, 2], b: [1, 2] }],
  [
    "an alias names the latest anchor before it",
    "a: &x 1\nb: *x\nc: &x 2\nd: *x",
    { a: 1, b: 1, c: 2, d: 2 },
  ],
  ["of a key that stands twice the first counts", "a: 1\na: 2", { a: 1 }],
])("%s", (_, text, expected) => {
  expect(valueOf(text)).toEqual(expected);
});

test("a key named __proto__ is data, and changes no prototype", () => {
  const value = valueOf("__proto__: { polluted: true }\nconstructor: 1");
  expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test("an alias bomb is refused at the alias that goes too far, and never written out", () => {
  const lines = [
    "l0: &l0 [x, x, x, x, x, x, x, x, x]",
    ...Array.from(
      { length: 12 },
      (_, at) =>
        `l${(at + 1).toString()}: &l${(at + 1).toString()} [${Array(9).fill(`*l${at.toString()}`).join(", ")}]`,
    ),
  ];
  const { diagnostics } = readYaml(lines.join("\n"), "a.yaml");
  expect(diagnostics.map(({ code }) => code)).toEqual(["alias-bomb"]);
  expect(diagnostics[0]?.position?.line).toBe(5);
});

test.each([
  ["brackets", "[".repeat(30_000)],
  ["dashes", "- ".repeat(30_000)],
  ["braces", "{a: ".repeat(30_000)],
  ["question marks", "? ".repeat(30_000)],
])("%s nested without end are too deep, and exhaust no stack", (_, text) => {
  expect(readYaml(text, "a.yaml").diagnostics.map(({ code }) => code)).toEqual(["too-deep"]);
});

test("fifty thousand keys are checked in linear time", () => {
  const text = Array.from({ length: 50_000 }, (_, at) => `k${at.toString()}:`).join("\n");
  expect(Object.keys(valueOf(`${text}\nk7: x`) as object)).toHaveLength(50_000);
  expect(places(readYaml(`${text}\nk7: x`, "a.yaml").diagnostics)).toEqual(["duplicate-key 50001:1"]);
}, 15_000);

test("a place inside an alias is the alias", () => {
  const places = readYaml("a: &x { b: 1 }\nc: *x", "a.yaml").content!.places;
  expect([places.ofValue(["c", "b"]), places.ofKey(["c", "b"]), places.ofValue(["a", "b"])]).toMatchObject([
    { line: 2, column: 4 },
    { line: 2, column: 1 },
    { line: 1, column: 12 },
  ]);
});

test("a path that leads nowhere gives the nearest place that exists", () => {
  const { places } = readYaml("a:\n  b: 1\n", "a.yaml").content!;
  expect(places.ofKey(["a", "c", 3])).toMatchObject({ line: 1, column: 1 });
});

describe("a stretch of a value's text is found in the source", () => {
  test.each([
    ["plain", "a: one two", 1, 8],
    ["double quotes", 'a: "one two"', 1, 9],
    ["double quotes with escapes before it", 'a: "\\u0041\\n\\"\\x41 two"', 1, 20, 5],
    ["single quotes with a quote before it", "a: 'it''s two'", 1, 11, 5],
    ["a literal block", "a: |\n    one\n    two", 3, 5],
    ["a literal block with an empty line", "a: |\n  one\n\n  two", 4, 3, 5],
    ["a folded block", "a: >-\n  one\n  two", 3, 3],
    ["a plain value over two lines", "a: one\n  two", 2, 3],
  ])("%s", (_, text, line, column, offset = 4) => {
    const { places } = readYaml(text, "a.yaml").content!;
    expect(places.within(["a"], { offset, length: 3 })).toEqual({ line, column, length: 3 });
  });
});

function expectInside(text: string, diagnostics: readonly Diagnostic[]): void {
  const lines = text
    .replace(/^\ufeff/u, "")
    .split("\n")
    .map((line) => line.replace(/\r$/u, ""));
  for (const { position, excerpt, message } of diagnostics) {
    expect(message).not.toMatch(/node_modules|\bat .*:\d+:\d+/u);
    if (position === undefined) continue;
    const line = lines[position.line - 1];
    expect(line).toBe(excerpt);
    expect(position.column).toBeGreaterThanOrEqual(1);
    // One column after the last is where something is missing.
    expect(position.column + position.length - 1).toBeLessThanOrEqual(
      Math.max(line!.length, position.column) + 1,
    );
    expect(position.column).toBeLessThanOrEqual(line!.length + 2);
  }
}

const fragments = [
  "a: ",
  "- ",
  "\n",
  "  ",
  "\t",
  "[",
  "]",
  "{",
  "}",
  "&x ",
  "*x",
  "!t ",
  '"',
  "'",
  "|",
  ">",
  "#",
  ": ",
  "? ",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "<<: ",
  "é",
  "字",
  "\ufeff",
  "\r",
  "\0",
  "\ud800",
  "@",
  "`",
  ",",
  "\\",
  "1",
  ".inf",
];

test("any text is read or refused, never thrown at, and every position lies inside it", () => {
  const yamlish = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), yamlish), (text) => {
      const { diagnostics, content } = readYaml(text, "a.yaml");
      expect(diagnostics.length > 0 || content !== undefined).toBe(true);
      expectInside(text, diagnostics);
    }),
    { numRuns: 1500 },
  );
});

test("any bytes are text or refused, and every position lies inside them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const decoded = decode("a.yaml", bytes);
      if (!decoded.ok)
        expectInside(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), decoded.diagnostics);
    }),
    { numRuns: 1000 },
  );
});

test("what is written as YAML is read as the same value", () => {
  // JSON.stringify first, since JSON has no -0.
  const json = fc
    .jsonValue({ maxDepth: 4 })
    .filter(
      (value) =>
        !["null", "<<"].some(
          (word) => JSON.stringify(value) === word || JSON.stringify(value).includes('"<<":'),
        ),
    )
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  fc.assert(
    fc.property(json, (value) => {
      const { diagnostics, content } = readYaml(stringify(value, { aliasDuplicateObjects: false }), "a.yaml");
      expect(diagnostics).toEqual([]);
      expect(content?.value).toEqual(value);
    }),
    { numRuns: 500 },
  );
});
