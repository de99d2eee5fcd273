import { createHash } from "node:crypto";
import type { History, HistoryEntry, RemovalEntry, RunEntry } from "../../core/history.js";
import { canonicalJson } from "../../engine/canonical-json.js";

/** What an entry says, before it is a link of the chain. */
export type NewEntry = Omit<RunEntry, "previous" | "hash"> | Omit<RemovalEntry, "previous" | "hash">;

/** A history without entries. */
export const emptyHistory: History = { format: "watchproof-history/1", entries: [] };

/** The hash of the newest entry: it stands for the whole history. Null where there is none. */
export function headOf({ entries }: History): string | null {
  return entries.at(-1)?.hash ?? null;
}

/** The history with one more entry, which carries the hash of the one before. */
export function chained(history: History, entry: NewEntry): History {
  const link = { ...entry, previous: headOf(history) };
  return { ...history, entries: [...history.entries, { ...link, hash: hashOf(link) }] };
}

/** SHA-256 in hex of an entry as canonical JSON, without its own hash. */
export function hashOf(entry: NewEntry | HistoryEntry): string {
  return digest(canonicalJson({ ...entry, hash: undefined }));
}

/** SHA-256 in hex. */
export function digest(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The text of the index file: one line an entry. The same history gives the same bytes. */
export function historyText({ format, entries }: History): string {
  const lines = entries.map((entry) => canonicalJson(entry)).join(",\n");
  return `{"format":${JSON.stringify(format)},"entries":[${lines === "" ? "" : `\n${lines}\n`}]}\n`;
}
