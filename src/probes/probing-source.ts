import type { Resource } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import type { ReadRequest, Source } from "../core/source.js";
import { endpointTypes, manifestsOf, PROBE_TYPE, probeResource } from "../shared/aws/manifest-probe.js";
import type { ManifestProbe, ManifestTarget, ProbeTrouble } from "../shared/aws/manifest-probe.js";
import { readObject, readText } from "../shared/read-property.js";
import { cdnIdentifiers } from "./cdn-identifiers.js";
import type { Identifier, IdentifierSource } from "./cdn-identifiers.js";
import { nodeWeb } from "./node-web.js";
import { probeManifest } from "./probe-manifest.js";
import type { ManifestManner } from "./probe-manifest.js";
import type { Web } from "./web.js";

/** How the manifests of origin endpoints are asked. An identifier is sent to the endpoints that want it and to no other, and is neither printed nor stored. */
export type ProbeOptions = IdentifierSource & {
  /** A URL that is asked in the place of every endpoint, for tests; it may be at a private address, and without TLS. */
  readonly testEndpoint?: string;
  /** Milliseconds that all manifests together may take; default 30000. What is not asked by then is unknown. */
  readonly time?: number;
  /** Default: the machine's clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Default: a timer. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Default: HTTPS by Node. */
  readonly web?: Web;
};

const GET_SECRET = "secretsmanager:GetSecretValue";
const ALL_TIME = 30_000;
const LONGEST_ANSWER = 5_000;
const AT_ONCE = 8;

/** A source that also asks the manifests of the origin endpoints that another source read, and puts what it saw into the snapshot. */
export function probingSource(source: Source, options: ProbeOptions = {}): Source {
  return {
    kind: source.kind,
    read: async (request) => withProbes(await source.read(request), request, options),
  };
}

type Job = { readonly endpoint: Resource; readonly target: ManifestTarget };

async function withProbes(
  snapshot: Snapshot,
  request: ReadRequest,
  options: ProbeOptions,
): Promise<Snapshot> {
  const endpoints = snapshot.resources.filter(({ type }) => endpointTypes.some((known) => known === type));
  if (endpoints.length === 0) return snapshot;
  const { now = Date.now } = options;
  const deadline = now() + (options.time ?? ALL_TIME);
  const identifiers = cdnIdentifiers(options, request.signal);
  const probes = await inLanes(endpoints, async (endpoint) => {
    const found: Resource[] = [];
    for (const job of jobsOf(endpoint)) {
      found.push(
        probeResource(
          endpoint,
          now() > deadline
            ? lost(job, { reason: "out_of_time" })
            : await probeOne(job, { ...options, now, deadline, identifiers }),
        ),
      );
      request.signal?.throwIfAborted();
    }
    return found;
  });
  return withCalls(withResources(snapshot, probes.flat()), identifiers.reads());
}

// An endpoint that answers nobody is not asked.
function jobsOf(endpoint: Resource): readonly Job[] {
  const origination = readText(endpoint, "Origination");
  return origination.kind === "set" && origination.value === "DENY"
    ? []
    : manifestsOf(endpoint).map((target) => ({ endpoint, target }));
}

type Manner = ProbeOptions & {
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly identifiers: { readonly of: (endpoint: Resource) => Promise<Identifier> };
};

async function probeOne(job: Job, options: Manner): Promise<ManifestProbe> {
  const isProtected = readObject(job.endpoint, "Authorization").kind === "set";
  const identifier = isProtected ? await options.identifiers.of(job.endpoint) : undefined;
  if (identifier?.kind === "trouble") return lost(job, identifier.trouble);
  if (identifier?.kind === "unreadable")
    return { target: job.target, samples: [], unreadable: identifier.because };
  const manner: ManifestManner = {
    web: untilDeadline(options),
    now: options.now,
    pause: options.pause ?? pause,
    isOurs,
  };
  return probeManifest(
    job.target,
    identifier === undefined ? manner : { ...manner, cdnIdentifier: identifier.value },
  );
}

// Retries, redirects and pauses add up: the time that is left bounds every request, not only the first of an endpoint.
function untilDeadline({ web, testEndpoint, now, deadline }: Manner): Web {
  const endpoint = testEndpoint === undefined ? {} : { testEndpoint };
  return (url, headers) => {
    const left = deadline - now();
    if (left <= 0)
      return Promise.resolve({
        kind: "failed",
        reason: "out_of_time",
        message: "the time for probes is over",
      });
    const ask = web ?? nodeWeb({ ...endpoint, limits: { time: Math.min(LONGEST_ANSWER, left) } });
    return ask(url, headers);
  };
}

function lost({ target }: Job, trouble: ProbeTrouble): ManifestProbe {
  return { target, samples: [], trouble };
}

function isOurs(host: string): boolean {
  return /\.amazonaws\.com(?:\.cn)?$/u.test(host);
}

function withResources(snapshot: Snapshot, probes: readonly Resource[]): Snapshot {
  const from = "https:GET";
  const properties = { OriginEndpoint: from, Url: from, Samples: from, Trouble: from };
  return {
    ...snapshot,
    collected: { ...snapshot.collected, [PROBE_TYPE]: { listed: snapshot.regions, properties } },
    resources: [...snapshot.resources.filter(({ type }) => type !== PROBE_TYPE), ...probes],
  };
}

function withCalls(snapshot: Snapshot, secrets: number): Snapshot {
  return secrets === 0 ? snapshot : { ...snapshot, calls: { ...snapshot.calls, [GET_SECRET]: secrets } };
}

async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of queue) results.set(at, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, milliseconds));
}
