import type { Finding } from "../../core/report.js";
import type { RenderOptions } from "../../core/reporter.js";
import { placeOfFinding } from "../../shared/report/rule-place.js";
import type { SarifLocation, SarifResult } from "../../shared/sarif/log.js";
import { sarifLevels } from "../../shared/sarif/rules.js";
import { subjectText } from "../../shared/text/finding-text.js";
import { printable } from "../../shared/text/terminal-text.js";
import { witnessText } from "../../shared/text/witness-text.js";
import type { RunContext } from "./run-context.js";

/** An open failure as a result of its rule. */
export function toResult(
  finding: Finding,
  { remedied, ...options }: RunContext,
  ruleIndex: number,
): SarifResult {
  const { id, rule, severity, account, region, witness, baseline, remediation } = finding;
  const remedy = remedied.has(rule) ? undefined : remediation;
  const texts = [
    sentence(finding),
    ...(witness === undefined ? [] : [`witness: ${witnessText(witness)}`]),
    ...(remedy?.text === undefined ? [] : [remedy.text.trim().replace(/\s+/gu, " ")]),
  ];
  return {
    ruleId: rule,
    ruleIndex,
    kind: "fail",
    level: sarifLevels[severity],
    message: { text: harmless(texts.join(" · ")) },
    locations: [toLocation(finding, options)],
    // Every subject stands at the same line, so that a hash of the line would make one alert of them.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, "watchproof/v1": id },
    ...(baseline === undefined ? {} : { baselineState: baseline === "known" ? "unchanged" : "new" }),
    properties: {
      severity,
      account,
      region,
      ...(witness === undefined ? {} : { witness }),
      ...(remedy === undefined ? {} : { remediation: remedy }),
    },
  };
}

/** Where a finding is shown: where its subject is declared, else at the rule that it fails, and by the name of its subject. */
export function toLocation(finding: Finding, options: Pick<RenderOptions, "places">): SarifLocation {
  const { subject, account, region } = finding;
  const { file, line, column } = placeOfFinding(finding, options);
  const name = printable(subject.id.trim()) || subject.type;
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 },
    },
    logicalLocations: [
      {
        name,
        fullyQualifiedName: printable(subject.arn ?? "") || `${account}/${region}/${subject.type}/${name}`,
        kind: "resource",
      },
    ],
  };
}

/** What was found, in one sentence. */
export function sentence(finding: Finding): string {
  return `${subjectText(finding)}: ${finding.message}`;
}

/** A text for SARIF's messages, where [text](target) is a link, as in Markdown: https://docs.oasis-open.org/sarif/sarif/v2.1.0, 3.11.6 */
export function harmless(text: string): string {
  return printable(text).replaceAll("](", "] (");
}
