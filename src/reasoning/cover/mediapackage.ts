import type { Account, Blind } from "../../core/account.js";
import type { JsonValue } from "../../core/json.js";
import type { Need } from "../../core/need.js";
import type { Resource } from "../../core/resource.js";
import { doubtful } from "../../shared/claim.js";
import { sortedUnique } from "../../shared/order.js";
import { claimOf } from "../../shared/read-claim.js";
import { isArray, isObject, readProperty, readText } from "../../shared/read-property.js";
import { explainBlind } from "../../shared/text/unreadable-text.js";
import type { MetricDemand } from "../firing/demand.js";
import { populationOf } from "./population.js";
import type { Watch } from "./watch.js";

/** The key metrics of MediaPackage, as a rule's options name them. */
export const mediapackageMetrics = [
  "egress-4xx",
  "egress-5xx",
  "egress-response-time",
  "ingress-bytes",
] as const;
export type MediapackageMetric = (typeof mediapackageMetrics)[number];

/** The limits beyond which an alarm must fire: requests a period, milliseconds; ingress at this many bytes or fewer. */
export const mediapackageLimits = {
  "egress-4xx": 100,
  "egress-5xx": 10,
  "egress-response-time": 2000,
  "ingress-bytes": 0,
} as const satisfies Record<MediapackageMetric, number>;

/** A generation of MediaPackage: what publishes the metrics, and under which dimensions. */
export type Generation = {
  readonly type: string;
  readonly noun: string;
  readonly endpoints?: string;
  /** The ingest endpoints of a channel, and the property that lists them. */
  readonly ingest?: {
    readonly property: string;
    readonly endpoints: (value: JsonValue) => JsonValue | undefined;
  };
  /** The types of request that the egress metrics tell apart. */
  readonly requests?: readonly string[];
  readonly status: "StatusCodeRange" | "StatusCode";
  readonly isLive: boolean;
  readonly dimensions: (resource: Resource) => Readonly<Record<string, readonly string[]>>;
};

/** What MediaPackage publishes metrics for: live channels, VOD packaging configurations, channels of version 2. */
export const generations: readonly Generation[] = [
  {
    type: "AWS::MediaPackage::Channel",
    noun: "live channel",
    endpoints: "AWS::MediaPackage::OriginEndpoint",
    ingest: {
      property: "HlsIngest",
      endpoints: (ingest) => (isObject(ingest) ? ingest["IngestEndpoints"] : undefined),
    },
    status: "StatusCodeRange",
    isLive: true,
    dimensions: (channel) => ({ Channel: aliasesOf(channel) }),
  },
  {
    type: "AWS::MediaPackage::PackagingConfiguration",
    noun: "packaging configuration",
    status: "StatusCodeRange",
    isLive: false,
    dimensions: (configuration) => ({ PackagingConfiguration: aliasesOf(configuration) }),
  },
  {
    type: "AWS::MediaPackageV2::Channel",
    noun: "v2 channel",
    endpoints: "AWS::MediaPackageV2::OriginEndpoint",
    ingest: { property: "IngestEndpoints", endpoints: (endpoints) => endpoints },
    requests: ["manifest", "segment"],
    status: "StatusCode",
    isLive: true,
    dimensions: (channel) => ({ ChannelGroup: [groupOf(channel)], Channel: aliasesOf(channel) }),
  },
];

/** What must be read of MediaPackage. Names and groups stand in ARNs; only the ingest endpoints do not. */
export const mediapackageNeeds: readonly Need[] = [
  ...generations.map(({ type, ingest }) => ({
    type,
    properties: ingest === undefined ? [] : [ingest.property],
  })),
  { type: "AWS::MediaPackage::OriginEndpoint", properties: ["ChannelId"] },
  { type: "AWS::MediaPackageV2::OriginEndpoint", properties: [] },
];

/** Which metrics are demanded, with their limits and the longest acceptable time from bad to ALARM, in seconds. */
export type MediapackageDemand = {
  readonly metrics: readonly MediapackageMetric[];
  readonly limits: Readonly<Record<MediapackageMetric, number>>;
  readonly maxDelay: number;
};

