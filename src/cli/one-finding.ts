import { loadReport } from "../index.js";
import { findFindings, nearest } from "../inner.js";
import type { Finding, Report } from "../index.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

/** The finding of a report whose id is this, or begins with it. @throws DiagnosticsError where the file is no report, UsageError where there is none or several. */
export async function oneFinding(
  id: string,
  file: string,
): Promise<{ readonly report: Report; readonly finding: Finding }> {
  const report = await loadReport(file);
  if (!report.ok) throw new DiagnosticsError(report.diagnostics);
  return { report: report.value, finding: chooseFinding(report.value, id, file) };
}

function chooseFinding(report: Report, id: string, file: string): Finding {
  const found = findFindings(report, id);
  const [first, second] = found;
  if (first === undefined) throw new UsageError(noSuchFinding(report, id, file));
  if (second !== undefined && first.id !== id)
    throw new UsageError(
      `${found.length.toString()} findings of ${file} begin with "${id}"; give more characters: ${found
        .slice(0, 5)
        .map((finding) => finding.id)
        .join(", ")}`,
    );
  return first;
}

function noSuchFinding({ findings }: Report, id: string, file: string): string {
  const near = nearest(
    id,
    findings.map((finding) => finding.id),
  );
  const ofRule = findings.filter(({ rule }) => rule === id);
  if (ofRule.length > 0)
    return `"${id}" is a rule; its findings in ${file} are ${ofRule
      .slice(0, 5)
      .map((finding) => finding.id)
      .join(", ")}`;
  return `${file} has no finding whose id begins with "${id}"${near === undefined ? `; it holds ${findings.length.toString()}, each with its id in "findings[].id"` : ` (did you mean ${near}?)`}`;
}
