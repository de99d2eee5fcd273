import { StoreError } from "../core/store.js";
import { printable } from "../shared/text/terminal-text.js";

/**
 * The names that a key is made of. Keys may come from an index that somebody else wrote: none leads out of the store, and
 * none is a draft or a lock of ours, which begin with a dot. @throws StoreError
 */
export function namesOf(key: string): readonly string[] {
  const names = key.split("/");
  const isSound = names.every((name) => /^[A-Za-z0-9_][A-Za-z0-9._=+@-]{0,199}$/u.test(name));
  if (!isSound)
    throw new StoreError(
      `"${printable(key)}" is no key of a store: names of letters, digits and . _ = + @ -, none beginning with a dot, with / between`,
    );
  return names;
}
