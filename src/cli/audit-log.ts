import { plural, printable, printableJson, printableLines } from "../inner.js";
import type { AuditEvent } from "../index.js";
import type { Terminal } from "./terminal.js";

/** How an audit tells what happens: "json" is one object a line. */
export type LogFormat = "text" | "json";

/** What an audit says on stderr beside its events: what a person should know or mend. */
export type LogMessage = {
  readonly event:
    "note" | "notified" | "audit-stopped" | "audit-stopping" | "audit-failed" | "run-unfinished";
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  readonly run?: string;
};

/** Where events and messages go. */
export type AuditLog = { event(event: AuditEvent): void; message(message: LogMessage): void };

type Line = {
  readonly level: "info" | "warning" | "error";
  readonly event: string;
  readonly [field: string]: unknown;
};

/** One JSON object a line, for machines: `time`, `level` and `event` first, always in this order. */
export function jsonLog({ err }: Terminal, now: () => Date): AuditLog {
  const write = (line: Line): void => {
    err(`${printableJson(JSON.stringify({ time: now().toISOString(), ...line }))}\n`);
  };
  return {
    event(event) {
      for (const line of linesOf(event)) write(line);
    },
    message: ({ event, level, message, run }) => {
      write({ level, event, ...(run === undefined ? {} : { run }), message });
    },
  };
}

function linesOf(event: AuditEvent): readonly Line[] {
  if (event.event === "account-started") return [{ level: "info", ...event }];
  if (event.event === "account-finished") return [accountLine(event)];
  if (event.event === "audit-merged" || event.event === "audit-finished")
    return [{ level: "info", ...event }];
  const { skipped, ...start } = event;
  return [
    { level: "info", ...start, skipped: skipped.length },
    ...skipped.map(({ id, name, because }) => ({
      level: "warning" as const,
      event: "account-skipped",
      account: id,
      ...(name === undefined ? {} : { name }),
      message: because,
    })),
  ];
}

function accountLine({
  summary,
  because,
  ...event
}: Extract<AuditEvent, { readonly event: "account-finished" }>): Line {
  const level = event.outcome === "judged" ? "info" : event.outcome === "refused" ? "warning" : "error";
  return { level, ...event, summary, ...(because === undefined ? {} : { message: because }) };
}

/** One line for what matters, for logs that people read. */
export function textLog({ err }: Terminal): AuditLog {
  return {
    event(event) {
      for (const line of textOf(event)) err(`watchproof: ${printable(line)}\n`);
    },
    message({ message }) {
      for (const line of printableLines(message)) err(`watchproof: ${line}\n`);
    },
  };
}

function textOf(event: AuditEvent): readonly string[] {
  if (event.event === "account-started" || event.event === "audit-merged") return [];
  if (event.event === "account-finished") return [finishedText(event)];
  if (event.event === "audit-finished") return [`audit ${event.run} is finished`];
  const { run, accounts, finished, skipped } = event;
  const begin =
    event.event === "audit-resumed"
      ? `audit ${run} goes on: ${finished.toString()} of ${plural(accounts, "account")} were judged before`
      : `audit ${run}: ${plural(accounts, "account")}`;
  return [
    begin,
    ...skipped.map(({ id, name, because }) => `account ${named(id, name)} ${because}, and is skipped`),
  ];
}

/** What became of one account, in one line. */
export function finishedText({
  account,
  name,
  outcome,
  summary,
  milliseconds,
  because = "",
}: Extract<AuditEvent, { readonly event: "account-finished" }>): string {
  if (outcome !== "judged") return `account ${named(account, name)} was not judged: ${because}`;
  const { fail, unknown, error, pass } = summary;
  return `account ${named(account, name)}: ${fail.toString()} failed, ${unknown.toString()} unknown, ${plural(error, "error")}, ${pass.toString()} passed (${(milliseconds / 1000).toFixed(1)} s)`;
}

function named(id: string, name: string | undefined): string {
  return name === undefined ? id : `${id} (${name})`;
}
