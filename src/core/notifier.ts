import type { Report } from "./report.js";
import type { ReportDiff } from "./report-diff.js";

/** What one run found, beside what the run before it had found, as plain data. */
export type RunChange = {
  /** The run's name in its store, or the report's file. */
  readonly run: string;
  /** Where reports are kept, so that a reader finds this one; "" where the name says it. */
  readonly location: string;
  readonly after: Report;
  /** Undefined on the first run. */
  readonly before?: { readonly report: Report; readonly diff: ReportDiff };
  /** When it is told: ISO 8601, UTC. */
  readonly at: string;
};

/** One thing that is sent. Nothing in it is secret. */
export type Message = {
  /** Whom it goes to, in words: "the webhook in $SLACK_URL". */
  readonly to: string;
  /** What it says, in a few words: "2 new failures, 1 fixed". */
  readonly about: string;
  /** Exactly what is sent, as JSON. */
  readonly body: object;
  /** The account whose credentials it is sent with; undefined: the credentials at hand. */
  readonly account?: string;
};

/** What became of a message. `troubles`: what of it was not taken, one by one. */
export type Delivery =
  | { readonly kind: "sent"; readonly troubles: readonly string[] }
  | { readonly kind: "failed"; readonly because: string };

/** A channel on which people are told what has changed. */
export type Notifier = {
  /** As it stands in the config: "webhook SLACK_URL". */
  readonly channel: string;
  /** What would be sent; [] where there is nothing to tell. Pure. */
  messages(change: RunChange): readonly Message[];
  /** Sends one message, with retries. Whatever goes wrong outside is told, not thrown. */
  send(message: Message): Promise<Delivery>;
};
