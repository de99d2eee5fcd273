import { sdkTransport } from "../aws/sdk-transport.js";
import type { Transport } from "../aws/transport.js";
import type { Message, Notifier, RunChange } from "../core/notifier.js";
import type { Report } from "../core/report.js";
import { compareReports } from "../compare/compare-reports.js";
import { securityHubNotifier } from "../notifiers/security-hub.js";
import { snsNotifier } from "../notifiers/sns.js";
import { webhookNotifier } from "../notifiers/webhook.js";
import type { WebhookWays } from "../notifiers/webhook.js";
import { groupBy } from "../shared/group-by.js";
import { createSlots } from "../sources/slots.js";
import { awsCaller } from "./aws-caller.js";
import type { NotifyChannel } from "./notify-channels.js";

/** What one run found, and what the run before it had found; undefined on the first run. */
export type NotifyChange = {
  readonly run: string;
  readonly location: string;
  readonly before?: Report;
  readonly after: Report;
};

/** Who is told, and how they are reached. */
export type NotifySettings = {
  readonly channels: readonly NotifyChannel[];
  /** Channels that are left out since they know already, by the names that their outcomes have. */
  readonly except?: readonly string[];
  /** Nothing is sent; the outcomes hold what would be. */
  readonly dryRun?: boolean;
  /** The way to AWS with an account's own credentials; without an account, or where it is not given: those at hand, of `profile`. */
  readonly transportFor?: (account: string) => Transport;
  readonly profile?: string;
  readonly now: Date;
  /** Default: this process's. */
  readonly environment?: WebhookWays["environment"];
  readonly fetch?: typeof fetch;
  /** Waits between attempts, in milliseconds. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
};

/** What became of a message; `troubles`: what of it did not arrive, one by one. */
export type SentMessage = Pick<Message, "to" | "about"> & {
  readonly arrived: boolean;
  readonly troubles: readonly string[];
};

/** What became of one channel. */
export type NotificationOutcome =
  | { readonly channel: string; readonly kind: "nothing-new" }
  | { readonly channel: string; readonly kind: "dry-run"; readonly messages: readonly Message[] }
  | { readonly channel: string; readonly kind: "done"; readonly sent: readonly SentMessage[] };

/** Tells every channel what has changed between two runs. Whatever goes wrong with one is in its outcome, and stops no other. */
export async function notify(
  { before, ...change }: NotifyChange,
  settings: NotifySettings,
): Promise<readonly NotificationOutcome[]> {
  const told: RunChange = {
    ...change,
    ...(before === undefined
      ? {}
      : { before: { report: before, diff: compareReports(before, change.after) } }),
    at: settings.now.toISOString(),
  };
  const untold = notifiersOf(settings).filter(({ channel }) => settings.except?.includes(channel) !== true);
  return Promise.all(untold.map((notifier) => tell(notifier, told, settings)));
}

/** Whether something that was to be sent did not arrive. */
export function isUntold(outcome: NotificationOutcome): boolean {
  return (
    outcome.kind === "done" && outcome.sent.some(({ arrived, troubles }) => !arrived || troubles.length > 0)
  );
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function notifiersOf(settings: NotifySettings): readonly Notifier[] {
  const { profile, transportFor, sleep = wait, environment = process.env } = settings;
  const atHand = (): Transport => sdkTransport(profile === undefined ? {} : { profile });
  const call = awsCaller({
    transportOf: (account) => (account === undefined ? atHand() : (transportFor?.(account) ?? atHand())),
    sleep,
  });
  return settings.channels.map((channel) => {
    if (channel.kind === "webhook")
      return webhookNotifier(channel.variable, {
        environment,
        fetch: settings.fetch ?? fetch,
        sleep,
        now: () => Date.now(),
      });
    return channel.kind === "sns"
      ? snsNotifier(channel.topic, call)
      : securityHubNotifier(channel.region, call);
  });
}

async function tell(
  notifier: Notifier,
  change: RunChange,
  { dryRun = false, sleep = wait }: NotifySettings,
): Promise<NotificationOutcome> {
  const { channel } = notifier;
  const messages = notifier.messages(change);
  if (messages.length === 0) return { channel, kind: "nothing-new" };
  if (dryRun) return { channel, kind: "dry-run", messages };
  const slots = createSlots(ACCOUNTS_AT_ONCE);
  const byAccount = [...groupBy(messages, ({ account }) => account ?? "").values()];
  const sent = await Promise.all(byAccount.map((own) => slots.run(() => sendInTurn(notifier, own, sleep))));
  return { channel, kind: "done", sent: sent.flat() };
}

const ACCOUNTS_AT_ONCE = 8;
// Security Hub takes ten calls a second in an account and region.
const PAUSE = 100;

async function sendInTurn(
  notifier: Notifier,
  messages: readonly Message[],
  sleep: (milliseconds: number) => Promise<void>,
): Promise<readonly SentMessage[]> {
  const sent: SentMessage[] = [];
  for (const message of messages) {
    if (sent.length > 0) await sleep(PAUSE);
    const { to, about } = message;
    const delivery = await notifier.send(message);
    sent.push(
      delivery.kind === "sent"
        ? { to, about, arrived: true, troubles: delivery.troubles }
        : { to, about, arrived: false, troubles: [delivery.because] },
    );
  }
  return sent;
}
