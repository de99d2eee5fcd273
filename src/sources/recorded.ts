import type { Snapshot } from "../core/snapshot.js";
import type { Source } from "../core/source.js";

/** State that was read before. Needs and regions are not looked at: what the snapshot does not hold is not-collected, and its viewer narrows the regions. */
export function recordedSource(snapshot: Snapshot): Source {
  return { kind: "recorded", read: () => Promise.resolve(snapshot) };
}
