import type { Store } from "../core/store.js";

const toldKey = (run: string): string => `work/${run}/told.json`;

/** The channels that know already what has changed in a run that is not finished, by the names that outcomes have. @throws StoreError */
export async function toldChannels(store: Store, run: string): Promise<readonly string[]> {
  const file = await store.read(toldKey(run));
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(file?.bytes));
    return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  } catch {
    // Nobody was told yet; or the file is damaged, and rather twice than never.
    return [];
  }
}

/** Keeps which channels were told, until the run is finished: an attempt to tell the others does not tell these again. @throws StoreError */
export async function keepTold(store: Store, run: string, channels: readonly string[]): Promise<void> {
  await store.write(toldKey(run), new TextEncoder().encode(JSON.stringify(channels)), { kind: "always" });
}
