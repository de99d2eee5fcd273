import { access } from "node:fs/promises";
import { builtins } from "./builtins.js";
import type { Loaded } from "../core/diagnostic.js";
import type { Plugins } from "../core/plugins.js";
import type { Pack, Rule } from "../core/rule.js";
import { loadConfig } from "../loaders/config/load-config.js";
import { loadRules } from "../loaders/load-rules.js";
import { nearest } from "../shared/nearest.js";

/** A rule, built-in or a person's own (with its file), and the packs of the config that it was found with. */
export type FoundRule = { readonly rule: Rule; readonly file?: string; readonly packs: readonly Pack[] };

/** Where rules are looked for. */
export type FindRuleOptions = {
  /** A config whose rules are known, too. */
  readonly config?: string;
  /** Default: what ships. */
  readonly plugins?: Plugins;
};

/** Finds a rule by its id or by its file, templates included; or says that there is none, and which id comes near. Never throws. */
export async function findRule(
  name: string,
  { config, plugins = builtins }: FindRuleOptions = {},
): Promise<Loaded<FoundRule>> {
  if (await isRuleFile(name)) return findInFile(name, plugins);
  const loaded =
    config === undefined
      ? { ok: true as const, value: { rules: [], packs: [] } }
      : await loadConfig(config, { plugins });
  if (!loaded.ok) return loaded;
  const { rules, packs } = loaded.value;
  const own = rules.find(({ rule }) => rule.id === name);
  if (own !== undefined) return { ok: true, value: { rule: own.rule, file: own.file, packs } };
  const shipped = await plugins.rules();
  const found = shipped.find(({ id }) => id === name);
  if (found !== undefined) return { ok: true, value: { rule: found, packs } };
  const near = nearest(
    name,
    [...shipped, ...rules.map(({ rule }) => rule)].map(({ id }) => id),
  );
  const hint = near === undefined ? "`watchproof list rules` shows what there is" : `did you mean "${near}"?`;
  return {
    ok: false,
    diagnostics: [
      {
        code: "unknown-rule",
        file: name,
        message: "there is no rule of this id, and no file of this name",
        hint,
      },
    ],
  };
}

async function isRuleFile(name: string): Promise<boolean> {
  if (/\.ya?ml$/u.test(name) || name.includes("/")) return true;
  return access(name).then(
    () => true,
    () => false,
  );
}

async function findInFile(file: string, plugins: Plugins): Promise<Loaded<FoundRule>> {
  const loaded = await loadRules([file], { plugins });
  if (!loaded.ok) return loaded;
  const [first, ...more] = loaded.value;
  if (first === undefined || more.length > 0)
    return {
      ok: false,
      diagnostics: [
        {
          code: "unknown-rule",
          file,
          message: `this folder holds ${loaded.value.length.toString()} rules`,
          hint: "name one of its files",
        },
      ],
    };
  return { ok: true, value: { rule: first.rule, file, packs: [] } };
}
