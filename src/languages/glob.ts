import type { CharSet, Piece } from "./text-automaton.js";
import { ANY_RUN } from "./text-automaton.js";

/** Fixed stretches of text with any run of characters between each two. `["a", ""]` is a prefix, `["a"]` the text itself. */
export type Glob = { readonly parts: readonly string[]; readonly ignoreCase: boolean };

/** A glob of fixed stretches, exact in case unless told otherwise. */
export function glob(parts: readonly string[], ignoreCase = false): Glob {
  return { parts, ignoreCase };
}

/** Whether a text has the shape. Takes the leftmost place for each stretch, which suffices, so time is text × longest stretch. */
export function matchesGlob({ parts, ignoreCase }: Glob, text: string): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text.length === first.length && startsAt(text, first, { at: 0, ignoreCase });
  const end = text.length - last.length;
  if (end < first.length || !startsAt(text, first, { at: 0, ignoreCase }) || !startsAt(text, last, { at: end, ignoreCase })) return false;
  let at = first.length;
  for (const part of others) {
    while (at + part.length <= end && !startsAt(text, part, { at, ignoreCase })) at += 1;
    at += part.length;
    if (at > end) return false;
  }
  return true;
}

/** The same shape for an automaton. */
export function globPieces({ parts, ignoreCase }: Glob): readonly Piece[] {
  return parts.flatMap((part, index) => [...(index === 0 ? [] : [ANY_RUN]), ...textPieces(part, ignoreCase)]);
}

function textPieces(text: string, ignoreCase: boolean): readonly Piece[] {
  return text.split("").map((char) => ({ set: oneChar(char, ignoreCase), min: 1, max: 1 }));
}

function oneChar(char: string, ignoreCase: boolean): CharSet {
  const named = ignoreCase ? [...new Set([char, char.toLowerCase(), char.toUpperCase()])].filter(({ length }) => length === 1).join("") : char;
  return { named, has: (read) => named.includes(read) };
}

function startsAt(text: string, part: string, { at, ignoreCase }: { readonly at: number; readonly ignoreCase: boolean }): boolean {
  if (!ignoreCase) return text.startsWith(part, at);
  for (let index = 0; index < part.length; index += 1) {
    if (!sameLetter(part.charAt(index), text.charAt(at + index))) return false;
  }
  return true;
}

function sameLetter(pattern: string, read: string): boolean {
  return pattern === read || pattern.toLowerCase() === read || pattern.toUpperCase() === read;
}
