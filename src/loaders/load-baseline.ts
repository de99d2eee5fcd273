import type { Baseline } from "../core/baseline.js";
import type { Loaded } from "../core/diagnostic.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { explainErrors } from "./schema/faults.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import type { Problem } from "./diagnostics/source-text.js";

/** Loads a baseline, what `baseline update` writes; or tells why the file is none. Never throws. */
export async function loadBaseline(file: string): Promise<Loaded<Baseline>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value, writes);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.baseline(parsed.value)) return { ok: true, value: parsed.value };
  const [fault] = explainErrors(validators.baseline.errors ?? []);
  return refuse(
    diagnoseFile(
      file,
      explainFormat(parsed.value) ?? {
        code: "not-a-baseline",
        message: fault?.message ?? "this is no baseline",
        hint: writes,
      },
    ),
  );
}

const writes = "`watchproof baseline update --report FILE --baseline FILE` writes one";
const FORMAT = "watchproof-baseline/";

function explainFormat(value: unknown): Problem | undefined {
  const format = member(value, "format");
  if (typeof format !== "string")
    return isRecord(value)
      ? { code: "not-a-baseline", message: 'this is no baseline: it has no "format"', hint: writes }
      : undefined;
  if (!format.startsWith(FORMAT))
    return {
      code: "not-a-baseline",
      message: `this is no baseline: its format is ${JSON.stringify(format)}`,
      hint: writes,
    };
  return format === `${FORMAT}1`
    ? undefined
    : {
        code: "baseline-version",
        message: `this baseline has the format ${JSON.stringify(format)}; this version reads ${FORMAT}1`,
        hint: "use the version that wrote it, or write it anew",
      };
}
