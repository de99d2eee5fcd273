import type { fromNodeProviderChain } from "@aws-sdk/credential-providers";

/** Credentials as the SDK's clients take them. */
export type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;

/** Credentials that are resolved when first asked for, and again shortly before they expire. */
export type CredentialChain = {
  current(): Promise<Credentials>;
  /** Resolves anew, since AWS says that `stale` have expired; once for all who say so. */
  renew(stale: Credentials): Promise<Credentials>;
};
