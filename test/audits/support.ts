import type { Store } from "../../src/core/store.js";
import { digest } from "../../src/audits/history/chain.js";

/** A store in memory, for tests of what is done with one. */
export function memoryStore(
  files = new Map<string, Uint8Array>(),
): Store & { readonly files: Map<string, Uint8Array> } {
  return {
    files,
    location: "memory",
    read: (key) => {
      const bytes = files.get(key);
      return Promise.resolve(bytes === undefined ? undefined : { bytes, version: digest(bytes) });
    },
    write: (key, bytes, condition) => {
      const there = files.get(key);
      const holds =
        condition.kind === "always" ||
        (condition.kind === "absent"
          ? there === undefined
          : there !== undefined && digest(there) === condition.version);
      if (holds) files.set(key, bytes);
      return Promise.resolve(holds ? "written" : "conflict");
    },
    list: (prefix) => Promise.resolve([...files.keys()].filter((key) => key.startsWith(prefix)).sort()),
    remove: (key) => {
      files.delete(key);
      return Promise.resolve();
    },
  };
}
