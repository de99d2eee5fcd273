import type { Pack, Rule, SelectedRule } from "../core/rule.js";
import { byKeys } from "../shared/order.js";
import { isPlainName, matchesGlob } from "../shared/glob.js";

/** What there is to choose from, and what was asked for. */
export type Selection = {
  /** Every known rule: those that ship, and a person's own. */
  readonly known: readonly Rule[];
  readonly packs: readonly Pack[];
  /** Rules that are in the run by themselves: from rule files, or made from templates. */
  readonly own: readonly Rule[];
  /** Packs that are in the run. */
  readonly packNames: readonly string[];
  /** Only rules whose id matches one of these; empty: all. */
  readonly globs: readonly string[];
};

/** The rules of the run, sorted by id; `missed` are the globs and packs that name nothing. */
export type SelectResult = {
  readonly rules: readonly SelectedRule[];
  readonly missed: readonly { readonly kind: "rule" | "pack" | "template"; readonly name: string }[];
};

/**
 * Chooses the rules of a run. Own rules and packs make the base; where neither is named, every known rule is.
 * Globs narrow the base; a pattern never takes a template.
 */
export function selectRules({ known, packs, own, packNames, globs }: Selection): SelectResult {
  const missing = packNames.filter((name) => !packs.some(({ id }) => id === name));
  const isOpen = own.length === 0 && packNames.length === 0;
  const chosen = packs.filter(({ id }) => packNames.includes(id)).flatMap((pack) => rulesOf(pack, known));
  const base = uniqueById(isOpen ? known : [...own, ...chosen]).filter(({ template }) => template !== true);
  const idle = globs.filter((glob) => !base.some(({ id }) => matchesGlob(glob, id)));
  const rules = base.filter(({ id }) => globs.length === 0 || globs.some((glob) => matchesGlob(glob, id)));
  return {
    rules: rules
      .map((rule) => ({ ...rule, with: rule.with ?? {} }))
      .sort(byKeys<SelectedRule>(({ id }) => id)),
    missed: [
      ...missing.map((name) => ({ kind: "pack" as const, name })),
      ...idle.map((name) => ({
        kind: isTemplate(name, known) ? ("template" as const) : ("rule" as const),
        name,
      })),
    ],
  };
}

/** The rules that a pack holds, by id or pattern. */
export function rulesOf(pack: Pack, known: readonly Rule[]): readonly Rule[] {
  const patterns = [
    ...(pack.rules ?? []),
    ...Object.values(pack.controls ?? {}).flatMap(({ rules }) => rules),
  ];
  return known.filter(
    (rule) => rule.template !== true && patterns.some((pattern) => matchesGlob(pattern, rule.id)),
  );
}

function isTemplate(name: string, known: readonly Rule[]): boolean {
  return isPlainName(name) && known.some(({ id, template }) => id === name && template === true);
}

function uniqueById(rules: readonly Rule[]): readonly Rule[] {
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}