/** The series of one resource that must be watched. VOD has no ingress. */
export function mediapackageWatches(
  account: Account,
  resource: Resource,
  { generation, demand }: { readonly generation: Generation; readonly demand: MediapackageDemand },
): readonly Watch[] {
  const dimensions = generation.dimensions(resource);
  const parts = {
    high: egressSlices(account, resource, generation),
    low: ingressSlices(resource, generation),
  } as const;
  return demand.metrics
    .filter((metric) => generation.isLive || metric !== "ingress-bytes")
    .map((name) => {
      const series = seriesOf(name, dimensions, generation.status);
      const watched: MetricDemand = {
        namespace: "AWS/MediaPackage",
        sparse: true,
        limit: demand.limits[name],
        maxDelay: demand.maxDelay,
        population: populationOf(account, resource, Object.keys(dimensions)),
        ...series,
      };
      return { name, region: resource.region, demand: watched, ...parts[series.side] };
    });
}

type Series = Pick<MetricDemand, "metric" | "dimensions" | "side" | "values" | "unit">;

function seriesOf(
  name: MediapackageMetric,
  dimensions: Readonly<Record<string, readonly string[]>>,
  status: Generation["status"],
): Series {
  if (name === "egress-response-time")
    return {
      metric: "EgressResponseTime",
      dimensions,
      side: "high",
      values: "latency",
      unit: "Milliseconds",
    };
  if (name === "ingress-bytes")
    return { metric: "IngressBytes", dimensions, side: "low", values: "bytes", unit: "Bytes" };
  return {
    metric: "EgressRequestCount",
    dimensions: { ...dimensions, [status]: [name === "egress-4xx" ? "4xx" : "5xx"] },
    side: "high",
    values: "count",
    unit: "Count",
  };
}

// AWS documents an auto-generated GUID, its samples show the id: either may stand in the dimension.
function aliasesOf({ id, arn = "" }: Resource): readonly string[] {
  return sortedUnique([id, arn.split("/").at(-1) ?? ""].filter((name) => name !== "")).toSorted(
    (a, b) => Number(b === id) - Number(a === id),
  );
}

// arn:…:channelGroup/<group>/channel/<channel>[/originEndpoint/<endpoint>]
function groupOf(channel: Resource): string {
  const name = readText(channel, "ChannelGroupName");
  return /:channelGroup\/([^/]+)\//u.exec(channel.arn ?? "")?.[1] ?? (name.kind === "set" ? name.value : "");
}

type Parts = Pick<Watch, "slices" | "hiddenSlices">;

function egressSlices(account: Account, channel: Resource, { endpoints: type, requests }: Generation): Parts {
  const byType = requests === undefined ? {} : { RequestType: requests.map((request) => [request]) };
  if (type === undefined) return { slices: byType };
  const { resources, blind } = account.list(type);
  const own = resources.filter((endpoint) => endpoint.region === channel.region && isOf(endpoint, channel));
  const hidden = blind.find(({ region }) => region === channel.region || region === "global");
  if (hidden !== undefined)
    return { slices: byType, hiddenSlices: { OriginEndpoint: doubtful("unreadable", hiddenText(hidden)) } };
  return { slices: { OriginEndpoint: own.map(aliasesOf), ...byType } };
}

function ingressSlices(channel: Resource, { ingest }: Generation): Parts {
  if (ingest === undefined) return {};
  const reading = readProperty(channel, ingest.property);
  const endpoints = reading.kind === "set" ? ingest.endpoints(reading.value) : undefined;
  const ids = isArray(endpoints)
    ? endpoints.flatMap((endpoint) =>
        isObject(endpoint) && typeof endpoint["Id"] === "string" ? [endpoint["Id"]] : [],
      )
    : [];
  if (ids.length > 0) return { slices: { IngestEndpoint: ids.map((id) => [id]) } };
  return {
    hiddenSlices: {
      IngestEndpoint: claimOf(reading, ingest.property, () =>
        doubtful("undecidable", "every channel has ingest endpoints, and none is listed"),
      ),
    },
  };
}

function isOf(endpoint: Resource, channel: Resource): boolean {
  const parent = readText(endpoint, "ChannelId");
  return parent.kind === "set"
    ? parent.value === channel.id
    : (endpoint.arn ?? "").startsWith(`${channel.arn ?? channel.id}/`);
}

function hiddenText(blind: Blind): string {
  return `the endpoints of ${blind.region} could not be listed (${explainBlind(blind)}), so that an alarm for each of them may or may not be enough`;
}
