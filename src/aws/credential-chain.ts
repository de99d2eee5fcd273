/** Credentials as the SDK's clients take them; said here so that who uses Watchproof's types needs none of the SDK's. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
};

/** Credentials that are resolved when first asked for, and again shortly before they expire. */
export type CredentialChain = {
  current(): Promise<Credentials>;
  /** Resolves anew, since AWS says that `stale` have expired; once for all who say so. */
  renew(stale: Credentials): Promise<Credentials>;
};
