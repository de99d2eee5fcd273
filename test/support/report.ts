import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Finding, Report } from "../../src/core/report.js";
import { root } from "./run-cli.js";

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(`${root}schemas/${name}.schema.json`, "utf8")) as object;
const isReport = ajv.compile(schemaOf("report"));
const isSnapshot = ajv.compile(schemaOf("snapshot"));

/** Reads a report and holds it against its published schema. */
export function readReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!isReport(report)) throw new Error(`not a valid report: ${ajv.errorsText(isReport.errors)}`);
  return report as Report;
}

/** What keeps a value from being a valid snapshot; empty when it is one. */
export function snapshotErrors(value: unknown): string {
  return isSnapshot(value) ? "" : ajv.errorsText(isSnapshot.errors);
}

/** The findings of a rule. */
export function findingsOf(report: Report, rule: string): readonly Finding[] {
  return report.findings.filter((finding) => finding.rule === rule);
}
