import { endOfBraces, endOfString, lengthOfHeredoc } from "./scan.js";
import { least } from "../../../shared/many.js";

/** An expression of HCL, as far as it is understood: what is "opaque" may be anything. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "reference"; readonly steps: readonly ReferenceStep[] }
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Expression[] }
  | { readonly kind: "opaque" };

/** A step of a reference; an index may be an expression of its own. */
export type ReferenceStep = { readonly name: string } | { readonly index: Expression };

const OPAQUE: Expression = { kind: "opaque" };
/** Nothing that people write is nested deeper. */
const DEEPEST = 64;

/** Reads an expression. Operators, `for` and splats are opaque. */
export function parseExpression(text: string): Expression {
  const reader: Reader = { text, at: 0, depth: 0 };
  const found = readValue(reader);
  skipSpace(reader);
  return reader.at < text.length ? OPAQUE : found;
}

type Reader = { readonly text: string; at: number; depth: number };

function readValue(reader: Reader): Expression {
  if (reader.depth > DEEPEST) return abandon(reader);
  reader.depth++;
  skipSpace(reader);
  const found = readPrimary(reader);
  reader.depth--;
  return found;
}

function readPrimary(reader: Reader): Expression {
  const { text, at } = reader;
  const character = text[at] ?? "";
  if (character === '"') return readString(reader);
  if (character === "<") return readHeredoc(reader);
  if (character === "[") return readList(reader);
  if (character === "{") return readObject(reader);
  const number = take(reader, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/uy);
  if (number !== undefined) return { kind: "literal", value: Number(number) };
  const name = take(reader, NAME);
  return name === undefined ? abandon(reader) : readNamed(reader, name);
}

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readNamed(reader: Reader, name: string): Expression {
  const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (word !== undefined) return { kind: "literal", value: word };
  if (reader.text[reader.at] !== "(") return readReference(reader, name);
  reader.at++;
  return { kind: "call", name, operands: readItems(reader, ")") };
}

function readReference(reader: Reader, first: string): Expression {
  const steps: ReferenceStep[] = [{ name: first }];
  for (;;) {
    const name = take(reader, /\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+)/uy)?.slice(1);
    if (name !== undefined) {
      steps.push(/^\d/u.test(name) ? { index: { kind: "literal", value: Number(name) } } : { name });
      continue;
    }
    if (reader.text[reader.at] !== "[") break;
    reader.at++;
    const index = readValue(reader);
    skipSpace(reader);
    if (take(reader, /\]/uy) === undefined) return abandon(reader);
    steps.push({ index });
  }
  return reader.text[reader.at] === "." ? abandon(reader) : { kind: "reference", steps };
}

function readList(reader: Reader): Expression {
  reader.at++;
  return { kind: "list", items: readItems(reader, "]") };
}

// Whatever is not understood swallows the rest, so that the whole expression is opaque.
function readItems(reader: Reader, close: string): readonly Expression[] {
  const items: Expression[] = [];
  for (;;) {
    skipSpace(reader);
    if (reader.text[reader.at] === close) {
      reader.at++;
      return items;
    }
    items.push(readValue(reader));
    skipSpace(reader);
    if (reader.text[reader.at] === ",") reader.at++;
    else if (reader.text[reader.at] !== close) return [abandon(reader)];
  }
}

