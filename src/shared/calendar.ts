const DAY = 86_400_000;

/** Whether a text is a day of the calendar: YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  // Some engines take 2026-02-30 for the second of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days from one day (YYYY-MM-DD) to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY);
}

/** The day of a moment in UTC, YYYY-MM-DD; `time` in milliseconds since 1970. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
