/** When the windows of a mute rule start, in wall-clock minutes: once, or on the days and minutes that a cron expression names. */
export type MuteSchedule =
  | { readonly kind: "once"; readonly start: number }
  | {
      readonly kind: "cron";
      readonly minutes: readonly number[];
      readonly isDay: (day: CalendarDay) => boolean;
    };

/** A calendar day; weekday 0 is Sunday. */
export type CalendarDay = { readonly month: number; readonly date: number; readonly weekday: number };

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/**
 * Parses `cron(min hour dom mon dow)` or `at(yyyy-MM-ddThh:mm)`: every reading that AWS's guide leaves open, mostly one;
 * none for anything else, L, W and # included.
 */
export function parseMuteSchedule(expression: string): readonly MuteSchedule[] {
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d)?\)$/u.exec(expression.trim());
  if (at !== null) {
    const start = Date.parse(`${at[1] ?? ""}:00Z`);
    return Number.isNaN(start) ? [] : [{ kind: "once", start: start / 60_000 }];
  }
  const cron = /^cron\((.+)\)$/u.exec(expression.trim());
  return cron === null ? [] : parseCron((cron[1] ?? "").trim().split(/\s+/u));
}

function parseCron(fields: readonly string[]): readonly MuteSchedule[] {
  const [minute = "", hour = "", date = "", month = "", weekday = "", ...more] = fields;
  const starts = parseStarts(minute, hour);
  if (more.length > 0 || starts === undefined) return [];
  return parseDays(date, month, weekday).map((isDay) => ({ kind: "cron", minutes: starts, isDay }));
}

function parseStarts(minute: string, hour: string): readonly number[] | undefined {
  const [minutes, hours] = [parseField(minute, { from: 0, to: 59 }), parseField(hour, { from: 0, to: 23 })];
  if (minutes === undefined || hours === undefined) return undefined;
  return [...hours].flatMap((at) => [...minutes].map((past) => at * 60 + past)).sort((a, b) => a - b);
}

function parseDays(date: string, month: string, weekday: string): readonly ((day: CalendarDay) => boolean)[] {
  const dates = parseField(date, { from: 1, to: 31 });
  const months = parseField(month, { from: 1, to: 12, names: MONTHS, first: 1 });
  const weekdays = parseWeekdays(weekday);
  if (dates === undefined || months === undefined || weekdays === undefined) return [];
  const both = (day: CalendarDay): boolean =>
    months.has(day.month) && dates.has(day.date) && weekdays.has(day.weekday);
  // Whether a day must satisfy both restrictions or one of them is not documented.
  if (isEvery(date) || isEvery(weekday) || dates.size === 31 || weekdays.size === 7) return [both];
  const either = (day: CalendarDay): boolean =>
    months.has(day.month) && (dates.has(day.date) || weekdays.has(day.weekday));
  return [both, either];
}

function isEvery(field: string): boolean {
  return field === "*" || field === "?";
}

// Sunday is 0 and 7, and ends a week as well as it begins one: MON-SUN and 5-7 are read, and so is SUN-TUE.
function parseWeekdays(field: string): ReadonlySet<number> | undefined {
  const parts = field.toUpperCase().replace(/-SUN\b/gu, "-7");
  const found = parseField(parts, { from: 0, to: 7, every: 6, names: WEEKDAYS, first: 0 });
  return found === undefined ? undefined : new Set([...found].map((day) => day % WEEK));
}

const WEEK = 7;

type Span = {
  readonly from: number;
  readonly to: number;
  /** The last value that `*` stands for. Default: `to`. */
  readonly every?: number;
  readonly names?: readonly string[];
  readonly first?: number;
};

function parseField(field: string, span: Span): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/u.exec(part);
    const [low, high] = match === null ? [undefined, undefined] : bounds(match, span);
    const step = Number(match?.[3] ?? "1");
    if (
      low === undefined ||
      high === undefined ||
      low < span.from ||
      high > span.to ||
      low > high ||
      step < 1
    )
      return undefined;
    for (let value = low; value <= high; value += step) values.add(value);
  }
  return values;
}

function bounds(match: RegExpExecArray, span: Span): readonly [number | undefined, number | undefined] {
  const [, first = "", last, step] = match;
  if (first === "*" || first === "?")
    return last === undefined ? [span.from, span.every ?? span.to] : [undefined, undefined];
  const low = valueOf(first, span);
  if (last !== undefined) return [low, valueOf(last, span)];
  return [low, step === undefined ? low : (span.every ?? span.to)];
}

function valueOf(text: string, { names = [], first = 0 }: Span): number | undefined {
  if (/^\d+$/u.test(text)) return Number(text);
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? undefined : index + first;
}
