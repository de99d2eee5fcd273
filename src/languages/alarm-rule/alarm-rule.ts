import { TokenCursor } from "../token-cursor.js";
import { parseWith, SyntaxProblem, type Parsed } from "../../shared/parsed.js";
import { tokenizeAlarmRule, type RuleToken } from "./tokens.js";

/** A state of a CloudWatch alarm. */
export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What AT_LEAST counts up to: a number of alarms, or a share of the list in percent. */
export type Quorum =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "percent"; readonly percent: number };

/** A composite rule as written. A `chain` is a run of AND and OR without parentheses: `operators[i]` stands after `operands[i]`. */
export type RuleTree =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "state"; readonly state: AlarmState; readonly child: string }
  | { readonly kind: "not"; readonly operand: RuleTree }
  | {
      readonly kind: "chain";
      readonly operands: readonly RuleTree[];
      readonly operators: readonly ("AND" | "OR")[];
    }
  | {
      readonly kind: "at-least";
      readonly quorum: Quorum;
      readonly negated: boolean;
      readonly state: AlarmState;
      readonly children: readonly string[];
    };

// AWS allows 500 elements; anything deeper or longer is not a rule that AWS has accepted.
const MAX_DEPTH = 100;
const MAX_LENGTH = 50_000;
const STATES = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;
const ALARM_ARN = /^arn:[^:]+:cloudwatch:[^:]+:[^:]+:alarm:(.+)$/su;

/** The alarm's name that a reference by name or ARN means; children live in the composite's own account and region. */
export function alarmNameOf(reference: string): string {
  return ALARM_ARN.exec(reference)?.[1] ?? reference;
}

/** Parses the AlarmRule of a composite alarm. Keywords in any case; names are case-sensitive, ARNs become names. Never throws. */
export function parseAlarmRule(text: string): Parsed<RuleTree> {
  return parseWith(() => {
    if (text.length > MAX_LENGTH) throw new SyntaxProblem("the rule is longer than AWS accepts", MAX_LENGTH);
    const cursor = new RuleCursor(tokenizeAlarmRule(text), text.length);
    const tree = parseChain(cursor, 0);
    return cursor.isAtEnd() ? tree : cursor.expected("AND, OR or the end");
  });
}

/** Walks over the tokens of one rule. */
class RuleCursor extends TokenCursor<RuleToken> {
  keyword<Word extends string>(...words: readonly Word[]): Word | undefined {
    const token = this.peek();
    const found =
      token?.kind === "word" ? words.find((word) => word === token.text.toUpperCase()) : undefined;
    if (found !== undefined) this.position += 1;
    return found;
  }

  mark(mark: "(" | ")" | ","): boolean {
    return this.takeIf(({ kind }) => kind === mark);
  }

  demand(mark: "(" | ")" | ","): void {
    if (!this.mark(mark)) this.expected(mark);
  }
}

function parseChain(cursor: RuleCursor, depth: number): RuleTree {
  if (depth > MAX_DEPTH) cursor.expected("fewer nested parentheses");
  const first = parseNegation(cursor, depth);
  const operands = [first];
  const operators: ("AND" | "OR")[] = [];
  for (
    let operator = cursor.keyword("AND", "OR");
    operator !== undefined;
    operator = cursor.keyword("AND", "OR")
  ) {
    operators.push(operator);
    operands.push(parseNegation(cursor, depth));
  }
  return operators.length === 0 ? first : { kind: "chain", operands, operators };
}

function parseNegation(cursor: RuleCursor, depth: number): RuleTree {
  if (depth > MAX_DEPTH) cursor.expected("fewer NOTs in a row");
  return cursor.keyword("NOT") === undefined
    ? parsePrimary(cursor, depth)
    : { kind: "not", operand: parseNegation(cursor, depth + 1) };
}

function parsePrimary(cursor: RuleCursor, depth: number): RuleTree {
  if (cursor.mark("(")) {
    const inner = parseChain(cursor, depth + 1);
    cursor.demand(")");
    return inner;
  }
  const constant = cursor.keyword("TRUE", "FALSE");
  if (constant !== undefined) return { kind: "constant", value: constant === "TRUE" };
  if (cursor.keyword("AT_LEAST") !== undefined) return parseAtLeast(cursor);
  const state =
    cursor.keyword(...STATES) ?? cursor.expected("ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, TRUE, FALSE or (");
  cursor.demand("(");
  const child = parseName(cursor);
  cursor.demand(")");
  return { kind: "state", state, child };
}

function parseAtLeast(cursor: RuleCursor): RuleTree {
  cursor.demand("(");
  const quorum = parseQuorum(cursor);
  cursor.demand(",");
  const negated = cursor.keyword("NOT") !== undefined;
  const state = cursor.keyword(...STATES) ?? cursor.expected("a state");
  cursor.demand(",");
  cursor.demand("(");
  const children = [parseName(cursor)];
  while (cursor.mark(",")) children.push(parseName(cursor));
  cursor.demand(")");
  cursor.demand(")");
  return { kind: "at-least", quorum, negated, state, children };
}

function parseQuorum(cursor: RuleCursor): Quorum {
  const { text, at } = cursor.next();
  const match = /^(\d{1,9})(%?)$/u.exec(text);
  if (match === null) throw new SyntaxProblem("expected a number or a percentage", at);
  const value = Number(match[1]);
  return match[2] === "%" ? { kind: "percent", percent: value } : { kind: "number", number: value };
}

function parseName(cursor: RuleCursor): string {
  const token = cursor.next();
  if (token.kind !== "word" && token.kind !== "quoted")
    throw new SyntaxProblem("expected an alarm's name or ARN", token.at);
  return alarmNameOf(token.value);
}
