import type { Scalar } from "yaml";

/**
 * Where each character of a scalar's value stands in the source, with one more entry for its end. Quotes, escapes, folded lines and
 * a block's indentation are accounted for by following the value through the source: what the source has and the value has not is skipped.
 */
export function offsetsOf(scalar: Scalar.Parsed, text: string): readonly number[] {
  const value = typeof scalar.value === "string" ? scalar.value : scalar.source;
  const [start, end] = scalar.range;
  const from = start + contentStart(scalar.type, text.slice(start, end));
  const offsets: number[] = [];
  let at = from;
  for (const unit of value.split("")) {
    at = findNext(text, unit, { from: at, end, type: scalar.type });
    offsets.push(at);
    at = Math.min(at + widthOf(text, at, scalar.type), end);
  }
  return [...offsets, Math.min(at, Math.max(end - 1, start))];
}

function contentStart(type: Scalar["type"], written: string): number {
  if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") return 1;
  if (type !== "BLOCK_LITERAL" && type !== "BLOCK_FOLDED") return 0;
  const header = written.indexOf("\n") + 1;
  const blank = /^\s*/u.exec(written.slice(header));
  return header + (blank?.[0].length ?? 0);
}

type Span = { readonly from: number; readonly end: number; readonly type: Scalar["type"] };

// A line break of the value may be any run of white space in the source, and a folded one is a space; the next visible character tells.
function findNext(text: string, unit: string, { from, end, type }: Span): number {
  if (/\s/u.test(unit)) return Math.min(from, end);
  let at = from;
  while (at < end && text[at] !== unit && /\s/u.test(text[at] ?? "")) at++;
  const isEscape = type === "QUOTE_DOUBLE" && text[at] === "\\";
  return isEscape || text[at] === unit ? at : Math.min(from, end);
}

/** How many characters of the source stand for one of the value. */
function widthOf(text: string, at: number, type: Scalar["type"]): number {
  if (type === "QUOTE_SINGLE" && text.startsWith("''", at)) return 2;
  if (type !== "QUOTE_DOUBLE" || text[at] !== "\\") return 1;
  return escapeWidths[text[at + 1] ?? ""] ?? 2;
}

const escapeWidths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
