/** What parsing a text gave: the value, or the first reason why the text is none; `at` is an offset in characters. */
export type Parsed<T> = { readonly kind: "parsed"; readonly value: T } | Malformed;

/** Why a text does not parse, and the offset in characters at which it stops making sense. */
export type Malformed = { readonly kind: "malformed"; readonly why: string; readonly at: number };

/** Thrown inside a parser where the text stops making sense; `parseWith` turns it into an answer. */
export class SyntaxProblem extends Error {
  override readonly name = "SyntaxProblem";
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** Runs a parser that throws SyntaxProblem; any other error is a bug and passes through. */
export function parseWith<T>(parse: () => T): Parsed<T> {
  try {
    return { kind: "parsed", value: parse() };
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { kind: "malformed", why: problem.message, at: problem.at };
    throw problem;
  }
}
