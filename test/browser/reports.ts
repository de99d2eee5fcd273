import type { Report } from "../../src/core/report.js";
import type { RenderOptions } from "../../src/core/reporter.js";
import { html } from "../../src/reporters/html.js";
import { markedReport, trendOf } from "../reporters/page-reports.js";

/** A page of a report. */
export function pageOf(report: Report, part: Partial<RenderOptions> = {}): string {
  return html.render(report, { gate: { exitCode: 1, because: "6 open failures" }, color: false, ...part });
}

/** A page with one of everything. */
export const fullPage = pageOf(markedReport, { trend: trendOf(14) });
