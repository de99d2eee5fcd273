import type { Diagnostic, Loaded } from "../../core/diagnostic.js";
import type { Config } from "../../core/formats/config.js";
import type { Pack } from "../../core/formats/pack.js";
import type { Rule } from "../../core/formats/rule.js";
import type { Plugins } from "../../core/plugins.js";
import { checkAudit } from "./check-audit.js";
import { checkFormats, checkGatePacks, checkRegions } from "./check-config.js";
import { checkOverrides } from "./check-overrides.js";
import type { Fault } from "../diagnostics/fault.js";
import { loadNamedPacks, loadNamedRules } from "../load-named.js";
import { locateFaults, tidy } from "../schema/locate-faults.js";
import type { LocatedRule } from "../load-rules.js";
import { makeRules } from "../make-rules.js";
import { readDocument, soundConfig } from "../read-document.js";
import type { WrittenDocument } from "../read-document.js";
import type { Places } from "../yaml/places.js";

/** A config, with what it names: paths are resolved, templates are filled in. */
export type LocatedConfig = {
  readonly config: Config;
  readonly file: string;
  /** The rules of the files that it names, then those made from templates. */
  readonly rules: readonly LocatedRule[];
  /** The packs of the files that it names. */
  readonly packs: readonly Pack[];
  /** The ids of all packs that it names, built-in ones too, in its order. */
  readonly packNames: readonly string[];
  /** Where the config names something: the item of a list, such as `["packs", 0]`; else the nearest place that exists. */
  readonly placeOf: Places["ofValue"];
};

/** What a config is checked against: what ships, and rules that come from elsewhere. */
export type ConfigContext = { readonly plugins: Plugins; readonly rules?: readonly LocatedRule[] };

/** A config file that was read, before anything that it names is looked up. `sound` is what its schema found nothing wrong with. */
export type OpenedConfig = {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly document?: WrittenDocument<Config>;
  readonly sound: Config;
};

/** Reads a config file. Never throws. */
export async function openConfig(file: string): Promise<OpenedConfig> {
  const { diagnostics, document } = await readDocument(file, "config");
  return {
    file,
    diagnostics,
    ...(document === undefined ? {} : { document }),
    sound: document === undefined ? {} : await soundConfig(document),
  };
}

/** Gives faults of an opened config their places in it. */
export function placeFaults({ document }: OpenedConfig, faults: readonly Fault[]): readonly Diagnostic[] {
  return document === undefined ? [] : locateFaults(faults, document.source, document.places);
}

/** Loads a config with the rule and pack files that it names; or tells every problem in all of them. Never throws. */
export async function loadConfig(file: string, context: ConfigContext): Promise<Loaded<LocatedConfig>> {
  return finishConfig(await openConfig(file), context);
}

/** Loads what an opened config names; or tells every problem in all of it. Never throws. */
export async function finishConfig(
  { file, diagnostics, document, sound }: OpenedConfig,
  context: ConfigContext,
): Promise<Loaded<LocatedConfig>> {
  if (document === undefined) return { ok: false, diagnostics };
  const { problems, ...loaded } = await loadParts(document, sound, context);
  const all = [...diagnostics, ...problems];
  if (all.length > 0 || document.valid === undefined) return { ok: false, diagnostics: tidy(all) };
  return { ok: true, value: { config: document.valid, file, placeOf: document.places.ofValue, ...loaded } };
}

type Parts = Omit<LocatedConfig, "config" | "file" | "placeOf"> & {
  readonly problems: readonly Diagnostic[];
};

async function loadParts(
  document: WrittenDocument<Config>,
  config: Config,
  { plugins, rules: given = [] }: ConfigContext,
): Promise<Parts> {
  const named = await loadNamedRules(config.rules ?? [], { document, plugins });
  const own = [...given, ...named.rules];
  const shipped = await plugins.rules();
  const made = await makeRules(config.use ?? [], { document, plugins, own, shipped });
  const known: readonly Rule[] = [...shipped, ...[...own, ...made.rules].map(({ rule }) => rule)];
  const isWhole = named.problems.length === 0 && made.faults.length === 0;
  const packs = await loadNamedPacks(config.packs ?? [], { document, plugins, known });
  const gates = checkGatePacks(config, [...(await plugins.packs()).map(({ id }) => id), ...packs.names]);
  const overrides = await checkOverrides(config.overrides ?? [], { document, plugins, known });
  // With some rules unread, a name that seems to miss may well name one of them.
  const faults = [
    ...made.faults,
    ...packs.faults,
    ...gates,
    ...overrides,
    ...checkRegions(config),
    ...checkAudit(config),
    ...checkFormats(config, Object.keys(plugins.reporters)),
  ];
  const certain = isWhole ? faults : faults.filter(({ code }) => code !== "unknown-rule");
  return {
    rules: [...named.rules, ...made.rules],
    packs: packs.packs,
    packNames: packs.names,
    problems: [
      ...named.problems,
      ...(isWhole ? packs.problems : packs.problems.filter(({ code }) => code !== "unknown-rule")),
      ...locateFaults(certain, document.source, document.places),
    ],
  };
}
