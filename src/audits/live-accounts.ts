import { credentialPool } from "../aws/credential-pool.js";
import type { AuditUnit } from "../core/audit.js";
import type { AccountIdentity } from "../core/snapshot.js";
import { askAccount } from "../sources/ask-account.js";
import type { AskingOptions } from "../sources/ask-account.js";
import { listOrganization } from "../sources/list-organization.js";
import { liveSource } from "../sources/live.js";
import type { LiveOptions, LiveSource } from "../sources/live.js";
import type { Inquiries } from "./plan-units.js";

/** The credentials from which all accounts are entered, and how patiently each is read. */
export type LiveAccountsOptions = Pick<LiveOptions, "collectors" | "profile" | "roleArn" | "limits"> & { readonly signal?: AbortSignal };

/** The accounts of an audit as they live: who asks, which there are, and the state of each. */
export type LiveAccounts = { readonly inquiries: Inquiries; openSource(unit: AuditUnit): LiveSource };

/** Enters accounts from one set of credentials, which are looked up once. Each account has connections, rates and sessions of its own. */
export function liveAccounts({ collectors, profile, roleArn, limits, signal }: LiveAccountsOptions): LiveAccounts {
  const pool = credentialPool();
  const patience = limits === undefined ? {} : { limits };
  const base = { ...(profile === undefined ? {} : { profile }), ...(roleArn === undefined ? {} : { roleArn }), ...patience, pool };
  const asking: AskingOptions = { ...base, ...(signal === undefined ? {} : { signal }) };
  let asked: Promise<AccountIdentity> | undefined;
  return {
    inquiries: {
      caller: () => (asked ??= askAccount(asking, ({ account }) => Promise.resolve(account))),
      members: (choice, from) => askAccount({ ...asking, ...(from === undefined ? {} : { roles: [{ arn: from }] }) }, (way) => listOrganization(way, choice)),
    },
    openSource({ entrance }) {
      if (entrance.kind === "profile") return liveSource({ collectors, profile: entrance.profile, ...patience });
      return liveSource({ collectors, ...base, ...(entrance.kind === "roles" ? { roles: entrance.roles } : {}) });
    },
  };
}
