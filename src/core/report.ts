import type { Report } from "./formats/report.js";

export type { Finding, Report, ReportGap, ReportNote, AccountSummary } from "./formats/report.js";

/** The counts of a report. */
export type Summary = Report["summary"];
