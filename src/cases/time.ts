import type { JsonValue } from "../core/json.js";
import { isArray, isObject } from "../shared/read-property.js";

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A value in which every text such as "-5m", "-2h" or "+30d" is the time that long before or after `takenAt` (milliseconds since 1970), ISO 8601. */
export function resolveTimes(value: JsonValue, takenAt: number): JsonValue {
  if (typeof value === "string") return resolveText(value, takenAt);
  if (isArray(value)) return value.map((item) => resolveTimes(item, takenAt));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveTimes(item, takenAt)]));
}

function resolveText(text: string, takenAt: number): string {
  const [, sign, count = "", unit = ""] = /^([+-])(\d{1,6})([smhd])$/u.exec(text) ?? [];
  if (sign === undefined) return text;
  const distance = Number(count) * (units[unit] ?? 0);
  return new Date(takenAt + (sign === "-" ? -distance : distance)).toISOString();
}
