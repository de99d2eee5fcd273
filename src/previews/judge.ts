import type { Finding } from "../core/report.js";
import type { SelectedRule } from "../core/rule.js";
import type { Snapshot } from "../core/snapshot.js";
import { overrideFindings, overrideRules } from "../engine/apply-overrides.js";
import { evaluateRules } from "../engine/evaluate-rules.js";
import type { EvaluatorsById } from "../engine/evaluate-rules.js";
import { gatherNeeds } from "../engine/gather-needs.js";
import { builtins } from "../run/builtins.js";
import { loadEvaluators } from "../run/check.js";
import type { CheckOptions } from "../run/check.js";
import { viewAccount } from "../shared/view-account.js";

/** Rules and how they are chosen, as for `check`; the state comes with each question. */
export type JudgeOptions = Omit<CheckOptions, "source">;

/** Judges states by the same rules again and again. */
export type Judge = {
  readonly options: JudgeOptions;
  readonly evaluators: EvaluatorsById;
  /** Rule id → the resource types that decide it. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Loads what the rules need to be decided. */
export async function openJudge(options: JudgeOptions): Promise<Judge> {
  const { rules, plugins = builtins, overrides = [] } = options;
  const evaluators = await loadEvaluators(rules, plugins);
  const types = new Map<string, ReadonlySet<string>>();
  for (const rule of rules) {
    const needs = await gatherNeeds([rule], evaluators, overrides);
    types.set(
      rule.id,
      new Set(needs.flatMap(({ type, only }) => (only === undefined ? [type] : [type, only.referencedBy]))),
    );
  }
  return { options, evaluators, types };
}

/** The findings of some of the rules about a state. */
export async function judge(
  { options, evaluators }: Judge,
  snapshot: Snapshot,
  rules: readonly SelectedRule[] = options.rules,
): Promise<readonly Finding[]> {
  const { overrides = [], exclude = [], regions } = options;
  const account = viewAccount(snapshot, {
    ...(regions === undefined ? {} : { regions }),
    exclude: exclude.map(({ region }) => region),
  });
  const ruled = overrideRules(rules, overrides, account.id);
  return overrideFindings(await evaluateRules(ruled, account, { evaluators }), overrides);
}

/** The rules that resources of some types could decide. */
export function rulesAbout(
  { options, types }: Judge,
  changed: ReadonlySet<string> | "*",
): readonly SelectedRule[] {
  if (changed === "*") return options.rules;
  return options.rules.filter(({ id }) => [...(types.get(id) ?? [])].some((type) => changed.has(type)));
}
