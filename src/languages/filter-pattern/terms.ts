import type { JsonValue } from "../../core/json.js";
import { isArray, isObject } from "../../shared/read-property.js";
import type { FilterPattern, Term } from "./ast.js";
import { readValue } from "./condition.js";
import { refuse, showNext, skipSpace, takeToken, type Cursor } from "./cursor.js";
import { all, any, definitely, not, undocumented, YES, type Outcome } from "../partial-record/kleene.js";
import { NO_PROBE, type Probe } from "../partial-record/choices.js";
import type { PartialValue } from "../partial-record/partial-record.js";
import { glob, globPieces } from "../glob.js";
import { ANY_RUN, compileText, runsThrough, type CharSet, type Piece } from "../text-automaton.js";

/** Reads a pattern of words, each perhaps with `?` or `-` before it. The cursor stands on the first. */
export function readTerms(cursor: Cursor): FilterPattern | null {
  const terms: Term[] = [];
  while (cursor.at < cursor.text.length) {
    const term = readTerm(cursor);
    if (term === null) return null;
    terms.push(term);
    skipSpace(cursor);
  }
  return { kind: "terms", terms };
}

/** Whether a line of the log has the terms. */
export function outcomeOnLine(terms: readonly Term[], line: string): Outcome {
  return outcomeOf(terms, (term) => isInLine(term, line));
}

/** Whether the line that AWS writes for a record has the terms; what is not fixed in the record stays undecided. */
export function outcomeOnRecord(terms: readonly Term[], record: PartialValue): Outcome {
  if (record.kind === "exactly") return outcomeOnLine(terms, JSON.stringify(record.value));
  const fixed = fixedTexts(record);
  return outcomeOf(terms, (term) => {
    const isThere = fixed.some((text) => isInLine(term, text).kind === "yes") && term.value.kind === "text";
    return isThere && term.doubt === undefined
      ? { kind: "yes" }
      : undocumented("whether the words are in the line depends on fields that are free");
  });
}

/** What terms can ask about any text of a record: whether they stand in it, and whether as words of their own. */
export function probeOfTerms(terms: readonly Term[]): Probe {
  const texts = terms.flatMap(({ value }) =>
    value.kind === "text" ? [glob(["", value.text, ""])].map(globPieces) : [],
  );
  const shapes = texts.flatMap((inside) => [[inside], wordShapes(inside)]).map(compileText);
  return {
    ...NO_PROBE,
    texts: shapes.filter((shape) => shape !== undefined),
    tooLarge: shapes.includes(undefined),
  };
}

// A text inside any run of characters, with the run on each side empty or ending at a character that is no word's.
function wordShapes(inside: readonly Piece[]): readonly (readonly Piece[])[] {
  const text = inside.slice(1, -1);
  const edge: Piece = { set: NO_WORD_CHAR, min: 1, max: 1 };
  return [text, [ANY_RUN, edge, ...text], [...text, edge, ANY_RUN], [ANY_RUN, edge, ...text, edge, ANY_RUN]];
}

const NO_WORD_CHAR: CharSet = { named: "_", has: (char) => !isWordChar(char) };

const TERM = /[^\s"%]+/y;
const DOCUMENTED_TERM = /^[A-Za-z0-9_]+$/;

function readTerm(cursor: Cursor): Term | null {
  const mark = takeToken(cursor, /[?-]/y);
  const role = mark === "?" ? "alternative" : mark === "-" ? "excluded" : "required";
  const next = cursor.text[cursor.at];
  if (next !== '"' && next !== "%") return readWord(cursor, role);
  const read = readValue(cursor);
  if (read === null) return null;
  const { value, doubt } = read;
  if (value.kind !== "text" && value.kind !== "regex") return refuse(cursor, "expected a word");
  return doubt === undefined ? { role, value } : { role, value, doubt };
}

function readWord(cursor: Cursor, role: Term["role"]): Term | null {
  const text = takeToken(cursor, TERM);
  if (text === undefined) return refuse(cursor, `expected a word, found ${showNext(cursor)}`);
  const value = { kind: "text", text, quoted: false } as const;
  return DOCUMENTED_TERM.test(text)
    ? { role, value }
    : { role, value, doubt: `AWS documents ${text} in quotes only` };
}

// Beside required words, words with ? are ignored.
function outcomeOf(terms: readonly Term[], judge: (term: Term) => Outcome): Outcome {
  const having = (role: Term["role"]) => terms.filter((term) => term.role === role);
  const [required, excluded, alternatives] = [having("required"), having("excluded"), having("alternative")];
  const sure = all([() => all(required, judge), () => all(excluded, (term) => not(judge(term)))], (part) =>
    part(),
  );
  if (alternatives.length === 0 || required.length > 0) return sure;
  if (excluded.length > 0) return undocumented("AWS does not document ? and - in one pattern");
  return any(alternatives, judge);
}

function isInLine({ value, doubt }: Term, line: string): Outcome {
  if (doubt !== undefined) return undocumented(doubt);
  if (value.kind === "regex") return definitely(runsThrough(value.automaton, line));
  // AWS documents the pattern " " as matching every line.
  if (value.text.trim() === "") return YES;
  if (!line.includes(value.text)) return { kind: "no" };
  if (hasWord(line, value.text)) return { kind: "yes" };
  return undocumented(`AWS does not document whether ${value.text} matches inside a longer word`);
}

function hasWord(line: string, text: string): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    if (!isWordChar(line[at - 1]) && !isWordChar(line[at + text.length])) return true;
  }
  return false;
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z0-9_]/.test(char);
}

function fixedTexts(value: PartialValue): readonly string[] {
  if (value.kind === "exactly") return textsIn(value.value);
  if (value.kind === "object") return Object.values(value.fields).flatMap(fixedTexts);
  return value.kind === "list" ? value.items.flatMap(fixedTexts) : [];
}

function textsIn(value: JsonValue): readonly string[] {
  if (isArray(value)) return value.flatMap(textsIn);
  if (isObject(value)) return Object.values(value).flatMap(textsIn);
  return typeof value === "string" ? [value] : [];
}
