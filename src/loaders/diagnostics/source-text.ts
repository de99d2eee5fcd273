import type { Diagnostic, Position } from "../../core/diagnostic.js";
import type { DiagnosticCode } from "./codes.js";

/** A file's text, with the offset at which each line begins. No byte order mark. */
export type SourceText = {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
};

/** From one offset up to, not including, another; in UTF-16 units, as editors count columns. */
export type Range = { readonly start: number; readonly end: number };

/** What is wrong, before it has a place. */
export type Problem = { readonly code: DiagnosticCode; readonly message: string; readonly hint?: string };

/** Takes a text as the content of a file. */
export function sourceText(file: string, text: string): SourceText {
  const content = text.startsWith("\ufeff") ? text.slice(1) : text;
  const lineStarts = [0];
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { file, text: content, lineStarts };
}

/** Where a range stands. A range of several lines is reported on its first; an empty one has length 1. */
export function positionOf(source: SourceText, { start, end }: Range): Position {
  const from = Math.max(0, Math.min(start, source.text.length));
  const line = lineAt(source, from);
  const lineStart = source.lineStarts[line - 1] ?? 0;
  const lineEnd = lineStart + lineText(source, line).length;
  return { line, column: from - lineStart + 1, length: Math.max(1, Math.min(end, lineEnd) - from) };
}

/** A diagnostic at a position, with its source line; without a position, about the file as a whole. */
export function diagnose(
  source: SourceText,
  { code, message, hint }: Problem,
  position?: Position,
): Diagnostic {
  return {
    code,
    file: source.file,
    ...(position === undefined ? {} : { position }),
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { excerpt: lineText(source, position.line) }),
  };
}

/** A diagnostic about a file whose text is not at hand. */
export function diagnoseFile(file: string, { code, message, hint }: Problem): Diagnostic {
  return { code, file, message, ...(hint === undefined ? {} : { hint }) };
}

/** The text of a line, counted from 1, without its line break. */
export function lineText({ text, lineStarts }: SourceText, line: number): string {
  const next = lineStarts[line];
  const content = text.slice(lineStarts[line - 1] ?? 0, next === undefined ? text.length : next - 1);
  return content.endsWith("\r") ? content.slice(0, -1) : content;
}

function lineAt({ lineStarts }: SourceText, offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
