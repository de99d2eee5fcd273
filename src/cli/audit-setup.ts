import type { AuditSettings, Config, LiveAccounts, PreparedRun, AuditOptions } from "../index.js";
import type { AcceptanceWords } from "./acceptance.js";
import type { SelectionOptions } from "./options.js";
import { withProbe } from "./probe.js";

/** What an audit is asked for in words, beside what the config says. */
export type AuditSetupWords = Omit<SelectionOptions, "snapshot"> &
  AcceptanceWords & { readonly account: readonly string[]; readonly concurrency?: number };

/** Whose credentials are at hand. */
export function whose({ profile, roleArn }: AuditSetupWords): {
  readonly profile?: string;
  readonly roleArn?: string;
} {
  return { ...(profile === undefined ? {} : { profile }), ...(roleArn === undefined ? {} : { roleArn }) };
}

/** The config's section `audit`. The command line's regions go before the config's, also before those of single accounts. */
export function settingsOf({ region }: AuditSetupWords, { audit: settings = {} }: Config): AuditSettings {
  if (region.length === 0 || settings.accounts === undefined) return settings;
  return { ...settings, accounts: settings.accounts.map((account) => ({ ...account, regions: region })) };
}

/** Which accounts of the audit are judged; undefined: all. */
export function onlyOf({ account }: AuditSetupWords): readonly string[] | undefined {
  return account.length === 0 ? undefined : account;
}

/** All of an audit but where it is kept and how it begins: the words go before the config. */
export async function optionsOf(
  words: AuditSetupWords,
  prepared: PreparedRun,
  live: LiveAccounts,
): Promise<Omit<AuditOptions, "store" | "begin">> {
  const { config } = prepared;
  const { keep } = config.audit ?? {};
  const concurrency = words.concurrency ?? config.audit?.concurrency;
  const openSource: AuditOptions["openSource"] = (unit) => withProbe(live.openSource(unit), words, config);
  // What is wrong with --probe is told before the first account is asked.
  await openSource({ id: "", partition: "aws", entrance: { kind: "own" } });
  return {
    judging: prepared,
    openSource,
    settings: settingsOf(words, config),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(keep === undefined ? {} : { keep }),
  };
}
