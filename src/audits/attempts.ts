import type { Store } from "../core/store.js";
import type { PartOf } from "./part.js";
import { attemptKey } from "./work.js";

/** So many times a process may die while it judges an account; then the account counts as not judged. */
export const MOST_DEATHS = 2;

/** How often a process has died while it had this account under way; 0 where that is not known. A run that was stopped has not died. */
export async function readDeaths(store: Store, part: PartOf): Promise<number> {
  const file = await store.read(attemptKey(part.run, part.account));
  if (file === undefined) return 0;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
    return isAttempt(value) ? value.attempts : 0;
  } catch {
    return 0;
  }
}

// Only a store that something else has written to holds anything else.
function isAttempt(value: unknown): value is { readonly attempts: number } {
  return (
    typeof value === "object" &&
    value !== null &&
    "attempts" in value &&
    typeof value.attempts === "number" &&
    Number.isSafeInteger(value.attempts) &&
    value.attempts >= 0
  );
}

/**
 * Does something that may end this process: out of memory, nothing can be caught. It is written down before, so that who comes
 * next knows; what ends otherwise, in whichever way, is taken back.
 */
export async function asAttempt<T>(
  store: Store,
  { deaths, ...part }: PartOf & { readonly deaths: number },
  body: () => Promise<T>,
): Promise<T> {
  const key = attemptKey(part.run, part.account);
  const write = (attempts: number): Promise<unknown> =>
    store.write(key, new TextEncoder().encode(`${JSON.stringify({ attempts })}\n`), { kind: "always" });
  await write(deaths + 1);
  try {
    const result = await body();
    await store.remove(key);
    return result;
  } catch (error) {
    // What failed is told; a store that fails, too, cannot take anything back.
    await (deaths === 0 ? store.remove(key) : write(deaths)).catch(() => undefined);
    throw error;
  }
}
