/** Something AWS says: the format is described in snapshots/README.md. */
export type Entry = {
  readonly service: string;
  readonly operation: string;
  /** Twelve digits, several, or "*" (default). */
  readonly account?: string | readonly string[];
  /** One region, several, or "*" (default). */
  readonly region?: string | readonly string[];
  /** Request members that must be equal. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly unless?: Readonly<Record<string, unknown>>;
  readonly mode?: "replace" | "merge" | "patch";
  /** The output in the shape the SDK hands out. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message?: string; readonly status?: number };
  readonly patch?: readonly Readonly<Record<string, unknown>>[];
  readonly select?: { readonly list: string; readonly key: string; readonly param: string };
  /** The raw body, for query and EC2 answers. */
  readonly xml?: string;
  readonly why?: string;
};

/** Bodies that answer nothing, each with the content type of an answer. */
export type Silence =
  | "empty"
  | "no-content"
  | "null"
  | "object"
  | "list"
  | "other-members"
  | "not-found"
  | "error-document"
  | "error-document-closed";

/** `calls` is a pattern: "*" (default), "cloudtrail.*", "cloudtrail.GetTrailStatus", each with "@region" for one region. */
export type Fault = {
  readonly how: "hang" | "reset" | "html" | "garbage" | "flaky" | Silence;
  readonly calls?: string;
};

export type Settings = {
  /** Every answer leaves this many milliseconds after its request came. */
  readonly latency?: number;
  /** "pattern=rate[:burst],…"; the rate counts per second, account and region. */
  readonly throttle?: string;
  /** Patterns of calls that are refused. */
  readonly deny?: string | readonly string[];
  readonly faults?: readonly Fault[];
  /** The first session of each account's roles is over after so many requests, whatever its Expiration says; later ones hold. */
  readonly firstSession?: number;
  /** Further accounts, each by the recorded one that it is the same as, but for its id. */
  readonly twins?: Readonly<Record<string, string>>;
};

/** Times in milliseconds since the last reset. `by` says who answered: tape, loose, entry, sts, expired, denied, throttled, missed, fault. */
export type Call = {
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly status: number;
};

export type Miss = {
  readonly call: string;
  readonly region?: string;
  readonly account: string;
  readonly params: Readonly<Record<string, unknown>>;
};

export type Stats = {
  readonly total: number;
  readonly throttled: number;
  readonly denied: number;
  readonly missed: number;
  readonly faults: number;
  /** Answered by the nearest recording, not by an equal one. */
  readonly loose: number;
  /** Calls that asked what had been asked and answered before. */
  readonly repeated: number;
  readonly repeatedCalls: readonly string[];
  readonly maxInFlight: number;
  readonly wallMs: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly byRegion: Readonly<Record<string, number>>;
  readonly byAccount: Readonly<Record<string, number>>;
};

export type Recorded = { readonly entries: readonly unknown[]; readonly tape?: unknown };

export type Endpoint = {
  readonly url: string;
  stats(): Stats;
  calls(): readonly Call[];
  misses(): readonly Miss[];
  configure(change: Settings): void;
  /** Forgets calls and misses, and fills the throttle's buckets. */
  reset(): void;
  stop(): Promise<void>;
};

export function recordedAccounts(now?: number): Recorded;
export function emptyAccount(now?: number): Recorded["entries"];
export function startEndpoint(
  options?: Settings & {
    readonly port?: number;
    readonly now?: number;
    readonly entries?: readonly Entry[];
    readonly recorded?: Recorded;
  },
): Promise<Endpoint>;
