/** How far the wall clock of an IANA time zone is ahead of UTC at a moment (milliseconds since 1970), in minutes; undefined for an unknown zone. */
export function wallClockOffset(timezone: string, at: number): number | undefined {
  if (timezone === "UTC") return 0;
  const format = formatOf(timezone);
  if (format === undefined) return undefined;
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return Math.round(wall / 60_000 - Math.floor(at / 60_000));
}

// The calendar, digits and language are fixed, so the machine's locale has no say.
function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}
