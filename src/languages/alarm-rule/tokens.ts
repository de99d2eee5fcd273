import { SyntaxProblem } from "../../shared/parsed.js";

/** A piece of a composite rule: `text` as written, `value` without quotes and escapes, `at` its offset in characters. */
export type RuleToken = {
  readonly kind: "(" | ")" | "," | "word" | "quoted";
  readonly text: string;
  readonly value: string;
  readonly at: number;
};

const TOKEN = /\s*(?:(?<mark>[(),])|"(?<quoted>(?:\\"|[^"])*)"|(?<word>(?:\\"|[^\s(),"])+))/uy;

/** Splits a composite rule into tokens. @throws SyntaxProblem for a quotation mark that is not closed. */
export function tokenizeAlarmRule(text: string): readonly RuleToken[] {
  const tokens: RuleToken[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxProblem("a quotation mark is not closed", from);
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray): RuleToken {
  const { mark, quoted, word } = match.groups ?? {};
  const text = match[0].trimStart();
  const at = match.index + match[0].length - text.length;
  if (mark === "(" || mark === ")" || mark === ",") return { kind: mark, text, value: mark, at };
  return {
    kind: quoted === undefined ? "word" : "quoted",
    text,
    value: (quoted ?? word ?? "").replaceAll('\\"', '"'),
    at,
  };
}
