import {
  ANY_CHAR,
  ANY_RUN,
  compileText,
  type Automaton,
  type CharSet,
  type Piece,
} from "../text-automaton.js";

/** A compiled regular expression; `doubt` says what in it AWS does not document. */
export type FilterRegex =
  | { readonly ok: true; readonly automaton: Automaton; readonly doubt?: string }
  | { readonly ok: false; readonly at: number; readonly message: string };

const DOCUMENTED = /[A-Za-z0-9:_#=@/;,-]/;
const CLASSES = {
  d: /[0-9]/,
  s: /[ \t\n\v\f\r]/,
  w: /[A-Za-z0-9_]/,
} as const;
const MOST_REPEATS = 1000;

/** Compiles the text between two `%`. It matches anywhere in a value unless anchored; running it takes linear time. */
export function compileFilterRegex(text: string): FilterRegex {
  const multibyte = text.search(/[^\u0000-\u007f]/);
  if (multibyte >= 0)
    return { ok: false, at: multibyte, message: "a regular expression takes single-byte characters only" };
  const cursor: Cursor = { text, at: 0 };
  const alternatives = [readAlternative(cursor)];
  while (takeChar(cursor, "|")) alternatives.push(readAlternative(cursor));
  if (cursor.problem !== undefined) return { ok: false, at: cursor.at, message: cursor.problem };
  const automaton = compileText(alternatives);
  if (automaton === undefined) return { ok: false, at: 0, message: "the regular expression is too large" };
  return { ok: true, automaton, ...(cursor.doubt === undefined ? {} : { doubt: cursor.doubt }) };
}

type Cursor = { readonly text: string; at: number; problem?: string; doubt?: string };

function readAlternative(cursor: Cursor): readonly Piece[] {
  const pieces: Piece[] = takeChar(cursor, "^") ? [] : [ANY_RUN];
  while (cursor.problem === undefined && cursor.at < cursor.text.length && cursor.text[cursor.at] !== "|") {
    if (isClosingAnchor(cursor) && takeChar(cursor, "$")) return pieces;
    const set = readSet(cursor);
    if (set !== null) pieces.push(readRepeat(cursor, set));
  }
  return [...pieces, ANY_RUN];
}

function isClosingAnchor({ text, at }: Cursor): boolean {
  return at + 1 === text.length || text[at + 1] === "|";
}

function readSet(cursor: Cursor): CharSet | null {
  const char = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  if (char === ".") return ANY_CHAR;
  if (char === "\\") return readEscape(cursor);
  if (char === "[") return readClass(cursor);
  if (char === "(" || char === ")") return refuse(cursor, "a regular expression here takes no parentheses");
  if ("*+?{".includes(char)) return refuse(cursor, `there is nothing for ${char} to repeat`);
  if (!DOCUMENTED.test(char))
    cursor.doubt ??= `AWS does not document ${JSON.stringify(char)} at this place of a regular expression`;
  return charSet(char);
}

function readEscape(cursor: Cursor): CharSet | null {
  const char = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  if (char === "") return refuse(cursor, "a backslash at the end of a regular expression");
  const name = char.toLowerCase();
  if (name === "d" || name === "s" || name === "w") {
    const isOutside = char !== name;
    return { named: "", has: (read) => CLASSES[name].test(read) !== isOutside };
  }
  if (char === "x") return readHex(cursor);
  if (/[A-Za-z0-9]/.test(char)) cursor.doubt ??= `AWS does not document \\${char} in a regular expression`;
  return charSet(char);
}

function readHex(cursor: Cursor): CharSet | null {
  const digits = /^[0-9a-fA-F]{2}/.exec(cursor.text.slice(cursor.at, cursor.at + 2))?.[0];
  if (digits === undefined) return refuse(cursor, "\\x takes two hexadecimal digits");
  cursor.at += 2;
  return charSet(String.fromCharCode(Number.parseInt(digits, 16)));
}

function readClass(cursor: Cursor): CharSet | null {
  const isOutside = takeChar(cursor, "^");
  const sets: CharSet[] = [];
  while (cursor.text[cursor.at] !== "]") {
    if (cursor.at >= cursor.text.length) return refuse(cursor, "a [ that is not closed");
    const member = readMember(cursor);
    if (member === null) return null;
    sets.push(member);
  }
  cursor.at += 1;
  if (sets.length === 0) cursor.doubt ??= "AWS does not document an empty class";
  return {
    named: sets.map(({ named }) => named).join(""),
    has: (char) => sets.some((set) => set.has(char)) !== isOutside,
  };
}

function readMember(cursor: Cursor): CharSet | null {
  const first = readMemberSet(cursor);
  const isRange = cursor.text[cursor.at] === "-" && cursor.text[cursor.at + 1] !== "]";
  if (first === null || !isRange || first.named === "") return first;
  cursor.at += 1;
  const last = readMemberSet(cursor);
  if (last === null) return null;
  if (last.named === "" || last.named < first.named)
    return refuse(cursor, "a range in a class runs from a lower to a higher character");
  return { named: first.named + last.named, has: (char) => char >= first.named && char <= last.named };
}

function readMemberSet(cursor: Cursor): CharSet | null {
  const char = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  if (char === "[") cursor.doubt ??= "AWS does not document [ inside a class";
  return char === "\\" ? readEscape(cursor) : charSet(char);
}

function readRepeat(cursor: Cursor, set: CharSet): Piece {
  const [, count] = /^\{(\d{1,4}(?:,\d{0,4})?)\}/.exec(cursor.text.slice(cursor.at, cursor.at + 12)) ?? [];
  const mark = cursor.text[cursor.at];
  const repeat = count === undefined ? REPEATS[mark ?? ""] : toRepeat(count);
  if (repeat === undefined) {
    if (mark === "{") refuse(cursor, "a repetition is {n}, {n,} or {n,m}");
    return { set, min: 1, max: 1 };
  }
  cursor.at += count === undefined ? 1 : count.length + 2;
  if (!isSane(repeat)) refuse(cursor, "a repetition that is empty or too large");
  if (/[*+?{]/.test(cursor.text.charAt(cursor.at))) refuse(cursor, "a repetition of a repetition");
  return { set, ...repeat };
}

type Repeat = Omit<Piece, "set">;

const REPEATS: Readonly<Record<string, Repeat>> = {
  "*": { min: 0, max: Infinity },
  "+": { min: 1, max: Infinity },
  "?": { min: 0, max: 1 },
};

function toRepeat(count: string): Repeat {
  const [min = "", max = min] = count.split(",");
  return { min: Number(min), max: max === "" ? Infinity : Number(max) };
}

function isSane({ min, max }: Repeat): boolean {
  return min <= max && min <= MOST_REPEATS && (max <= MOST_REPEATS || max === Infinity);
}

function charSet(char: string): CharSet {
  return { named: char, has: (read) => read === char };
}

function takeChar(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function refuse(cursor: Cursor, problem: string): null {
  cursor.problem ??= problem;
  return null;
}
