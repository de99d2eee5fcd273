import type { History } from "../../core/history.js";
import { StoreError } from "../../core/store.js";
import type { Store } from "../../core/store.js";
import { emptyHistory, historyText } from "./chain.js";
import { isRecord, member } from "../../loaders/diagnostics/schema-error.js";
import { explainErrors } from "../../loaders/schema/faults.js";
import { printable } from "../../shared/text/terminal-text.js";

/** Where the index stands in a store. */
export const INDEX = "index.json";

/** The index as it was read; without a version where there is none yet. */
export type ReadHistory = { readonly history: History; readonly version?: string };

/** Reads a store's index; a store without one has an empty history. @throws StoreError where the file is no index. */
export async function readHistory(store: Store): Promise<ReadHistory> {
  const file = await store.read(INDEX);
  if (file === undefined) return { history: emptyHistory };
  const parsed = await parseHistory(file.bytes);
  if (!parsed.ok)
    throw new StoreError(
      printable(
        `${INDEX} in ${store.location} is no history: ${parsed.because}. Restore it from a copy, or name another store`,
      ),
    );
  return { history: parsed.history, version: file.version };
}

/** Writes an index over the one that was read; "conflict" where somebody else was quicker. */
export function writeHistory(
  store: Store,
  history: History,
  version: string | undefined,
): Promise<"written" | "conflict"> {
  const condition =
    version === undefined ? ({ kind: "absent" } as const) : ({ kind: "version", version } as const);
  return store.write(INDEX, new TextEncoder().encode(historyText(history)), condition);
}

/** What an index file says, or why it is none. */
export async function parseHistory(
  bytes: Uint8Array,
): Promise<
  { readonly ok: true; readonly history: History } | { readonly ok: false; readonly because: string }
> {
  const { validators } = await import("../../generated/validators.js");
  const value = parse(bytes);
  if (validators.history(value)) return { ok: true, history: value };
  const [fault] = explainErrors(validators.history.errors ?? []);
  const format = member(value, "format");
  if (typeof format === "string" && format !== emptyHistory.format)
    return {
      ok: false,
      because: `it has the format ${JSON.stringify(format)}; this version reads ${emptyHistory.format}`,
    };
  return {
    ok: false,
    because: isRecord(value) ? (fault?.message ?? "it has another form") : "it is not a JSON object",
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
