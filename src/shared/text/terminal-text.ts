import { spellCommands, spelled } from "./runner-commands.js";

/**
 * What a terminal could obey, or a reader could not see: controls (C0, DEL, C1), bidi overrides, zero-width and other format characters,
 * line separators, lone surrogates, code points that are no characters (XML forbids two of them), blank letters and
 * variation selectors. Names in AWS are chosen by people whom nobody vetted.
 */
const unprintable =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0\u{e0100}-\u{e01ef}]/gu;
// Line ends are the layout of JSON text, and by far the most of what would be looked at.
const unprintableInLine = new RegExp(`${unprintable.source}(?<!\\n)`, "gu");
// Most texts are nothing but this, which is told much faster.
const plain = /^[\n -~]*$/u;
const familiar: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text fit for one line of a terminal or a log: what could steer it or deceive a reader is spelled out, such as `\u{1b}` for ESC, and so is what a runner would obey. */
export function printable(text: string): string {
  return spellCommands(visible(text), spelled);
}

/** Text in which every character can be seen, for languages that have a spelling of their own for what else is harmful. */
export function visible(text: string): string {
  return text.replace(unprintable, (character) => familiar[character] ?? spelled(character));
}

/** The lines of a text that may have several, each fit for a terminal; blank lines at the end are dropped. */
export function printableLines(text: string): readonly string[] {
  return linesOf(text).map(printable);
}

/** The lines of a text, without blank ones at its end. */
export function linesOf(text: string): readonly string[] {
  return text.trimEnd().split(/\r?\n/u);
}

/** JSON text in which strings hold no such character: the value is the same, the bytes are harmless in a terminal and in a log. */
export function printableJson(json: string): string {
  const shown = plain.test(json) ? json : json.replace(unprintableInLine, jsonEscape);
  return spellCommands(shown, jsonEscape);
}

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
