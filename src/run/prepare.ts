import { builtins } from "./builtins.js";
import type { Config } from "../core/config.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { Plugins } from "../core/plugins.js";
import type { RulePlace } from "../core/reporter.js";
import type { Pack, Rule, SelectedRule } from "../core/rule.js";
import { selectRules } from "../engine/select-rules.js";
import type { Selection, SelectResult } from "../engine/select-rules.js";
import { checkChosenPacks } from "../loaders/config/check-config.js";
import { finishConfig, placeFaults } from "../loaders/config/load-config.js";
import type { LocatedConfig, OpenedConfig } from "../loaders/config/load-config.js";
import { loadRules } from "../loaders/load-rules.js";
import type { LocatedRule } from "../loaders/load-rules.js";
import { openPlugins, withoutConsequences } from "./open-plugins.js";
import type { PluginSettings } from "./open-plugins.js";
import { placeRules } from "./place-rules.js";
import { nearest } from "../shared/nearest.js";

/** The pack that is judged when nothing else is asked for. */
const DEFAULT_PACK = "logging-monitoring";

/** What a person asked to be judged. Paths are relative to the current folder. */
export type RunRequest = {
  /** Rule files or folders. */
  readonly rules?: readonly string[];
  /** A config file; its own paths are relative to it. */
  readonly config?: string;
  /** Only rules whose id matches one of these patterns (`*` for any run of characters). */
  readonly globs?: readonly string[];
  /** Names of packs. */
  readonly packs?: readonly string[];
  /** Default: what ships. What the config names under `plugins` and `extends` is added. */
  readonly plugins?: Plugins;
  readonly pluginSettings?: PluginSettings;
};

/** Every rule and pack that could be named, in the run or not. */
export type KnownRules = { readonly rules: readonly Rule[]; readonly packs: readonly Pack[] };

/** The rules of a run, ready for `check`, the config that they came with (empty without one), and all that can be plugged in. */
export type PreparedRun = {
  readonly rules: readonly SelectedRule[];
  readonly config: Config;
  readonly plugins: Plugins;
  readonly known: KnownRules;
  /** Where rules were written, by id; files as they were named, relative to the current folder. */
  readonly places: Readonly<Record<string, RulePlace>>;
};

/** Loads the files that a run needs and chooses its rules; or tells every problem at once. Never throws. */
export async function prepareRun({
  plugins: base = builtins,
  pluginSettings = {},
  ...request
}: RunRequest): Promise<Loaded<PreparedRun>> {
  const { plugins, opened, diagnostics } = await openPlugins(request.config, { base, ...pluginSettings });
  const rules = await loadRules(request.rules ?? [], { plugins });
  const own = rules.ok ? rules.value : [];
  const config = opened === undefined ? withoutConfig : await finishConfig(opened, { plugins, rules: own });
  if (diagnostics.length > 0)
    return {
      ok: false,
      diagnostics: [...diagnostics, ...withoutConsequences([...problems(rules), ...problems(config)])],
    };
  if (!rules.ok || !config.ok) return { ok: false, diagnostics: [...problems(rules), ...problems(config)] };
  const shipped = { rules: await plugins.rules(), packs: await plugins.packs() };
  const selection = choose(request, { own, config: config.value, shipped });
  const result = selectRules(selection);
  if (result.missed.length > 0)
    return { ok: false, diagnostics: result.missed.map((missed) => explainMissed(missed, selection)) };
  const idle = idleThresholds(request, config.value, opened);
  if (idle.length > 0) return { ok: false, diagnostics: idle };
  const known = { rules: selection.known, packs: selection.packs };
  const places = placeRules(result.rules, {
    own: [...own, ...config.value.rules],
    packs: known.packs,
    plugins,
    ...(opened === undefined ? {} : { config: config.value }),
  });
  return { ok: true, value: { rules: result.rules, config: config.value.config, plugins, known, places } };
}

const withoutConfig: Loaded<LocatedConfig> = {
  ok: true,
  value: {
    config: {},
    file: "",
    rules: [],
    packs: [],
    packNames: [],
    placeOf: () => ({ line: 1, column: 1, length: 1 }),
  },
};

type Loadings = {
  readonly own: readonly LocatedRule[];
  readonly config: LocatedConfig;
  readonly shipped: { readonly rules: readonly Rule[]; readonly packs: readonly Pack[] };
};

// What stands on the command line goes before the config's choice; a bare --rule chooses among everything.
function choose(request: RunRequest, { own, config, shipped }: Loadings): Selection {
  const globs = request.globs ?? [];
  const named = { own: own.map(({ rule }) => rule), packNames: request.packs ?? [] };
  const configured = { own: config.rules.map(({ rule }) => rule), packNames: config.packNames };
  const base = isEmpty(named) ? configured : named;
  const chosen = isEmpty(base) ? { own: [], packNames: globs.length > 0 ? [] : [DEFAULT_PACK] } : base;
  return {
    ...chosen,
    globs,
    known: [...shipped.rules, ...configured.own, ...named.own],
    packs: [...shipped.packs, ...config.packs],
  };
}

// Whoever judges one rule or one pack by the same config for once is not to change it for that.
function idleThresholds(
  { packs = [] }: RunRequest,
  config: LocatedConfig,
  opened: OpenedConfig | undefined,
): readonly Diagnostic[] {
  if (opened === undefined) return [];
  const { packNames, rules } = config;
  const fallback = packNames.length === 0 && rules.length === 0 ? [DEFAULT_PACK] : [];
  return placeFaults(opened, checkChosenPacks(config.config, [...packNames, ...packs, ...fallback]));
}

function isEmpty({
  own,
  packNames,
}: {
  readonly own: readonly Rule[];
  readonly packNames: readonly string[];
}): boolean {
  return own.length === 0 && packNames.length === 0;
}

function explainMissed(
  { kind, name }: SelectResult["missed"][number],
  { known, packs }: Selection,
): Diagnostic {
  if (kind === "template")
    return {
      code: "unknown-rule",
      file: `--rule ${name}`,
      message: "this rule is a template, and needs options to be in a run",
      hint: "use it in a config: use: [{ template, id, with }]",
    };
  const names = (kind === "pack" ? packs : known).map(({ id }) => id);
  const near = nearest(name, names);
  const hint =
    near === undefined ? `\`watchproof list ${kind}s\` shows what there is` : `did you mean "${near}"?`;
  return {
    code: `unknown-${kind}`,
    file: `--${kind} ${name}`,
    message: kind === "pack" ? `there is no pack "${name}"` : `no rule in this run has an id like "${name}"`,
    hint,
  };
}

function problems(loaded: Loaded<unknown>): readonly Diagnostic[] {
  return loaded.ok ? [] : loaded.diagnostics;
}
