import type { Transport } from "../aws/transport.js";
import type { RoleStep } from "../core/audit.js";
import type { Operation } from "../core/collector.js";
import { IDENTITY_TYPE } from "../core/snapshot.js";
import type { AccountIdentity, Gap } from "../core/snapshot.js";
import { SourceError } from "../core/source.js";
import { leaderRegion, partitionOf } from "../shared/aws/partitions.js";
import { isAccountId } from "../shared/aws/account-id.js";
import type { Ask } from "./caller.js";
import type { Clock } from "./clock.js";
import { explainCredentials } from "./explain-credentials.js";
import { explain, failed, failureOf } from "./failure.js";
import type { Failure } from "./failure.js";

/** Who asks: the account and its partition, and a gap where AWS did not say. */
export type Identified = { readonly account: AccountIdentity; readonly gaps: readonly Gap[] };

/** What finding out takes. `region` is where AWS is asked; `credentialsTime` in milliseconds. */
export type IdentifyOptions = {
  readonly transport: Transport;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly region: string;
  readonly credentialsTime: number;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly roles?: readonly RoleStep[];
};

/** The operation that says who asks. It needs no permission. */
export const getCallerIdentity: Operation = {
  service: "sts",
  name: "GetCallerIdentity",
  actions: [],
  proof: { members: ["Account", "Arn"] },
};

/**
 * Finds credentials and asks whose they are. Where the network or a policy is in the way, the account is taken from
 * the credentials or the role, and the run goes on.
 *
 * @throws SourceError where the credentials are missing or not accepted.
 */
export async function identify(options: IdentifyOptions): Promise<Identified> {
  const found = await findCredentials(options);
  const answer =
    found.failure === undefined
      ? await options.ask(getCallerIdentity, { region: options.region, input: {} })
      : { ok: false as const, failure: found.failure };
  const account = answer.ok ? accountOf(answer.output) : undefined;
  if (account !== undefined) return { account, gaps: [] };
  const failure = answer.ok ? failed("permanent", "Malformed", "AWS names no account") : answer.failure;
  if (failure.kind === "credentials") throw noCredentials(failure, options);
  return withoutAnswer(failure, found, options);
}

function withoutAnswer(failure: Failure, found: Found, options: IdentifyOptions): Identified {
  const id = found.accountId ?? options.roleArn?.split(":")[4] ?? "";
  const account = { id: isAccountId(id) ? id : "unknown", partition: partitionFor(options) };
  return {
    account,
    gaps: [
      { account: account.id, type: IDENTITY_TYPE, ...explain(failure, getCallerIdentity, options.region) },
    ],
  };
}

type Found = { readonly accountId?: string; readonly failure?: Failure };

async function findCredentials(options: IdentifyOptions): Promise<Found> {
  const { clock, credentialsTime } = options;
  const over = new AbortController();
  const tooLong = clock
    .sleep(credentialsTime, over.signal)
    .then((): Found => ({ failure: failed("timed-out", "TimedOut", "finding credentials took too long") }));
  try {
    return await Promise.race([authenticate(options, over.signal), tooLong]);
  } catch (error) {
    const failure = failureOf(error);
    if (["timed-out", "unreachable", "transient", "throttled"].includes(failure.kind)) return { failure };
    throw noCredentials(failure, options, error);
  } finally {
    over.abort();
  }
}

// STS is busy where many accounts are entered at the same time; that says nothing about this one.
async function authenticate({ transport, clock }: IdentifyOptions, signal: AbortSignal): Promise<Found> {
  for (let wait = 250; ; wait = Math.min(2 * wait, 4000)) {
    try {
      return await transport.authenticate();
    } catch (error) {
      if (failureOf(error).kind !== "throttled") throw error;
      await clock.sleep(wait * (0.5 + clock.random()), signal);
      if (signal.aborted) throw error;
    }
  }
}

function noCredentials(failure: Failure, options: IdentifyOptions, error?: unknown): SourceError {
  const { assumedRole } = { ...(error as { readonly assumedRole?: unknown } | undefined) };
  const roleArn = typeof assumedRole === "string" ? assumedRole : undefined;
  const { reason, message } = failure;
  const action = roleArn === undefined ? {} : { action: "sts:AssumeRole" };
  return new SourceError(
    explainCredentials(
      failure,
      { ...options, ...(roleArn === undefined ? {} : { assumedRole: roleArn }) },
      error,
    ),
    { reason, message, ...action },
  );
}

function accountOf(output: unknown): AccountIdentity | undefined {
  const { Account, Arn } = { ...(output as { readonly Account?: unknown; readonly Arn?: unknown }) };
  const [, partition] = typeof Arn === "string" ? Arn.split(":") : [];
  if (
    typeof Account !== "string" ||
    typeof Arn !== "string" ||
    partition === undefined ||
    !isAccountId(Account)
  )
    return undefined;
  return { id: Account, partition, caller: Arn };
}

function partitionFor({ roleArn, region }: IdentifyOptions): string {
  return roleArn?.split(":")[1] ?? partitionOf(region);
}

/** The region where a run asks its first question: the configured one, else the first that is looked at, else the leader's. */
export function firstRegion(
  configured: string | undefined,
  regions: readonly string[] | undefined,
  roleArn: string | undefined,
): string {
  return configured ?? regions?.[0] ?? leaderRegion(roleArn?.split(":")[1] ?? "aws");
}
