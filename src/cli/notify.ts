import type { Command } from "commander";
import { notify, notifyChannels, notifyText } from "../index.js";
import {
  addAll,
  channelName,
  isUntold,
  keepKnown,
  keepTold,
  readChange,
  readKnown,
  toldChannels,
} from "../inner.js";
import type {
  Config,
  LiveAccounts,
  NotificationOutcome,
  NotifyChange,
  NotifySettings,
  Store,
  Transport,
} from "../index.js";
import type { KnownByChannel, StepOptions } from "../inner.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** The options of a run that tells people. */
export type NotifyWords = { readonly notify?: boolean; readonly notifyDryRun?: boolean };

/** How a run tells people: what was asked for, the config that names the channels, and the way to each account. */
export type NotifyRequest = { readonly words: NotifyWords; readonly config: Config } & Pick<
  NotifySettings,
  "profile" | "transportFor" | "except"
>;

/** Adds the options of a run that tells people. */
export function addNotifyOptions(command: Command): Command {
  return command
    .option(
      "--notify",
      "tell the channels of the config's audit.notify what has changed since the run before",
    )
    .option("--notify-dry-run", "show what --notify would send, and send nothing");
}

/** Makes sure before anything else that there is somebody to tell, where that was asked for. @throws UsageError */
export function mustHaveChannels({ words, config }: Pick<NotifyRequest, "words" | "config">): void {
  const isAsked = words.notify === true || words.notifyDryRun === true;
  if (isAsked && notifyChannels(config).length === 0)
    throw new UsageError(
      "there is nobody to tell: name channels in the config, such as audit: { notify: [{ webhook: SLACK_URL }] }",
    );
}

/** Tells the config's channels, where that was asked for; what became of it is text for `write`. Says it too, channel by channel. @throws UsageError where the config names no channel. */
export async function tellChannels(
  change: NotifyChange,
  { words, config, ...ways }: NotifyRequest,
  write: Terminal["out"] | Terminal["err"],
): Promise<readonly NotificationOutcome[]> {
  if (words.notify !== true && words.notifyDryRun !== true) return [];
  mustHaveChannels({ words, config });
  const channels = notifyChannels(config);
  const outcomes = await notify(change, {
    channels,
    dryRun: words.notifyDryRun === true,
    now: new Date(),
    ...ways,
  });
  await write(notifyText(outcomes));
  return outcomes;
}

/** What an audit does when its report is in the store: it tells what has changed. `told` says afterwards whether everything arrived. */
export type AuditNews = { readonly kept: NonNullable<StepOptions["kept"]>; readonly told: () => boolean };

/** How an audit tells people: where its reports are, and the way to each account. */
export type AuditNewsRequest = Pick<NotifyRequest, "words" | "config" | "profile"> & {
  readonly store: Store;
  readonly live: Pick<LiveAccounts, "openTransport">;
};

/**
 * Tells of an audit, where that was asked for. Each channel is told what has changed since it was told last, so that nothing is lost
 * with a message that did not arrive; where a run is told of again, only those are told who do not know yet.
 */
export function auditNews({ store, live, ...request }: AuditNewsRequest, write: Terminal["err"]): AuditNews {
  const { words, config } = request;
  let isTold = true;
  return {
    async kept({ run }, { units, partial = false }) {
      if (words.notify !== true && words.notifyDryRun !== true) return;
      mustHaveChannels({ words, config });
      const isReal = words.notifyDryRun !== true;
      const transportFor = (account: string): Transport =>
        live.openTransport(
          units.find(({ id }) => id === account) ?? {
            id: account,
            partition: "aws",
            entrance: { kind: "own" },
          },
        );
      const told = isReal ? [...(await toldChannels(store, run))] : [];
      const known = await readKnown(store);
      for (const [since, channels] of bySince(config, known)) {
        const { previous, ...change } = await readChange(store, run, {
          partial,
          ...(since === undefined ? {} : { since }),
        });
        const outcomes = await tellChannels(
          change,
          { ...request, transportFor, except: [...told, ...others(config, channels)] },
          write,
        );
        if (outcomes.some(isUntold)) isTold = false;
        if (!isReal) continue;
        addAll(
          told,
          outcomes.filter((outcome) => !isUntold(outcome)).map(({ channel }) => channel),
        );
        await keepTold(store, run, told);
        await keepKnown(store, knownNow(channels, { run, since, previous, partial, told }));
      }
    },
    told: () => isTold,
  };
}

function bySince(
  config: Config,
  known: KnownByChannel,
): ReadonlyMap<string | null | undefined, readonly string[]> {
  const names = notifyChannels(config).map(channelName);
  const groups = new Map<string | null | undefined, readonly string[]>();
  for (const name of names) groups.set(known[name], [...(groups.get(known[name]) ?? []), name]);
  return groups;
}

function others(config: Config, channels: readonly string[]): readonly string[] {
  return notifyChannels(config)
    .map(channelName)
    .filter((name) => !channels.includes(name));
}

type Telling = {
  readonly run: string;
  readonly since: string | null | undefined;
  readonly previous: string | null;
  readonly partial: boolean;
  readonly told: readonly string[];
};

// Who was told of some accounts and lacks an earlier run still lacks it: some may be told twice, nobody never.
function knownNow(
  channels: readonly string[],
  { run, since, previous, partial, told }: Telling,
): KnownByChannel {
  const before = since === undefined ? previous : since;
  const isWhole = !partial || before === previous;
  return Object.fromEntries(
    channels.map((channel) => [channel, told.includes(channel) && isWhole ? run : before]),
  );
}
