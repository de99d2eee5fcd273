export type { History, RemovalEntry, RunEntry, RunSummary } from "./formats/history.js";

import type { History } from "./formats/history.js";

/** One link of the chain: an audit, or a removal of reports. */
export type HistoryEntry = History["entries"][number];

/** Which runs are kept; a run is removed that either no longer keeps. Days count from the newest run's start. */
export type Keep = { readonly runs?: number; readonly days?: number };
