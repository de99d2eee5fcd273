import { serviceOf } from "../aws/services.js";
import { builtins } from "./builtins.js";
import type { Diagnostic, Loaded } from "../core/diagnostic.js";
import type { Plugins } from "../core/plugins.js";
import { openConfig, placeFaults } from "../loaders/config/load-config.js";
import type { OpenedConfig } from "../loaders/config/load-config.js";
import type { PluginLimits } from "../plugins/limits.js";

/** How plugins are run. */
export type PluginSettings = {
  /** What a plugin may use; default: 10 s for each call, 256 MB. */
  readonly limits?: Partial<PluginLimits>;
  /** Takes each line that a plugin writes to its stdout or stderr, fit for a terminal; default: this process's stderr. */
  readonly output?: (line: string) => void;
};

/** What there is with a config's plugins and rule packages, the config itself, and what was wrong with them. */
export type PluggedConfig = {
  readonly plugins: Plugins;
  readonly opened?: OpenedConfig;
  readonly diagnostics: readonly Diagnostic[];
};

/** Opens a config and what it names under `plugins` and `extends`. Without a config: what there is. Never throws. */
export async function openPlugins(
  config: string | undefined,
  { base, limits, output = toStderr }: PluginSettings & { readonly base: Plugins },
): Promise<PluggedConfig> {
  if (config === undefined) return { plugins: base, diagnostics: [] };
  const opened = await openConfig(config);
  const { plugins = [], extends: packages = [] } = opened.sound;
  if (plugins.length + packages.length === 0) return { plugins: base, opened, diagnostics: [] };
  // Loaded here, so that a run without plugins starts without what runs them.
  const [{ plugIn }, { usualPluginLimits }] = await Promise.all([
    import("../plugins/plug-in.js"),
    import("../plugins/limits.js"),
  ]);
  const plugged = await plugIn({ plugins, extends: packages }, config, {
    base,
    limits: { ...usualPluginLimits, ...limits },
    output,
    hasService,
  });
  return {
    plugins: plugged.plugins,
    opened,
    diagnostics: [...placeFaults(opened, plugged.faults), ...plugged.diagnostics],
  };
}

/** What can be plugged in with a config: what ships, and its plugins and rule packages. Or what is wrong with these. Never throws. */
export async function loadPlugins(
  config: string | undefined,
  { base = builtins, ...settings }: PluginSettings & { readonly base?: Plugins } = {},
): Promise<Loaded<Plugins>> {
  const { plugins, opened, diagnostics } = await openPlugins(config, { base, ...settings });
  const unread = opened?.document === undefined ? (opened?.diagnostics ?? []) : [];
  const all = [...diagnostics, ...unread];
  return all.length > 0 ? { ok: false, diagnostics: all } : { ok: true, value: plugins };
}

const consequences = new Set([
  "unknown-evaluator",
  "unknown-rule",
  "unknown-pack",
  "unknown-template",
  "unknown-format",
  "unknown-type",
  "unknown-property",
]);

/** Diagnostics without those that a plugin or package that did not load may well have caused. */
export function withoutConsequences(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => !consequences.has(code));
}

function hasService(service: string): boolean {
  try {
    serviceOf(service);
    return true;
  } catch {
    return false;
  }
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
