import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { access } from "node:fs/promises";
import { liveSource, loadSnapshot, recordedSource } from "../index.js";
import { knownRegions, loadPlugins, prepareRules } from "../inner.js";
import type { Config, Plugins, Source } from "../index.js";
import type { PreparedRules, RuleRequest } from "../inner.js";
import { suggestion } from "./formats.js";
import { liveProgress } from "./progress.js";
import { addProbeOptions, withProbe } from "./probe.js";
import type { ProbeWords } from "./probe.js";
import type { Terminal } from "./terminal.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

/** The options that choose rules, and the regions that they look at. */
export type RuleOptions = {
  readonly config?: string;
  readonly rule: readonly string[];
  readonly pack: readonly string[];
  readonly region: readonly string[];
};

/** The options that choose rules and state, the same for `check` and `collect`. */
export type SelectionOptions = RuleOptions &
  ProbeWords & {
    readonly profile?: string;
    readonly roleArn?: string;
    readonly snapshot?: string;
  };

const DEFAULT_CONFIG = "watchproof.yaml";

/** Adds the options that choose rules. */
export function addRuleOptions(command: Command): Command {
  return command
    .argument("[rules...]", "rule files or folders (default: the config's, else the pack logging-monitoring)")
    .option("--rule <glob>", "only rules with such an id; repeatable", collectWord, [])
    .option("--pack <name>", "the rules of a pack; repeatable", collectWord, [])
    .option("--config <file>", `default ./${DEFAULT_CONFIG}, if it is there`)
    .option(
      "--region <region>",
      "look at this region only; repeatable (default: every region enabled for the account)",
      readRegion,
      [],
    );
}

/** Adds the options that choose rules and state. */
export function addSelectionOptions(command: Command): Command {
  addRuleOptions(command)
    .option("--profile <name>", "a profile of the AWS configuration files")
    .option("--role-arn <arn>", "assume this role first", readRoleArn);
  return addProbeOptions(command).option(
    "--probe-cdn-env <name>",
    "with --probe: the environment variable that holds the CDN identifier",
  );
}

/** Loads the rules that a command was asked for, and nothing of what it accepts. @throws DiagnosticsError when files or names hold mistakes. */
export async function prepare(
  paths: readonly string[],
  options: Partial<RuleOptions>,
): Promise<PreparedRules> {
  const prepared = await prepareRules(await ruleRequest(paths, options));
  if (!prepared.ok) throw new DiagnosticsError(prepared.diagnostics);
  return prepared.value;
}

/** What a command was asked for, with the config in use. */
export async function ruleRequest(
  paths: readonly string[],
  { config: named, rule = [], pack = [], region = [] }: Partial<RuleOptions>,
): Promise<RuleRequest> {
  const config = await configFile(named);
  return {
    rules: paths,
    globs: rule,
    packs: pack,
    ...(region.length === 0 ? {} : { regions: region }),
    ...(config === undefined ? {} : { config }),
  };
}

/** The config in use: the one that was named, else the one in the current folder, if there is one. */
export async function configFile(named: string | undefined): Promise<string | undefined> {
  return named ?? ((await exists(DEFAULT_CONFIG)) ? DEFAULT_CONFIG : undefined);
}

/** What can be plugged in with the config in use. @throws DiagnosticsError when a plugin or rule package cannot be used. */
export async function pluginsOf(config: string | undefined): Promise<Plugins> {
  const loaded = await loadPlugins(await configFile(config));
  if (!loaded.ok) throw new DiagnosticsError(loaded.diagnostics);
  return loaded.value;
}

/** Where state comes from: a snapshot file, or the live account. */
export async function openSource(
  options: Omit<SelectionOptions, "config"> & { readonly plugins: Plugins; readonly settings: Config },
  terminal: Terminal,
): Promise<Source> {
  const { snapshot, profile, roleArn, plugins } = options;
  if (snapshot === undefined) {
    const progress = liveProgress(terminal);
    const live = liveSource({
      collectors: plugins.collectors,
      progress,
      ...(profile === undefined ? {} : { profile }),
      ...(roleArn === undefined ? {} : { roleArn }),
    });
    return withProbe(live, options, options.settings);
  }
  if (options.probe === true)
    throw new UsageError("--snapshot judges a recorded account: --probe does not go with it");
  if (profile !== undefined || roleArn !== undefined)
    throw new UsageError("--snapshot judges a recorded account: --profile and --role-arn do not go with it");
  const loaded = await loadSnapshot(snapshot);
  if (!loaded.ok) throw new DiagnosticsError(loaded.diagnostics);
  return recordedSource(loaded.value);
}

/** Gathers a repeatable option. */
export function collectWord(word: string, words: readonly string[]): readonly string[] {
  return [...words, word];
}

function readRegion(word: string, words: readonly string[]): readonly string[] {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(word))
    throw new InvalidArgumentError(`"${word}" is not the name of a region${suggestion(word, knownRegions)}.`);
  const isMistyped = !knownRegions.includes(word) && suggestion(word, knownRegions) !== "";
  if (isMistyped)
    throw new InvalidArgumentError(`there is no region "${word}"${suggestion(word, knownRegions)}.`);
  return [...words, word];
}

function readRoleArn(word: string): string {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(word))
    throw new InvalidArgumentError("a role ARN looks like arn:aws:iam::111122223333:role/Audit.");
  return word;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
