/** The same data with every key begun in upper case, as CloudFormation spells what some APIs begin in lower case. */
export function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      capitalized(member),
    ]),
  );
}

/** The list, or undefined where it is empty: AWS says "none" in either way. */
export function unlessEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length === 0 ? undefined : list;
}

/** Some members of an object; undefined where there is no object. What is not named is left behind, secrets above all. */
export function pickMembers(
  source: object | undefined,
  names: readonly string[],
): { readonly [name: string]: unknown } | undefined {
  if (source === undefined) return undefined;
  const known = new Set(names);
  return Object.fromEntries(Object.entries(source).filter(([name]) => known.has(name)));
}

/** A member that AWS always sends. @throws Error where it did not: "none" must not be read out of an empty answer. */
export function given<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`it has no ${member}`);
  return value;
}
