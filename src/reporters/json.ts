import { defineReporter } from "../core/reporter.js";
import { reportJsonPieces } from "../shared/report/json.js";

/** The report as one JSON object, schemas/report.schema.json: keys in the order of the contract, the same report gives the same bytes. */
export const json = defineReporter({
  id: "json",
  summary: "for programs: the whole report as one JSON object (schemas/report.schema.json)",
  render: (report) => [...reportJsonPieces(report)].join(""),
  pieces: reportJsonPieces,
});
