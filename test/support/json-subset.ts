/**
 * What keeps `found` from matching `wanted`, each with its path; empty when it matches. Members that `wanted` does not name
 * are free. In a list every item counts, but "..." stands for any items. "<any>" is any value, "<absent>" no member,
 * and "/…/" a regular expression that a text must match.
 */
export function mismatches(wanted: unknown, found: unknown, path = "$"): readonly string[] {
  if (typeof wanted === "string") return textMismatches(wanted, found, path);
  if (Array.isArray(wanted))
    return Array.isArray(found)
      ? listMismatches(wanted, found, path)
      : [`${path} is ${show(found)}; it should be a list`];
  if (!isObject(wanted))
    return wanted === found ? [] : [`${path} is ${show(found)}; it should be ${show(wanted)}`];
  if (!isObject(found)) return [`${path} is ${show(found)}; it should be an object`];
  return Object.entries(wanted).flatMap(([key, value]) => mismatches(value, found[key], `${path}.${key}`));
}

function textMismatches(wanted: string, found: unknown, path: string): readonly string[] {
  if (wanted === "<any>") return found === undefined ? [`${path} is missing`] : [];
  if (wanted === "<absent>")
    return found === undefined ? [] : [`${path} is ${show(found)}; it should not be there`];
  const pattern = /^\/(.+)\/$/s.exec(wanted)?.[1];
  const matches =
    pattern === undefined
      ? wanted === found
      : typeof found === "string" && new RegExp(pattern, "su").test(found);
  return matches ? [] : [`${path} is ${show(found)}; it should be ${wanted}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function listMismatches(
  wanted: readonly unknown[],
  found: readonly unknown[],
  path: string,
): readonly string[] {
  if (matchesList(wanted, found)) return [];
  if (!wanted.includes("...") && wanted.length === found.length)
    return wanted.flatMap((item, index) => mismatches(item, found[index], `${path}[${index.toString()}]`));
  const unmet = wanted.filter(
    (item) => item !== "..." && !found.some((candidate) => mismatches(item, candidate).length === 0),
  );
  return [
    `${path} has ${found.length.toString()} items, ${show(found)}; ${unmet.length > 0 ? `none is like ${unmet.map(show).join(", ")}` : `it should be like ${show(wanted)}`}`,
  ];
}

function matchesList(wanted: readonly unknown[], found: readonly unknown[]): boolean {
  const [first, ...rest] = wanted;
  if (wanted.length === 0) return found.length === 0;
  if (first === "...")
    return Array.from({ length: found.length + 1 }, (_, skipped) => skipped).some((skipped) =>
      matchesList(rest, found.slice(skipped)),
    );
  return found.length > 0 && mismatches(first, found[0]).length === 0 && matchesList(rest, found.slice(1));
}

function show(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
