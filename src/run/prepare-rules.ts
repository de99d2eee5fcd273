import { builtins } from "./builtins.js";
import type { Config } from "../core/config.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { Plugins } from "../core/plugins.js";
import type { GateOptions } from "../core/gate.js";
import type { RulePlace } from "../core/reporter.js";
import type { KnownRules, Pack, Rule, SelectedRule } from "../core/rule.js";
import { selectRules } from "../engine/select-rules.js";
import type { Override } from "../engine/apply-overrides.js";
import type { Selection, SelectResult } from "../engine/select-rules.js";
import { checkChosenPacks } from "../loaders/config/check-config.js";
import { finishConfig, placeFaults } from "../loaders/config/load-config.js";
import type { LocatedConfig, OpenedConfig } from "../loaders/config/load-config.js";
import { loadRules } from "../loaders/load-rules.js";
import type { LocatedRule } from "../loaders/load-rules.js";
import { gateOptions } from "./gate-options.js";
import { openPlugins, withoutConsequences } from "./open-plugins.js";
import type { PluginSettings } from "./open-plugins.js";
import { placeRules } from "./place-rules.js";
import { nearest } from "../shared/nearest.js";

/** The pack that is judged when nothing else is asked for. */
const DEFAULT_PACK = "logging-monitoring";

/** What a person asked to be judged, and by what. Paths are relative to the current folder. What stands here goes before the config's word. */
export type RuleRequest = {
  /** Rule files or folders. */
  readonly rules?: readonly string[];
  /** A config file; its own paths are relative to it. */
  readonly config?: string;
  /** Only rules whose id matches one of these patterns (`*` for any run of characters). */
  readonly globs?: readonly string[];
  /** Names of packs. */
  readonly packs?: readonly string[];
  /** Only these regions, in place of those that the config includes and excludes. */
  readonly regions?: readonly string[];
  /** What the gate lets through. A pack's own threshold in the config stays: it is more special. */
  readonly gate?: Partial<Omit<GateOptions, "thresholds">>;
  /** Default: what ships. What the config names under `plugins` and `extends` is added. */
  readonly plugins?: Plugins;
  readonly pluginSettings?: PluginSettings;
};

/** The rules of a run with all that the config says about judging by them, the config itself (empty without one), and all that can be plugged in. */
export type PreparedRules = {
  readonly rules: readonly SelectedRule[];
  /** Only these regions are judged; absent: every region. */
  readonly regions?: readonly string[];
  readonly exclude?: readonly { readonly region: string; readonly reason: string }[];
  readonly overrides: readonly Override[];
  /** What the gate lets through, for `decideGate`. */
  readonly gate: GateOptions;
  readonly config: Config;
  readonly plugins: Plugins;
  readonly known: KnownRules;
  /** Where rules were written, by id; files as they were named, relative to the current folder. */
  readonly places: Readonly<Record<string, RulePlace>>;
};

/** Loads the rules of a run, and nothing of what it accepts; or tells every problem at once. Never throws. */
export async function prepareRules(request: RuleRequest): Promise<Loaded<PreparedRules>> {
  const chosen = await chooseRules(request);
  return chosen.ok ? { ok: true, value: chosen.value.prepared } : chosen;
}

/** The rules of a run, and the config with its places. */
export type ChosenRules = { readonly prepared: PreparedRules; readonly located: LocatedConfig };

/** As `prepareRules`, for those who point into the config. Never throws. */
export async function chooseRules({
  plugins: base = builtins,
  pluginSettings = {},
  ...request
}: RuleRequest): Promise<Loaded<ChosenRules>> {
  const { plugins, opened, diagnostics } = await openPlugins(request.config, { base, ...pluginSettings });
  const rules = await loadRules(request.rules ?? [], { plugins });
  const own = rules.ok ? rules.value : [];
  const located = opened === undefined ? withoutConfig : await finishConfig(opened, { plugins, rules: own });
  if (diagnostics.length > 0)
    return {
      ok: false,
      diagnostics: [...diagnostics, ...withoutConsequences([...problems(rules), ...problems(located)])],
    };
  if (!rules.ok || !located.ok) return { ok: false, diagnostics: [...problems(rules), ...problems(located)] };
  const shipped = { rules: await plugins.rules(), packs: await plugins.packs() };
  const selection = choose(request, { own, config: located.value, shipped });
  const result = selectRules(selection);
  if (result.missed.length > 0)
    return { ok: false, diagnostics: result.missed.map((missed) => explainMissed(missed, selection)) };
  const idle = idleThresholds(request, located.value, opened);
  if (idle.length > 0) return { ok: false, diagnostics: idle };
  const known = { rules: selection.known, packs: selection.packs };
  const places = placeRules(result.rules, {
    own: [...own, ...located.value.rules],
    packs: known.packs,
    plugins,
    ...(opened === undefined ? {} : { config: located.value }),
  });
  const settings = settingsOf(request, located.value.config, known);
  const prepared = { ...settings, rules: result.rules, plugins, known, places };
  return { ok: true, value: { prepared, located: located.value } };
}

// Whoever names regions wants these, whatever the config leaves out.
function settingsOf(
  { regions: named, gate = {} }: RuleRequest,
  config: Config,
  known: KnownRules,
): Pick<PreparedRules, "config" | "regions" | "exclude" | "overrides" | "gate"> {
  const regions = named ?? config.regions?.include;
  const exclude = named === undefined ? config.regions?.exclude : undefined;
  return {
    config,
    overrides: config.overrides ?? [],
    gate: gateOptions(config, known, gate),
    ...(regions === undefined ? {} : { regions }),
    ...(exclude === undefined ? {} : { exclude }),
  };
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
function choose(request: RuleRequest, { own, config, shipped }: Loadings): Selection {
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
  { packs = [] }: RuleRequest,
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
