import type { Loaded } from "../core/diagnostic.js";
import type { Report } from "../core/report.js";
import type { Snapshot } from "../core/snapshot.js";
import { loadReport } from "./load-report.js";
import { parseSnapshot } from "./load-snapshot.js";
import { readText } from "./read-text.js";

/** Something that was found, or can be judged to find it. */
export type ReportOrSnapshot =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot };

/** Loads a report or a snapshot, whichever the file is; what is neither is told as no report. Never throws. */
export async function loadReportOrSnapshot(file: string): Promise<Loaded<ReportOrSnapshot>> {
  const text = await readText(file);
  if (!text.ok) return text;
  if (/"format"\s*:\s*"watchproof-snapshot\//u.test(text.value.text.slice(0, HEAD))) {
    const snapshot = await parseSnapshot(text.value.text, file);
    return snapshot.ok ? { ok: true, value: { kind: "snapshot", snapshot: snapshot.value } } : snapshot;
  }
  const report = await loadReport(file);
  return report.ok ? { ok: true, value: { kind: "report", report: report.value } } : report;
}

// Both formats begin with their name; nothing that AWS or a rule supplied stands before it.
const HEAD = 200;
