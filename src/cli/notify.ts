import type { Command } from "commander";
import { isUntold, notify, notifyChannels, notifyText } from "../index.js";
import type { Config, NotifyChange, NotifySettings } from "../index.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** The options of a run that tells people. */
export type NotifyWords = { readonly notify?: boolean; readonly notifyDryRun?: boolean };

/** How a run tells people: what was asked for, the config that names the channels, and the way to each account. */
export type NotifyRequest = { readonly words: NotifyWords; readonly config: Config } & Pick<NotifySettings, "profile" | "transportFor">;

/** Adds the options of a run that tells people. */
export function addNotifyOptions(command: Command): Command {
  return command
    .option("--notify", "tell the channels of the config's audit.notify what has changed since the run before")
    .option("--notify-dry-run", "show what --notify would send, and send nothing");
}

/** Tells the config's channels, where that was asked for; what became of it is text for `write`. False where something did not arrive. @throws UsageError where the config names no channel. */
export async function tellChannels(change: NotifyChange, { words, config, ...ways }: NotifyRequest, write: Terminal["out"] | Terminal["err"]): Promise<boolean> {
  if (words.notify !== true && words.notifyDryRun !== true) return true;
  const channels = notifyChannels(config);
  if (channels.length === 0) throw new UsageError("there is nobody to tell: name channels in the config, such as audit: { notify: [{ webhook: SLACK_URL }] }");
  const outcomes = await notify(change, { channels, dryRun: words.notifyDryRun === true, now: new Date(), ...ways });
  await write(notifyText(outcomes));
  return !outcomes.some(isUntold);
}
