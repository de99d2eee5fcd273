import { TokenCursor } from "../token-cursor.js";
import { parseWith, SyntaxProblem, type Parsed } from "../../shared/parsed.js";
import { tokenizeMetricExpression, type ExpressionToken } from "./tokens.js";

/** An operator of metric maths between two operands. */
export type BinaryOperator =
  "+" | "-" | "*" | "/" | "^" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "AND" | "OR";

/** An expression of CloudWatch metric maths as alarms use it. `word` is a bare argument such as REPEAT, LINEAR, AVG or DESC. */
export type MetricExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "list"; readonly items: readonly MetricExpression[] }
  | { readonly kind: "negate"; readonly operand: MetricExpression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: MetricExpression;
      readonly right: MetricExpression;
    }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly MetricExpression[] };

const MAX_DEPTH = 100;
// AWS accepts 2,048 characters.
const MAX_LENGTH = 10_000;

// From loose to tight; AND and OR are looser than all of these.
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
];

/**
 * Parses an expression. Function names and AND, OR are upper case, as AWS demands; `&&` and `||` are AND and OR.
 * Where AWS does not say how to read it (`-a^b`, `a^b^c`, AND beside OR without parentheses) the answer is malformed, not a guess. Never throws.
 */
export function parseMetricExpression(text: string): Parsed<MetricExpression> {
  return parseWith(() => {
    if (text.length > MAX_LENGTH)
      throw new SyntaxProblem("the expression is longer than AWS accepts", MAX_LENGTH);
    const cursor = new ExpressionCursor(tokenizeMetricExpression(text), text.length);
    const expression = parseLogical(cursor, 0);
    return cursor.isAtEnd() ? expression : cursor.expected("an operator or the end");
  });
}

/** Walks over the tokens of one expression. */
class ExpressionCursor extends TokenCursor<ExpressionToken> {
  mark(text: string): boolean {
    return this.takeIf((token) => token.kind === "mark" && token.text === text);
  }

  demand(text: string): void {
    if (!this.mark(text)) this.expected(text);
  }
}

function parseLogical(cursor: ExpressionCursor, depth: number): MetricExpression {
  if (depth > MAX_DEPTH) cursor.refuse("nested too deeply");
  let left = parseLevel(cursor, 0, depth);
  let first: BinaryOperator | undefined;
  for (
    let operator = operatorAt(cursor, ["AND", "OR"]);
    operator !== undefined;
    operator = operatorAt(cursor, ["AND", "OR"])
  ) {
    first ??= operator;
    if (operator !== first)
      cursor.refuse("AWS does not say which of AND and OR binds tighter: add parentheses");
    left = { kind: "binary", operator, left, right: parseLevel(cursor, 0, depth) };
  }
  return left;
}

function parseLevel(cursor: ExpressionCursor, level: number, depth: number): MetricExpression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor, depth);
  let left = parseLevel(cursor, level + 1, depth);
  for (
    let operator = operatorAt(cursor, operators);
    operator !== undefined;
    operator = operatorAt(cursor, operators)
  ) {
    left = { kind: "binary", operator, left, right: parseLevel(cursor, level + 1, depth) };
  }
  return left;
}

function operatorAt(
  cursor: ExpressionCursor,
  operators: readonly BinaryOperator[],
): BinaryOperator | undefined {
  return operators.find((operator) => cursor.mark(operator));
}

function parseUnary(cursor: ExpressionCursor, depth: number): MetricExpression {
  if (depth > MAX_DEPTH) cursor.refuse("nested too deeply");
  if (!cursor.mark("-")) return parsePower(cursor, depth);
  const isTwice = cursor.peek()?.text === "-";
  const operand = isTwice ? parseUnary(cursor, depth + 1) : parsePrimary(cursor, depth);
  if (cursor.mark("^")) cursor.refuse("AWS does not say whether - or ^ binds tighter: add parentheses");
  return { kind: "negate", operand };
}

function parsePower(cursor: ExpressionCursor, depth: number): MetricExpression {
  const base = parsePrimary(cursor, depth);
  if (!cursor.mark("^")) return base;
  const exponent = cursor.mark("-")
    ? ({ kind: "negate", operand: parsePrimary(cursor, depth) } as const)
    : parsePrimary(cursor, depth);
  if (cursor.mark("^")) cursor.refuse("AWS does not say which ^ comes first: add parentheses");
  return { kind: "binary", operator: "^", left: base, right: exponent };
}

function parsePrimary(cursor: ExpressionCursor, depth: number): MetricExpression {
  if (cursor.mark("(")) {
    const inner = parseLogical(cursor, depth + 1);
    cursor.demand(")");
    return inner;
  }
  if (cursor.mark("[")) return { kind: "list", items: parseItems(cursor, "]", depth) };
  const token = cursor.next();
  if (token.kind === "number") return { kind: "number", value: Number(token.text) };
  if (token.kind === "text") return { kind: "text", text: token.text };
  if (token.kind === "id") return { kind: "id", id: token.text };
  if (token.kind !== "word") throw new SyntaxProblem("expected a number, an id, a function or (", token.at);
  return cursor.mark("(")
    ? { kind: "call", name: token.text, args: parseItems(cursor, ")", depth) }
    : { kind: "word", word: token.text };
}

function parseItems(cursor: ExpressionCursor, close: string, depth: number): readonly MetricExpression[] {
  if (cursor.mark(close)) return [];
  const items = [parseLogical(cursor, depth + 1)];
  while (cursor.mark(",")) items.push(parseLogical(cursor, depth + 1));
  cursor.demand(close);
  return items;
}
