/** A stretch of a file: lines and columns count from 1; `length` in columns. */
export type Position = { readonly line: number; readonly column: number; readonly length: number };

/** A located problem in a file that a person wrote. */
export type Diagnostic = {
  /** Stable and documented in docs/diagnostics.md; tests and tools rely on it. */
  readonly code: string;
  readonly file: string;
  /** Absent when the problem is the file as a whole. */
  readonly position?: Position;
  /** What is wrong and what is accepted. */
  readonly message: string;
  /** The way out, such as `did you mean "medium"?`. */
  readonly hint?: string;
  /** The source line, for an excerpt. */
  readonly excerpt?: string;
};

/** A value, or every problem that prevents it. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
