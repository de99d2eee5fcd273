import { describe, expect, it } from "vitest";
import { jsonLog, textLog } from "../../src/cli/audit-log.js";
import { statusLine, statusText } from "../../src/cli/audit-status.js";
import type { AuditEvent } from "../../src/core/audit.js";
import type { Terminal } from "../../src/cli/terminal.js";

const summary = {
  pass: 3,
  fail: 2,
  "not-applicable": 0,
  unknown: 1,
  error: 0,
  waived: 0,
  known: 0,
  rules: 6,
};
const hostile = "a\u001b[2Jb";
const events: readonly AuditEvent[] = [
  {
    event: "audit-started",
    run: "r",
    accounts: 2,
    finished: 0,
    skipped: [{ id: "3", name: hostile, because: "is suspended" }],
  },
  { event: "account-started", account: "1" },
  { event: "account-finished", account: "1", outcome: "judged", summary, gaps: 0, milliseconds: 1500 },
  { event: "account-started", account: "2", name: hostile },
  {
    event: "account-finished",
    account: "2",
    name: hostile,
    outcome: "refused",
    summary,
    gaps: 1,
    milliseconds: 10,
    because: "no way in",
  },
  { event: "audit-merged", run: "r", bytes: 9 },
  { event: "audit-finished", run: "r", accounts: 2, summary },
];

function written(open: (terminal: Terminal) => { event(event: AuditEvent): void }): string {
  let text = "";
  const log = open({
    out: () => Promise.resolve(),
    err: (more) => {
      text += more;
    },
    trouble: () => undefined,
    isWatched: true,
    statusWidth: 60,
    hasColor: false,
  });
  for (const event of events) log.event(event);
  return text;
}

describe("how far an audit is", () => {
  const progress = { accounts: 40, before: 4, done: 8, inFlight: 8, failures: 31, unread: 0, startedAt: 0 };

  it.each<[string, Partial<typeof progress>, number, string]>([
    [
      "before the first account is done, without a guess",
      { before: 0, done: 0, failures: 0 },
      60_000,
      "audit: 0 of 40 accounts, 8 in flight, 0 failures so far",
    ],
    [
      "in seconds",
      { accounts: 20 },
      16_000,
      "audit: 12 of 20 accounts, 8 in flight, 31 failures so far, about 16 s left",
    ],
    ["in minutes", {}, 60_000, "audit: 12 of 40 accounts, 8 in flight, 31 failures so far, about 4 min left"],
    [
      "with those that were not judged",
      { unread: 2, accounts: 12 },
      60_000,
      "audit: 12 of 12 accounts, 8 in flight, 31 failures so far, 2 not judged",
    ],
  ])("is told %s", (_, part, now, expected) => {
    expect(statusText({ ...progress, ...part }, now)).toBe(expected);
  });

  it("is one line that is written over, with what could not be judged above it, and nothing left of it at the end", () => {
    let now = 0;
    const lines = written((terminal) => statusLine(terminal, () => (now += 1000))).split("\r\u001b[2K");
    expect(lines.slice(0, 4)).toEqual([
      "",
      "audit: 0 of 2 accounts, 0 in flight, 0 failures so far",
      "audit: 0 of 2 accounts, 1 in flight, 0 failures so far",
      "audit: 1 of 2 accounts, 0 in flight, 2 failures so far, abo",
    ]);
    expect(lines).toContain("watchproof: account 2 (a\\u{1b}[2Jb) was not judged: no way in\n");
    expect(lines.at(-1)).toBe("");
  });
});

describe("the log of an audit", () => {
  it("has one line for each account that is done or skipped", () => {
    expect(written(textLog).trimEnd().split("\n")).toEqual([
      "watchproof: audit r: 2 accounts",
      "watchproof: account 3 (a\\u{1b}[2Jb) is suspended, and is skipped",
      "watchproof: account 1: 2 failed, 1 unknown, 0 errors, 3 passed (1.5 s)",
      "watchproof: account 2 (a\\u{1b}[2Jb) was not judged: no way in",
      "watchproof: audit r is finished",
    ]);
  });

  it("in JSON has time, level and event first, and nothing that could steer a terminal", () => {
    const text = written((terminal) => jsonLog(terminal, () => new Date("2026-11-21T02:00:00Z")));
    expect(text).not.toContain("\u001b");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(new Set(lines.map((line) => Object.keys(line).slice(0, 3).join()))).toEqual(
      new Set(["time,level,event"]),
    );
    expect(lines.map(({ level, event }) => `${String(level)} ${String(event)}`)).toEqual([
      "info audit-started",
      "warning account-skipped",
      "info account-started",
      "info account-finished",
      "info account-started",
      "warning account-finished",
      "info audit-merged",
      "info audit-finished",
    ]);
    expect(lines[5]).toEqual({
      time: "2026-11-21T02:00:00.000Z",
      level: "warning",
      event: "account-finished",
      account: "2",
      name: hostile,
      outcome: "refused",
      gaps: 1,
      milliseconds: 10,
      summary,
      message: "no way in",
    });
  });
});
