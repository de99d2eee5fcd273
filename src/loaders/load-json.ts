import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { findJsonFault } from "./schema/json-fault.js";
import { diagnose, diagnoseFile, positionOf } from "./diagnostics/source-text.js";
import type { SourceText } from "./diagnostics/source-text.js";

/** Parses a text as JSON, or tells where it stops being that; `hint` says what writes such files. Never throws. */
export function parseJson(source: SourceText, hint: string): Loaded<unknown> {
  const { file, text } = source;
  if (text.trim() === "")
    return refuse(diagnoseFile(file, { code: "empty-file", message: "there is nothing in this file", hint }));
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const start = findJsonFault(text) ?? text.length;
    const problem =
      start >= text.length
        ? ({
            code: "json-syntax",
            message: "this is not JSON: it ends too early",
            hint: "the file may have been cut off",
          } as const)
        : ({ code: "json-syntax", message: "this is not JSON from here on", hint } as const);
    return refuse(diagnose(source, problem, positionOf(source, { start, end: start + 1 })));
  }
}

/** Nothing loaded, for one reason. */
export function refuse(diagnostic: Diagnostic): Loaded<never> {
  return { ok: false, diagnostics: [diagnostic] };
}
