export type { Finding, Report, ReportGap, ReportNote, AccountSummary, Summary } from "./formats/report.js";
