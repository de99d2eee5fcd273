import type { JsonObject, JsonValue } from "../../core/json.js";
import type { Resource, Unreadable } from "../../core/resource.js";
import { isArray, isObject, readObject, readProperty, readText } from "../read-property.js";

/** The type as which a snapshot holds what a manifest answered. */
export const PROBE_TYPE = "Watchproof::MediaPackage::ManifestProbe";

/** The types of origin endpoints that have manifests. */
export const endpointTypes = [
  "AWS::MediaPackage::OriginEndpoint",
  "AWS::MediaPackageV2::OriginEndpoint",
] as const;

/** What is read of origin endpoints to ask their manifests and to judge the answers, by type. */
export const endpointProperties: Readonly<Record<(typeof endpointTypes)[number], readonly string[]>> = {
  "AWS::MediaPackage::OriginEndpoint": [
    "ChannelId",
    "Origination",
    "Whitelist",
    "TimeDelaySeconds",
    "Authorization",
    "HlsPackage",
    "CmafPackage",
    "DashPackage",
    "MssPackage",
    "Url",
  ],
  "AWS::MediaPackageV2::OriginEndpoint": [
    "ChannelName",
    "Segment",
    "HlsManifests",
    "LowLatencyHlsManifests",
    "DashManifests",
    "MssManifests",
  ],
};

/** One answer of a manifest. Times in milliseconds since 1970, UTC; header values as they came. */
export type ManifestSample = {
  /** When it was asked, by this machine's clock. */
  readonly at: number;
  readonly date?: number;
  /** Seconds that a cache says it held the answer. */
  readonly age?: number;
  readonly lastUpdated?: string;
  readonly lastSequence?: string;
  readonly ended: boolean;
  readonly targetDuration?: number;
};

/** Why a manifest gave no answer that could be judged. */
export type ProbeTrouble = { readonly reason: string; readonly status?: number; readonly message?: string };

/** A manifest of an origin endpoint. */
export type ManifestTarget = {
  readonly url: string;
  readonly format: "hls" | "dash" | "mss";
  readonly segmentSeconds?: number;
};

/** The manifests of an origin endpoint, v1 or v2, in the order of its configuration. */
export function manifestsOf(endpoint: Resource): readonly ManifestTarget[] {
  return endpoint.type === "AWS::MediaPackageV2::OriginEndpoint"
    ? manifestsOfV2(endpoint)
    : manifestsOfV1(endpoint);
}

const plainPackages = [
  { property: "HlsPackage", format: "hls" },
  { property: "DashPackage", format: "dash" },
  { property: "MssPackage", format: "mss" },
] as const;

function manifestsOfV1(endpoint: Resource): readonly ManifestTarget[] {
  const url = readText(endpoint, "Url");
  const plain = plainPackages.flatMap(({ property, format }) => {
    const reading = readObject(endpoint, property);
    return reading.kind === "set" && url.kind === "set"
      ? [{ url: url.value, format, ...segment(reading.value) }]
      : [];
  });
  const cmaf = readObject(endpoint, "CmafPackage");
  return cmaf.kind === "set"
    ? [...plain, ...addresses(cmaf.value["HlsManifests"], "hls", segment(cmaf.value))]
    : plain;
}

const lists = [
  { property: "HlsManifests", format: "hls" },
  { property: "LowLatencyHlsManifests", format: "hls" },
  { property: "DashManifests", format: "dash" },
  { property: "MssManifests", format: "mss" },
] as const;

function manifestsOfV2(endpoint: Resource): readonly ManifestTarget[] {
  const settings = readObject(endpoint, "Segment");
  const seconds = settings.kind === "set" ? segment(settings.value) : {};
  return lists.flatMap(({ property, format }) => {
    const reading = readProperty(endpoint, property);
    return reading.kind === "set" ? addresses(reading.value, format, seconds) : [];
  });
}

type Seconds = Pick<ManifestTarget, "segmentSeconds">;

function addresses(
  list: JsonValue | undefined,
  format: ManifestTarget["format"],
  seconds: Seconds,
): readonly ManifestTarget[] {
  return isArray(list)
    ? list
        .filter(isObject)
        .flatMap(({ Url: url = null }) =>
          typeof url === "string" && url !== "" ? [{ url, format, ...seconds }] : [],
        )
    : [];
}

function segment({ SegmentDurationSeconds: seconds = null }: JsonObject): Seconds {
  return typeof seconds === "number" && seconds > 0 ? { segmentSeconds: seconds } : {};
}

/** What was seen of a manifest, as a snapshot holds it. `unreadable`: why the secret that it takes could not be read. */
export type ManifestProbe = {
  readonly target: ManifestTarget;
  readonly samples: readonly ManifestSample[];
  readonly trouble?: ProbeTrouble;
  readonly unreadable?: Unreadable;
};

/** The resource that stands in a snapshot for what an endpoint's manifest answered. */
export function probeResource(
  { arn, id, account, region }: Resource,
  { target, samples, trouble, unreadable }: ManifestProbe,
): Resource {
  const asked: JsonObject = {
    OriginEndpoint: arn ?? id,
    Url: target.url,
    Trouble: trouble === undefined ? null : { ...trouble },
  };
  const probe = { type: PROBE_TYPE, id: target.url, account, region, properties: {} };
  if (unreadable !== undefined) return { ...probe, observed: asked, unreadable: { Samples: unreadable } };
  return { ...probe, observed: { ...asked, Samples: samples.map((sample) => ({ ...sample })) } };
}
