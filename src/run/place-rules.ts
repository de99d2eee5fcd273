import type { Plugins } from "../core/plugins.js";
import type { RulePlace } from "../core/reporter.js";
import type { Pack, SelectedRule } from "../core/rule.js";
import { rulesOf } from "../engine/select-rules.js";
import type { LocatedConfig } from "../loaders/config/load-config.js";
import type { LocatedRule } from "../loaders/load-rules.js";

/** The rules of a run, and where they may come from. */
export type RuleOrigins = {
  /** Rules of people's own files, those of the config too. */
  readonly own: readonly LocatedRule[];
  /** Absent without a config. */
  readonly config?: LocatedConfig;
  readonly packs: readonly Pack[];
  readonly plugins: Plugins;
};

/**
 * Where the rules of a run were written, by id: people's own in their files; those that ship or come from a package at the config's
 * entry that brings them, and nowhere without a config. Files are named as they were opened.
 */
export function placeRules(
  rules: readonly SelectedRule[],
  { own, config, ...origins }: RuleOrigins,
): Readonly<Record<string, RulePlace>> {
  const written = own.map(
    ({ rule, file, at: { line, column } }) => [rule.id, { file, line, column }] as const,
  );
  const brought = config === undefined ? [] : entriesOf(rules, config, origins);
  const chosen = new Set(rules.map(({ id }) => id));
  return Object.fromEntries([...brought, ...written].filter(([id]) => chosen.has(id)));
}

// The package that brings a rule, else the first pack that asks for it, else the config as a whole.
function entriesOf(
  rules: readonly SelectedRule[],
  { config, file, packNames, placeOf }: LocatedConfig,
  { packs, plugins }: Omit<RuleOrigins, "own" | "config">,
): readonly (readonly [string, RulePlace])[] {
  const at = (...path: Parameters<typeof placeOf>[0]): RulePlace => {
    const { line, column } = placeOf(path);
    return { file, line, column };
  };
  const bringing = packNames.flatMap((name, index) =>
    packs
      .filter(({ id }) => id === name)
      .flatMap((pack) => rulesOf(pack, rules).map(({ id }) => [id, at("packs", index)] as const)),
  );
  const byPack = new Map(bringing.toReversed());
  return rules.map(({ id }) => {
    const origin = plugins.origins?.rules?.[id];
    const ofPackage = origin === undefined ? -1 : (config.extends ?? []).indexOf(origin);
    return [id, ofPackage < 0 ? (byPack.get(id) ?? { file, line: 1, column: 1 }) : at("extends", ofPackage)];
  });
}
