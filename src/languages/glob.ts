import { matchesStretches } from "../shared/glob.js";
import type { CharSet, Piece } from "./text-automaton.js";
import { ANY_RUN } from "./text-automaton.js";

/** Fixed stretches of text with any run of characters between each two. `["a", ""]` is a prefix, `["a"]` the text itself. */
export type Glob = { readonly parts: readonly string[]; readonly ignoreCase: boolean };

/** A glob of fixed stretches, exact in case unless told otherwise. */
export function glob(parts: readonly string[], ignoreCase = false): Glob {
  return { parts, ignoreCase };
}

/** Whether a text has the shape. */
export function matchesGlob({ parts, ignoreCase }: Glob, text: string): boolean {
  return ignoreCase ? matchesStretches(parts, text, standsInAnyCase) : matchesStretches(parts, text);
}

/** The same shape for an automaton. */
export function globPieces({ parts, ignoreCase }: Glob): readonly Piece[] {
  return parts.flatMap((part, index) => [...(index === 0 ? [] : [ANY_RUN]), ...textPieces(part, ignoreCase)]);
}

function textPieces(text: string, ignoreCase: boolean): readonly Piece[] {
  return text.split("").map((char) => ({ set: oneChar(char, ignoreCase), min: 1, max: 1 }));
}

// A letter is the same set wherever it stands, so that automata have few sets to tell apart.
const letters = { exact: new Map<string, CharSet>(), anyCase: new Map<string, CharSet>() };

function oneChar(char: string, ignoreCase: boolean): CharSet {
  const known = ignoreCase ? letters.anyCase : letters.exact;
  const set = known.get(char) ?? setOf(char, ignoreCase);
  known.set(char, set);
  return set;
}

function setOf(char: string, ignoreCase: boolean): CharSet {
  const named = ignoreCase
    ? [...new Set([char, char.toLowerCase(), char.toUpperCase()])]
        .filter(({ length }) => length === 1)
        .join("")
    : char;
  return { named, has: (read) => named.includes(read) };
}

function standsInAnyCase(part: string, text: string, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) {
    if (!sameLetter(part.charAt(index), text.charAt(at + index))) return false;
  }
  return true;
}

function sameLetter(pattern: string, read: string): boolean {
  return pattern === read || pattern.toLowerCase() === read || pattern.toUpperCase() === read;
}
