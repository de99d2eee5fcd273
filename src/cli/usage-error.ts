import type { Diagnostic } from "../index.js";

/** The person asked for something that cannot be done; ends the command with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Files that the person wrote hold mistakes; ends the command with exit code 2. */
export class DiagnosticsError extends Error {
  override readonly name = "DiagnosticsError";
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(`${diagnostics.length.toString()} problems`);
  }
}
