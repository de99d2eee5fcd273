import { TokenCursor } from "../token-cursor.js";
import { parseWith, SyntaxProblem, type Parsed } from "../../shared/parsed.js";

/** A function over the observations of all matched series. */
export type InsightsFunction = "AVG" | "COUNT" | "MAX" | "MIN" | "SUM";

/** One term of WHERE; the key is a dimension's name, a tag (`tag.team`) or `AWS.AccountId`. */
export type InsightsCondition = { readonly key: string; readonly equals: boolean; readonly value: string };

/** A Metrics Insights query. `schema` is the exact set of dimension names; undefined means any set. */
export type InsightsQuery = {
  readonly function: InsightsFunction;
  readonly metric: string;
  readonly namespace: string;
  readonly schema?: readonly string[];
  readonly where: readonly InsightsCondition[];
  readonly groupBy: readonly string[];
  readonly orderBy?: { readonly function: InsightsFunction; readonly descending: boolean };
  readonly limit?: number;
};

type Token = { readonly kind: "word" | "name" | "text" | "mark"; readonly text: string; readonly at: number };

const FUNCTIONS: readonly InsightsFunction[] = ["AVG", "COUNT", "MAX", "MIN", "SUM"];
const TOKEN =
  /\s*(?:(?<word>[\w.]+)|"(?<name>(?:\\.|[^"\\])*)"|'(?<text>(?:\\.|[^'\\])*)'|(?<mark>!=|[(),=]))/uy;
const MAX_LENGTH = 10_000;

/** Whether an expression is a query, not metric maths. */
export function isInsightsQuery(expression: string): boolean {
  return /^\s*SELECT\s/iu.test(expression);
}

/** Parses `SELECT … FROM … [WHERE …] [GROUP BY …] [ORDER BY …] [LIMIT n]`. Keywords in any case, identifiers case-sensitive. Never throws. */
export function parseInsightsQuery(text: string): Parsed<InsightsQuery> {
  return parseWith(() => {
    if (text.length > MAX_LENGTH) throw new SyntaxProblem("the query is longer than AWS accepts", MAX_LENGTH);
    const cursor = new QueryCursor(tokenize(text), text.length);
    const query = parseQuery(cursor);
    return cursor.isAtEnd() ? query : cursor.expected("the end of the query");
  });
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxProblem("this is no part of a query", from);
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray): Token {
  const { word, name, text, mark } = match.groups ?? {};
  const at = match.index + match[0].length - match[0].trimStart().length;
  if (word !== undefined) return { kind: "word", text: word, at };
  if (mark !== undefined) return { kind: "mark", text: mark, at };
  return {
    kind: name === undefined ? "text" : "name",
    text: (name ?? text ?? "").replaceAll(/\\(.)/gsu, "$1"),
    at,
  };
}

/** Walks over the tokens of one query. */
class QueryCursor extends TokenCursor<Token> {
  keyword(...words: readonly string[]): boolean {
    const isThere = words.every((word, index) => {
      const token = this.tokens[this.position + index];
      return token?.kind === "word" && token.text.toUpperCase() === word;
    });
    if (isThere) this.position += words.length;
    return isThere;
  }

  mark(text: string): boolean {
    return this.takeIf((token) => token.kind === "mark" && token.text === text);
  }

  demand(text: string): void {
    if (!this.mark(text)) this.expected(text);
  }

  take(what: string, ...kinds: readonly Token["kind"][]): string {
    const token = this.peek();
    if (token === undefined || !kinds.includes(token.kind)) return this.expected(what);
    this.position += 1;
    return token.text;
  }
}

function parseQuery(cursor: QueryCursor): InsightsQuery {
  if (!cursor.keyword("SELECT")) cursor.expected("SELECT");
  const calculates = parseFunction(cursor);
  cursor.demand("(");
  const metric = cursor.take("a metric's name", "word", "name");
  cursor.demand(")");
  if (!cursor.keyword("FROM")) cursor.expected("FROM");
  const source = parseSource(cursor);
  const where = cursor.keyword("WHERE") ? parseConditions(cursor) : [];
  const groupBy = cursor.keyword("GROUP", "BY") ? parseKeys(cursor) : [];
  const orderBy = cursor.keyword("ORDER", "BY") ? parseOrder(cursor) : undefined;
  const limit = cursor.keyword("LIMIT") ? parseLimit(cursor) : undefined;
  return {
    function: calculates,
    metric,
    ...source,
    where,
    groupBy,
    ...(orderBy && { orderBy }),
    ...(limit !== undefined && { limit }),
  };
}

function parseFunction(cursor: QueryCursor): InsightsFunction {
  return FUNCTIONS.find((name) => cursor.keyword(name)) ?? cursor.expected("AVG, COUNT, MAX, MIN or SUM");
}

function parseSource(cursor: QueryCursor): Pick<InsightsQuery, "namespace" | "schema"> {
  if (!cursor.keyword("SCHEMA")) return { namespace: cursor.take("a namespace", "word", "name") };
  cursor.demand("(");
  const namespace = cursor.take("a namespace", "word", "name");
  const schema: string[] = [];
  while (cursor.mark(",")) schema.push(parseKey(cursor));
  cursor.demand(")");
  return { namespace, schema };
}

function parseConditions(cursor: QueryCursor): readonly InsightsCondition[] {
  const conditions = [parseCondition(cursor)];
  while (cursor.keyword("AND")) conditions.push(parseCondition(cursor));
  return conditions;
}

function parseCondition(cursor: QueryCursor): InsightsCondition {
  const key = parseKey(cursor);
  const equals = cursor.mark("=");
  if (!equals) cursor.demand("!=");
  return { key, equals, value: cursor.take("a value in single quotation marks", "text") };
}

function parseKeys(cursor: QueryCursor): readonly string[] {
  const keys = [parseKey(cursor)];
  while (cursor.mark(",")) keys.push(parseKey(cursor));
  return keys;
}

// A tag's key may be quoted on its own: tag."cost center".
function parseKey(cursor: QueryCursor): string {
  const key = cursor.take("a dimension's name", "word", "name");
  return key.endsWith(".") ? key + cursor.take("a tag's key", "name") : key;
}

function parseOrder(cursor: QueryCursor): NonNullable<InsightsQuery["orderBy"]> {
  const by = parseFunction(cursor);
  cursor.demand("(");
  cursor.demand(")");
  const descending = cursor.keyword("DESC");
  if (!descending) cursor.keyword("ASC");
  return { function: by, descending };
}

function parseLimit(cursor: QueryCursor): number {
  const text = cursor.take("a number", "word");
  return /^\d{1,9}$/u.test(text) ? Number(text) : cursor.expected("a whole number");
}
