import type { RenderOptions, RulePlace } from "../../core/reporter.js";

/** Where a rule was written, if that is known. */
export function knownPlace(
  rule: string,
  { places = {} }: Pick<RenderOptions, "places">,
): RulePlace | undefined {
  return Object.hasOwn(places, rule) ? places[rule] : undefined;
}

/** Where a rule was written; else where a config would name it, for formats that cannot do without a file. */
export function placeOfRule(rule: string, options: Pick<RenderOptions, "places">): RulePlace {
  return knownPlace(rule, options) ?? { file: "watchproof.yaml", line: 1, column: 1 };
}
