const instant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/u;

/** A point in time in ISO 8601 in milliseconds since 1970: a day in UTC, or a time with its zone; undefined for anything else, which machines would read by their own zone. */
export function parseInstant(text: string): number | undefined {
  const time = instant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
