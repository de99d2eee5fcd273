import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { WatchedHandler } from "./watched-handler.js";

/** Whose credentials are used: the SDK's usual chain, of this profile, and with it this role. */
export type CredentialOptions = { readonly profile?: string; readonly roleArn?: string };

/** Credentials as the SDK's clients take them. */
export type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;

/** How the role is assumed: over which connections, and in which region. */
type Ways = { readonly requestHandler: WatchedHandler; readonly region: string };

/** The one credential chain of a source: resolved once for all clients, and again shortly before it expires. */
export function credentialChain({ profile, roleArn }: CredentialOptions, { requestHandler, region }: Ways): () => Promise<Credentials> {
  const named = profile === undefined ? {} : { profile };
  const clientConfig = { ...named, region, requestHandler, maxAttempts: 3 };
  const own = fromNodeProviderChain({ ...named, clientConfig: { requestHandler, maxAttempts: 3 } });
  if (roleArn === undefined) return shareCredentials(() => own());
  const assumed = fromTemporaryCredentials({ params: { RoleArn: roleArn, RoleSessionName: "watchproof" }, masterCredentials: own, clientConfig });
  return shareCredentials(() => assumed());
}

const refreshBefore = 5 * 60_000;

/**
 * Resolves credentials once for all who ask. A failure stands: nobody mends credentials in the middle of a run, and
 * each client would otherwise wait for the same dead end again.
 */
export function shareCredentials(resolve: () => Promise<Credentials>, now: () => number = Date.now): () => Promise<Credentials> {
  let current: Promise<Credentials> | undefined;
  let expires = Infinity;
  return () => {
    if (current !== undefined && now() < expires - refreshBefore) return current;
    expires = Infinity;
    current = resolve().then((found) => {
      expires = found.expiration?.getTime() ?? Infinity;
      return found;
    });
    return current;
  };
}
