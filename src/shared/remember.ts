/** A function of an object that works each answer out once, and forgets it with the object. For pure functions. */
export function rememberByObject<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly made: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.made;
    const made = make(key);
    known.set(key, { made });
    return made;
  };
}

/** A function of a text that works each answer out once, for as long as the function lives. For pure functions. */
export function rememberByText<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly made: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.made;
    const made = make(text);
    known.set(text, { made });
    return made;
  };
}

/** Numbers objects, each the same for as long as it lives, so that a list of them makes a key. */
export function numbering(): (key: object) => number {
  let last = 0;
  return rememberByObject(() => (last += 1));
}
