import type { Baseline } from "../core/baseline.js";
import type { Loaded } from "../core/diagnostic.js";
import { explainFormat } from "./explain-format.js";
import type { FormatWords } from "./explain-format.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { explainErrors } from "./schema/faults.js";
import { diagnoseFile } from "./diagnostics/source-text.js";

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
      explainFormat(parsed.value, words) ?? {
        code: "not-a-baseline",
        message: fault?.message ?? "this is no baseline",
        hint: writes,
      },
    ),
  );
}

const writes = "`watchproof baseline update --report FILE --baseline FILE` writes one";
const words: FormatWords = {
  noun: "baseline",
  codes: { none: "not-a-baseline", version: "baseline-version" },
  format: "watchproof-baseline/",
  version: "1",
  writes,
  renew: "write it anew",
  isStrict: true,
};
