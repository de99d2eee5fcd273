/** Compares strings by code unit: the same order in every locale. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Compares by the first key that differs. */
export function byKeys<T>(...keys: readonly ((item: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = byText(key(a), key(b));
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Sorted, each once. */
export function sortedUnique(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort(byText);
}
