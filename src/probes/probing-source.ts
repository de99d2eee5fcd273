import type { Resource } from "../core/resource.js";
import type { Snapshot } from "../core/snapshot.js";
import type { ReadRequest, Source } from "../core/source.js";
import { endpointTypes, manifestsOf, PROBE_TYPE, probeResource } from "../shared/manifest-probe.js";
import type { ManifestProbe, ManifestTarget } from "../shared/manifest-probe.js";
import { readObject, readText } from "../shared/read-property.js";
import { nodeWeb } from "./node-web.js";
import { probeManifest } from "./probe-manifest.js";
import type { ManifestManner } from "./probe-manifest.js";
import type { Web } from "./web.js";

/** How the manifests of origin endpoints are asked. */
export type ProbeOptions = {
  /** The value that endpoints with CDN authorization want. It is sent to them alone, and is neither printed nor stored. */
  readonly cdnIdentifier?: string;
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

const ALL_TIME = 30_000;
const AT_ONCE = 8;

/** A source that also asks the manifests of the origin endpoints that another source read, and puts what it saw into the snapshot. */
export function probingSource(source: Source, options: ProbeOptions = {}): Source {
  return { kind: source.kind, read: async (request) => withProbes(await source.read(request), request, options) };
}

type Job = { readonly endpoint: Resource; readonly target: ManifestTarget };

async function withProbes(snapshot: Snapshot, request: ReadRequest, options: ProbeOptions): Promise<Snapshot> {
  const endpoints = snapshot.resources.filter(({ type }) => endpointTypes.some((known) => known === type));
  if (endpoints.length === 0) return snapshot;
  const { now = Date.now } = options;
  const deadline = now() + (options.time ?? ALL_TIME);
  const probes = await inLanes(endpoints, async (endpoint) => {
    const found: Resource[] = [];
    for (const job of jobsOf(endpoint)) {
      const probe = now() > deadline ? lost(job, "out_of_time") : await probeOne(job, { ...options, now });
      found.push(probeResource(endpoint, probe));
      request.signal?.throwIfAborted();
    }
    return found;
  });
  return withResources(snapshot, probes.flat());
}

// An endpoint that answers nobody is not asked.
function jobsOf(endpoint: Resource): readonly Job[] {
  const origination = readText(endpoint, "Origination");
  return origination.kind === "set" && origination.value === "DENY" ? [] : manifestsOf(endpoint).map((target) => ({ endpoint, target }));
}

async function probeOne(job: Job, options: ProbeOptions & { readonly now: () => number }): Promise<ManifestProbe> {
  const { cdnIdentifier } = options;
  const isProtected = readObject(job.endpoint, "Authorization").kind === "set";
  if (isProtected && cdnIdentifier === undefined) return lost(job, "auth_required");
  const manner: ManifestManner = { web: options.web ?? nodeWeb(options.testEndpoint === undefined ? {} : { testEndpoint: options.testEndpoint }), now: options.now, pause: options.pause ?? pause, isOurs };
  return probeManifest(job.target, isProtected && cdnIdentifier !== undefined ? { ...manner, cdnIdentifier } : manner);
}

function lost({ target }: Job, reason: string): ManifestProbe {
  return { target, samples: [], trouble: { reason } };
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

async function inLanes<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
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
