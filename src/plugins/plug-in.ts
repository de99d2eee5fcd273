import type { Diagnostic } from "../core/diagnostic.js";
import type { Config } from "../core/config.js";
import type { Lazy, Origins, Plugins } from "../core/plugins.js";
import type { Pack } from "../core/rule.js";
import { show } from "../loaders/diagnostics/describe.js";
import type { Fault } from "../loaders/diagnostics/fault.js";
import { loadRules } from "../loaders/load-rules.js";
import type { Problem } from "../loaders/diagnostics/source-text.js";
import { openPlugin } from "./open-plugin.js";
import type { OpenedPlugin, PluginOptions } from "./open-plugin.js";
import { findRulePackage, loadPacks } from "./rule-package.js";
import type { RulePackage } from "./rule-package.js";
import { addAll } from "../shared/many.js";

/** What a config's plugins and rule packages come to; `faults` have their places in the config, `diagnostics` in other files. */
export type Plugged = {
  readonly plugins: Plugins;
  readonly faults: readonly Fault[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Adds what the config in `file` names under `plugins` and `extends` to what ships. A plugin's code runs in threads of its own. */
export async function plugIn(
  config: Pick<Config, "plugins" | "extends">,
  file: string,
  { base, ...options }: PluginOptions & { readonly base: Plugins },
): Promise<Plugged> {
  const opened = await Promise.all((config.plugins ?? []).map((name) => openPlugin(name, file, options)));
  const added = addPieces(base, opened);
  const found = await Promise.all((config.extends ?? []).map((name) => findRulePackage(name, file)));
  const packages = found.flatMap((one) => (isProblem(one) ? [] : [one]));
  const problems = found.flatMap((one, index) => (isProblem(one) ? [toFault(one, ["extends", index])] : []));
  const extended = await addRules(added.plugins, packages);
  const faults = [...added.faults, ...problems];
  return { plugins: extended.plugins, faults, diagnostics: faults.length === 0 ? extended.diagnostics : [] };
}

function isProblem(value: object): value is Problem {
  return "code" in value;
}

function toFault(problem: Problem, path: Fault["path"]): Fault {
  return { ...problem, path, at: "value" };
}

type Added = { readonly plugins: Plugins; readonly faults: readonly Fault[] };

function addPieces(base: Plugins, opened: readonly (OpenedPlugin | Problem)[]): Added {
  return opened.reduce<Added>(
    (before, plugin, index) => {
      const path = ["plugins", index];
      if (isProblem(plugin)) return { ...before, faults: [...before.faults, toFault(plugin, path)] };
      const { plugins, taken } = addPlugin(before.plugins, plugin);
      return {
        plugins,
        faults: [...before.faults, ...taken.slice(0, 1).map((problem) => toFault(problem, path))],
      };
    },
    { plugins: base, faults: [] },
  );
}

function addPlugin(
  plugins: Plugins,
  { name, evaluators, collectors, reporters }: OpenedPlugin,
): { readonly plugins: Plugins; readonly taken: readonly Problem[] } {
  const more = {
    evaluators: evaluators.map((one) => [one.id, one] as const),
    collectors: collectors.map((one) => [one.type, one] as const),
    reporters: reporters.map((one) => [one.id, one] as const),
  };
  const taken = (["evaluators", "collectors", "reporters"] as const).flatMap((kind) =>
    clashes(
      kind,
      more[kind].map(([id]) => id),
      { plugins, name },
    ),
  );
  const origins: Origins = {
    ...plugins.origins,
    evaluators: { ...plugins.origins?.evaluators, ...from(name, more.evaluators) },
    collectors: { ...plugins.origins?.collectors, ...from(name, more.collectors) },
    reporters: { ...plugins.origins?.reporters, ...from(name, more.reporters) },
  };
  const all: Plugins = {
    ...plugins,
    evaluators: { ...plugins.evaluators, ...lazily(more.evaluators) },
    collectors: { ...plugins.collectors, ...lazily(more.collectors) },
    reporters: { ...plugins.reporters, ...lazily(more.reporters) },
    origins,
  };
  return { plugins: taken.length > 0 ? plugins : all, taken };
}

function lazily<T>(pieces: readonly (readonly [string, T])[]): Lazy<T> {
  return Object.fromEntries(pieces.map(([id, piece]) => [id, () => Promise.resolve(piece)]));
}

function from(
  name: string,
  pieces: readonly (readonly [string, unknown])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(pieces.map(([id]) => [id, name]));
}

const nouns = { evaluators: "an evaluator", collectors: "a collector of", reporters: "a reporter" } as const;

function clashes(
  kind: keyof typeof nouns,
  ids: readonly string[],
  { plugins, name }: { readonly plugins: Plugins; readonly name: string },
): readonly Problem[] {
  return ids.flatMap((id, index): readonly Problem[] => {
    const say = `plugin ${show(name)} brings ${nouns[kind]} ${id}`;
    if (ids.indexOf(id) !== index) return [{ code: "duplicate-id", message: `${say} twice` }];
    if (!Object.hasOwn(plugins[kind], id)) return [];
    const other = plugins.origins?.[kind]?.[id];
    if (other === undefined)
      return [
        {
          code: "built-in-id",
          message: `${say}, which is built in`,
          hint: "its author must choose another id",
        },
      ];
    return [
      {
        code: "duplicate-id",
        message: `${say}, which plugin ${show(other)} brings too`,
        hint: "only one of the two can be used",
      },
    ];
  });
}

async function addRules(
  plugins: Plugins,
  packages: readonly RulePackage[],
): Promise<{ readonly plugins: Plugins; readonly diagnostics: readonly Diagnostic[] }> {
  const folders = packages.flatMap(({ rules }) => rules ?? []);
  if (packages.length === 0) return { plugins, diagnostics: [] };
  const loaded = await loadRules(folders, { plugins });
  const rules = loaded.ok ? loaded.value : [];
  const shipped = await plugins.rules();
  const withRules: Plugins = {
    ...plugins,
    rules: () => Promise.resolve([...shipped, ...rules.map(({ rule }) => rule)]),
  };
  const packs = await addPacks(withRules, packages);
  const owner = (file: string): string =>
    packages.find((one) => one.rules !== undefined && file.startsWith(one.rules))?.name ?? "";
  const origins: Origins = {
    ...packs.plugins.origins,
    rules: Object.fromEntries(rules.map(({ rule, file }) => [rule.id, owner(file)])),
  };
  return {
    plugins: { ...packs.plugins, origins },
    diagnostics: loaded.ok ? packs.diagnostics : loaded.diagnostics,
  };
}

async function addPacks(
  plugins: Plugins,
  packages: readonly RulePackage[],
): Promise<{ readonly plugins: Plugins; readonly diagnostics: readonly Diagnostic[] }> {
  let all: readonly Pack[] = await plugins.packs();
  const origins: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  for (const { name, packs: folder } of packages) {
    if (folder === undefined) continue;
    // Each package is held against those before it, so that two packs of one name are told.
    const before = all;
    const loaded = await loadPacks(folder, { ...plugins, packs: () => Promise.resolve(before) });
    addAll(diagnostics, loaded.diagnostics);
    all = [...all, ...loaded.packs];
    for (const { id } of loaded.packs) origins[id] = name;
  }
  const packs = all;
  return {
    plugins: {
      ...plugins,
      packs: () => Promise.resolve(packs),
      origins: { ...plugins.origins, packs: origins },
    },
    diagnostics,
  };
}
