import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { loadAuditSettings, openStore } from "../index.js";
import type { Config, Store } from "../index.js";
import { besideConfig } from "./acceptance.js";
import { configFile } from "./options.js";
import { DiagnosticsError } from "./usage-error.js";

/** The options that say which store is used. */
export type StoreWords = { readonly store?: string; readonly config?: string; readonly profile?: string };

const DEFAULT_STORE = "watchproof-audits";

/** Adds the options that say which store is used. */
export function addStoreOptions(command: Command): Command {
  return command
    .option(
      "--store <place>",
      `a folder, or s3://bucket/prefix (default: the config's audit.store, else ${DEFAULT_STORE})`,
    )
    .option("--config <file>", "default ./watchproof.yaml, if it is there")
    .option("--profile <name>", "for a bucket: a profile of the AWS configuration files");
}

/** What the config in use says under `audit`. @throws DiagnosticsError where the config holds mistakes. */
export async function auditSettings(named: string | undefined): Promise<NonNullable<Config["audit"]>> {
  const file = await configFile(named);
  if (file === undefined) return {};
  const settings = await loadAuditSettings(file);
  if (!settings.ok) throw new DiagnosticsError(settings.diagnostics);
  return settings.value;
}

/** The store in use: the one that was named, else the config's, beside the config. @throws StoreError where the name is none of a store. */
export async function chooseStore(words: StoreWords): Promise<Store> {
  const options = words.profile === undefined ? {} : { profile: words.profile };
  if (words.store !== undefined) return openStore(words.store, options);
  const { store = DEFAULT_STORE } = await auditSettings(words.config);
  return openStore(store.includes("://") ? store : ((await besideConfig(words, store)) ?? store), options);
}

/** Reads a number of runs or days. */
export function readPositive(word: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(word))
    throw new InvalidArgumentError(`"${word}" is not a whole number above 0.`);
  return Number(word);
}
