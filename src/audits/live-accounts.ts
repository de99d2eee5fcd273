import { credentialPool } from "../aws/credential-pool.js";
import { sdkTransport } from "../aws/sdk-transport.js";
import type { Transport } from "../aws/transport.js";
import type { AuditUnit, Entrance } from "../core/audit.js";
import type { AccountIdentity } from "../core/snapshot.js";
import { askAccount } from "../sources/ask-account.js";
import type { AskingOptions } from "../sources/ask-account.js";
import { listOrganization } from "../sources/list-organization.js";
import { liveSource } from "../sources/live.js";
import type { LiveOptions, LiveSource } from "../sources/live.js";
import { createSlots } from "../sources/slots.js";
import type { Inquiries } from "./plan-units.js";

/** The credentials from which all accounts are entered, and how patiently each is read. */
export type LiveAccountsOptions = Pick<LiveOptions, "collectors" | "profile" | "roleArn" | "limits"> & {
  readonly signal?: AbortSignal;
};

/** The accounts of an audit as they live: who asks, which there are, the state of each, and the way to each. */
export type LiveAccounts = {
  readonly inquiries: Inquiries;
  openSource(unit: AuditUnit): LiveSource;
  openTransport(unit: AuditUnit): Transport;
};

// An answer takes this process a millisecond or two. Of many more under way at once, the last would wait for longer than an
// attempt may take, and AWS would seem to be silent.
const inFlight = 256;

/** Enters accounts from one set of credentials, which are looked up once. Each account has connections, rates and sessions of its own. */
export function liveAccounts({
  collectors,
  profile,
  roleArn,
  limits,
  signal,
}: LiveAccountsOptions): LiveAccounts {
  const pool = credentialPool();
  const slots = createSlots(inFlight);
  const patience = limits === undefined ? {} : { limits };
  const base = {
    ...(profile === undefined ? {} : { profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...patience,
    pool,
  };
  const asking: AskingOptions = { ...base, ...(signal === undefined ? {} : { signal }) };
  const into = (
    entrance: Entrance,
  ): Pick<LiveOptions, "profile" | "roleArn" | "limits" | "pool" | "roles"> =>
    entrance.kind === "profile"
      ? { profile: entrance.profile, ...patience }
      : { ...base, ...(entrance.kind === "roles" ? { roles: entrance.roles } : {}) };
  let asked: Promise<AccountIdentity> | undefined;
  return {
    inquiries: {
      caller: () => (asked ??= askAccount(asking, ({ account }) => Promise.resolve(account))),
      members: (choice, from) =>
        askAccount({ ...asking, ...(from === undefined ? {} : { roles: [{ arn: from }] }) }, (way) =>
          listOrganization(way, choice),
        ),
    },
    openSource: ({ entrance }) => liveSource({ collectors, slots, ...into(entrance) }),
    openTransport: ({ entrance }) => sdkTransport(into(entrance)),
  };
}
