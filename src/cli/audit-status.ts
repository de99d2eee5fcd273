import { plural, printable } from "../inner.js";
import type { AuditEvent } from "../index.js";
import { finishedText } from "./audit-log.js";
import type { AuditLog } from "./audit-log.js";
import type { Terminal } from "./terminal.js";

const CLEAR = "\r\u001b[2K";

/** How far an audit is. `startedAt` in milliseconds; `before`: accounts that an earlier run has finished. */
type Progress = {
  accounts: number;
  before: number;
  done: number;
  inFlight: number;
  failures: number;
  unread: number;
  startedAt: number;
};

/** One line on a watched terminal that says how far an audit is; accounts that could not be judged stay above it. `now` in milliseconds. */
export function statusLine({ err, statusWidth = 100 }: Terminal, now: () => number): AuditLog {
  const progress: Progress = {
    accounts: 0,
    before: 0,
    done: 0,
    inFlight: 0,
    failures: 0,
    unread: 0,
    startedAt: now(),
  };
  const show = (above: readonly string[] = []): void => {
    const lines = above.map((line) => `watchproof: ${printable(line)}\n`).join("");
    const isOver = progress.accounts === 0 || progress.done + progress.before === progress.accounts;
    err(`${CLEAR}${lines}${isOver ? "" : statusText(progress, now()).slice(0, statusWidth - 1)}`);
  };
  return {
    event(event) {
      show(count(progress, event, now));
    },
    message({ message }) {
      show(message.split("\n"));
    },
  };
}

function count(progress: Progress, event: AuditEvent, now: () => number): readonly string[] {
  if (event.event === "audit-started" || event.event === "audit-resumed") {
    Object.assign(progress, { accounts: event.accounts, before: event.finished, startedAt: now() });
    return [];
  }
  if (event.event === "account-started") progress.inFlight += 1;
  if (event.event !== "account-finished") return [];
  progress.inFlight -= 1;
  progress.done += 1;
  progress.failures += event.summary.fail;
  if (event.outcome === "judged") return [];
  progress.unread += 1;
  return [finishedText(event)];
}

/** "audit: 12 of 40 accounts, 8 in flight, 31 failures so far, 1 not judged, about 2 min left". `now` in milliseconds. */
export function statusText(
  { accounts, before, done, inFlight, failures, unread, startedAt }: Progress,
  now: number,
): string {
  const finished = done + before;
  const words = [
    `${finished.toString()} of ${plural(accounts, "account")}`,
    `${inFlight.toString()} in flight`,
    `${plural(failures, "failure")} so far`,
    ...(unread === 0 ? [] : [`${unread.toString()} not judged`]),
    ...timeLeft((now - startedAt) / 1000, done, accounts - finished),
  ];
  return `audit: ${words.join(", ")}`;
}

// Nothing is known before the first account is done.
function timeLeft(seconds: number, done: number, left: number): readonly string[] {
  if (done === 0 || left === 0) return [];
  const rest = (seconds / done) * left;
  return [
    rest < 90
      ? `about ${Math.max(1, Math.ceil(rest)).toString()} s left`
      : `about ${Math.round(rest / 60).toString()} min left`,
  ];
}
