import { sdkTransport } from "../aws/sdk-transport.js";
import type { Transport } from "../aws/transport.js";
import type { AccountIdentity } from "../core/snapshot.js";
import { leaderRegion } from "../shared/aws/partitions.js";
import { createCaller } from "./caller.js";
import type { Ask } from "./caller.js";
import { systemClock } from "./clock.js";
import { firstRegion, identify } from "./identify.js";
import { usualLimits } from "./limits.js";
import type { LiveOptions } from "./live.js";

/** Whose credentials ask, and how patiently. */
export type AskingOptions = Omit<LiveOptions, "collectors" | "now" | "progress"> & {
  readonly signal?: AbortSignal;
};

/** Those who ask, and a way to ask: with the patience, the rates and the retries of a live source. */
export type Asking = { readonly ask: Ask; readonly account: AccountIdentity; readonly region: string };

/**
 * Asks a few questions as an account, beside the reading of its state.
 *
 * @throws SourceError where the credentials are missing, or a role is refused.
 */
export async function askAccount<T>(
  options: AskingOptions,
  body: (asking: Asking) => Promise<T>,
): Promise<T> {
  const { profile, roles = [], clock = systemClock, signal } = options;
  const transport: Transport = options.transport ?? sdkTransport(options);
  const limits = { ...usualLimits, ...options.limits };
  const { ask } = createCaller({ transport, clock, limits, ...(signal === undefined ? {} : { signal }) });
  const roleArn = roles.at(-1)?.arn ?? options.roleArn;
  try {
    const region = firstRegion(await transport.configuredRegion(), undefined, roleArn);
    const who = {
      ...(profile === undefined ? {} : { profile }),
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(roles.length === 0 ? {} : { roles }),
    };
    const { account } = await identify({
      transport,
      ask,
      clock,
      region,
      credentialsTime: limits.credentialsTime,
      ...who,
    });
    return await body({ ask, account, region: leaderRegion(account.partition) });
  } finally {
    if (options.transport === undefined) transport.close?.();
  }
}
