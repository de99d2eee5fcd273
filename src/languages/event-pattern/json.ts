/** JSON as written: members in their order, repeated ones too, and numbers with their digits. */
export type JsonNode =
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "word"; readonly value: boolean | null };
export type JsonMember = { readonly key: string; readonly value: JsonNode };

/** A document, or what is wrong with it and where: an offset into the text, from 0. */
export type JsonRead =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly at: number; readonly message: string };

/** Deeper nesting is refused. */
export const DEEPEST_JSON = 100;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// Plain characters one by one, so that no long run is tried twice.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORDS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const WORD = /true|false|null/y;

/** Reads one JSON document, strictly. Never throws. */
export function readJson(text: string): JsonRead {
  const cursor: Cursor = { text, at: 0 };
  const node = readValue(cursor, 0);
  if (node !== null && cursor.problem === undefined) {
    skip(cursor);
    if (cursor.at < text.length) refuse(cursor, "there is text after the end of the JSON");
  }
  if (node === null || cursor.problem !== undefined)
    return { ok: false, at: cursor.at, message: cursor.problem ?? "not JSON" };
  return { ok: true, node };
}

type Cursor = { readonly text: string; at: number; problem?: string };

function readValue(cursor: Cursor, depth: number): JsonNode | null {
  skip(cursor);
  const opening = cursor.text[cursor.at];
  if (depth > DEEPEST_JSON) return refuse(cursor, `nested deeper than ${DEEPEST_JSON} levels`);
  if (opening === "{") return readObject(cursor, depth);
  if (opening === "[") return readArray(cursor, depth);
  if (opening === '"') return readString(cursor);
  const word = take(cursor, WORD);
  const value = word === undefined ? undefined : WORDS.get(word);
  if (value !== undefined) return { kind: "word", value };
  const number = take(cursor, NUMBER);
  if (number !== undefined) return { kind: "number", text: number };
  return refuse(
    cursor,
    opening === undefined ? "the JSON ends too early" : `unexpected ${JSON.stringify(opening)}`,
  );
}

function readString(cursor: Cursor): { readonly kind: "string"; readonly value: string } | null {
  const raw = take(cursor, STRING);
  if (raw === undefined)
    return refuse(cursor, "this string is not closed or holds a character that must be escaped");
  // The expression above accepts exactly the JSON strings, and those parse to strings.
  return { kind: "string", value: JSON.parse(raw) as string };
}

function readArray(cursor: Cursor, depth: number): JsonNode | null {
  const items: JsonNode[] = [];
  cursor.at += 1;
  if (takeMark(cursor, "]")) return { kind: "array", items };
  for (;;) {
    const item = readValue(cursor, depth + 1);
    if (item === null) return null;
    items.push(item);
    if (takeMark(cursor, "]")) return { kind: "array", items };
    if (!takeMark(cursor, ",")) return refuse(cursor, "expected , or ]");
  }
}

function readObject(cursor: Cursor, depth: number): JsonNode | null {
  const members: JsonMember[] = [];
  cursor.at += 1;
  if (takeMark(cursor, "}")) return { kind: "object", members };
  for (;;) {
    const member = readMember(cursor, depth);
    if (member === null) return null;
    members.push(member);
    if (takeMark(cursor, "}")) return { kind: "object", members };
    if (!takeMark(cursor, ",")) return refuse(cursor, "expected , or }");
  }
}

function readMember(cursor: Cursor, depth: number): JsonMember | null {
  skip(cursor);
  if (cursor.text[cursor.at] !== '"') return refuse(cursor, "expected a name in double quotes");
  const key = readString(cursor);
  if (key === null) return null;
  if (!takeMark(cursor, ":")) return refuse(cursor, "expected :");
  const value = readValue(cursor, depth + 1);
  return value === null ? null : { key: key.value, value };
}

function skip(cursor: Cursor): void {
  take(cursor, SPACE);
}

function takeMark(cursor: Cursor, mark: string): boolean {
  skip(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
}

function take(cursor: Cursor, token: RegExp): string | undefined {
  token.lastIndex = cursor.at;
  const found = token.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
}

function refuse(cursor: Cursor, problem: string): null {
  cursor.problem ??= problem;
  return null;
}
