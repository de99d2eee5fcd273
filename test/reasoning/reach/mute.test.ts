import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeMute, type MuteRule } from "../../../src/reasoning/reach/mute.js";

// A Saturday.
const NOW = Date.parse("2026-11-21T12:00:00Z");
const iso = (time: number): string => new Date(time).toISOString().slice(0, 16);

function verdict(expression: string, duration: string, more: Partial<MuteRule> = {}): string {
  const mute = judgeMute({ expression, duration, ...more }, NOW);
  return mute.kind === "muted" ? `until ${iso(mute.until)}` : mute.kind;
}

describe("mute rules on Saturday 2026-11-21 at noon UTC", () => {
  it.each<[string, string, Partial<MuteRule>, string]>([
    ["cron(0 0 * * *)", "P1D", {}, "for-ever"],
    ["cron(0 0 * * *)", "P2D", {}, "for-ever"],
    ["cron(0 0 * * *)", "PT24H", {}, "for-ever"],
    ["cron(0 0 * * *)", "PT23H59M", {}, "until 2026-11-21T23:59"],
    ["cron(0 0 * * *)", "PT6H", {}, "no"],
    ["cron(0 * * * *)", "PT1H", {}, "for-ever"],
    ["cron(0 * * * *)", "PT59M", {}, "until 2026-11-21T12:59"],
    ["cron(*/30 * * * *)", "PT30M", {}, "for-ever"],
    ["cron(0 0,12 * * *)", "PT12H", {}, "for-ever"],
    ["cron(0 0,13 * * *)", "PT12H", {}, "no"],
    ["cron(0 0,13 * * *)", "PT13H", {}, "for-ever"],
    ["cron(0 9 * * MON-FRI)", "PT9H", {}, "no"],
    ["cron(0 0 ? * SAT,SUN)", "P1D", {}, "until 2026-11-23T00:00"],
    ["cron(0 0 * * MON)", "P7D", {}, "for-ever"],
    ["cron(0 0 * * MON)", "P1W", {}, "for-ever"],
    ["cron(0 0 1 * *)", "P15D", {}, "no"],
    ["cron(0 0 1,11,21 * *)", "P11D", {}, "for-ever"],
    ["cron(0 0 1,11,21 * *)", "P10D", {}, "until 2026-12-31T00:00"],
    ["cron(0 0 * NOV *)", "P1D", {}, "until 2026-12-01T00:00"],
    ["cron(0 0 29 2 *)", "P1D", {}, "no"],
    ["cron(0 0 * * *)", "P1D", { expireDate: "2026-12-24T00:00:00Z" }, "until 2026-12-24T00:00"],
    ["cron(0 0 * * *)", "P1D", { expireDate: "2026-11-20T00:00:00Z" }, "no"],
    ["cron(0 0 * * *)", "P1D", { expireDate: "2026-11-21T12:00:00Z" }, "no"],
    ["cron(0 0 * * *)", "P1D", { expireDate: "2026-11-21T12:01:00Z" }, "until 2026-11-21T12:01"],
    ["cron(0 0 * * *)", "P1D", { startDate: "2026-12-01T00:00:00Z" }, "no"],
    ["cron(0 10 * * *)", "PT4H", { timezone: "America/New_York" }, "no"],
    ["cron(0 6 * * *)", "PT4H", { timezone: "America/New_York" }, "until 2026-11-21T15:00"],
    ["cron(30 17 * * *)", "PT1H", { timezone: "Asia/Kolkata" }, "until 2026-11-21T13:00"],
    ["at(2026-11-21T11:00)", "PT2H", {}, "until 2026-11-21T13:00"],
    ["at(2026-11-21T11:00)", "PT30M", {}, "no"],
    ["at(2026-11-21T13:00)", "PT30M", {}, "no"],
    ["at(2026-11-21T13:00)", "PT30M", { timezone: "Europe/Berlin" }, "until 2026-11-21T12:30"],
    ["cron(0 0 * * 1)", "P1D", {}, "no"],
    ["cron(0 0 * * 6)", "P1D", {}, "until 2026-11-22T00:00"],
    ["cron(0 12 * * 0)", "P7D", {}, "for-ever"],
    ["cron(0 0 * * 0)", "PT1H", {}, "no"],
    ["cron(0 0 * * 7)", "P6D", {}, "no"],
    ["cron(0 0 * * 7)", "P6DT13H", {}, "until 2026-11-21T13:00"],
    ["cron(0 0 * * 0-6)", "PT24H", {}, "for-ever"],
    ["cron(0 0 * * 1-7)", "P1D", {}, "for-ever"],
    ["cron(0 0 * * MON-SUN)", "P1D", {}, "for-ever"],
    ["cron(0 0 * * mon-sun)", "PT23H", {}, "until 2026-11-21T23:00"],
    ["cron(0 0 * * SAT-SUN)", "P1D", {}, "until 2026-11-23T00:00"],
    ["cron(0 0 * * SUN)", "PT1H", {}, "no"],
    ["cron(0 0 * * 5-7)", "P1D", {}, "until 2026-11-23T00:00"],
    ["cron(0 0 * * 1,3,6)", "P1D", {}, "until 2026-11-22T00:00"],
    ["cron(0 0 * * */2)", "P1D", {}, "until 2026-11-23T00:00"],
    ["cron(0 0 * * 8)", "P1D", {}, "unknown"],
    ["cron(0 0 1 * MON)", "P1D", {}, "no"],
    ["cron(0 0 1 * SAT)", "P1D", {}, "unknown"],
    ["cron(0 0 21 * MON)", "P1D", {}, "unknown"],
    ["cron(0 0 21 * SAT)", "P1D", {}, "until 2026-11-22T00:00"],
    ["cron(0 0 1 * MON)", "PT1H", {}, "no"],
    ["cron(0 0 1-31 * MON-SUN)", "P1D", {}, "for-ever"],
    ["cron(0 0 L * ?)", "P1D", {}, "unknown"],
    ["cron(0 0 * * * 2026)", "P1D", {}, "unknown"],
    ["cron(99 0 * * *)", "P1D", {}, "unknown"],
    ["rate(1 day)", "P1D", {}, "unknown"],
    ["cron(0 0 * * *)", "1 day", {}, "unknown"],
    ["cron(0 0 * * *)", "P1D", { timezone: "Mars/Olympus" }, "unknown"],
    ["cron(0 0 * * *)", "P1D", { expireDate: "soon" }, "unknown"],
  ])("%s for %s with %j: %s", (expression, ...[duration, more, expected]) => {
    expect(verdict(expression, duration, more)).toBe(expected);
  });

  it("a window ends neither early nor late", () => {
    const schedule = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minutes: fc.integer({ min: 1, max: 1439 }),
      at: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(schedule, ({ hour, minutes, at }) => {
        const time = NOW + at * 60_000;
        const sinceStart = (((time / 60_000 - hour * 60) % 1440) + 1440) % 1440;
        const mute = judgeMute(
          { expression: `cron(0 ${hour.toString()} * * *)`, duration: `PT${minutes.toString()}M` },
          time,
        );
        expect(mute.kind).toBe(sinceStart < minutes ? "muted" : "no");
        if (mute.kind === "muted") expect(mute.until).toBe(time + (minutes - sinceStart) * 60_000);
      }),
      { numRuns: 200 },
    );
  });
});
