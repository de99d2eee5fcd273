import type { Condition, FilterValue, Operator } from "./ast.js";
import { refuse, showNext, skipSpace, takeText, takeToken, type Cursor } from "./cursor.js";
import { compileFilterRegex } from "./regex.js";

/** Reads the place that a condition is about; null after a problem. */
export type ReadPlace<Place> = (cursor: Cursor) => Place | null;

const DEEPEST = 100;
const OPERATOR = /!=|<=|>=|=|<|>/y;
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const BARE = /[A-Za-z0-9_./*:@#+-]+/y;
const DOCUMENTED_BARE = /^[A-Za-z0-9_./*]+$/;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;
const REGEX = /%(?:[^%\\]|\\.)*%/sy;
const WORDS = new Map<string, boolean | null>([
  ["NULL", null],
  ["TRUE", true],
  ["FALSE", false],
]);

/** Reads conditions joined by || and, binding tighter, &&. */
export function readCondition<Place>(
  cursor: Cursor,
  readPlace: ReadPlace<Place>,
  depth = 0,
): Condition<Place> | null {
  if (depth > DEEPEST) return refuse(cursor, `parentheses nested deeper than ${DEEPEST}`);
  return readJoined(cursor, "||", () =>
    readJoined(cursor, "&&", () => readPrimary(cursor, readPlace, depth)),
  );
}

/** Reads one value to compare with: `*`, a number, a word, quoted text or a regular expression. */
export function readValue(cursor: Cursor): { readonly value: FilterValue; readonly doubt?: string } | null {
  skipSpace(cursor);
  const next = cursor.text[cursor.at];
  if (next === '"') return readQuoted(cursor);
  if (next === "%") return readRegex(cursor);
  const bare = takeToken(cursor, BARE);
  if (bare === undefined) return refuse(cursor, `expected a value, found ${showNext(cursor)}`);
  if (bare === "*") return { value: { kind: "any" } };
  if (NUMBER.test(bare)) return { value: { kind: "number", text: bare } };
  const value: FilterValue = { kind: "text", text: bare, quoted: false };
  return DOCUMENTED_BARE.test(bare) ? { value } : { value, doubt: `AWS documents ${bare} in quotes only` };
}

function readJoined<Place>(
  cursor: Cursor,
  mark: "||" | "&&",
  read: () => Condition<Place> | null,
): Condition<Place> | null {
  const parts: Condition<Place>[] = [];
  do {
    const part = read();
    if (part === null) return null;
    parts.push(part);
  } while (takeText(cursor, mark));
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  return mark === "||" ? { kind: "or", parts } : { kind: "and", parts };
}

function readPrimary<Place>(
  cursor: Cursor,
  readPlace: ReadPlace<Place>,
  depth: number,
): Condition<Place> | null {
  if (!takeText(cursor, "(")) return readSimple(cursor, readPlace);
  const inner = readCondition(cursor, readPlace, depth + 1);
  if (inner === null) return null;
  return takeText(cursor, ")") ? inner : refuse(cursor, `expected ), && or ||, found ${showNext(cursor)}`);
}

function readSimple<Place>(cursor: Cursor, readPlace: ReadPlace<Place>): Condition<Place> | null {
  const place = readPlace(cursor);
  if (place === null) return null;
  skipSpace(cursor);
  const operator = toOperator(takeToken(cursor, OPERATOR));
  if (operator === undefined) return readKeyword(cursor, place);
  const read = readValue(cursor);
  if (read === null) return null;
  if (operator !== "=" && operator !== "!=" && read.value.kind !== "number")
    return refuse(cursor, `${operator} takes a number`);
  return { kind: "compare", place, operator, ...read };
}

// AWS writes these words in capitals and documents no other form; there is no EXISTS and no IS NOT.
function readKeyword<Place>(cursor: Cursor, place: Place): Condition<Place> | null {
  const start = cursor.at;
  const first = takeToken(cursor, /[A-Za-z]+/y) ?? "";
  skipSpace(cursor);
  const second = takeToken(cursor, /[A-Za-z]+/y) ?? "";
  const doubt =
    `${first} ${second}` === `${first} ${second}`.toUpperCase()
      ? {}
      : { doubt: `AWS documents ${first} ${second} in capitals only` };
  const word = WORDS.get(second.toUpperCase());
  if (first.toUpperCase() === "IS" && word !== undefined) return { kind: "is", place, word, ...doubt };
  if (first.toUpperCase() === "NOT" && second.toUpperCase() === "EXISTS")
    return { kind: "not-exists", place, ...doubt };
  cursor.at = start;
  return refuse(
    cursor,
    `expected =, !=, <, >, <=, >=, IS NULL, IS TRUE, IS FALSE or NOT EXISTS, found ${showNext(cursor)}`,
  );
}

function readQuoted(cursor: Cursor): { readonly value: FilterValue; readonly doubt?: string } | null {
  const raw = takeToken(cursor, QUOTED);
  if (raw === undefined) return refuse(cursor, 'a " that is not closed');
  const value: FilterValue = { kind: "text", text: raw.slice(1, -1), quoted: true };
  return raw.includes("\\")
    ? { value, doubt: "AWS does not document a backslash in quoted text" }
    : { value };
}

function readRegex(cursor: Cursor): { readonly value: FilterValue; readonly doubt?: string } | null {
  const start = cursor.at;
  const text = takeToken(cursor, REGEX)?.slice(1, -1);
  if (text === undefined) return refuse(cursor, "a % that is not closed");
  const compiled = compileFilterRegex(text);
  if (!compiled.ok) return refuse(cursor, compiled.message, start + 1 + compiled.at);
  const value: FilterValue = { kind: "regex", text, automaton: compiled.automaton };
  return compiled.doubt === undefined ? { value } : { value, doubt: compiled.doubt };
}

function toOperator(text: string | undefined): Operator | undefined {
  return OPERATORS.find((operator) => operator === text);
}

const OPERATORS: readonly Operator[] = ["=", "!=", "<", ">", "<=", ">="];
