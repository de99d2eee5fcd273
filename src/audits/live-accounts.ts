import { credentialPool } from "../aws/credential-pool.js";
import type { AuditUnit } from "../core/audit.js";
import type { AccountIdentity } from "../core/snapshot.js";
import { askAccount } from "../sources/ask-account.js";
import type { AskingOptions } from "../sources/ask-account.js";
import { listOrganization } from "../sources/list-organization.js";
import { liveSource } from "../sources/live.js";
import type { LiveOptions, LiveSource } from "../sources/live.js";
import { createSlots } from "../sources/slots.js";
import type { Inquiries } from "./plan-units.js";

/** The credentials from which all accounts are entered, and how patiently each is read. */
export type LiveAccountsOptions = Pick<LiveOptions, "collectors" | "profile" | "roleArn" | "limits"> & { readonly signal?: AbortSignal };

/** The accounts of an audit as they live: who asks, which there are, and the state of each. */
export type LiveAccounts = { readonly inquiries: Inquiries; openSource(unit: AuditUnit): LiveSource };

// An answer takes this process a millisecond or two. Of many more under way at once, the last would wait for longer than an
// attempt may take, and AWS would seem to be silent.
const inFlight = 256;

/** Enters accounts from one set of credentials, which are looked up once. Each account has connections, rates and sessions of its own. */
export function liveAccounts({ collectors, profile, roleArn, limits, signal }: LiveAccountsOptions): LiveAccounts {
  const pool = credentialPool();
  const reading = { collectors, slots: createSlots(inFlight), ...(limits === undefined ? {} : { limits }) };
  const base = { ...(profile === undefined ? {} : { profile }), ...(roleArn === undefined ? {} : { roleArn }), ...(limits === undefined ? {} : { limits }), pool };
  const asking: AskingOptions = { ...base, ...(signal === undefined ? {} : { signal }) };
  let asked: Promise<AccountIdentity> | undefined;
  return {
    inquiries: {
      caller: () => (asked ??= askAccount(asking, ({ account }) => Promise.resolve(account))),
      members: (choice, from) => askAccount({ ...asking, ...(from === undefined ? {} : { roles: [{ arn: from }] }) }, (way) => listOrganization(way, choice)),
    },
    openSource({ entrance }) {
      if (entrance.kind === "profile") return liveSource({ ...reading, profile: entrance.profile });
      return liveSource({ ...reading, ...base, ...(entrance.kind === "roles" ? { roles: entrance.roles } : {}) });
    },
  };
}
