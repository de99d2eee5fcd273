import { expect, it } from "vitest";
import { dayOf, daysBetween, isDay } from "../../src/shared/calendar.js";

it.each<[string, boolean]>([
  ["2026-02-28", true],
  ["2028-02-29", true],
  ["2026-02-29", false],
  ["2026-02-30", false],
  ["2026-04-31", false],
  ["2026-13-01", false],
  ["2026-00-10", false],
  ["2026-1-1", false],
  ["2026-01-01T00:00:00Z", false],
  ["", false],
])("%j is a day of the calendar: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

it.each([
  ["2026-11-21", "2026-11-21", 0],
  ["2026-11-21", "2026-11-20", -1],
  ["2026-12-31", "2027-01-01", 1],
  ["2028-02-01", "2029-02-01", 366],
  // Summer time begins and ends somewhere in between, which days in UTC do not know.
  ["2026-03-01", "2026-12-01", 275],
])("from %s to %s: %i days", (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

it("a moment's day is that of UTC", () => {
  expect(dayOf(Date.parse("2026-11-21T23:59:59.999Z"))).toBe("2026-11-21");
});
