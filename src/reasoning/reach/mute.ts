import { parseMuteSchedule, type CalendarDay, type MuteSchedule } from "./mute-schedule.js";
import { wallClockOffset } from "./mute-zone.js";
import { greatest } from "../../shared/many.js";

/** An alarm mute rule's schedule. Times are ISO 8601; `timezone` is an IANA name, UTC if absent. */
export type MuteRule = {
  readonly expression: string;
  readonly duration: string;
  readonly timezone?: string;
  readonly startDate?: string;
  readonly expireDate?: string;
};

/** Whether a rule holds the actions of its alarms. `until` is in milliseconds since 1970, UTC. */
export type Mute =
  | { readonly kind: "for-ever"; readonly why: string }
  | { readonly kind: "muted"; readonly until: number; readonly why: string }
  | { readonly kind: "no" }
  | { readonly kind: "unknown"; readonly why: string };

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
// Weekdays, dates and leap years repeat after 28 years (until 2100).
const CYCLE_DAYS = 10_227;
// AWS allows windows of up to 15 days.
const LONGEST_WINDOW_DAYS = 16;

/** Decides whether a mute rule is in force at `takenAt` (milliseconds since 1970, UTC), and whether it ever pauses. */
export function judgeMute(rule: MuteRule, takenAt: number): Mute {
  const offset = wallClockOffset(rule.timezone ?? "UTC", takenAt);
  if (offset === undefined) return unknown(`its time zone ${rule.timezone ?? ""} is not known`);
  const [from, to] = [timeOf(rule.startDate, -Infinity), timeOf(rule.expireDate, Infinity)];
  if (from === undefined || to === undefined) return unknown("its start or end date is not readable");
  return takenAt < from || takenAt >= to
    ? { kind: "no" }
    : judgeWindows(rule, { now: takenAt / MINUTE + offset, takenAt, to });
}

/** A moment in wall-clock minutes and in UTC milliseconds, and when the rule expires. */
type Moment = { readonly now: number; readonly takenAt: number; readonly to: number };

function judgeWindows(rule: MuteRule, moment: Moment): Mute {
  const schedules = parseMuteSchedule(rule.expression);
  const duration = parseDuration(rule.duration);
  if (schedules.length === 0) return unknown(`its schedule ${rule.expression} is not understood`);
  if (duration === undefined) return unknown(`its duration ${rule.duration} is not understood`);
  return agreed(
    schedules.map((schedule) => judgeReading(rule, moment, { schedule, duration })),
    rule,
  );
}

// Where the guide leaves several readings, what all of them say holds; of windows that are open the last end counts.
function agreed(readings: readonly Mute[], { expression }: MuteRule): Mute {
  const [first, ...others] = readings;
  if (first === undefined || others.some(({ kind }) => kind !== first.kind))
    return unknown(`whether ${expression} asks for both kinds of days or for one of them is not documented`);
  return others.reduce(
    (last, mute) => (mute.kind === "muted" && last.kind === "muted" && mute.until > last.until ? mute : last),
    first,
  );
}

function judgeReading(
  rule: MuteRule,
  moment: Moment,
  { schedule, duration }: { readonly schedule: MuteSchedule; readonly duration: number },
): Mute {
  if (schedule.kind === "once") return judgeOnce(schedule.start, duration, moment);
  const gap = longestGap(schedule);
  if (gap !== undefined && gap <= duration) return whollyMuted(moment.to, rule);
  const end = windowEnd(schedule, { now: moment.now, duration });
  if (end === undefined) return { kind: "no" };
  return { kind: "muted", until: untilOf(end, moment), why: `a window of ${rule.expression} is open` };
}

function untilOf(end: number, { now, takenAt, to }: Moment): number {
  return Math.min(to, takenAt + (end - now) * MINUTE);
}

function judgeOnce(start: number, duration: number, moment: Moment): Mute {
  if (moment.now < start || moment.now >= start + duration) return { kind: "no" };
  return { kind: "muted", until: untilOf(start + duration, moment), why: "its one window is open" };
}

function whollyMuted(to: number, { expression, duration }: MuteRule): Mute {
  const why = `each window of ${expression} lasts ${duration}, until the next one starts`;
  return to === Infinity ? { kind: "for-ever", why } : { kind: "muted", until: to, why };
}

type Cron = MuteSchedule & { readonly kind: "cron" };

/** The longest time between two starts, in wall-clock minutes; undefined if there are no two. */
function longestGap(schedule: Cron): number | undefined {
  const [first] = schedule.minutes;
  const last = schedule.minutes.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let longest = greatest(
    schedule.minutes.slice(1).map((minute, index) => minute - (schedule.minutes[index] ?? minute)),
    0,
  );
  let previous: number | undefined;
  let days = 0;
  for (let day = 0; day < CYCLE_DAYS; day += 1) {
    if (!schedule.isDay(calendarDay(day))) continue;
    days += 1;
    if (previous !== undefined) longest = Math.max(longest, (day - previous) * DAY_MINUTES + first - last);
    previous = day;
  }
  return days < 2 ? undefined : longest;
}

/** The end of the latest-ending window that is open now, in wall-clock minutes. */
function windowEnd(
  schedule: Cron,
  { now, duration }: { readonly now: number; readonly duration: number },
): number | undefined {
  const today = Math.floor(now / DAY_MINUTES);
  for (let day = today; day >= today - LONGEST_WINDOW_DAYS; day -= 1) {
    if (!schedule.isDay(calendarDay(day))) continue;
    const start = schedule.minutes.findLast((minute) => day * DAY_MINUTES + minute <= now);
    if (start !== undefined)
      return joinWindows(schedule, { start: day * DAY_MINUTES + start, now, duration });
  }
  return undefined;
}

// A window that starts before the open one ends carries on from it.
function joinWindows(
  schedule: Cron,
  { start, now, duration }: { readonly start: number; readonly now: number; readonly duration: number },
): number | undefined {
  let end = start + duration;
  if (end <= now) return undefined;
  const firstDay = Math.floor(now / DAY_MINUTES);
  for (let day = firstDay; day * DAY_MINUTES <= end && day < firstDay + CYCLE_DAYS; day += 1) {
    if (!schedule.isDay(calendarDay(day))) continue;
    const starts = schedule.minutes
      .map((minute) => day * DAY_MINUTES + minute)
      .filter((next) => next > start);
    for (const next of starts) if (next <= end) end = next + duration;
  }
  return end;
}

function calendarDay(dayNumber: number): CalendarDay {
  const date = new Date(dayNumber * DAY_MINUTES * MINUTE);
  return { month: date.getUTCMonth() + 1, date: date.getUTCDate(), weekday: date.getUTCDay() };
}

/** Minutes of an ISO 8601 duration in weeks, days, hours, minutes and seconds. */
function parseDuration(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u.exec(text);
  if (match === null) return undefined;
  const [weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? "0"));
  return (
    (weeks ?? 0) * 7 * DAY_MINUTES +
    (days ?? 0) * DAY_MINUTES +
    (hours ?? 0) * 60 +
    (minutes ?? 0) +
    (seconds ?? 0) / 60
  );
}

function timeOf(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function unknown(why: string): Mute {
  return { kind: "unknown", why };
}
