import type { CredentialPool } from "../aws/credential-pool.js";
import { sdkTransport } from "../aws/sdk-transport.js";
import type { Transport } from "../aws/transport.js";
import type { RoleStep } from "../core/audit.js";
import type { Plugins } from "../core/plugins.js";
import type { AccountIdentity, Gap, Snapshot } from "../core/snapshot.js";
import type { ReadSecret } from "../core/secret.js";
import type { ReadRequest, Source } from "../core/source.js";
import { sortedUnique } from "../shared/order.js";
import { isAccountId } from "../shared/aws/account-id.js";
import { partitionOf } from "../shared/aws/partitions.js";
import { createCaller } from "./caller.js";
import type { Ask, Caller, Progress } from "./caller.js";
import { canonicalSnapshot } from "./canonical-snapshot.js";
import { systemClock } from "./clock.js";
import type { Clock } from "./clock.js";
import { collectedOf } from "./collected.js";
import { describeEntry } from "./describe-entry.js";
import { enabledRegions } from "./enabled-regions.js";
import { firstRegion, identify } from "./identify.js";
import { usualLimits } from "./limits.js";
import type { Limits } from "./limits.js";
import { loadCollectors } from "./load-collectors.js";
import { makePlan } from "./plan.js";
import type { Plan } from "./plan.js";
import { readAccount } from "./read-account.js";
import type { Readings } from "./read-account.js";
import { recognize } from "./recognize.js";
import { readSecret } from "./read-secret.js";
import { shareAnswers } from "./share-answers.js";
import type { Slots } from "./slots.js";

/** Which account is read, and how. */
export type LiveOptions = {
  readonly collectors: Plugins["collectors"];
  /** A profile of the AWS configuration files; default: the SDK's usual credentials. */
  readonly profile?: string;
  /** The role to assume with these credentials. */
  readonly roleArn?: string;
  /** More roles, each assumed from the one before. */
  readonly roles?: readonly RoleStep[];
  /**
   * What several sources share, so that each enters its account from the same credentials.
   * @internal Its type is the SDK's, whose types need more than a project that uses ours has.
   */
  readonly pool?: CredentialPool;
  /** What the snapshot's `takenAt` says; default: the machine's time. */
  readonly now?: () => Date;
  /** Is told of each answered call. */
  readonly progress?: (event: Progress) => void;
  readonly limits?: Partial<Limits>;
  /** How many requests are under way at the same time in all sources that share this. */
  readonly slots?: Slots;
  /** Default: the AWS SDK. */
  readonly transport?: Transport;
  /** Pauses and chance; default: the machine's. */
  readonly clock?: Clock;
};

/** The live account. Reads exactly what the needs ask for, each thing once; what it cannot read becomes a gap, never an error. */
export function liveSource(options: LiveOptions): LiveSource {
  const transport = options.transport ?? sdkTransport(options);
  // Connections that nobody uses any more are closed: an audit opens those of many accounts. A later call opens new ones.
  const closing = <T>(work: Promise<T>): Promise<T> =>
    options.transport === undefined
      ? work.finally(() => {
          transport.close?.();
        })
      : work;
  return {
    kind: "live",
    read: (request) => closing(readLive(request, { ...options, transport })),
    readSecret: (request) => closing(readSecret(request, { ...options, transport })),
  };
}

/** A source that also reads secrets, with the same credentials. No rule asks for one: only a manifest probe does, where it is told to. */
export type LiveSource = Source & { readonly readSecret: ReadSecret };

async function readLive(
  request: ReadRequest,
  options: LiveOptions & { readonly transport: Transport },
): Promise<Snapshot> {
  const takenAt = (options.now?.() ?? new Date()).toISOString();
  request.signal?.throwIfAborted();
  const plan = makePlan(request.needs, await loadCollectors(options.collectors, request.needs));
  const caller = callerFor(request, options);
  const ask = shareAnswers(caller.ask);
  const { regions, ...begun } = await beginReading(request, { ...options, ask });
  const { account, gaps } = isAccountId(begun.account.id)
    ? begun
    : await recognize(begun, { plan, ask, regions });
  const beside = (await request.beside?.({ account, regions })) ?? [];
  const readings = await readAccount({ plan, ask, account, regions, beside });
  return canonicalSnapshot(assemble({ takenAt, account, regions, gaps, plan, readings, caller }));
}

function callerFor(
  { signal }: ReadRequest,
  options: LiveOptions & { readonly transport: Transport },
): Caller {
  const { transport, clock = systemClock, progress, slots } = options;
  return createCaller({
    transport,
    clock,
    limits: { ...usualLimits, ...options.limits },
    ...(signal === undefined ? {} : { signal }),
    ...(progress === undefined ? {} : { progress }),
    ...(slots === undefined ? {} : { slots }),
  });
}

type Begun = {
  readonly account: AccountIdentity;
  readonly regions: readonly string[];
  readonly gaps: readonly Gap[];
};

async function beginReading(
  request: ReadRequest,
  options: LiveOptions & { readonly transport: Transport; readonly ask: Ask },
): Promise<Begun> {
  const { transport, ask, profile, roles = [], clock = systemClock } = options;
  const roleArn = roles.at(-1)?.arn ?? options.roleArn;
  const region = firstRegion(await transport.configuredRegion(), request.regions, roleArn);
  const { credentialsTime } = { ...usualLimits, ...options.limits };
  const whose = {
    ...(profile === undefined ? {} : { profile }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(roles.length === 0 ? {} : { roles }),
  };
  const [who, where] = await Promise.all([
    identify({ transport, ask, clock, region, credentialsTime, ...whose }),
    request.regions === undefined
      ? enabledRegions(ask, partitionOf(region))
      : { regions: request.regions, gap: undefined },
  ]);
  const excluded = new Set(request.exclude);
  const gap = where.gap === undefined ? [] : [{ account: who.account.id, ...where.gap }];
  return {
    account: who.account,
    regions: sortedUnique(where.regions.filter((name) => !excluded.has(name))),
    gaps: [...who.gaps, ...gap],
  };
}

type Parts = Begun & {
  readonly takenAt: string;
  readonly plan: Plan;
  readonly readings: Readings;
  readonly caller: Caller;
};

function assemble({ takenAt, account, regions, gaps, plan, readings, caller }: Parts): Snapshot {
  const collected = Object.fromEntries(
    [...plan.types.keys()].map((type) => [type, collectedOf(type, plan, regions)]),
  );
  const resources = readings.entries.flatMap((entry) => {
    const collector = plan.types.get(entry.type)?.collector;
    const lists = {
      gaps: readings.gaps.get(entry.type) ?? [],
      listed: collected[entry.type]?.listed ?? [],
      account: account.id,
    };
    return collector === undefined ? [] : [describeEntry(entry, collector, lists)];
  });
  const uncollected = plan.uncollected.map((type) => ({
    account: account.id,
    type,
    region: "global",
    reason: "NoCollector",
    message: `no collector reads ${type}`,
  }));
  return {
    format: "watchproof-snapshot/1",
    takenAt,
    account,
    regions,
    collected,
    resources,
    gaps: [...gaps, ...uncollected, ...[...readings.gaps.values()].flat()],
    calls: caller.counts(),
  };
}
