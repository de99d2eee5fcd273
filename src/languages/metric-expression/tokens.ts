import { SyntaxProblem } from "../../shared/parsed.js";

/** A piece of an expression. An `id` begins in lower case, a `word` in upper case; `text` is without its quotation marks. */
export type ExpressionToken = {
  readonly kind: "number" | "id" | "word" | "text" | "mark";
  readonly text: string;
  readonly at: number;
};

const TOKEN =
  /\s*(?:(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<id>[a-z]\w*)|(?<word>[A-Z]\w*)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<mark>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/uy;

const SPELLINGS: Readonly<Record<string, string>> = { "&&": "AND", "||": "OR" };

/** Splits an expression into tokens. @throws SyntaxProblem where there is none. */
export function tokenizeMetricExpression(text: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxProblem("this is no part of an expression", from);
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray): ExpressionToken {
  const { number, id, word, double, single, mark } = match.groups ?? {};
  const at = match.index + match[0].length - match[0].trimStart().length;
  if (number !== undefined) return { kind: "number", text: number, at };
  if (id !== undefined) return { kind: "id", text: id, at };
  if (word === "AND" || word === "OR") return { kind: "mark", text: word, at };
  if (word !== undefined) return { kind: "word", text: word, at };
  if (mark !== undefined) return { kind: "mark", text: SPELLINGS[mark] ?? mark, at };
  return { kind: "text", text: double ?? single ?? "", at };
}
