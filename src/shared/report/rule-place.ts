import type { Finding } from "../../core/report.js";
import type { RenderOptions, RulePlace } from "../../core/reporter.js";

/** Where a rule was written, if that is known. */
export function knownPlace(
  rule: string,
  { places = {} }: Pick<RenderOptions, "places">,
): RulePlace | undefined {
  return Object.hasOwn(places, rule) ? places[rule] : undefined;
}

/** Where what a finding is about is declared, in a template or plan that was judged; else where its rule was written, if that is known. */
export function knownPlaceOf(
  { rule, declared }: Pick<Finding, "rule" | "declared">,
  options: Pick<RenderOptions, "places">,
): RulePlace | undefined {
  if (declared?.file === undefined) return knownPlace(rule, options);
  return { file: declared.file, line: declared.line ?? 1, column: declared.column ?? 1 };
}

/** As `knownPlaceOf`; else where a config would name the rule, for formats that cannot do without a file. */
export function placeOfFinding(
  finding: Pick<Finding, "rule" | "declared">,
  options: Pick<RenderOptions, "places">,
): RulePlace {
  return knownPlaceOf(finding, options) ?? placeOfRule(finding.rule, options);
}

/** Where a rule was written; else where a config would name it, for formats that cannot do without a file. */
export function placeOfRule(rule: string, options: Pick<RenderOptions, "places">): RulePlace {
  return knownPlace(rule, options) ?? { file: "watchproof.yaml", line: 1, column: 1 };
}
