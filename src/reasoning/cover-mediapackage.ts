import type { Account, Blind } from "../core/account.js";
import type { Need } from "../core/need.js";
import type { Resource } from "../core/resource.js";
import { sortedUnique } from "../shared/order.js";
import { readText } from "../shared/read-property.js";
import { explainBlind } from "../shared/unreadable-text.js";
import type { Watch } from "./cover-person.js";
import type { MetricDemand } from "./firing-demand.js";

/** The key metrics of MediaPackage, as a rule's options name them. */
export const mediapackageMetrics = ["egress-4xx", "egress-5xx", "egress-response-time", "ingress-bytes"] as const;
export type MediapackageMetric = (typeof mediapackageMetrics)[number];

/** The limits beyond which an alarm must fire: requests a period, milliseconds; ingress at this many bytes or fewer. */
export const mediapackageLimits = { "egress-4xx": 100, "egress-5xx": 10, "egress-response-time": 2000, "ingress-bytes": 0 } as const satisfies Record<MediapackageMetric, number>;

/** A generation of MediaPackage: what publishes the metrics, and under which dimensions. */
export type Generation = {
  readonly type: string;
  readonly noun: string;
  readonly endpoints?: string;
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
    status: "StatusCodeRange",
    isLive: true,
    dimensions: (channel) => ({ Channel: aliasesOf(channel) }),
  },
  { type: "AWS::MediaPackage::PackagingConfiguration", noun: "packaging configuration", status: "StatusCodeRange", isLive: false, dimensions: (configuration) => ({ PackagingConfiguration: aliasesOf(configuration) }) },
  {
    type: "AWS::MediaPackageV2::Channel",
    noun: "v2 channel",
    endpoints: "AWS::MediaPackageV2::OriginEndpoint",
    status: "StatusCode",
    isLive: true,
    dimensions: (channel) => ({ ChannelGroup: [groupOf(channel)], Channel: aliasesOf(channel) }),
  },
];

/** What must be read of MediaPackage. Names and groups stand in ARNs, so that no resource is read by itself. */
export const mediapackageNeeds: readonly Need[] = [
  ...generations.map(({ type }) => ({ type, properties: [] })),
  { type: "AWS::MediaPackage::OriginEndpoint", properties: ["ChannelId"] },
  { type: "AWS::MediaPackageV2::OriginEndpoint", properties: [] },
];

/** Which metrics are demanded, with their limits and the longest acceptable time from bad to ALARM, in seconds. */
export type MediapackageDemand = { readonly metrics: readonly MediapackageMetric[]; readonly limits: Readonly<Record<MediapackageMetric, number>>; readonly maxDelay: number };

/** The series of one resource that must be watched. VOD has no ingress. */
export function mediapackageWatches(account: Account, resource: Resource, { generation, demand }: { readonly generation: Generation; readonly demand: MediapackageDemand }): readonly Watch[] {
  const dimensions = generation.dimensions(resource);
  const parts = slicesOf(account, resource, generation);
  return demand.metrics.filter((metric) => generation.isLive || metric !== "ingress-bytes").map((name) => {
    const series = seriesOf(name, dimensions, generation.status);
    const watched: MetricDemand = { namespace: "AWS/MediaPackage", sparse: true, limit: demand.limits[name], maxDelay: demand.maxDelay, ...series };
    return { name, region: resource.region, demand: watched, ...(series.side === "high" ? parts : {}) };
  });
}

type Series = Pick<MetricDemand, "metric" | "dimensions" | "side" | "values" | "unit">;

function seriesOf(name: MediapackageMetric, dimensions: Readonly<Record<string, readonly string[]>>, status: Generation["status"]): Series {
  if (name === "egress-response-time") return { metric: "EgressResponseTime", dimensions, side: "high", values: "latency", unit: "Milliseconds" };
  if (name === "ingress-bytes") return { metric: "IngressBytes", dimensions, side: "low", values: "bytes", unit: "Bytes" };
  return { metric: "EgressRequestCount", dimensions: { ...dimensions, [status]: [name === "egress-4xx" ? "4xx" : "5xx"] }, side: "high", values: "count", unit: "Count" };
}

// AWS documents an auto-generated GUID, its samples show the id: either may stand in the dimension.
function aliasesOf({ id, arn = "" }: Resource): readonly string[] {
  return sortedUnique([id, arn.split("/").at(-1) ?? ""].filter((name) => name !== "")).toSorted((a, b) => Number(b === id) - Number(a === id));
}

// arn:…:channelGroup/<group>/channel/<channel>[/originEndpoint/<endpoint>]
function groupOf(channel: Resource): string {
  const name = readText(channel, "ChannelGroupName");
  return /:channelGroup\/([^/]+)\//u.exec(channel.arn ?? "")?.[1] ?? (name.kind === "set" ? name.value : "");
}

function slicesOf(account: Account, channel: Resource, { endpoints: type }: Generation): Pick<Watch, "slices" | "hiddenSlices"> {
  if (type === undefined) return {};
  const { resources, blind } = account.list(type);
  const own = resources.filter((endpoint) => endpoint.region === channel.region && isOf(endpoint, channel));
  const hidden = blind.find(({ region }) => region === channel.region || region === "global");
  if (hidden !== undefined) return { hiddenSlices: hiddenText(hidden) };
  return { slices: own.map((endpoint) => ({ OriginEndpoint: aliasesOf(endpoint) })) };
}

function isOf(endpoint: Resource, channel: Resource): boolean {
  const parent = readText(endpoint, "ChannelId");
  return parent.kind === "set" ? parent.value === channel.id : (endpoint.arn ?? "").startsWith(`${channel.arn ?? channel.id}/`);
}

function hiddenText(blind: Blind): string {
  return `the endpoints of ${blind.region} could not be listed (${explainBlind(blind)}), so that an alarm for each of them may or may not be enough`;
}
