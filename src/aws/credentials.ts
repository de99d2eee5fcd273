import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type { RoleStep } from "../core/audit.js";
import type { CredentialChain, Credentials } from "./credential-chain.js";
import { saysBusy, saysExpired } from "./session-errors.js";
import type { CredentialPool } from "./credential-pool.js";
import type { WatchedHandler } from "./watched-handler.js";

/** Whose credentials are used: the SDK's usual chain, of this profile, and with it these roles, one after the other. */
export type CredentialOptions = {
  readonly profile?: string;
  /** Is assumed before `roles`. */
  readonly roleArn?: string;
  readonly roles?: readonly RoleStep[];
  /** What comes before the last role is resolved once for all who share this pool. */
  readonly pool?: CredentialPool;
};

/** How roles are assumed: over which connections, and in which region. */
type Ways = { readonly requestHandler: WatchedHandler; readonly region: string };

/** The one credential chain of a source, shared by all its clients. */
export async function credentialChain(
  { profile, roleArn, roles = [], pool }: CredentialOptions,
  ways: Ways,
): Promise<CredentialChain> {
  const steps = [...(roleArn === undefined ? [] : [{ arn: roleArn }]), ...roles];
  const shared = pool === undefined ? ways : { ...ways, requestHandler: await pool.handler() };
  const pooled = (key: object, make: () => CredentialChain): CredentialChain => {
    const name = JSON.stringify(key);
    const chain = pool?.chains.get(name) ?? make();
    pool?.chains.set(name, chain);
    return chain;
  };
  const first = pooled([profile], () => ownCredentials(profile, shared, pool !== undefined));
  return steps.reduce((from, step, index) => {
    if (index === steps.length - 1) return shareCredentials(assume(step, { from, profile, ...ways }));
    return pooled([profile, ...steps.slice(0, index + 1)], () =>
      shareCredentials(assume(step, { from, profile, ...shared }), { failureStands: pooledFailureStands }),
    );
  }, first);
}

function ownCredentials(
  profile: string | undefined,
  { requestHandler }: Ways,
  isPooled: boolean,
): CredentialChain {
  const own = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    clientConfig: { requestHandler, maxAttempts: 3 },
  });
  return shareCredentials(
    (isRenewal) => own(isRenewal ? { forceRefresh: true } : {}),
    isPooled ? { failureStands: pooledFailureStands } : {},
  );
}

type Assuming = Ways & { readonly from: CredentialChain; readonly profile: string | undefined };

function assume(step: RoleStep, { from, ...ways }: Assuming): () => Promise<Credentials> {
  return async () => {
    const own = await from.current();
    try {
      return await assumeRole(step, own, ways);
    } catch (error) {
      if (!saysExpired(error)) throw naming(step, error);
      const renewed = await from.renew(own);
      return assumeRole(step, renewed, ways).catch((again: unknown) => {
        throw naming(step, again);
      });
    }
  };
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
async function assumeRole(
  { arn, externalId, sessionName = "watchproof", durationSeconds }: RoleStep,
  credentials: Credentials,
  { profile, ...ways }: Omit<Assuming, "from">,
): Promise<Credentials> {
  const { AssumeRoleCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({
    ...ways,
    ...(profile === undefined ? {} : { profile }),
    credentials,
    maxAttempts: 3,
  });
  const { Credentials: found } = await client.send(
    new AssumeRoleCommand({
      RoleArn: arn,
      RoleSessionName: sessionName,
      ExternalId: externalId,
      DurationSeconds: durationSeconds,
    }),
  );
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  } = found ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error("AWS handed out no credentials");
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
    ...accountIn(arn),
  };
}

function accountIn(arn: string): { readonly accountId?: string } {
  const account = arn.split(":")[4];
  return account === undefined ? {} : { accountId: account };
}

// Of a chain of roles, a person must know which one did not open.
function naming({ arn }: RoleStep, error: unknown): unknown {
  return error instanceof Error ? Object.assign(error, { assumedRole: arn }) : error;
}

const refreshBefore = 5 * 60_000;
const pooledFailureStands = 60_000;

/** `now` in milliseconds; `failureStands`: milliseconds until a failure is worth another attempt, default: never. */
export type SharingOptions = { readonly now?: () => number; readonly failureStands?: number };

/**
 * Resolves credentials once for all who ask. A failure stands: nobody mends credentials in the middle of a run, and
 * each client would otherwise wait for the same dead end again. That STS is busy is no such failure: whoever asks next, asks again.
 */
export function shareCredentials(
  resolve: (isRenewal: boolean) => Promise<Credentials>,
  { now = Date.now, failureStands = Infinity }: SharingOptions = {},
): CredentialChain {
  let current: Promise<Credentials> | undefined;
  let found: Credentials | undefined;
  let until = Infinity;
  const start = (isRenewal: boolean): Promise<Credentials> => {
    until = Infinity;
    found = undefined;
    current = resolve(isRenewal).then(
      (credentials) => {
        until = freshUntil(credentials, now());
        return (found = credentials);
      },
      (error: unknown) => {
        until = saysBusy(error) ? now() : now() + failureStands;
        throw error;
      },
    );
    return current;
  };
  return {
    current: () => (current !== undefined && now() < until ? current : start(false)),
    renew: (stale) => (current === undefined || found === stale ? start(true) : current),
  };
}

// Short sessions are used for half of their time, so that they are not renewed for each request.
function freshUntil({ expiration }: Credentials, now: number): number {
  if (expiration === undefined) return Infinity;
  const expires = expiration.getTime();
  return Math.max(expires - refreshBefore, now + (expires - now) / 2);
}
