import type { Baseline } from "../core/baseline.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import { findJsonFault } from "./json-fault.js";
import { readText } from "./read-text.js";
import { isRecord, member } from "./schema-error.js";
import { explainErrors } from "./schema-faults.js";
import { diagnose, diagnoseFile, positionOf } from "./source-text.js";
import type { Problem, SourceText } from "./source-text.js";

/** Loads a baseline, what `baseline update` writes; or tells why the file is none. Never throws. */
export async function loadBaseline(file: string): Promise<Loaded<Baseline>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parse(text.value);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.baseline(parsed.value)) return { ok: true, value: parsed.value };
  const [fault] = explainErrors(validators.baseline.errors ?? []);
  return refuse(diagnoseFile(file, explainFormat(parsed.value) ?? { code: "not-a-baseline", message: fault?.message ?? "this is no baseline", hint: writes }));
}

const writes = "`watchproof baseline update --report FILE --baseline FILE` writes one";
const FORMAT = "watchproof-baseline/";

function parse(source: SourceText): Loaded<unknown> {
  const { file, text } = source;
  if (text.trim() === "") return refuse(diagnoseFile(file, { code: "empty-file", message: "there is nothing in this file", hint: writes }));
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const start = findJsonFault(text) ?? text.length;
    return refuse(diagnose(source, { code: "json-syntax", message: "this is not JSON from here on", hint: writes }, positionOf(source, { start, end: start + 1 })));
  }
}

function explainFormat(value: unknown): Problem | undefined {
  const format = member(value, "format");
  if (typeof format !== "string") return isRecord(value) ? { code: "not-a-baseline", message: 'this is no baseline: it has no "format"', hint: writes } : undefined;
  if (!format.startsWith(FORMAT)) return { code: "not-a-baseline", message: `this is no baseline: its format is ${JSON.stringify(format)}`, hint: writes };
  return format === `${FORMAT}1` ? undefined : { code: "baseline-version", message: `this baseline has the format ${JSON.stringify(format)}; this version reads ${FORMAT}1`, hint: "use the version that wrote it, or write it anew" };
}

function refuse(diagnostic: Diagnostic): Loaded<never> {
  return { ok: false, diagnostics: [diagnostic] };
}
