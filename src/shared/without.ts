/** A copy of an object without some of its members. */
export function without<T extends object, K extends keyof T>(whole: T, ...keys: readonly K[]): Omit<T, K> {
  const dropped = new Set<PropertyKey>(keys);
  // Exactly the members that are not dropped are left.
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !dropped.has(key))) as Omit<T, K>;
}
