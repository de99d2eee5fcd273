import type { Loaded } from "../core/diagnostic.js";
import type { Report } from "../core/report.js";
import { explainFormat } from "./explain-format.js";
import type { FormatWords } from "./explain-format.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { explainErrors } from "./schema/faults.js";
import { diagnoseFile } from "./diagnostics/source-text.js";

/** Loads a report, what `check --format json` writes; or tells why the file is none. Never throws. */
export async function loadReport(file: string): Promise<Loaded<Report>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value, writes);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.report(parsed.value)) return { ok: true, value: parsed.value };
  const [fault] = explainErrors(validators.report.errors ?? []);
  const mistaken = explainFormat(parsed.value, words) ?? {
    code: "not-a-report",
    message: fault?.message ?? "this is no report",
    hint: writes,
  };
  return refuse(diagnoseFile(file, mistaken));
}

const writes = "`watchproof check --format json=FILE` writes one";
const words: FormatWords = {
  noun: "report",
  codes: { none: "not-a-report", version: "report-version" },
  format: "watchproof-report/",
  version: "1",
  writes,
  renew: "check again",
  mistaken: { "watchproof-snapshot/": "this is a snapshot, what a check judges; a report is what it says" },
};
