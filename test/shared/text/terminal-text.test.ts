import { describe, expect, it } from "vitest";
import { printable, printableJson, printableLines } from "../../../src/shared/text/terminal-text.js";

describe("printable", () => {
  it.each([
    ["an escape sequence is spelled out", "a\u001b[31mb", "a\\u{1b}[31mb"],
    ["a C1 control, which is an escape sequence in one character", "\u009b31m", "\\u{9b}31m"],
    ["a line feed cannot forge a line", "main\n✔ all passed", "main\\n✔ all passed"],
    ["a carriage return cannot overwrite a line", "a\rb", "a\\rb"],
    ["a bidi override cannot turn a name around", "\u202egpj.exe", "\\u{202e}gpj.exe"],
    ["a zero-width space cannot make two names look the same", "ma\u200bin", "ma\\u{200b}in"],
    ["an invisible tag character", "a\u{e0041}", "a\\u{e0041}"],
    ["a blank letter", "a\u3164", "a\\u{3164}"],
    ["half of a surrogate pair", "a\ud800", "a\\u{d800}"],
    [
      "what is no character at all, and is forbidden in XML",
      "a\ufffe\uffff\u{1ffff}\ufdd0",
      "a\\u{fffe}\\u{ffff}\\u{1ffff}\\u{fdd0}",
    ],
    [
      "letters of any script, symbols and emoji are left alone",
      "größe 監視 ✔ 🚨 {a: 'b'}",
      "größe 監視 ✔ 🚨 {a: 'b'}",
    ],
  ])("%s", (_title, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it("lines are kept apart where there may be several, whatever ends them", () => {
    expect(printableLines("a \\\r\n  b\u0007\n\n")).toEqual(["a \\", "  b\\u{7}"]);
  });

  it("JSON keeps its value", () => {
    const value = { "\u202e": ["\u009b", "\u{e0041}", "\u007f", "é"] };
    const out = printableJson(JSON.stringify(value, undefined, 2));
    expect(out).toContain('"\\u202e"');
    expect(out).toContain("\\udb40\\udc41");
    expect(JSON.parse(out)).toEqual(value);
  });
});
