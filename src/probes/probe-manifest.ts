import { readManifest } from "../languages/manifest.js";
import type {
  ManifestProbe,
  ManifestSample,
  ManifestTarget,
  ProbeTrouble,
} from "../shared/aws/manifest-probe.js";
import type { Web, WebAnswer } from "./web.js";

/** How manifests are asked. */
export type ManifestManner = {
  readonly web: Web;
  /** Milliseconds since 1970, UTC, by this machine's clock. */
  readonly now: () => number;
  /** Waits so many milliseconds: one endpoint is asked once a second at most. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Sent as X-MediaPackage-CDNIdentifier; a secret, which goes to the endpoint's own host and nowhere else. */
  readonly cdnIdentifier?: string;
  /** Hosts that may be asked. */
  readonly isOurs: (host: string) => boolean;
};

const BETWEEN = 1_000;
const MOST_REDIRECTS = 2;

/** Asks one manifest: a parent playlist is followed to its first media playlist. Never throws. */
export async function probeManifest(target: ManifestTarget, manner: ManifestManner): Promise<ManifestProbe> {
  const url = URL.canParse(target.url) ? new URL(target.url) : undefined;
  if (url?.protocol !== "https:" || !manner.isOurs(url.hostname))
    return { target, samples: [], trouble: { reason: "not_allowed", message: "no HTTPS address of AWS" } };
  const outcome = await follow(url, target, manner);
  return "reason" in outcome ? { target, samples: [], trouble: outcome } : { target, samples: [outcome] };
}

async function follow(
  url: URL,
  target: ManifestTarget,
  manner: ManifestManner,
): Promise<ManifestSample | ProbeTrouble> {
  const first = await get(url, manner);
  if ("reason" in first) return first;
  const facts = readManifest(target.format, first.body);
  if (facts.kind === "unreadable") return { reason: "unreadable_manifest", message: facts.because };
  if (facts.kind === "media") return sampleOf(first, facts, manner);
  const variant = URL.canParse(facts.variant, first.url.href) ? new URL(facts.variant, first.url) : undefined;
  if (variant === undefined || !isSameHost(variant, url))
    return { reason: "not_allowed", message: "its media playlist is on another host" };
  await manner.pause(BETWEEN);
  const media = await get(variant, manner);
  if ("reason" in media) return media;
  const mediaFacts = readManifest(target.format, media.body);
  if (mediaFacts.kind !== "media")
    return { reason: "unreadable_manifest", message: "its parent playlist leads to no media playlist" };
  return sampleOf(media, mediaFacts, manner);
}

type Got = {
  readonly url: URL;
  readonly at: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

async function get(url: URL, manner: ManifestManner, redirects = 0): Promise<Got | ProbeTrouble> {
  const answer = await patiently(url, manner);
  if (answer.kind === "failed") return { reason: answer.reason, message: answer.message };
  const { status, headers, body } = answer;
  if (status === 200) return { url, at: manner.now(), headers, body };
  if (status < 300 || status > 399) return { reason: reasonOf(status), status };
  const location = headers["location"] ?? "";
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (next === undefined || redirects >= MOST_REDIRECTS || !isSameHost(next, url))
    return { reason: "redirect", status };
  await manner.pause(BETWEEN);
  return get(next, manner, redirects + 1);
}

// One retry for what may pass by itself.
async function patiently(url: URL, manner: ManifestManner): Promise<WebAnswer> {
  const { web, cdnIdentifier, pause } = manner;
  const headers: Readonly<Record<string, string>> =
    cdnIdentifier === undefined ? {} : { "x-mediapackage-cdnidentifier": cdnIdentifier };
  const answer = await web(url, headers);
  const mayPass =
    answer.kind === "failed"
      ? answer.reason === "unreachable" || answer.reason === "slow"
      : answer.status === 408 || answer.status === 429 || answer.status >= 500;
  if (!mayPass) return answer;
  await pause(BETWEEN);
  return web(url, headers);
}

function isSameHost(a: URL, b: URL): boolean {
  return a.protocol === "https:" && a.host === b.host && a.username === "" && a.password === "";
}

function reasonOf(status: number): string {
  if (status === 400) return "bad_request";
  if (status === 401 || status === 403) return "forbidden";
  return status === 404 ? "no_manifest" : "unreachable";
}

const LONGEST = 64;

// A header can hold anything; what is longer than any number is cut, and read as malformed later.
function sampleOf(
  { at, headers }: Got,
  facts: { readonly ended: boolean; readonly targetDuration?: number },
  { cdnIdentifier }: ManifestManner,
): ManifestSample {
  const [lastUpdated, lastSequence, age = ""] = [
    "x-mediapackage-manifest-last-updated",
    "x-mediapackage-manifest-last-sequence",
    "age",
  ].map((name) => shown(headers[name], cdnIdentifier)?.slice(0, LONGEST));
  const date = Date.parse(headers["date"] ?? "");
  return {
    at,
    ended: facts.ended,
    ...(Number.isNaN(date) ? {} : { date }),
    ...(/^\d{1,9}$/u.test(age) ? { age: Number(age) } : {}),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(lastSequence === undefined ? {} : { lastSequence }),
    ...(facts.targetDuration === undefined ? {} : { targetDuration: facts.targetDuration }),
  };
}

const HIDDEN = "(not shown)";
const TELLING = 8;

// A server that knows the identifier may answer with it, or with a part: where one was sent, numbers alone are shown, and none that tells of it.
function shown(value: string | undefined, secret: string | undefined): string | undefined {
  if (value === undefined || secret === undefined) return value;
  const tells = value.includes(secret) || (value.length >= TELLING && secret.includes(value));
  return /^\d+$/u.test(value) && !tells ? value : HIDDEN;
}
