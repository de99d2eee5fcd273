import type { CredentialChain } from "./credential-chain.js";
import type { WatchedHandler } from "./watched-handler.js";

/** What several sources share: the credentials from which each enters its own account, resolved once, and the connections for that. */
export type CredentialPool = {
  readonly chains: Map<string, CredentialChain>;
  handler(): Promise<WatchedHandler>;
};

/** An empty pool. */
export function credentialPool(): CredentialPool {
  let handler: Promise<WatchedHandler> | undefined;
  return {
    chains: new Map(),
    handler: () =>
      (handler ??= import("./watched-handler.js").then(({ patientHandler }) => patientHandler())),
  };
}
