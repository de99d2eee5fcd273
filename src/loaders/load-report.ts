import type { Loaded } from "../core/diagnostic.js";
import type { Report } from "../core/report.js";
import { parseJson, refuse } from "./load-json.js";
import { readText } from "./read-text.js";
import { isRecord, member } from "./diagnostics/schema-error.js";
import { explainErrors } from "./schema/faults.js";
import { diagnoseFile } from "./diagnostics/source-text.js";
import type { Problem } from "./diagnostics/source-text.js";

/** Loads a report, what `check --format json` writes; or tells why the file is none. Never throws. */
export async function loadReport(file: string): Promise<Loaded<Report>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value, writes);
  if (!parsed.ok) return parsed;
  const { validators } = await import("../generated/validators.js");
  if (validators.report(parsed.value)) return { ok: true, value: parsed.value };
  const [fault] = explainErrors(validators.report.errors ?? []);
  const mistaken = explainFormat(parsed.value) ?? {
    code: "not-a-report",
    message: fault?.message ?? "this is no report",
    hint: writes,
  };
  return refuse(diagnoseFile(file, mistaken));
}

const writes = "`watchproof check --format json=FILE` writes one";
const FORMAT = "watchproof-report/";

function explainFormat(value: unknown): Problem | undefined {
  const format = member(value, "format");
  if (typeof format !== "string")
    return isRecord(value)
      ? { code: "not-a-report", message: 'this is no report: it has no "format"', hint: writes }
      : undefined;
  if (format.startsWith("watchproof-snapshot/"))
    return {
      code: "not-a-report",
      message: "this is a snapshot, what a check judges; a report is what it says",
      hint: writes,
    };
  if (format.startsWith(FORMAT) && format !== `${FORMAT}1`)
    return {
      code: "report-version",
      message: `this report has the format ${JSON.stringify(format)}; this version reads watchproof-report/1`,
      hint: "use the version that wrote it, or check again",
    };
  return undefined;
}
