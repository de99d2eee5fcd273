import type { ReportNote } from "../../core/report.js";

/** A note on waivers or baseline in one line, its place first: "waivers.yaml:4:5: the waiver of …". */
export function reportNoteText({ place, message }: ReportNote): string {
  return place === undefined ? message : `${place}: ${message}`;
}