function readObject(reader: Reader): Expression {
  reader.at++;
  const members: (readonly [Expression, Expression])[] = [];
  for (;;) {
    take(reader, /(?:[\s,]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/uy);
    if (reader.text[reader.at] === "}") {
      reader.at++;
      return { kind: "object", members };
    }
    const key = readKey(reader);
    if (take(reader, /\s*(?:=(?!=)|:)/uy) === undefined) return abandon(reader);
    members.push([key, readValue(reader)]);
    take(reader, /[ \t]*(?:#[^\n]*|\/\/[^\n]*)?/uy);
    if (!/[,}\n\r]/u.test(reader.text[reader.at] ?? "")) return abandon(reader);
  }
}

function readKey(reader: Reader): Expression {
  if (reader.text[reader.at] === "(") {
    reader.at++;
    const key = readValue(reader);
    skipSpace(reader);
    return take(reader, /\)/uy) === undefined ? abandon(reader) : key;
  }
  const name = take(reader, NAME);
  return name === undefined ? readValue(reader) : { kind: "literal", value: name };
}

function readString(reader: Reader): Expression {
  const end = endOfString(reader.text, reader.at);
  const inner = reader.text.slice(reader.at + 1, end - 1);
  const isWhole = reader.text[end - 1] === '"' && end - 1 > reader.at;
  reader.at = end;
  return isWhole ? templateOf(inner, { isQuoted: true, depth: reader.depth }) : abandon(reader);
}

function readHeredoc(reader: Reader): Expression {
  const { text, at } = reader;
  const length = lengthOfHeredoc(text, at);
  if (length === undefined) return abandon(reader);
  reader.at += length;
  const [opening = "", ...lines] = text.slice(at, at + length).split("\n");
  const body = lines.slice(0, -1);
  const isIndented = opening.startsWith("<<-");
  const indents = body
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = isIndented && indents.length > 0 ? least(indents) : 0;
  const inner = body.map((line) => `${line.slice(indent)}\n`).join("");
  return templateOf(inner, { isQuoted: false, depth: reader.depth });
}

type Template = { readonly isQuoted: boolean; readonly depth: number };

/** The parts of a template: texts, and what stands in ${…}. Directives %{…} are opaque. */
function templateOf(inner: string, { isQuoted, depth }: Template): Expression {
  const parts: Expression[] = [];
  let literal = "";
  let at = 0;
  while (at < inner.length) {
    const two = inner.slice(at, at + 2);
    const isDoubled = /^(?:\$\$|%%)\{/u.test(inner.slice(at, at + 3));
    if (isDoubled) {
      literal += inner.slice(at + 1, at + 3);
      at += 3;
    } else if (two === "%{") return OPAQUE;
    else if (two === "${") {
      const end = endOfBraces(inner, at + 1);
      parts.push({ kind: "literal", value: literal }, interpolated(inner.slice(at + 2, end - 1), depth));
      literal = "";
      at = end;
    } else {
      const [text, length] = isQuoted ? unescaped(inner, at) : [inner[at] ?? "", 1];
      literal += text;
      at += length;
    }
  }
  parts.push({ kind: "literal", value: literal });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "template", parts };
}

// ~ strips the space around; what it strips is of no account where a reference stands alone.
function interpolated(text: string, depth: number): Expression {
  if (/^~|~$/u.test(text.trim()) || depth > DEEPEST) return OPAQUE;
  const reader: Reader = { text, at: 0, depth: depth + 1 };
  const found = readValue(reader);
  skipSpace(reader);
  return reader.at < text.length ? OPAQUE : found;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
  "/": "/",
};

function unescaped(text: string, at: number): readonly [string, number] {
  if (text[at] !== "\\") return [text[at] ?? "", 1];
  const code = /^\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/u.exec(text.slice(at, at + 10));
  const point = Number.parseInt(code?.[1] ?? code?.[2] ?? "", 16);
  if (code !== null && point <= 0x10ffff) return [String.fromCodePoint(point), code[0].length];
  const letter = text[at + 1] ?? "";
  return [Object.hasOwn(ESCAPES, letter) ? (ESCAPES[letter] ?? "") : letter, 2];
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function skipSpace(reader: Reader): void {
  take(reader, /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/uy);
}

function abandon(reader: Reader): Expression {
  reader.at = reader.text.length;
  return OPAQUE;
}

/** The references of an expression by what they name: a resource, a variable, a module, a local value. */
export function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "template":
      return expression.parts.flatMap(namesIn);
    case "list":
      return expression.items.flatMap(namesIn);
    case "call":
      return expression.operands.flatMap(namesIn);
    case "object":
      return expression.members.flatMap(([key, value]) => [...namesIn(key), ...namesIn(value)]);
    case "reference": {
      const names = expression.steps.map((step) => ("name" in step ? step.name : ""));
      return [names.slice(0, names[0] === "data" ? 3 : 2).join(".")];
    }
    default:
      return [];
  }
}
