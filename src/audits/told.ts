import { StoreError } from "../core/store.js";
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

const KNOWN = "notify/told.json";
// Each failed attempt is somebody else's success.
const ATTEMPTS = 20;

/** The run up to which each channel knows everything, by the names that outcomes have; null: it was to be told and knows nothing yet. */
export type KnownByChannel = Readonly<Record<string, string | null>>;

/** What each channel was told, run after run. @throws StoreError */
export async function readKnown(store: Store): Promise<KnownByChannel> {
  return parseKnown((await store.read(KNOWN))?.bytes);
}

/** Keeps what channels know now; of other channels, and of what another run kept meanwhile, nothing is lost. @throws StoreError */
export async function keepKnown(store: Store, known: KnownByChannel): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const file = await store.read(KNOWN);
    const text = `${JSON.stringify({ ...parseKnown(file?.bytes), ...known }, undefined, 2)}\n`;
    const condition =
      file === undefined
        ? ({ kind: "absent" } as const)
        : ({ kind: "version", version: file.version } as const);
    if ((await store.write(KNOWN, new TextEncoder().encode(text), condition)) === "written") return;
  }
  throw new StoreError(`${KNOWN} in ${store.location} was written by others all the time; try again`);
}

function parseKnown(bytes: Uint8Array | undefined): KnownByChannel {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === "string",
      ),
    );
  } catch {
    // Nobody was told yet; or the file is damaged: then each is compared with the run before.
    return {};
  }
}
