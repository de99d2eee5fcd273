import type { SourceText } from "../../../loaders/diagnostics/source-text.js";
import type { SourceAttribute, SourceBlock } from "./block.js";

/** Nothing that people write is nested deeper. */
const DEEPEST = 32;

/**
 * The blocks of a text in HCL, with their attributes, which stay texts. What comes after something that is no HCL is left
 * out. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function scanBlocks({ file, text }: SourceText): readonly SourceBlock[] {
  const scanner: Scanner = { file, text, at: 0, lineStarts: lineStartsOf(text) };
  return scanBody(scanner, 0).blocks;
}

type Scanner = {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  at: number;
};

type Body = Pick<SourceBlock, "attributes" | "blocks">;

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function positionAt({ lineStarts }: Scanner, at: number): { readonly line: number; readonly column: number } {
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (lineStarts[low] ?? 0) + 1 };
}

function scanBody(scanner: Scanner, depth: number): Body {
  const attributes = new Map<string, SourceAttribute>();
  const blocks: SourceBlock[] = [];
  for (;;) {
    skipSpace(scanner);
    const begin = scanner.at;
    const name = takeName(scanner);
    if (name === undefined) return { attributes, blocks };
    skipBlanks(scanner);
    if (isAssignment(scanner)) {
      scanner.at++;
      attributes.set(name, { ...positionAt(scanner, begin), expression: takeExpression(scanner) });
      continue;
    }
    const block = scanBlock(scanner, { type: name, begin, depth });
    if (block === undefined) return { attributes, blocks };
    blocks.push(block);
  }
}

function isAssignment({ text, at }: Scanner): boolean {
  return text[at] === "=" && text[at + 1] !== "=";
}

function scanBlock(
  scanner: Scanner,
  { type, begin, depth }: { readonly type: string; readonly begin: number; readonly depth: number },
): SourceBlock | undefined {
  const labels: string[] = [];
  while (scanner.at < scanner.text.length && scanner.text[scanner.at] !== "{") {
    const label = takeLabel(scanner);
    if (label === undefined) return undefined;
    labels.push(label);
    skipBlanks(scanner);
  }
  if (scanner.text[scanner.at] !== "{" || depth > DEEPEST) return undefined;
  scanner.at++;
  const body = scanBody(scanner, depth + 1);
  if (scanner.text[scanner.at] !== "}") return undefined;
  scanner.at++;
  return { type, labels, file: scanner.file, ...positionAt(scanner, begin), ...body };
}

function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.at += found.length;
  return found;
}

function takeName(scanner: Scanner): string | undefined {
  return take(scanner, /[\p{L}_][\p{L}\p{N}_-]*/uy);
}

function takeLabel(scanner: Scanner): string | undefined {
  return take(scanner, /"[^"\n]*"/uy)?.slice(1, -1) ?? takeName(scanner);
}

function skipBlanks(scanner: Scanner): void {
  take(scanner, /[ \t]*/uy);
}

function skipSpace(scanner: Scanner): void {
  take(scanner, /(?:[\s\ufeff]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/uy);
}

/** An expression ends with its line, outside of brackets, or with the bracket that closes what it stands in. */
function takeExpression(scanner: Scanner): string {
  const begin = scanner.at;
  scanner.at = endOfExpression(scanner.text, begin);
  return scanner.text.slice(begin, scanner.at).trim();
}

function endOfExpression(text: string, from: number): number {
  let at = from;
  let open = 0;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (open === 0 && (character === "\n" || CLOSING.includes(character))) return at;
    if (OPENING.includes(character)) open++;
    if (CLOSING.includes(character)) open--;
    at += lengthAt(text, at);
  }
  return at;
}

const OPENING = ["(", "[", "{"];
const CLOSING = [")", "]", "}"];

/** How far it is to what comes after a string, a heredoc, a comment or one character. */
function lengthAt(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at) - at;
  const comment = /(?:#|\/\/)[^\n]*|\/\*[^]*?\*\//uy;
  comment.lastIndex = at;
  return comment.exec(text)?.[0].length ?? lengthOfHeredoc(text, at) ?? 1;
}

/** The length of a heredoc, without the line break after its end; undefined where none begins. */
export function lengthOfHeredoc(text: string, at: number): number | undefined {
  const begin = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
  begin.lastIndex = at;
  const found = begin.exec(text);
  if (found === null) return undefined;
  const [opened, marker = ""] = found;
  let line = at + opened.length;
  while (line < text.length) {
    const next = text.indexOf("\n", line);
    const end = next < 0 ? text.length : next;
    if (text.slice(line, end).trim() === marker) return end - at;
    line = end + 1;
  }
  return text.length - at;
}

/** Where a quoted string ends that begins at a place, its ${…} included. */
export function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === "\\") at += 2;
    else if (character === '"') return at + 1;
    else if (character === "\n") return at;
    else if ((character === "$" || character === "%") && text[at + 1] === "{") {
      if (text[at - 1] === character) at += 2;
      else at = endOfBraces(text, at + 1);
    } else at++;
  }
  return at;
}

/** Where braces end that begin at a place. */
export function endOfBraces(text: string, from: number): number {
  let at = from;
  let open = 0;
  while (at < text.length) {
    if (text[at] === "{") open++;
    if (text[at] === "}" && --open === 0) return at + 1;
    at += text[at] === '"' ? endOfString(text, at) - at : 1;
  }
  return at;
}
