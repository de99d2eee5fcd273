import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic, Position } from "../../../src/core/diagnostic.js";
import { renderDiagnostics } from "../../../src/loaders/diagnostics/render-diagnostics.js";

const render = (diagnostic: Partial<Diagnostic>): string =>
  renderDiagnostics([{ code: "bad-value", file: "rules/a.yaml", message: "wrong", ...diagnostic }], {
    color: false,
  });
const at = (column: number, line = 4): Position => ({ line, column, length: 1 });

test("a diagnostic reads as the style guide shows it", () => {
  const text = render({
    file: "rules/s3/bucket-versioning.yaml",
    position: at(11),
    excerpt: "severity: mediun",
    hint: 'did you mean "medium"?',
    message: 'severity: "mediun" is not one of info, low, medium, high, critical',
  });
  expect(text)
    .toBe(`rules/s3/bucket-versioning.yaml:4:11: severity: "mediun" is not one of info, low, medium, high, critical (bad-value)
  4 | severity: mediun
    |           ^ did you mean "medium"?
`);
});

test.each([
  [
    "without a position there is no excerpt",
    { hint: "mend it" },
    "rules/a.yaml: wrong (bad-value)\n  mend it\n",
  ],
  [
    "the margin is as wide as the line's number",
    { position: at(1, 1234), excerpt: "x" },
    "rules/a.yaml:1234:1: wrong (bad-value)\n  1234 | x\n       | ^\n",
  ],
  [
    "a tab is two columns",
    { position: at(3), excerpt: "\ta: b" },
    "rules/a.yaml:4:3: wrong (bad-value)\n  4 |   a: b\n    |    ^\n",
  ],
  [
    "wide characters are two columns",
    { position: at(4), excerpt: "字字 x" },
    "rules/a.yaml:4:4: wrong (bad-value)\n  4 | 字字 x\n    |      ^\n",
  ],
  [
    "emoji are two columns, combining marks none",
    { position: at(6), excerpt: "😀e\u0301 x" },
    "rules/a.yaml:4:6: wrong (bad-value)\n  4 | 😀e\u0301 x\n    |     ^\n",
  ],
  [
    "control characters are spelled out, and the caret follows",
    { position: at(3), excerpt: "\u001bax", message: "a\u0007" },
    "rules/a.yaml:4:3: a\\u{7} (bad-value)\n  4 | \\u{1b}ax\n    |        ^\n",
  ],
  [
    "a place after the last character is shown there",
    { position: at(4), excerpt: "abc" },
    "rules/a.yaml:4:4: wrong (bad-value)\n  4 | abc\n    |    ^\n",
  ],
] as const)("%s", (_, diagnostic, expected) => {
  expect(render(diagnostic)).toBe(expected);
});

test.each([
  ["at its beginning", 1],
  ["in its middle", 5001],
  ["at its end", 9999],
])("a long line is cut around the caret %s", (_, column) => {
  const excerpt = `${"a".repeat(column - 1)}!${"b".repeat(9999 - column)}`;
  const [, line = "", caret = ""] = render({ position: at(column), excerpt }).split("\n");
  expect(line.length).toBeLessThan(120);
  expect(line[caret.indexOf("^")]).toBe("!");
});

test("colour changes nothing but colour", () => {
  const diagnostic: Diagnostic = {
    code: "bad-value",
    file: "a.yaml",
    message: "wrong",
    position: { line: 1, column: 2, length: 1 },
    excerpt: "ab",
    hint: "h",
  };
  const colored = renderDiagnostics([diagnostic], { color: true });
  expect(colored).not.toBe(renderDiagnostics([diagnostic], { color: false }));
  expect(colored.replace(/\u001b\[\d+m/gu, "")).toBe(renderDiagnostics([diagnostic], { color: false }));
});

test("nothing in a file or a message reaches the terminal as a command", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(80), (text, column) => {
      const excerpt = text.replaceAll("\n", " ");
      const printed = render({
        file: text,
        message: text,
        hint: text,
        excerpt,
        position: at(Math.min(column, excerpt.length) + 1),
      });
      expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(printed.split("\n")).toHaveLength(4);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [200, 200, ""],
  [201, 200, "and 1 more problem in 1 file, which are not shown\n"],
  [10_000, 200, "and 9800 more problems in 98 files, which are not shown\n"],
])("of %i problems %i are shown, and the others are counted", (count, shown, end) => {
  const diagnostics = Array.from({ length: count }, (_, index) => ({
    code: "bad-value" as const,
    file: `rules/${Math.floor(count === 10_000 ? index / 100 : 0).toString()}.yaml`,
    message: "wrong",
  }));
  const text = renderDiagnostics(diagnostics, { color: false });
  expect(text.split("(bad-value)\n")).toHaveLength(shown + 1);
  expect(text.split("(bad-value)\n").at(-1)).toBe(end);
});
