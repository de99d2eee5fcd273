import type { Message } from "../core/notifier.js";
import { withoutCommands } from "../shared/text/runner-commands.js";
import { printable, printableJson } from "../shared/text/terminal-text.js";
import type { NotificationOutcome, SentMessage } from "./notify.js";

/** What became of each channel, in lines for people; of a dry run, each message as it would be sent. Nothing in it is secret. */
export function notifyText(outcomes: readonly NotificationOutcome[]): string {
  return withoutCommands(
    outcomes
      .flatMap(outcomeLines)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

function outcomeLines(outcome: NotificationOutcome): readonly string[] {
  if (outcome.kind === "nothing-new")
    return [printable(`${outcome.channel}: nothing has changed, nothing is sent`)];
  return outcome.kind === "dry-run" ? outcome.messages.flatMap(dryLines) : outcome.sent.flatMap(sentLines);
}

function dryLines({ to, about, body }: Message): readonly string[] {
  return [printable(`would tell ${to}: ${about}`), printableJson(JSON.stringify(body, undefined, 2))];
}

function sentLines({ to, about, arrived, troubles }: SentMessage): readonly string[] {
  if (!arrived) return [printable(`could not tell ${to}: ${troubles.join("; ")}`)];
  return [
    printable(
      `told ${to}: ${about}${troubles.length === 0 ? "" : `; not taken: ${troubles.length.toString()}`}`,
    ),
    ...troubles.map((trouble) => printable(`  ${trouble}`)),
  ];
}
