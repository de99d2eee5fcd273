import type { Need } from "../core/need.js";
import type { SelectedRule } from "../core/rule.js";
import type { Override } from "./apply-overrides.js";
import type { EvaluatorsById } from "./evaluate-rules.js";
import { matchesGlob } from "../shared/glob.js";

/**
 * Everything that the rules must be able to read. An override that concerns single accounts is counted in, since the
 * account is known only after reading. An evaluator that throws here will say so again when it is asked to decide.
 */
export async function gatherNeeds(
  rules: readonly SelectedRule[],
  evaluators: EvaluatorsById,
  overrides: readonly Override[] = [],
): Promise<readonly Need[]> {
  const all = rules.flatMap((rule) => variants(rule, overrides));
  const needs = await Promise.all(all.map((rule) => needsOf(rule, evaluators)));
  return needs.flat();
}

function variants(rule: SelectedRule, overrides: readonly Override[]): readonly SelectedRule[] {
  const changing = overrides.filter((entry) => entry.with !== undefined && matchesGlob(entry.rule, rule.id));
  return [rule, ...changing.map((entry) => ({ ...rule, with: { ...rule.with, ...entry.with } }))];
}

async function needsOf(rule: SelectedRule, evaluators: EvaluatorsById): Promise<readonly Need[]> {
  try {
    return (await evaluators.get(rule.evaluator)?.needs(rule.with)) ?? [];
  } catch {
    return [];
  }
}
