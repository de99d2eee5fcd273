import type { Report } from "./formats.js";

export type { Finding, Report, ReportGap, ReportNote, AccountSummary } from "./formats.js";

/** The counts of a report. */
export type Summary = Report["summary"];
