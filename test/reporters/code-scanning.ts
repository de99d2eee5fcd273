import { readFileSync } from "node:fs";
import draft04 from "ajv-draft-04";
import formats from "ajv-formats";
import type { SarifLog, SarifResult, SarifRule, SarifRun } from "../../src/shared/sarif/log.js";

const ajv = new draft04.default({ allErrors: true, strict: false });
formats.default(ajv);
const isSarif = ajv.compile(
  JSON.parse(readFileSync(new URL("schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8")),
);

/** Reads a SARIF log and holds it against the official schema. */
export function readSarif(text: string): SarifLog {
  const log: unknown = JSON.parse(text);
  if (!isSarif(log)) throw new Error(ajv.errorsText(isSarif.errors));
  return log as SarifLog;
}

/**
 * What GitHub code scanning would refuse or misread, beyond the schema; [] when nothing.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function refusals(log: SarifLog): readonly string[] {
  const categories = log.runs.map(
    ({ tool, automationDetails }) => `${tool.driver.name} ${automationDetails.id}`,
  );
  return [
    ...when(!log.$schema.endsWith("/sarif-schema-2.1.0.json"), "$schema"),
    ...when(log.runs.length > 20, "runs: more than 20"),
    ...when(new Set(categories).size < categories.length, "runs: two of one category"),
    ...emptyStrings(log, "log"),
    ...log.runs.flatMap(refusedRun),
  ];
}

function refusedRun({ tool: { driver }, automationDetails, results }: SarifRun): readonly string[] {
  const marks = results.map(
    ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints.primaryLocationLineHash}`,
  );
  return [
    ...when(
      !automationDetails.id.endsWith("/"),
      "automationDetails.id: what follows the last / is no category",
    ),
    ...when(results.length > 25_000, "results: more than 25,000"),
    ...when(driver.rules.length > 25_000, "rules: more than 25,000"),
    ...when(new Set(driver.rules.map(({ id }) => id)).size < driver.rules.length, "rules: one twice"),
    ...when(new Set(marks).size < marks.length, "results: two that would be one alert"),
    ...driver.rules.flatMap(refusedRule),
    ...results.flatMap((result) => refusedResult(result, driver.rules)),
  ];
}

function refusedRule({
  id,
  shortDescription,
  fullDescription,
  help,
  properties,
}: SarifRule): readonly string[] {
  const score = Number(properties["security-severity"] ?? "0.1");
  return [
    ...when(
      shortDescription.text.length > 1024 || fullDescription.text.length > 1024,
      `${id}: a description of more than 1024 characters`,
    ),
    ...when(typeof help.text !== "string", `${id}: no help`),
    ...when(properties.tags.length > 20 || !properties.tags.includes("security"), `${id}: tags`),
    ...when(!(score > 0 && score <= 10), `${id}: security-severity`),
    ...when(!["very-high", "high", "medium", "low"].includes(properties.precision), `${id}: precision`),
    ...when(
      !["error", "warning", "recommendation"].includes(properties["problem.severity"]),
      `${id}: problem.severity`,
    ),
  ];
}

function refusedResult(result: SarifResult, rules: readonly SarifRule[]): readonly string[] {
  const { ruleId, ruleIndex, message, locations, partialFingerprints } = result;
  const written: Readonly<Record<string, unknown>> = result;
  const [{ physicalLocation }] = locations;
  const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
  return [
    ...when(rules[ruleIndex]?.id !== ruleId, `${ruleId}: ruleIndex`),
    ...when(typeof message.text !== "string", `${ruleId}: message`),
    ...when(
      !(startLine >= 1 && startColumn >= 1 && endLine >= startLine && endColumn > startColumn),
      `${ruleId}: region`,
    ),
    ...when(
      /^(?:[a-z]+:|\/|\.)|\\/u.test(physicalLocation.artifactLocation.uri),
      `${ruleId}: uri is not relative to the repository`,
    ),
    ...when(
      !/^[0-9a-z-]+:1$/u.test(partialFingerprints.primaryLocationLineHash),
      `${ruleId}: primaryLocationLineHash`,
    ),
    // Whatever is in results becomes an alert, whatever its kind and suppressions.
    ...when(
      written["kind"] !== "fail" || written["suppressions"] !== undefined,
      `${ruleId}: is no open failure`,
    ),
  ];
}

function emptyStrings(value: unknown, path: string): readonly string[] {
  if (value === "") return [`${path}: empty`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => emptyStrings(member, `${path}.${key}`));
}

function when(isRefused: boolean, why: string): readonly string[] {
  return isRefused ? [why] : [];
}
