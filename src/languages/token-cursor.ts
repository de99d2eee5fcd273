import { SyntaxProblem } from "../shared/parsed.js";

/** Walks over the tokens of a text, each of which knows its offset; `length` is the text's. */
export class TokenCursor<Token extends { readonly at: number }> {
  protected position = 0;

  constructor(
    protected readonly tokens: readonly Token[],
    private readonly length: number,
  ) {}

  /** Whether all tokens are behind it. */
  isAtEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  /** The token that comes next; undefined at the end. */
  peek(): Token | undefined {
    return this.tokens[this.position];
  }

  /** Takes the next token. @throws SyntaxProblem at the end. */
  next(): Token {
    const token = this.peek() ?? this.expected("more after this");
    this.position += 1;
    return token;
  }

  /** Takes the next token where it is such a one, and says whether it was. */
  takeIf(is: (token: Token) => boolean): boolean {
    const token = this.peek();
    const isThere = token !== undefined && is(token);
    if (isThere) this.position += 1;
    return isThere;
  }

  /** Says what should stand here. @throws SyntaxProblem */
  expected(what: string): never {
    return this.refuse(`expected ${what}`);
  }

  /** Says what is wrong here. @throws SyntaxProblem */
  refuse(why: string): never {
    throw new SyntaxProblem(why, this.peek()?.at ?? this.length);
  }
}
