import { randomUUID } from "node:crypto";
import { printable } from "../inner.js";

// A longer message is cut by GitHub without a word.
const MOST_LETTERS = 4_000;

/** An error annotation. The text may hold anything: it stays one command. https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
export function errorCommand(message: string): string {
  const text =
    message.length <= MOST_LETTERS ? message : `${message.slice(0, MOST_LETTERS)}\n… (the log has the rest)`;
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => printable(line).replaceAll("%", "%25"));
  return `::error title=Watchproof::${lines.join("%0A")}\n`;
}

/** Two lines between which the runner takes nothing for a command; whoever writes between them cannot guess the second. */
export function silence(): { readonly begin: string; readonly end: string } {
  const token = randomUUID();
  return { begin: `::stop-commands::${token}\n`, end: `::${token}::\n` };
}
