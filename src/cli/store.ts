import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { openStore } from "../index.js";
import { besideConfig, loadAuditSettings, printable } from "../inner.js";
import type { Config, Store } from "../index.js";
import { configFile } from "./options.js";
import { DiagnosticsError, UsageError } from "./usage-error.js";

/** The options that say which store is used. */
export type StoreWords = BucketWords & {
  readonly store?: string;
  readonly config?: string;
  readonly profile?: string;
};

/** What is asked of a store's bucket. */
export type BucketWords = { readonly bucketOwner?: string; readonly kmsKey?: string };

const DEFAULT_STORE = "watchproof-audits";

/** Adds the options that say which store is used. */
export function addStoreOptions(command: Command): Command {
  return addBucketOptions(command)
    .option(
      "--store <place>",
      `a folder, or s3://bucket/prefix (default: the config's audit.store, else ${DEFAULT_STORE})`,
    )
    .option("--config <file>", "default ./watchproof.yaml, if it is there")
    .option("--profile <name>", "for a bucket: a profile of the AWS configuration files");
}

/** Adds the options that say what is asked of a store's bucket. */
export function addBucketOptions(command: Command): Command {
  return command
    .option(
      "--bucket-owner <account>",
      "for a bucket: the account that must own it (default: the config's audit.bucketOwner)",
      readOwner,
    )
    .option(
      "--kms-key <key>",
      "for a bucket: ARN or id of the KMS key for what is written (default: the config's audit.kmsKey, else the bucket's)",
    );
}

function readOwner(word: string): string {
  if (!/^\d{12}$/u.test(word))
    throw new InvalidArgumentError(`"${word}" is no account: twelve digits are expected.`);
  return word;
}

/** What the config in use says under `audit`. @throws DiagnosticsError where the config holds mistakes. */
export async function auditSettings(named: string | undefined): Promise<NonNullable<Config["audit"]>> {
  const file = await configFile(named);
  if (file === undefined) return {};
  const settings = await loadAuditSettings(file);
  if (!settings.ok) throw new DiagnosticsError(settings.diagnostics);
  return settings.value;
}

/** The store in use: the one that was named, else the config's, beside the config, with what the config asks of its bucket. @throws StoreError where the name is none of a store. */
export async function chooseStore({ store: named, profile, config, ...words }: StoreWords): Promise<Store> {
  const own = profile === undefined ? {} : { profile };
  if (named !== undefined) return openBucket(named, words, own);
  const { store = DEFAULT_STORE, bucketOwner, kmsKey } = await auditSettings(config);
  const place = store.includes("://") ? store : (besideConfig(await configFile(config), store) ?? store);
  return openBucket(place, { bucketOwner, kmsKey, ...words }, own);
}

type Asked = { readonly [Name in keyof BucketWords]: string | undefined };

// What is asked of a bucket and cannot be asked of a folder must not be dropped without a word.
function openBucket(
  place: string,
  { bucketOwner, kmsKey }: Asked,
  own: { readonly profile?: string },
): Promise<Store> {
  if (!place.includes("://") && (bucketOwner ?? kmsKey) !== undefined)
    throw new UsageError(
      `${printable(place)} is a folder: an owner and a key are asked of a bucket (s3://bucket/prefix) alone`,
    );
  return openStore(place, {
    ...own,
    ...(bucketOwner === undefined ? {} : { bucketOwner }),
    ...(kmsKey === undefined ? {} : { kmsKey }),
  });
}

/** Reads a number of runs or days. */
export function readPositive(word: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(word))
    throw new InvalidArgumentError(`"${word}" is not a whole number above 0.`);
  return Number(word);
}
