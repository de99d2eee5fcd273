import { createHash } from "node:crypto";
import type { Store } from "../../src/core/store.js";
import { byText } from "../../src/shared/order.js";

/** A store in memory. `changes` counts what was written or removed; with `failAfter`, the store is gone after so many changes, as after a kill. */
export type MemoryStore = Store & { readonly files: Map<string, Uint8Array>; changes(): number };

export class Killed extends Error {
  override readonly name = "Killed";
}

export function memoryStore(files = new Map<string, Uint8Array>(), failAfter = Infinity): MemoryStore {
  let changes = 0;
  const versionOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  const change = (): void => {
    if (changes >= failAfter) throw new Killed("killed");
    changes += 1;
  };
  return {
    location: "memory",
    files,
    changes: () => changes,
    read(key) {
      const bytes = files.get(key);
      return Promise.resolve(bytes === undefined ? undefined : { bytes, version: versionOf(bytes) });
    },
    async write(key, bytes, condition) {
      await Promise.resolve();
      const there = files.get(key);
      if (condition.kind === "absent" && there !== undefined) return "conflict";
      if (condition.kind === "version" && (there === undefined || versionOf(there) !== condition.version))
        return "conflict";
      change();
      files.set(key, bytes);
      return "written";
    },
    list: (prefix) => Promise.resolve([...files.keys()].filter((key) => key.startsWith(prefix)).sort(byText)),
    async remove(key) {
      await Promise.resolve();
      if (!files.has(key)) return;
      change();
      files.delete(key);
    },
  };
}
