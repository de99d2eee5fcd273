/** Dimensions that cut a series into parts: every part there is, by each name that it goes by. */
export type Slices = Readonly<Record<string, readonly (readonly string[])[]>>;

/** A part of a series, by the dimensions that cut it; without any, all parts one by one. */
export type Slice = Readonly<Record<string, string>>;

/** Whether slices together see the whole series; if not, the first part that none of them sees, where the parts are known. */
export type Completeness = { readonly isWhole: boolean; readonly missing?: Slice };

/**
 * Puts slices together. Several dimensions may cut a series at once (each endpoint, each type of request): then the whole is every combination.
 * What is cut by a dimension whose parts are not known adds nothing.
 */
export function completeness(seen: readonly Slice[], slices: Slices): Completeness {
  const useful = seen.filter((slice) => Object.keys(slice).every((name) => (slices[name]?.length ?? 0) > 0));
  if (useful.length === 0) return { isWhole: false, ...firstPart(slices) };
  const cutting = Object.entries(slices).filter(([name]) =>
    useful.some((slice) => Object.hasOwn(slice, name)),
  );
  const missing = combinations(cutting).find((part) => !useful.some((slice) => isSeen(part, slice)));
  return missing === undefined ? { isWhole: true } : { isWhole: false, missing: nameOf(missing) };
}

type Part = Readonly<Record<string, readonly string[]>>;

function combinations(
  cutting: readonly (readonly [string, readonly (readonly string[])[]])[],
): readonly Part[] {
  return cutting.reduce<readonly Part[]>(
    (parts, [name, values]) => parts.flatMap((part) => values.map((names) => ({ ...part, [name]: names }))),
    [{}],
  );
}

function isSeen(part: Part, slice: Slice): boolean {
  return Object.entries(slice).every(([name, value]) => part[name]?.includes(value) === true);
}

function nameOf(part: Part): Slice {
  return Object.fromEntries(Object.entries(part).map(([name, names]) => [name, names[0] ?? ""]));
}

function firstPart(slices: Slices): Pick<Completeness, "missing"> {
  const [dimension] = Object.entries(slices).filter(([, parts]) => parts.length > 0);
  return dimension === undefined ? {} : { missing: { [dimension[0]]: dimension[1][0]?.[0] ?? "" } };
}
