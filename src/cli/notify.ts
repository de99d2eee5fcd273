import type { Command } from "commander";
import { notify, notifyChannels, notifyText } from "../index.js";
import { isUntold, keepTold, readChange, toldChannels } from "../inner.js";
import type {
  Config,
  LiveAccounts,
  NotificationOutcome,
  NotifyChange,
  NotifySettings,
  Store,
  Transport,
} from "../index.js";
import type { StepOptions } from "../inner.js";
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

/** Tells of an audit, where that was asked for. Where a run is told of again, only those are told who do not know yet. */
export function auditNews({ store, live, ...request }: AuditNewsRequest, write: Terminal["err"]): AuditNews {
  const { words } = request;
  let isTold = true;
  return {
    async kept({ run }, { units, partial = false }) {
      if (words.notify !== true && words.notifyDryRun !== true) return;
      const isReal = words.notifyDryRun !== true;
      const transportFor = (account: string): Transport =>
        live.openTransport(
          units.find(({ id }) => id === account) ?? {
            id: account,
            partition: "aws",
            entrance: { kind: "own" },
          },
        );
      const except = isReal ? await toldChannels(store, run) : [];
      const outcomes = await tellChannels(
        await readChange(store, run, { partial }),
        { ...request, transportFor, except },
        write,
      );
      isTold = !outcomes.some(isUntold);
      if (isReal)
        await keepTold(store, run, [
          ...except,
          ...outcomes.filter((outcome) => !isUntold(outcome)).map(({ channel }) => channel),
        ]);
    },
    told: () => isTold,
  };
}
