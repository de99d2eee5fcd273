import type { Need } from "../core/need.js";
import type { SelectedRule } from "../core/rule.js";
import type { Override } from "./apply-overrides.js";
import type { EvaluatorsById } from "./evaluate-rules.js";
import { matchesGlob } from "../shared/glob.js";

/**
 * Everything that the rules must be able to read. An override that concerns single accounts is counted in, since the
 * account is known only after reading. An evaluator that throws here will say so again when it is asked to decide.
 */
export function gatherNeeds(rules: readonly SelectedRule[], evaluators: EvaluatorsById, overrides: readonly Override[] = []): readonly Need[] {
  return rules.flatMap((rule) => variants(rule, overrides).flatMap((variant) => needsOf(variant, evaluators)));
}

function variants(rule: SelectedRule, overrides: readonly Override[]): readonly SelectedRule[] {
  const changing = overrides.filter((entry) => entry.with !== undefined && matchesGlob(entry.rule, rule.id));
  return [rule, ...changing.map((entry) => ({ ...rule, with: { ...rule.with, ...entry.with } }))];
}

function needsOf(rule: SelectedRule, evaluators: EvaluatorsById): readonly Need[] {
  try {
    return evaluators.get(rule.evaluator)?.needs(rule.with) ?? [];
  } catch {
    return [];
  }
}
