import type { ManifestSample, ProbeTrouble } from "../../shared/aws/manifest-probe.js";

/** How old a manifest's last update may be; seconds. */
export type FreshnessDemand = {
  readonly segmentSeconds?: number;
  /** The time by which the endpoint delays on purpose. */
  readonly delaySeconds: number;
  /** Instead of a limit that follows from segments and delay. */
  readonly maximumAge?: number;
  /** Whether a stream that has ended is a failure. */
  readonly expectLive: boolean;
};

/** What was seen of one manifest. */
export type Freshness =
  | {
      readonly status: "pass";
      readonly ageSeconds: number;
      readonly limit: number;
      readonly notes: readonly string[];
    }
  | {
      readonly status: "fail";
      readonly reason: "stale" | "stalled" | "ended" | "no_manifest";
      readonly because: string;
      readonly notes: readonly string[];
    }
  | {
      readonly status: "unknown";
      readonly reason: string;
      readonly because: string;
      readonly notes: readonly string[];
    }
  | { readonly status: "not-applicable"; readonly because: string; readonly notes: readonly string[] };

/** Judges a manifest by one sample or several in the order of time; the last one counts. Source: MediaPackage user guides, "Monitoring manifest update time". */
export function freshnessOf(
  { samples, trouble }: { readonly samples: readonly ManifestSample[]; readonly trouble?: ProbeTrouble },
  demand: FreshnessDemand,
): Freshness {
  const last = samples.at(-1);
  if (last === undefined) return troubled(trouble ?? { reason: "unreachable" }, demand);
  if (last.ended)
    return demand.expectLive
      ? { status: "fail", reason: "ended", because: "the stream has ended", notes: [] }
      : { status: "not-applicable", because: "the stream has ended", notes: [] };
  const header = readHeaders(last);
  if (header.kind === "bad")
    return { status: "unknown", reason: header.reason, because: header.because, notes: [] };
  return judgeAge(samples, last, { demand, updated: header.updated });
}

type Header =
  | { readonly kind: "read"; readonly updated: number }
  | { readonly kind: "bad"; readonly reason: string; readonly because: string };

function readHeaders({ lastUpdated, lastSequence }: ManifestSample): Header {
  if (lastUpdated === undefined)
    return {
      kind: "bad",
      reason: "headers_absent",
      because:
        "it carries no X-MediaPackage-Manifest-Last-Updated: ad insertion (MediaTailor) leaves it out, and a CDN may drop it",
    };
  const isSound =
    /^\d{13}$/u.test(lastUpdated) && (lastSequence === undefined || /^\d{1,20}$/u.test(lastSequence));
  if (!isSound)
    return {
      kind: "bad",
      reason: "malformed_header",
      because: `its update headers are malformed (${show(lastUpdated)}${lastSequence === undefined ? "" : `, ${show(lastSequence)}`}): milliseconds of thirteen digits and a number are expected`,
    };
  if (lastSequence === undefined)
    return {
      kind: "bad",
      reason: "headers_absent",
      because: "it carries no X-MediaPackage-Manifest-Last-Sequence",
    };
  return { kind: "read", updated: Number(lastUpdated) };
}

function show(value: string): string {
  return JSON.stringify(value.slice(0, 40));
}

const SKEW = 30_000;
const AT_LEAST = 30;
const USUAL_SEGMENT = 6;

function judgeAge(
  samples: readonly ManifestSample[],
  last: ManifestSample,
  { demand, updated }: { readonly demand: FreshnessDemand; readonly updated: number },
): Freshness {
  const { now, notes } = nowOf(last);
  const age = now - updated;
  if (age < -SKEW)
    return {
      status: "unknown",
      reason: "future_timestamp",
      because: "its last update lies in the future",
      notes,
    };
  const ageSeconds = Math.max(0, age) / 1000;
  const limit = limitOf(demand, last);
  const turn = compare(samples);
  const all = [
    ...notes,
    ...(turn === "reset" ? ["The sequence began anew (sequence_reset): the encoder was restarted."] : []),
  ];
  if (ageSeconds > limit)
    return {
      status: "fail",
      reason: "stale",
      because: `it was last updated ${ageSeconds.toFixed(0)} s ago, ${limit.toFixed(0)} s are allowed`,
      notes: all,
    };
  if (turn === "stalled")
    return {
      status: "fail",
      reason: "stalled",
      because: "nothing was added between two answers",
      notes: all,
    };
  return { status: "pass", ageSeconds, limit, notes: all };
}

// A cache's Age tells how long ago its Date was.
function nowOf({ at, date, age = 0 }: ManifestSample): {
  readonly now: number;
  readonly notes: readonly string[];
} {
  if (date === undefined) return { now: at, notes: [] };
  const theirs = date + age * 1000;
  return Math.abs(theirs - at) <= SKEW
    ? { now: theirs, notes: [] }
    : {
        now: at,
        notes: ["The server's clock and this machine's differ (clock_skew); this machine's counts."],
      };
}

function limitOf(
  { maximumAge, segmentSeconds, delaySeconds }: FreshnessDemand,
  { targetDuration }: ManifestSample,
): number {
  if (maximumAge !== undefined) return maximumAge;
  const segment =
    segmentSeconds ?? (targetDuration === undefined || targetDuration === 0 ? USUAL_SEGMENT : targetDuration);
  return Math.max(AT_LEAST, 3 * segment + delaySeconds);
}

// Sequences can be media times beyond what a number holds.
function compare(samples: readonly ManifestSample[]): "moved" | "stalled" | "reset" {
  const last = samples.at(-1);
  const before = samples.at(-2);
  if (last?.lastUpdated === undefined || before?.lastUpdated === undefined) return "moved";
  if (last.lastUpdated === before.lastUpdated && last.lastSequence === before.lastSequence) return "stalled";
  const isNumber = [last, before].every(({ lastSequence }) => /^\d{1,20}$/u.test(lastSequence ?? ""));
  const fell = isNumber && BigInt(last.lastSequence ?? "") < BigInt(before.lastSequence ?? "");
  return fell && Number(last.lastUpdated) > Number(before.lastUpdated) ? "reset" : "moved";
}

const hints: Readonly<Record<string, string>> = {
  auth_required: "CDN authorization is on, and no identifier was given to the probe",
  secret_unreadable: "CDN authorization is on, and the secret that holds its identifier could not be read",
  secret_unusable: "CDN authorization is on, and the secret that is to hold its identifier cannot be used",
  bad_request: "the request was refused as malformed (400)",
  forbidden:
    "access was refused (403): CDN authorization, the IP allow list or the endpoint's policy may not admit this machine",
  no_manifest: "there is no manifest (404): the stream never began, or the address is wrong",
  unreachable: "the endpoint could not be reached",
  redirect: "it redirects to somewhere that the probe does not follow",
  tls: "no secure connection could be made",
  too_large: "its answer is larger than the probe reads",
  slow: "it did not answer in time",
  not_allowed: "its address is none that the probe may ask",
  unreadable_manifest: "its manifest could not be read",
  out_of_time: "the probe ran out of time before it had answered",
};

function troubled({ reason, status, message }: ProbeTrouble, { expectLive }: FreshnessDemand): Freshness {
  const hint = Object.hasOwn(hints, reason) ? hints[reason] : undefined;
  const because = `${hint ?? reason}${status === undefined || hint?.includes(status.toString()) === true ? "" : ` (${status.toString()})`}${message === undefined ? "" : `: ${message}`}`;
  if (reason === "no_manifest" && expectLive) return { status: "fail", reason, because, notes: [] };
  return { status: "unknown", reason, because, notes: [] };
}
